"""Titles of measures and of quantities.

The differences of quantities are attributed to measures.
"""

from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.study.attribution.attribute import LEVER, OWN_COSTS


def measure_title(name: str) -> str:
    """Return a measure in words."""
    if name == OWN_COSTS:
        return "the option's own costs"
    return f"lever '{name.removeprefix(LEVER).replace('_', ' ')}'" if name.startswith(LEVER) else name.replace("_", " ")


def quantity(key: str) -> tuple[str, str]:
    """Return title and unit of an attributed quantity.

    The unit of costs is the base currency.
    """
    if key == "cost":
        return "Total cost", ""
    indicator = next(i for i in INDICATORS if i.key == key)
    return indicator.title, indicator.unit
