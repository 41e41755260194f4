"""The labelled axes of the model that are law-like, not data: stages and places.

Groups and countries are data and come with each case (``model.md`` 1).
"""

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

NEEDS = ("international", "other", "none")
"""What a person is owed: international protection, another protection need, none known."""

FLAGS = ("child", "alone", "trafficked", "stateless", "survivor", "ill", "older", "disability", "pregnant")
"""Specific needs that a group record may carry; they may overlap."""
