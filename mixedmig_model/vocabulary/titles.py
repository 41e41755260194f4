"""What each label, quantity, payer and sector is called on a page: the one door for languages."""

NOTICE = (
    "Aggregates of a model: no individual records. Not for decisions about a person. Planning assumptions, not "
    "forecasts and not observations."
)
"""What every file of results says of itself."""
