"""Sentences of a case of claims.

In it people claim asylum, and nobody departs.
"""

from mixedmig_model.record.words import templates
from mixedmig_model.record.words.charts import templates as charts
from mixedmig_model.record.words.judged import templates as judged
from mixedmig_model.vocabulary.labels import Coming

OF_CLAIMS = {
    templates.DECISION_RESPONSES: (
        " The numbers of an option include any change in who claims asylum. The words under its harms and breaches "
        "come from a run in which the baseline's people claim. The annex has the numbers of that run."
    ),
    templates.DEPARTURES_NONE: "Nobody claims asylum in this case: its table of claims has no rows.",
    templates.DEPARTURES_NOTE: (
        "The table gives people for each period; the model spreads their claims evenly over it. A factor on claims, a "
        "season, a surge or a response to policy comes on top. Claims outside the dates of the run are left out."
    ),
    templates.RESPONSES_NONE: "No option changes how many people claim asylum, or who claims it.",
    templates.RESPONSES: (
        "Claims differ in these options. Effects of policy on claims are uncertain and contested. The effect of "
        "enforcement and of regular places on them is assumed. Each option is also shown with the baseline's claims, "
        "and is judged by those numbers. Fewer claims are never a goal here."
    ),
    templates.PLANE_OTHERS_DEPART: "Not placed: it changes how many people claim asylum, or who.",
    templates.PLANE_NOT_PLACED: (
        "No option is placed, because each adds a breach, makes one grow, or changes who claims asylum."
    ),
    charts.WITHOUT_RECORD: (
        "The bars leave out those without a record; the table has them, and adds up to all who claimed asylum."
    ),
    charts.PLANE_NOTE: (
        "Bars: 90 % ranges over prices. Options that add a breach, make one grow, or change who claims asylum are not "
        "placed."
    ),
    judged.NO_HARM_DEPARTURES: "No harm differs. It changes only who claims asylum, and that never counts.",
}
"""Sentences of claims, by those that they replace.

Other cases speak of departures there.
"""


def of_claims(text: str, coming: Coming) -> str:
    """Return a sentence as a case of claims has it.

    Other cases, and sentences that speak of no departure, keep theirs.
    """
    return OF_CLAIMS.get(text, text) if coming == "claim" else text
