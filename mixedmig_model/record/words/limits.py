"""The limits of every report: what the model leaves out, in sentences."""

from mixedmig_model.vocabulary.labels import Route

RESCUE = "Rescue as an operation: boats, crews and hours; a share of boats reached lowers the mortality."
NOT_MODELLED = (
    "Chance: stocks are continuous, and waits of small teams near full load are understated (the report names them).",
    "Any effect of policy on how many people depart, unless a scenario sets it: deterrence and information with a "
    "cited source, enforcement and regular places by an assumed size. Results with and without it are shown, and it "
    "never counts in favour of an option.",
    "The supply of water, food and health care: only the need for water, toilets and covered area is worked out.",
    RESCUE,
    "Conditions in detention, and what becomes of people inside beyond entries, releases and the limit.",
    "Births, marriages, children who come of age while they wait, families that are parted or reunited.",
    "Interpreters by language, and of other services than status determination.",
    "Repeat applications, and the age of each file: old files are estimated from the backlog.",
    "Host communities, and people in these countries who arrived before the run.",
    "Politics, individual cases, and the quality of care in any place.",
)


def not_modelled(route: Route) -> tuple[str, ...]:
    """What the model leaves out in a case whose people come by a route."""
    return NOT_MODELLED if route == "sea" else tuple(text for text in NOT_MODELLED if text != RESCUE)
