"""Fit returns from Hong Kong: python tests/fits/comprehensive_plan_of_action_1989_1996.py

Two kinds of people: those willing to return, at a rate of their own, and all others. Returns to the end of 1994 are
used; those of 1995 are predicted. In 1996 the camps closed: the rate of the unwilling in that year is fitted to it.
"""

import sys

from knobs import Knob, fit

REFUGEES = ("refugee", "refugee_child_in_family")
WILLING, UNWILLING = ("willing_migrant", "willing_child"), ("unwilling_migrant", "unwilling_child", *REFUGEES)
RATE = "return.assisted_uptake_rate"
KNOBS = (
    Knob(RATE, 0.112, 0.005, 0.5, "1996-01-01", groups=UNWILLING),
    Knob(RATE, 0.3, 0.05, 0.5, groups=WILLING),
    Knob("determination.withdrawal_rate", 0.0212, 0.002, 0.05, countries=("hong_kong",)),
    Knob("determination.officers", 62, 50, 160, "1991-06-01", "1994-01-01", countries=("hong_kong",)),
    Knob("return.assisted_places", 29.3, 20, 40, "1991-01-01", "1992-01-01", countries=("hong_kong",)),
    Knob("return.assisted_places", 34.3, 20, 40, "1992-01-01", countries=("hong_kong",)),
)


def used(one):
    kinds = ("returned_with_assistance", "ashore_total")
    return one.quantity in kinds and one.country == "hong_kong" and (
        "1990-01-01" < str(one.end) <= "1995-01-01" or str(one.start) == "1996-01-01")


if __name__ == "__main__":
    window = "returns from Hong Kong and populations to the end of 1994, and returns of 1996"
    sys.stdout.write(fit("comprehensive_plan_of_action_1989_1996", KNOBS, used, window))
