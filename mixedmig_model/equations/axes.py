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

PLACES = ("detention", "reception", "community", "unsheltered")
"""Where a person lives."""

STAGE = {name: index for index, name in enumerate(STAGES)}
PLACE = {name: index for index, name in enumerate(PLACES)}

NEEDS = ("international", "other", "none")
"""What a person is owed: international protection, another protection need, none known."""

FLAGS = ("child", "alone", "trafficked", "stateless", "survivor", "ill", "older", "disability", "pregnant")
"""Specific needs that a group record may carry; they may overlap."""
