"""Templates of printed sheets and of the after-action report."""

SHEETS_TITLE = "{title}: the three sheets of {team}"
FOOTER = "{title}. {licence}. mixedmig {version}. {notice}"
PLAYED = "{played} of {rounds} rounds played, to {until}."
CONTEXT = (
    "Breaches and harms by the end of each round, from the first day of the case. Each picture has its own scale, "
    "from zero to the number at its top."
)
SAME_SCALE = "Each breach and each harm has the same scale for all teams."
MULTIPLE_ALT = "{title} by round. {runs}."
MULTIPLE_RUN = "{name}: {values}"
TABLE_HEAD = "by the end of round {round}"
TABLE_CAPTION = "Breaches and harms by the end of round {round}."
WHAT_MAY_BE_SAID = "What may be said"
OWN_SENTENCE = "The team's own sentence"
DECISIONS, FORECASTS, INJECTS, OBJECTIVES = "Decisions", "Forecasts", "Injects", "Objectives"
NONE_GIVEN = "None."
NOTHING_OBSERVED = "No observer marked an objective."
WITH_UNIT = "{title} ({unit})"
REFERENCES = "The references"
HELD_OR_LAPSED = "Orders without the signature that they needed"

AFTER_TITLE = "After-action report: {title}"
AFTER_FACTS = "Session {session}: {teams}. {played}"
AFTER_PURPOSE = (
    "This report is about offices, plans and gaps. It ranks no team, adds no points and asks for no name of a person. "
    "Reasons and answers are quoted as they were typed: take names out before you share it. Numbers come from a model. "
    "They are scenarios, not forecasts."
)
BREACHES_FIRST = "Each breach, who signed for it, and when it ended. Rights come first."
TEAMS_ORDER = "Teams stand in the order in which they were named."
INJECTS_NOTE = "What arrived, what was answered, and what a good answer holds."
INJECT_HEAD = ("inject", "a good answer", "answers")
INJECT_ANSWER = "{team}, after {minutes}: {text}"
INJECT_SILENT = "{team}: no answer"
NO_INJECTS = "No inject was released."
PLAN_NOTE = (
    "The result of the day. An owner is an office, never a person. Ask each owner in three months what was done."
)
PLAN_HEAD = ("gap", "owner (an office)", "by", "done on")
NO_GAPS = (
    "No gap was written down. Write them here, or add them and make the report again: "
    "mixedmig exercise gap"
)
NOT_WHOLE = "{gaps} without an owner or a date. A gap that nobody owns stays open."
NO_OWNER, NO_DATE = "nobody yet", "no date yet"
LIMITS = "What the case says that it does not model:"
LIMITS_INJECTS = "What injects leave out of the model:"
