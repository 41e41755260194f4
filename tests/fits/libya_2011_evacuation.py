"""Fit who came to need help at the borders of Libya: python tests/fits/libya_2011_evacuation.py

Arrivals of three periods are scaled until returns meet those published on 28 March, 30 April and 30 November 2011.
"""

import sys

from knobs import Knob, fit

KNOBS = (
    Knob("arrivals.scale", 1.1, 0.8, 1.25, "2011-03-19", "2011-03-29"),
    Knob("arrivals.scale", 1.1, 0.5, 2.0, "2011-03-29", "2011-05-01"),
    Knob("arrivals.scale", 1.0, 0.5, 2.0, "2011-05-01", "2011-12-01"),
)
ENDS = ("2011-03-29", "2011-05-01", "2011-12-01")


def used(one):
    return one.quantity == "returned_with_assistance" and one.country == "all" and str(one.end) in ENDS


if __name__ == "__main__":
    sys.stdout.write(fit("libya_2011_evacuation", KNOBS, used, "returns to 30 November 2011"))
