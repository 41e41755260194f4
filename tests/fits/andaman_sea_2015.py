"""Fit the Andaman case ashore: python tests/fits/andaman_sea_2015.py

Only three totals are used, all published by 1 December 2015: people held on 30 November in four countries and in
Indonesia, and returns to that day. Two inputs are fitted to them. December 2015 to May 2016 is predicted.
"""

from fitting import Level, fit, report

import mixedmig_model as mm

FROM_BANGLADESH = ("trafficked", "child_alone", "other_vulnerable", "other_migrant", "other_child_in_family")
LEVELS = (
    Level("return.assisted_uptake_rate", "", 0.4, groups=FROM_BANGLADESH, low=0.1, high=1.0),
    Level("onward.mover_share", "", 0.5, countries=("indonesia",), low=0.1, high=1.0),
)
TOTALS = ("in_shelters_and_detention", "returned_with_assistance")


def used(one):
    """Whether a figure is one of the three."""
    return one.quantity in TOTALS and "2015-11-01" < str(one.end) <= "2015-12-01"


if __name__ == "__main__":
    print(report(LEVELS, fit(mm.read_case(None, "andaman_sea_2015"), LEVELS, used=used, step=0.05,  # noqa: T201
                             accuracy=3e-3)))
