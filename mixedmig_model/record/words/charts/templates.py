"""Sentences of figures: whole templates with named slots."""

# ---- titles: what a figure shows ------------------------------------------------------------------------------------

PEOPLE_ONE = "{when} {count} {state} in {option}{others}"
PEOPLE_OTHER = "; in {option} {number}"
PEOPLE_EVERY = "{when} {count} {state} in every option"
PEOPLE_RANGE = "{when} between {low} people ({low_option}) and {high} people ({high_option}) are {state}"
ARE, IS, NOBODY_IS, NOBODY = "{count} are", "{count} is", "nobody is", "nobody"
AT_PEAK, AT_END, BY_END = "At the peak", "At the end", "By the end"
STAGES_STATE = "on record"
ADRIFT_STATE = "adrift"
RECEPTION_STATE = "in reception"
DEAD_STATE = "dead or missing"
WAITING_STATE = "waiting for a first decision"
STAFF_SHORT = (
    "{function} is furthest behind: at the peak the work that waits would occupy {need} officers; {have} are in post "
    "({option})"
)
STAFF_ENOUGH = "In every service the officers in post are enough for all who wait"
COSTS_MORE = "{option} costs {amount} more than {baseline}"
COSTS_LESS = "{option} costs {amount} less than {baseline}"
COSTS_SAME = "{option} costs as much as {baseline}"
CASH_GAP = "At the end {gap} of {required} is not funded in {option}{others}"
CASH_OTHER = "; in {option} {gap} of {required}"
CASH_FUNDED = "At the end all that is required is funded"
SWINGS_TITLE = "The price of '{item}' moves the cost of {option} most: {low} to {high}"
BATCH_TITLE = "{breaches}{parts}"
BATCH_BREACHES = "{apart} of {runs} add a breach or make one grow; "
BATCH_BREACH_ONE = "{apart} of {runs} adds a breach or makes one grow; "
BATCH_PART = "{title}: {span}"
BATCH_SPAN = "{low} to {high}"
PLANE_ONE = "{option}: {people} granted protection, {amount}"
FAN_PEOPLE = "On the worst day 90 % of draws have {low} to {high} people {state} in {option}{others}"
FAN_COST = "90 % of draws of the cost end at {currency} {low} to {high} million in {option}{others}"
FAN_OTHER = "; in {option} {low} to {high}"
SHARES_TITLE = "What each measure adds to the difference"
JOINED = "; "

# ---- subtitles: what is measured, in which unit ---------------------------------------------------------------------

STAGES_UNIT = "People on record by stage of the procedure, all countries, persons"
ADRIFT_UNIT = "People adrift (refused disembarkation or abandoned), persons"
OCCUPANCY_UNIT = "People in reception (full lines) and places open (thin dashed lines), persons and places"
OUTCOMES_UNIT = "Where people are at the end of the run, by what they are truly owed, persons"
BACKLOG_UNIT = "People waiting for a first decision, by how long they have waited, persons"
STAFF_UNIT = (
    "Officers in post by their output (full lines) and officers whom waiting work would occupy (thin dashed lines), "
    "all countries. The scale is even up to 1 and logarithmic above"
)
WATERFALL_UNIT = "Cost less that of {baseline}, by stage of the response, million {currency}"
CASH_UNIT = "Money required and received since the start of the run, million {currency}"
SWINGS_UNIT = "Change of the cost with each price alone at the ends of its range, million {currency}"
PLANE_UNIT = "Cost in million {currency} and people granted protection, both less those of {baseline}"
BATCH_LINES_UNIT = "Each panel in its unit, by {axis}. Dashed: {baseline} (the baseline)"
BATCH_HEAT_UNIT = (
    "Each panel in its unit, by {across} and {down}. White: as in {baseline} (the baseline). Blue: less. Orange: more"
)
FAN_UNITS = {
    "without_shelter": "People without shelter in all draws, persons",
    "waiting": "People waiting for staff, from registration to appeal, in all draws, persons",
    "cost": "Cost since the start of the run in all draws, million {currency}",
}
SHARES_UNIT = "Share of each measure, in the unit of each panel"
FAN_STATES = {"without_shelter": "without shelter", "waiting": "waiting for staff"}

# ---- names of lines and marks ---------------------------------------------------------------------------------------

EQUAL = " = "
PLACES_OF, OCCUPIED_OF = "places {option}", "work waiting {option}"
PEOPLE, PLACES, IN_POST, OCCUPIED = "people", "places", "in post", "work waiting"
PLANNED, MEDIAN, RANGE = "planned inputs", "half of the draws", "90 % of draws"
REQUIRED, RECEIVED, GAP = "required", "received", "gap"
PUBLISHED, PUBLISHED_DOUBTFUL = "published", "published, doubtful"
LOW_END, HIGH_END = "at its low end", "at its high end"
ALL_TOGETHER = "all together"

# ---- below a figure -------------------------------------------------------------------------------------------------

EQUAL_LINES = "Equal lines are drawn once: {groups}."
EQUAL_IN = "{panel}: {lines}"
TOO_FEW = "Too few to be seen: {series}."
TOO_FEW_IN = "{series} in {panels}"
EVENTS = "Marks on the axis: {events}."
EVENT = "{letter} {days}, {what}{option}"
EVENT_OPTION = " ({option})"
EVENT_DAYS = "{first} to {last}"
EVENT_ENDS = "end of {title}"
EVENT_MORE = "{title} and {more} more"
PUBLISHED_POINTS = "Diamonds are published totals with their range, over the time that they hold for."
BATCH_MARKED = "adds a breach or makes one grow: not ranked"
BATCH_UNMARKED = "adds no breach"
BATCH_NO_RESULT = "no result"
BATCH_STARS = "Stars: runs that add a breach or make one grow. They are not ranked."
BATCH_HATCHED = "Hatched: runs that add a breach or make one grow. They are not ranked."
BATCH_HAVE = "{some} of {runs} have breaches; the list below counts them."
BATCH_ALL_SAME = "No material difference in any run: {titles}."
BATCH_NO_NUMBERS = "There are too many runs for numbers within the cells; the table in the same folder has all."
BATCH_MISSING = "Runs without a result have no point."
BATCH_GREY = "Grey: runs without a result."
BATCH_NOTHING_DIFFERS = "No main indicator differs materially between these runs and the baseline: there is no chart."
BATCH_TOO_MANY = "These runs vary {count}: {names}. Charts show one or two; the tables have all runs."
BATCH_UNEVEN = "Not all runs of this file set the same levers and inputs, so no chart can place them on an axis."
BATCH_SCENARIOS = "These runs vary the scenario alone, which is no axis of a chart; the tables compare them."
BATCH_SCENARIO_AXIS, BATCH_LEVER_AXIS, BATCH_AXIS = "Scenario", "{title}, intensity", "{title} ({unit})"
BATCH_BASELINE, BATCH_BAR, BATCH_COST = "baseline", "baseline on each colour bar", "Cost of the response"
KEY = "{letter}  {option}"
FILES = "This figure as "
WITHOUT_RECORD = (
    "The bars leave out those without a record; the table has them, and adds up to all who departed."
)
WATERFALL_NOTE = "Each step starts where the last ends."
CASH_NOTE = "The shaded part is the gap."
FAN_NOTE = "Half of the draws lie below the line in the band."
STAFF_NOTE = "Work waiting: officers whom it would occupy, to serve all who wait within the minimum time."
PLANE_NOTE = (
    "Bars: 90 % ranges over prices. Options that add a breach, make one grow, or change who departs are not placed."
)
NEED_PANEL = "True need: {need}"

# ---- alt texts ------------------------------------------------------------------------------------------------------

PEAKS = "Peaks: {peaks}."
EVERY_PEAK = "The table gives the peaks of every line."
BARS = "Stacked bars by scenario; the table gives every number."
BATCH_LINE = "{title}: {first} at {start}, {last} at {end}; baseline {baseline}."
BATCH_CELLS = "{title}: lowest {low} at ({low_at}), highest {high} at ({high_at}); baseline {baseline}."
BATCH_AT = "{across}, {down}"
BATCH_PLACES = "Each place is named by {across}, then by {down}."
BATCH_NAMED = "Marked: {names}."
BATCH_NAMED_MORE = "{names} and {more} more"
ENDS = "Waiting at the end: {ends}."
STEPS = "The table gives each step."
NUMBERS = "The table gives the numbers."
