"""Labels that the model fixes: stages, places, functions, grades, needs and flags.

The first four are axes of stocks and flows, in this order. Groups and countries are data and come with each case
(``model.md`` 1); a group record names one need and any flags.
"""

from typing import Literal, get_args

STAGES = (
    "registration",
    "screening",
    "counselling",
    "referral",
    "determination",
    "appeal",
    "protected",
    "return",
    "limbo",
)
"""What the authorities have established about a person."""

PLACES = ("detention", "alternative", "reception", "community", "unsheltered")
"""Where a person lives; ``alternative`` is an alternative to detention."""

FUNCTIONS = ("registration", "screening", "referral", "determination", "appeal", "return")
"""What staff do: the work-limited services, in the order of the procedure."""

GRADES = ("training", "novice", "active")
"""Staff by experience."""

STAGE = {name: index for index, name in enumerate(STAGES)}
PLACE = {name: index for index, name in enumerate(PLACES)}
FUNCTION = {name: index for index, name in enumerate(FUNCTIONS)}
GRADE = {name: index for index, name in enumerate(GRADES)}

NeedName = Literal["international", "other", "none"]
NEEDS: tuple[NeedName, ...] = get_args(NeedName)
"""What a person is owed: international protection, another protection need, none known."""

FlagName = Literal[
    "child", "alone", "trafficked", "stateless", "survivor", "ill", "older", "disability", "pregnant"
]
FLAGS: tuple[FlagName, ...] = get_args(FlagName)
"""Specific needs that a group record may carry; they may overlap."""

PUBLISHED_QUANTITIES = (
    "departed",
    "deaths_at_sea",
    "disembarked",
    "abandoned",
    "peak_stranded",
    "returned_with_assistance",
    "returned_by_force",
    "turned_back",
    "registered",
    "recognised",
)
"""Quantities of a run that a published total can be compared with (``results/published.py`` computes them)."""
