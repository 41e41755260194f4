"""The limits of every report.

They say in sentences what the model leaves out.
"""

from mixedmig_model.vocabulary.labels import Coming

RESCUE = "Boats, crews and hours of rescue. The model has only the share of boats reached, which lowers the mortality."
POLICY = (
    "Any effect of policy on how many people depart, unless a scenario sets it. It may set deterrence and information "
    "with a cited source, and enforcement and regular places by an assumed size. Results with and without the effect "
    "are shown, and it never counts in favour of an option."
)
HOSTS = "Host communities, and people in these countries who arrived before the run."
OF_CLAIMS = {
    POLICY: (
        "Any effect of policy on how many people claim asylum, unless a scenario sets it. Results with and without the "
        "effect are shown, and it never counts in favour of an option."
    ),
    HOSTS: "Host communities, and people in these countries who were there before the run and have no claim.",
}
"""Limits of a case of claims, by those that they replace."""
NOT_MODELLED = (
    "Day-to-day variation: waits of small, busy teams are understated (the report names them).",
    POLICY,
    "The supply of water, food and health care. The model gives only the need for water, toilets and covered area.",
    RESCUE,
    "Conditions in detention, and the fate of people inside, except entries, releases and the limit.",
    "Births, marriages, children who come of age while they wait, families that separate or reunite.",
    "Interpreters by language, and interpreters of services other than status determination.",
    "Repeat applications, and the age of each file. Old files are estimated from the backlog.",
    HOSTS,
    "Politics, individual cases, and the quality of care in any place.",
)


def not_modelled(coming: Coming) -> tuple[str, ...]:
    """Return what the model leaves out in a case.

    It depends on how people come.
    """
    shown = NOT_MODELLED if coming == "sea" else tuple(text for text in NOT_MODELLED if text != RESCUE)
    return tuple(OF_CLAIMS.get(text, text) for text in shown) if coming == "claim" else shown
