"""Sentences of the first page.

They are whole templates with named slots.
"""

# ---- breaches -------------------------------------------------------------------------------------------------------

BREACHES = "{option}: {breaches}"
BREACH = "{breach} ({count})"
NO_BREACHES = "No option on this page has a breach."

# ---- the answer, at most five sentences -----------------------------------------------------------------------------

BASELINE_ALONE = "This page shows one course of action and compares it with nothing."
BETTER_ON_ALL = "{option} is better on every harm that differs: {harms}{rest}."
BETTER_TOO = "; so is {options}"
BETTER_TOO_MANY = "; so are {options}"
TRADE = "{option} is better in part and worse in part, a trade-off for you to decide: {better}, but {worse}{rest}."
BETTER = "{option} is better in part: {better}{rest}."
WORSE = "{option} is worse, and better on no harm: {worse}{rest}."
DOUBT = "{option} has no clear effect on any harm{rest}."
UNCLEAR = "; its effect on {doubt} is unclear"
FEWER = "{option} serves fewer people: {services}."
SAME = "{options} changes no harm materially."
SAME_MANY = "{options} change no harm materially."
NOT_RANKED = "{option} is not ranked, because it adds or enlarges a breach: {breaches}."
COSTS = "{option} costs {amount} in total; most of it falls to {payers}."
COSTS_MORE = "{option} costs {amount} more than {baseline}; most of its total cost falls to {payers}."
COSTS_LESS = "{option} costs {amount} less than {baseline}; most of its total cost falls to {payers}."
COSTS_SAME = "{option} costs as much as {baseline}; most of its total cost falls to {payers}."
NO_COSTS = "This case has no costs, so this page says nothing about money."
REVERSED = "The difference in cost reverses if '{item}' costs {at} instead of {price} {per}."
NOT_REVERSED = "No single price within its range reverses the difference in cost."
SURE = "With all uncertain inputs varied, {option} is better on {harm} in {count} of {draws} runs."
OTHERS = "{count} more"
PAYER = "{payer} ({share})"
LIST_AND = "{first} and {last}"

CLAUSES = {
    "deaths": "{change} die or go missing",
    "adrift": "people spend {change} adrift",
    "sent_back": "{change} owed protection are sent back",
    "unprotected": "people owed protection spend {change} without it",
    "needs_unseen": "people spend {change} with specific needs that nobody has seen",
    "unsheltered": "people spend {change} without shelter",
    "detention": "people spend {change} in detention",
    "children_detained": "children spend {change} in detention",
    "children_separated": "children spend {change} separated from a detained parent",
    "without_status": "people spend {change} without any status",
    "without_solution": "people owed protection spend {change} without a durable solution",
}
ONE_CLAUSES = {
    "deaths": "{change} dies or goes missing",
    "sent_back": "{change} owed protection is sent back",
}
MORE_HARM = {"better": "{count} more harm is smaller", "worse": "{count} more harm is larger"}
MORE_HARMS = {"better": "{count} more harms are smaller", "worse": "{count} more harms are larger"}
GROWN = "a breach grows to {count} {breach}"

# ---- rows -----------------------------------------------------------------------------------------------------------

TEAM_TITLE = "Smallest team that meets the standards"
TEAM_UNIT = "officers"
TEAM_TITLES = {"registration": "registration", "screening": "screening", "determination": "decisions"}
TEAM_PART = "{function} {officers}"
TEAM_LATE = "none for {function}: {share} on time with any number"
TEAM_HAVE = "{have} posts at the start"
TEAM_NONE = "none found"
NOT_KNOWN = "not worked out"
COST_TITLE = "Cost of the response"
COST_UNIT = "prices of {year}"
COST_NOTE = "{ends}; {payers}; gap {gap}"
COST_TWICE = "{value} ({second})"
COST_CHANGE = "{change}; {note}"
COST_WORDS = "Cost: {value} ({note})."
PAID = "{payer} {share}"
JUDGED = {
    "better": "{change}, better",
    "worse": "{change}, worse",
    "unclear": "{change}, unclear",
    "depends": "{change}, depends on the share owed protection",
    "within": "{change}, not material",
    "none": "no material difference",
}
LONGER_WAIT = "{change} for those decided; {fewer} fewer wait at the end"
TITLES = {
    "deaths": "Deaths and missing",
    "wrongly_returned": "Owed protection, sent back",
    "needs_unseen_days": "Specific needs unseen",
    "child_detention_days": "Children in detention",
    "without_shelter_days": "Without shelter",
    "wait_determination": "Median wait for a decision",
}
YEARS = "person-year"

# ---- evidence -------------------------------------------------------------------------------------------------------

GRADE_A = (
    "Grade A: the model predicts published totals that were not used to set it ({met} of {scored} inside their range). "
    "Published prices support {share} of the cost."
)
GRADE_B = (
    "Grade B: the model meets the published totals that it was fitted to ({met} of {scored}), and {share} of the cost "
    "rests on published prices. Nothing tests it independently."
)
GRADE_B_PREDICTED = (
    "Grade B: the model predicts published totals that were not used to set it ({met} of {scored} inside their range). "
    "Only {share} of the cost rests on published prices."
)
GRADE_C_NONE = "Grade C: no published total was compared with these results. Use them to compare options only."
GRADE_C_MISSED = (
    "Grade C: the model misses {missed} of {scored} published totals by more than 10 %. Use the results to compare "
    "options only."
)
GRADE_C_COST = (
    "Grade C: only {share} of the cost rests on published prices. Use the amounts to compare options only."
)
GRADE_C_INPUT = (
    "Grade C: every published total compared here was an input, so nothing tests these results. Use them to compare "
    "options only."
)
GRADE_D = (
    "Grade D: '{row}' rests on '{input}', a value for {place}. This case did not set it. Set it before anybody uses "
    "these numbers."
)
GRADE_D_MANY = (
    "Grade D: {many} rows of this page rest on inputs that this case did not set. '{row}' rests on '{input}', a value "
    "for {place}. Set these inputs before anybody uses the numbers."
)
RESTS_MARK = "\N{NO-BREAK SPACE}*"

# ---- the page -------------------------------------------------------------------------------------------------------

BREACHES_TITLE = "Breaches: choices of an authority"
LEFT_OUT = "Not on this page: {options}. The full report has them."
CHART_BETTER = "{option} lowers {better} of the {harms} harms and raises {worse}, compared with {baseline}"
CHART_SEVERAL = "How far each option changes each harm, compared with {baseline}"
CHART_NONE = "No harm changes materially. People in the procedure by stage: {baseline}"
CHART_ALONE = "People in the procedure by stage: {baseline}"
CHART_AXIS = "% of the baseline; to the left is better; only harms with a material difference; bars end at 100 %"
CHART_UNIT = "% of the baseline"
CHART_BAR = "{harm}, {option}: {sign}{share}"
CHART_ALT = "{title}. {bars}."
CHART_NO_BAR = "People by stage over time"
FOOT = "Made on {date} with mixedmig {version}{author}. Digest of the baseline's inputs: {digest}. {notice}"
BY = " by {author}"
MORE = "The full report has ranges, sources, all inputs and what is not modelled."
PAGES = "Other pages of this report: "
PAGE_SUMMARY = "summary"
PAGE_REPORT = "full report"
PAGE_ANNEX = "annex"
PAGE_COSTS = "costs"
