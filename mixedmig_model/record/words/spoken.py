"""Sentences of commands, comparisons and levers.

They are whole templates with named slots, never glued from parts.
"""

# ---- comparison: what made the difference, queues, countries --------------------------------------------------------

SHARES = "{title}: {difference}: {parts}."
SHARES_REST = "{title}: {difference}: {parts}; others the rest."
SHARES_NEXT_TO_NOTHING = "{title}: {difference}: {parts}; the others hardly anything."
SHARES_NONE = "{title}: {difference}."
CANCEL = "about the same, because measures cancel"
EXACT = "{measures}, all {combinations} ({runs}) on the {path} path{note}: exact."
SAMPLED = (
    "{measures} measures: {orders} orders and their reverses were sampled ({combinations} combinations, {runs} runs) "
    "on the {path} path{note}. The standard error of each share is shown next to it. Shares always sum to the "
    "difference."
)
QUEUE_STAYS = "{more} more staff in {stage}: its queue hardly changes."
QUEUE_SHRINKS = (
    "{more} more staff in {stage}: {change} there on an average day. No other queue grows by a tenth of that."
)
QUEUE_MOVES = "{more} more staff in {stage}: {change} there on an average day. The queue moves to {queues}."
SHIFT = "{measure}: {fell}, but {rose}. The sum is {together}."
NO_SHARING = "There is no index of responsibility sharing for one country."
SHARING = "{index}, where 1 means shares exactly as in the key: {countries}."
HOSTS = "{country} hosts {hosted} of person-days; its share of the key is {key} (weight {weight})"
DIFFERENCE = "What made the difference in {option}: {how}"

# ---- how runs were solved -------------------------------------------------------------------------------------------

AGREEMENT_FAILED = "Scipy could not solve the baseline, so nothing checks the kernel: {failure}"
AGREEMENT = (
    "The kernel solved all runs. Scipy, which is independent of the kernel, solved the baseline as well. On no day "
    "does a stock differ by more than {stocks} of all people who enter the run; {largest}."
)
AGREEMENT_NOTHING = "no breach, harm or headline differs by more than one person or half a day"
AGREEMENT_ALONE = "'{title}' exists in only one of the two"
AGREEMENT_LARGEST = "'{title}' differs most of all breaches, harms and headlines, by {gap}"

# ---- what a command says first --------------------------------------------------------------------------------------

HAS_BREACHES = "{title} has {count}: {breaches}."
HAS_NO_BREACH = "{title} has no breach."
DIE, DIES = "{people} die or go missing.", "{people} dies or goes missing."
NOBODY_DIES = "Nobody dies or goes missing."
FEWER_THAN_ONE_DIES = "Fewer than 1 person dies or goes missing."
BREACHES_OF = "Breaches in {line}."
SAID_OF = "{title}: {sentence}"
DRAWN_DEATHS = "Deaths and missing in {title}: {people}."
NO_FAULTS = "No faults and no cautions."
CAUTIONS = "No faults. {cautions} need attention{unset}."
CAUTION_ONE = "No faults. {cautions} needs attention{unset}."
CAUTIONS_UNSET = ", including {inputs} that a case must set"
BATCH_RANKED = "{ranked} of {runs} can be ranked; {apart} {add} a breach or {make} one grow."
BATCH_ALL_RANKED = "{runs} can be ranked; none adds a breach or makes one grow."
BATCH_NOTHING = "No run is done."
BATCH_COUNTS = "{runs}, {reused} of them were cached; {failed} failed. Wrote {file}."
NO_DOCUMENTS = "documents missing: {name}: {why}"
NO_INDEX_DOCUMENT = "documents missing: the index: {why}"
ALREADY_DONE = "{done} of {runs} are already done."
TO_DO = "{runs} to do."
SINGLE_VALUES = "Wrote {file}. Values are single runs; mixedmig report gives ranges."

# ---- ensembles, plans, break-evens ----------------------------------------------------------------------------------

FAILED_ONE = "{runs} failed and is left out:"
FAILED = "{runs} failed and are left out:"
FAILED_DRAW = "  {scenario}, draw {draw}: {message}"
DRAWS = "Each number is the median of {draws} draws; brackets hold the 90 % range."
WROTE = "Wrote {file}"
TOTAL = (
    "{title} costs {total}, {view} view, prices of {year}. {standing}: {share} of it rests on prices without a source, "
    "{derived} on derived ones."
)
TOTAL_NOMINAL = (
    "{title} costs {total}, {view} view, prices of each year. {standing}: {share} of it rests on prices without a "
    "source, {derived} on derived ones."
)
TOTAL_OF_NOTHING = "{title} costs {total}, {view} view, prices of {year}. {standing}: nothing is paid for."
TOTAL_OF_NOTHING_NOMINAL = "{title} costs {total}, {view} view, prices of each year. {standing}: nothing is paid for."
PROJECTS_LEFT_OUT = "Submitted budgets are left out, because they are compared at prices of the base year."
BANNER = "{estimate}: {share} of the cost rests on prices without a source (stated limit {limit})."
BANNER_DERIVED = (
    "{estimate}: {share} of the cost rests on prices without a source, and {derived} on derived ones (stated limit "
    "{limit})."
)
ALWAYS_CHEAPER = "{option} is cheaper than {baseline} for every value of '{input}' from {low} to {high} {unit}."
ALWAYS_DEARER = "{option} is more expensive than {baseline} for every value of '{input}' from {low} to {high} {unit}."
ALWAYS_ALIKE = "{option} costs as much as {baseline} for every value of '{input}' from {low} to {high} {unit}."
UNLESS_OVER = "{option} is cheaper than {baseline} unless '{input}' is over {root} {unit}."
UNLESS_UNDER = "{option} is cheaper than {baseline} unless '{input}' is under {root} {unit}."

# ---- changes and levers ---------------------------------------------------------------------------------------------

SET_TO, MULTIPLIED, PLUS = "set to {size}", "multiplied by {size}", "plus {size}"
PART_OF = "{share} of: {operation}"
FROM = "from {start}"
FROM_UNTIL = "from {start} until {until}"
PHASED = "{when}, phased in over {days}"
ITSELF = "{when}, {condition}"
WHILE_ON = "while it is on"
NEVER_ON = "never on in this run"
ON = "on in this run {days}"
TO_THE_END = "from {start} until the end"

# ---- the file beside the tables -------------------------------------------------------------------------------------

NOTICE_FILE = (
    "{title}\n\nFiles in this folder: {tables} (tables), {record} (numbers of all pages), {data}/*.nc (results of "
    "main runs), {figures}/* (each figure as SVG, PNG and CSV). Pass this notice on with each of "
    "them.\n\n{notice}\n{assumed} of {inputs} inputs are assumptions; report.html lists each with its source.\n"
)

# ---- a report made again --------------------------------------------------------------------------------------------

NO_REPORT = (
    "{folder} is not a report that can be verified: {missing} is missing. Reports keep it since version 0.1.0 with "
    "report.json schema 5. Make the report again with 'mixedmig report CASE'"
)
VERIFY_DRAWS, VERIFY_RUNS = "blocks of draws", "solving"
OTHER_VERSION = "The report was made by mixedmig {report}; this is {here}. Numbers may differ for that reason."
DRAWS_FROM_ELSEWHERE = "The ranges come from an ensemble that was given to the report. They are not recomputed."
EQUAL = "Equal: every file is unchanged, and every number was reproduced from the inputs kept in the report."
DIFFERS = "Not equal: {files}, {values}."
FILE_CHANGED = "{file}: changed since it was written"
FILE_MISSING = "{file}: missing"
FILE_ADDED = "{file}: added later; it is not part of the report"
VALUE_DIFFERS = "{file}: {where}: the report says {report}; recomputed it is {found}"
MORE_DIFFERENCES = "... and {number} more (--json lists all)"
