"""Texts of the panel on results, inputs and faults.

They are whole templates with named slots, never glued from parts.
"""

PANEL_FILE = "the panel"
REASON = "Set in the panel."
STATE_ALLOWED = "a scenario with its lists of levers and changes"
MESSAGE_ALLOWED = "a message of docs/panel_protocol.md"

# ---- groups of sliders ----------------------------------------------------------------------------------------------

GROUPS = {
    "arrivals": "Who departs", "journey": "At sea", "rescue": "Rescue", "responses": "Responses of departures",
    "registration": "Registration", "screening": "Screening", "referral": "Referral",
    "determination": "Status determination", "appeal": "Appeal", "closing": "Claims closed without a decision",
    "interpretation": "Interpreters",
    "work": "Working time",
    "reception": "Reception", "preparedness": "Preparedness", "detention": "Detention",
    "alternative": "Alternatives to detention", "law": "Law", "return": "Return", "remigration": "Reintegration",
    "regularisation": "Regularisation", "solutions": "Durable solutions", "sharing": "Sharing between countries",
    "onward": "Onward movement", "funding": "Funding", "levers": "Levers of the catalogue",
    "presets": "Plans and declarations",
}
"""Titles of the themes of sliders, in the order of the panel."""

# ---- positions ------------------------------------------------------------------------------------------------------

A_RATE = "per person and {time}"
A_TIME, PER_ONE, PER_TWO = "{what} a {time}", "{what} per {one}", "{what} per {one} and {two}"
AS_IN_CASE = "as in the case"
AS_IN_CASE_VALUE = "as in the case ({value})"
TIMES = "{times} times the case"
NONE_OF_IT = "none"
YES, NO = "in force", "not in force"
RANGE = "{low} to {high} {unit}"
EVIDENCE = "{quality}: {source}"
QUALITIES = {"measured": "Measured", "published": "Published", "assumption": "Assumed"}
EFFECT = "{title}: {difference} where it is {position}."
NO_EFFECT = "A step of it changes no indicator of this case by as much as one per cent."
IDLE_SET = "The scenario sets it to {value}; its own change overrides the slider."
IDLE_USED = "The scenario already uses it at this time."

# ---- the strip, the table -------------------------------------------------------------------------------------------

ADDS = "Breaches added: {breaches}."
ADDS_NONE = "Breaches added: none."
ADDS_GROWS = "{adds} Breaches that grow: {breaches}."
LEAVES = "Breaches that remain: {breaches}."
LEAVES_NONE = "Breaches that remain: none."
HARMS = "Harms: {harms}."
HARMS_CASE = "Harms: as in the case."
HARM = "{harm}: {text}"
MORE = "{first}; {count} more"
MOST_BREACHES, MOST_HARMS = 3, 3
SERVES_FEWER = "Fewer people are {service}: {before} become {after}."
COST_TITLE, COST_UNIT = "Cost", "{currency}, prices of {year}"
COST_DESCRIPTION = "All lines of the cost book, contingency and support cost included."
COST_LATER = "\N{HORIZONTAL ELLIPSIS}"
CAUTION = "{text}: {found} ({advice})."
WITHIN = "Within 0.5 % of the exact solution."
EXACT = "Exact solution."
SLOW = "The answer takes longer than usual."

# ---- starting -------------------------------------------------------------------------------------------------------

READING = "The workspace is read."
SOLVING = "The case is solved."
COMPILING = "The equations are compiled, once on this computer: this takes some seconds."
RANKING = "Inputs are ordered by their effect in this case."

# ---- changes --------------------------------------------------------------------------------------------------------

AT_INTENSITY = "at {share}"
WHOLE = "in full"

# ---- what drives a line ---------------------------------------------------------------------------------------------

DRIVES_TITLE = "What drives this: {line}"
DRIVES_LEVEL = "{line}: {mean} on an average day, {peak} at the peak on {day}."
DRIVES_CASE = "In the case it is {mean} on an average day; here it is {difference}."
DRIVES_SAME = "In the case it is the same: nothing that was set here moves it."
DRIVES_FIRST = "Of what was set here, {title} moves it most: {difference} on an average day."
DRIVES_OTHER = "Next comes {title}: {difference} on an average day."
DRIVES_LEVER = "Of the ten inputs with the largest effect, {title} would move it most: {difference} if {position}."
DRIVES_NO_LEVER = "None of the ten inputs with the largest effect moves it by as much as one per cent."
ALL_COUNTRIES = "all countries"

# ---- saving, copying, reports ---------------------------------------------------------------------------------------

NAME_TAKEN = "there is a scenario of this name"
NAME_OTHER = "another name, or replace it"
READ_ONLY = "this panel is read-only"
READ_ONLY_ALLOWED = "a panel that was started on this computer"
SHIPPED = "the shipped workspace is read-only"
SHIPPED_ALLOWED = "a workspace of your own: mixedmig init DIR"
CASE_CHANGED = "files of the case have changed since this panel read them"
CASE_CHANGED_ALLOWED = "a panel that was started after the change"
REPORT_STOPPED = "the report was stopped"
UNKNOWN_LINE = "unknown line"
RUN_COMMAND = "mixedmig run {case} --scenario {name} --to {name}.nc"
SAVED_FIRST = "# Save it as parameters/cases/{case}/scenarios/{name}.yaml first:"
PYTHON = '''import mixedmig_model as mm

case = mm.propose(mm.read_case({workspace}, {case}), """
{yaml}""", {name})
run = mm.resolve(case, {name})
print(run.digest)
ds = mm.run(run)
'''
"""A script that makes the same run."""

# ---- views ----------------------------------------------------------------------------------------------------------

SOURCE = "Model run; inputs: the report's annex."
EACH_DAY, AT_END = "{unit}, each day", "{unit}, at the end of the run"
EACH_MONTH, MONTHLY = "{unit}, whole period", "{unit}, each month"
EVENT = "{title}: {value}"
PUBLISHED = "Published: {value}{unit} ({source})"

# ---- faults ---------------------------------------------------------------------------------------------------------

UNKNOWN_MESSAGE = "unknown message"
UNKNOWN_VERSION = "this front end speaks another version"
UNKNOWN_VIEW = "unknown view"
FAILED = "The run failed: {text}"
NO_CASE = "choose a case"
FAULT = "{problem} ({found})"

VIEWS = {
    "people": "People", "stages": "Stages", "waits": "Waits", "places": "Places", "outcomes": "Outcomes",
    "costs": "Costs", "countries": "Countries",
}
CHARTS = {
    "adrift": "People adrift", "ashore": "People on record", "unsheltered": "People without shelter",
    "awaiting": "Waiting for a first decision", "irregular": "People without a record",
    "reception": "Reception", "detention": "Detention",
    "alternative": "Alternatives to detention",
    }
WAITING, IN_STAGE, BY_OUTCOME = "Waiting: {stage}", "In {stage}", "People by outcome and true need"
BY_PAYER, BY_MONTH, COSTS = "Cost by payer", "Cost by month", "cost"
SERIES = {
    "in_need": "need a place", "places": "places open", "inside": "people inside",
    "hosted": "in the country", "unsheltered": "without shelter",
}
