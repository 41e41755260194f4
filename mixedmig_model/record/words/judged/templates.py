"""Words of a judgement: names of harms, breaches and services, and whole templates with named slots."""

HARMS = {
    "deaths": "deaths and missing",
    "adrift": "time adrift",
    "sent_back": "people owed protection sent back",
    "unprotected": "time of people owed protection without it",
    "needs_unseen": "time of people whose specific needs nobody has seen",
    "unsheltered": "time without shelter",
    "detention": "time in detention",
    "children_detained": "time of children in detention",
    "without_status": "time without any status",
    "without_solution": "time of people owed protection without a durable solution",
}
BREACHES = {
    "identified_children_detained": "identified children detained",
    "enforced_without_decision": "people returned without a decision",
    "enforced_pending_appeal": "people returned while an appeal was pending",
    "detention_over_limit": "people detained over the limit",
    "refused_disembarkation": "people refused disembarkation",
    "turned_back": "people turned back at sea",
    "services_tied_to_status": "people put out of reception",
}
SERVICES = {
    "registration": "people registered",
    "screening": "people screened",
    "referral": "people assessed after referral",
    "determination": "people with a first decision",
    "appeal": "people with a decision on appeal",
    "return": "people whose return was prepared",
    "reception": "people received in a place",
}
SHORT = {
    "deaths": "deaths",
    "adrift": "time adrift",
    "sent_back": "people sent back",
    "unprotected": "protection",
    "needs_unseen": "needs seen",
    "unsheltered": "shelter",
    "detention": "detention",
    "children_detained": "children detained",
    "without_status": "status",
    "without_solution": "durable solutions",
}
"""Harms in a word or two, where a sentence names several with their share of draws."""

# ---- breaches -------------------------------------------------------------------------------------------------------

BASELINE = "Baseline."
BASELINE_BREACHES = "Baseline, with breaches: {breaches}."
BASELINE_BREACH = "{count} {breach}"
ADDS = "Not ranked: it adds {breaches}."
GROWS = "Not ranked: a breach grows by what it changes: {breaches}."
BREACH = "{breach} ({before} \N{RIGHTWARDS ARROW} {after})"
BREACH_AT = "{breach} ({before} \N{RIGHTWARDS ARROW} {after}, {place})"
BREACH_RUN = "{breach} ({before} \N{RIGHTWARDS ARROW} {after}, in the run with a {side} share owed protection)"
FELL = "Breaches: {breaches}."
ENDS = "ends {breach}"
FEWER = "fewer {breach}"
IN_BOTH = "In both: {breaches}."
SEEN_BETTER = (
    "More of the detained children are known to be children: {known} of {all}; {known_before} of {all_before} in the "
    "baseline."
)
SEEN_LESS = (
    "Fewer of the detained children are known to be children: {known} of {all}; {known_before} of {all_before} in the "
    "baseline."
)
BREACH_WITHIN = "Within what the lives saved could cause: {breaches}."
SERVES_FEWER = "It serves fewer: {services}."
SERVICE = "{service} {before} \N{RIGHTWARDS ARROW} {after}"

# ---- harms ----------------------------------------------------------------------------------------------------------

BETTER_ON_ALL = "Better on all that differ: {harms}."
BETTER = "Better on: {harms}."
WORSE = "Worse on: {harms}."
TRADE_OFF = "A trade-off: which matters more is for you to decide, and to state."
CANNOT_BE_TOLD = "Cannot be told: {harms}."
DEPENDS = "Depends on how many are owed protection: {harms}."
MORE = "{listed} and {count} more"
HARM = "{harm} ({size} {way}, {share})"
HARM_OF_NONE = "{harm} ({size} {way}, the baseline has none)"
HARM_OF_LITTLE = "{harm} ({size} {way}, the baseline has {before})"
HARM_STAYED = "{harm}, because {people} fewer left before a decision"
HARM_DEPENDS = "{harm} ({sides})"
SIDE_SIGNS = {"better": "better", "worse": "worse", "unclear": "not to be told", "within": "no difference",
              "none": "no difference"}
SIDE = "{sign} at a {share} share"
SIDE_SHARES = {"low": "low", "default": "middle", "high": "high"}
DOUBTS = {
    "in_cells": "{harm} ({seen} {way} seen, but {moved} {back} in cells)",
    "unrecorded": "{harm} ({seen} {way} seen, but {moved} {back} without a record)",
    "sent_back": "{harm} ({seen} {way} seen, but {moved} {back} of people sent back)",
    "elsewhere": "{harm} ({seen} {way} seen, but {moved} {back} of people gone elsewhere)",
    "after_removal": "{harm} ({seen} {way} seen, but {moved} {back} of people removed out of detention)",
    "waiting": "{harm} ({seen} {way} seen, but {moved} {back} to come for people who wait at the end)",
}
DOUBT_OUTCOME = "{harm} ({seen} {way} seen, but {moved} {back} got an outcome)"
DOUBT_SIDE = "{text}, at a {share} share"
"""Where only the run with another share of people owed protection raises the doubt."""
DOUBT_OTHER = "{harm} ({seen} {way} seen, but {moved} {back} where the run cannot see)"
LIVED = "{people} more lived and are in these counts."
LIVED_FEWER = "{people} fewer lived, and the counts lack them."
MOVED = "Moved: {amount} of {harm} from {fell} to {rose}."

# ---- nothing differs ------------------------------------------------------------------------------------------------

NO_HARM = "No harm differs."
NO_HARM_DEPARTURES = "No harm differs. Its only effect is on who sets out, which never counts."
NO_HARM_OUTSIDE = "No harm differs. The largest change elsewhere: {title} ({before} \N{RIGHTWARDS ARROW} {after})."
NO_HARM_NOTHING = "No harm differs, and no headline indicator does."
NO_HARM_NOT_SHORT = "No harm differs: no service that it speeds up is short here."

# ---- draws and money ------------------------------------------------------------------------------------------------

DRAWN = "With varied inputs: {parts}."
DRAWN_BETTER = "better on {harm} in {count} of {draws}"
DRAWN_WORSE = "worse on at least one harm in {count} of {draws}, most often {harm}"
DRAWN_NEVER_WORSE = "worse on no harm in any of {draws}"
DRAWN_BREACHED = "a breach is added or grows in {count} of {draws}"
COSTS = "Cost against the baseline: {amount}; the largest part: {payer}."
COSTS_SAME = "Cost against the baseline: the same."
REVERSED_OVER = "The saving is lost if '{item}' costs over {at} a {per} (now {price})."
REVERSED_UNDER = "The saving is lost if '{item}' costs under {at} a {per} (now {price})."

# ---- cells of tables ------------------------------------------------------------------------------------------------

CELLS = {
    "none": "no material difference",
    "within": "within what the lives saved could cause",
    "unclear": "cannot be told",
    "depends": "depends on how many are owed protection",
}
CELL_SIZE = "{size} {way}"
CELL_EXPOSED = "{text}; {size} more because {people} more lived"
CELL_EXPOSED_FEWER = "{text}; {size} fewer because {people} fewer lived"
"""What survivors add to a count by being alive is no fault of the option."""
BREACH_CELLS = {
    "adds": "added",
    "grows": "grows by what the option changes",
    "grows_by_throughput": "grows",
    "seen_better": "only seen better",
    "seen_less": "only seen less",
    "in_both": "in both",
    "within": "within what the lives saved could cause",
    "shrinks": "fewer",
    "ends": "ends",
    "none": "",
}
