"""Words of a judgement.

They are names of harms, breaches and services, and whole templates with named slots.
"""

HARMS = {
    "deaths": "deaths and missing",
    "adrift": "time adrift",
    "sent_back": "people owed protection sent back",
    "unprotected": "time of people owed protection without it",
    "needs_unseen": "time of people whose specific needs nobody has seen",
    "unsheltered": "time without shelter",
    "detention": "time in detention",
    "children_detained": "time of children in detention",
    "children_separated": "time of children separated from a detained parent",
    "without_status": "time without any status",
    "without_solution": "time of people owed protection without a durable solution",
}
BREACHES = {
    "identified_children_detained": "identified children detained",
    "enforced_without_decision": "people returned without a decision",
    "enforced_pending_appeal": "people returned while an appeal was pending",
    "children_returned_unheard": "children returned without a best-interests decision",
    "detention_over_limit": "people detained over the limit",
    "refused_disembarkation": "people refused disembarkation",
    "turned_back": "people turned back at sea",
    "services_tied_to_status": "people put out of reception",
}
ONE_BREACH = {
    "identified_children_detained": "identified child detained",
    "enforced_without_decision": "person returned without a decision",
    "enforced_pending_appeal": "person returned while an appeal was pending",
    "children_returned_unheard": "child returned without a best-interests decision",
    "detention_over_limit": "person detained over the limit",
    "refused_disembarkation": "person refused disembarkation",
    "turned_back": "person turned back at sea",
    "services_tied_to_status": "person put out of reception",
}
"""Breaches of one person."""
SERVICES = {
    "registration": "registered",
    "screening": "screened",
    "referral": "assessed after referral",
    "determination": "given a first decision",
    "appeal": "given a decision on appeal",
    "return": "prepared for return",
    "reception": "received in a place",
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
    "children_separated": "children separated",
    "without_status": "status",
    "without_solution": "durable solutions",
}
"""Harms in a word or two.

They serve where a sentence names several with their share of draws.
"""

# ---- breaches -------------------------------------------------------------------------------------------------------

BASELINE = "The baseline has no breach."
BASELINE_BREACHES = "The baseline has {count}: {breaches}."
BASELINE_BREACH = "{count} {breach}"
ADDS = "Not ranked, because it adds {count}: {breaches}."
GROWS = "Not ranked, because what it changes makes {count} grow: {breaches}."
BREACH = "{breach} ({before} \N{RIGHTWARDS ARROW} {after})"
BREACH_AT = "{breach} ({before} \N{RIGHTWARDS ARROW} {after}, {place})"
BREACH_RUN = "{breach} ({before} \N{RIGHTWARDS ARROW} {after}, in the run with a {side} share owed protection)"
ENDS = "It ends {count}: {breaches}."
FEWER = "It reduces {count}: {breaches}."
IN_BOTH = "It does not end {count}: {breaches}."
SEEN_BETTER = (
    "More of the detained children are known to be children: {known} of {all} (baseline: {known_before} of "
    "{all_before})."
)
SEEN_LESS = (
    "Fewer of the detained children are known to be children: {known} of {all} (baseline: {known_before} of "
    "{all_before})."
)
BREACH_WITHIN = "The lives saved could explain {count}: {breaches}."
SERVES_FEWER = "It serves fewer people: {services}."
SERVICE = "{service} {before} \N{RIGHTWARDS ARROW} {after}"

# ---- harms ----------------------------------------------------------------------------------------------------------

BETTER_ON_ALL = "Better on every harm that differs: {harms}."
BETTER = "Better on: {harms}."
WORSE = "Worse on: {harms}."
TRADE_OFF = "This is a trade-off: you decide which matters more, and state it."
UNCLEAR = "Unclear: {harms}."
DEPENDS = "The share of people owed protection decides the sign of: {harms}."
MORE = "{listed} and {count} more"
HARM = "{harm} ({change}, {share})"
HARM_OF_NONE = "{harm} ({change}, the baseline has none)"
HARM_OF_LITTLE = "{harm} ({change}, the baseline has {before})"
HARM_STAYED = "{harm}, because {people} left before a decision"
HARM_DEPENDS = "{harm} ({sides})"
SIDE_SIGNS = {"better": "better", "worse": "worse", "unclear": "unclear", "within": "no difference",
              "none": "no difference"}
SIDE = "{sign} at a {share} share"
SIDE_SHARES = {"low": "low", "default": "middle", "high": "high"}
DOUBTS = {
    "in_cells": "{harm} ({seen} seen, but {moved} in cells)",
    "unrecorded": "{harm} ({seen} seen, but {moved} without a record)",
    "sent_back": "{harm} ({seen} seen, but {moved} among people sent back)",
    "elsewhere": "{harm} ({seen} seen, but {moved} among people who went elsewhere)",
    "after_removal": "{harm} ({seen} seen, but {moved} among people removed from detention)",
    "waiting": "{harm} ({seen} seen, but {moved} to come for people who wait at the end)",
}
DOUBT_OUTCOME = "{harm} ({seen} seen, but {moved} got an outcome)"
DOUBT_SIDE = "{text}, at a {share} share"
"""The doubt that only one run raises.

That run has another share of people due protection.
"""
DOUBT_OTHER = "{harm} ({seen} seen, but {moved} where the run cannot see)"
LIVED = "{people} live, and these counts include them."
LIVED_ONE = "{people} lives, and these counts include that person."
LIVED_FEWER = "{people} live, and these counts do not include them."
LIVED_FEWER_ONE = "{people} lives, and these counts do not include that person."
MOVED = "It moves {amount} of {harm} from {fell} to {rose}."

# ---- nothing differs ------------------------------------------------------------------------------------------------

NO_HARM = "No harm differs."
NO_HARM_DEPARTURES = "No harm differs. It changes only who sets out, and that never counts."
NO_HARM_OUTSIDE = "No harm differs. The largest change elsewhere: {title} ({before} \N{RIGHTWARDS ARROW} {after})."
NO_HARM_NOTHING = "No harm and no headline indicator differs."
NO_HARM_NOT_SHORT = "No harm differs, because no service that it speeds up is short here."

# ---- draws and money ------------------------------------------------------------------------------------------------

DRAWN = "Of {runs} with varied inputs: {parts}."
DRAWN_BETTER = "{count} better on {harm}"
DRAWN_WORSE = "{count} worse on at least one harm, most often {harm}"
DRAWN_NEVER_WORSE = "none worse on any harm"
DRAWN_BREACHED = "{count} with a breach that is added or grows"
COSTS_MORE = "It costs {amount} more than the baseline; the largest part falls to {payer}."
COSTS_LESS = "It costs {amount} less than the baseline; the largest part of the saving goes to {payer}."
COSTS_SAME = "It costs the same as the baseline."
REVERSED_OVER = "It saves nothing if '{item}' costs more than {at} {per} (now {price})."
REVERSED_UNDER = "It saves nothing if '{item}' costs less than {at} {per} (now {price})."

# ---- cells of tables ------------------------------------------------------------------------------------------------

CELLS = {
    "none": "no material difference",
    "within": "the lives saved could explain it",
    "unclear": "unclear",
    "depends": "depends on the share owed protection",
}
CELL_EXPOSED = "{text}; {change} because {people} live"
CELL_EXPOSED_ONE = "{text}; {change} because {people} lives"
"""What survivors add to a count by being alive.

It is no fault of the option.
"""
BREACH_CELLS = {
    "adds": "added",
    "grows": "grows, because of what the option changes",
    "grows_by_throughput": "grows",
    "seen_better": "only better identified",
    "seen_less": "only less identified",
    "in_both": "in both",
    "within": "the lives saved could explain it",
    "shrinks": "fewer",
    "ends": "ends",
    "none": "",
}
