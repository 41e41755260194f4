"""Fit who came to need help at the borders of Libya: python tests/fits/libya_2011_evacuation.py

Arrivals of three periods are scaled until returns meet those published on 28 March, 30 April and 30 November 2011. The
table of arrivals holds the result, so that the fit gives 1 for each. The first period stands at the end of its search.
"""

from fitting import Level, fit, report

import mixedmig_model as mm

LEVELS = (
    Level("arrivals.scale", "2011-03-19", 0.9, low=0.64, high=1.0),
    Level("arrivals.scale", "2011-03-29", 0.9, low=0.5, high=2.0),
    Level("arrivals.scale", "2011-05-01", 1.1, low=0.5, high=2.0, until="2011-12-01"),
)
ENDS = ("2011-03-29", "2011-05-01", "2011-12-01")


def used(one):
    """Whether a figure is one of the three."""
    return one.quantity == "returned_with_assistance" and one.country == "all" and str(one.end) in ENDS


if __name__ == "__main__":
    print(report(LEVELS, fit(mm.read_case(None, "libya_2011_evacuation"), LEVELS, used=used, step=0.05,  # noqa: T201
                             accuracy=3e-3)))
