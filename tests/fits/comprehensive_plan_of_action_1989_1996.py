"""Fit returns from Hong Kong: python tests/fits/comprehensive_plan_of_action_1989_1996.py

Two kinds of people: those willing to return, at a rate of their own, and all others. Returns to the end of 1994 are
used; those of 1995 are predicted. In 1996 the camps closed: the rate of the unwilling in that year is fitted to it.
"""

from fitting import Level, fit, report

import mixedmig_model as mm

REFUGEES = ("refugee", "refugee_child_in_family")
WILLING, UNWILLING = ("willing_migrant", "willing_child"), ("unwilling_migrant", "unwilling_child", *REFUGEES)
RATE = "return.assisted_uptake_rate"
LEVELS = (
    Level(RATE, "1996-01-01", 0.112, groups=UNWILLING, low=0.005, high=0.5),
    Level(RATE, "", 0.3, groups=WILLING, low=0.05, high=0.5),
    Level("determination.withdrawal_rate", "", 0.0212, ("hong_kong",), low=0.002, high=0.05),
    Level("determination.officers", "1991-06-01", 62, ("hong_kong",), low=50, high=160, until="1994-01-01"),
    Level("return.assisted_places", "1991-01-01", 29.3, ("hong_kong",), low=20, high=40),
    Level("return.assisted_places", "1992-01-01", 34.3, ("hong_kong",), low=20, high=40),
)


def used(one):
    """Whether a figure is used: of Hong Kong to the end of 1994, and of 1996."""
    kinds = ("returned_with_assistance", "ashore_total")
    return one.quantity in kinds and one.country == "hong_kong" and (
        "1990-01-01" < str(one.end) <= "1995-01-01" or str(one.start) == "1996-01-01")


if __name__ == "__main__":
    plan = mm.read_case(None, "comprehensive_plan_of_action_1989_1996")
    print(report(LEVELS, fit(plan, LEVELS, used=used, step=0.05, accuracy=3e-3)))  # noqa: T201
