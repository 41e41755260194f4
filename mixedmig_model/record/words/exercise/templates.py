"""Templates of sheets and screens of an exercise."""

RIGHTS, CRAFT, HAPPENED = "Rights", "Craft", "What happened"
SHEETS_NOTE = ("Three sheets. They are never summed, and teams are not ranked. Numbers come from a model: they are "
               "scenarios, not forecasts.")
NO_BREACH = "The decisions of this team added no breach."
BREACH = "{title}: {people} in {rounds}, {baseline} without any decision."
BREACH_SO_FAR, HARM_SO_FAR = "  Breach: {title}: {text}", "  {title}: {text}"
NO_BREACH_SO_FAR = "  No breach so far."
GOES_ON = "It goes on."
ENDED = "No further person from round {round} on."
SIGNED = "Order {order} in round {round}: {lever} at {value}, by {role}. Signed by {signer}: {reason}"
NOBODY_SIGNED = "No order of this team made it: it comes with the situation."
HELD = (
    "Order {order} is held: {lever} at {value}, by {role}. It adds a breach ({breaches}). A role must sign it with a "
    "reason."
)
LAPSED = (
    "Order {order} in round {round} was not signed and had no effect: {lever} at {value}, by {role} ({breaches})."
)
IN_TIME = "{key}: ordered in round {round}; it would have helped until round {latest}."
LATE = "{key}: ordered in round {round}; it would have helped until round {latest} only."
NEVER = "{key}: ordered in round {round}; in this run it makes no harm smaller in any round."
INSIDE = "{quantity}, round {round}: expected {low} to {high}, came {came}: inside. Interval score {score}."
OUTSIDE = "{quantity}, round {round}: expected {low} to {high}, came {came}: outside. Interval score {score}."
SCORED_WITHOUT = "Forecasts and decisions are compared with the run without orders that breach."
ANSWERED = "{title}: answered after {minutes}."
ANSWERED_LATE = "{title}: answered after {minutes}, due after {due}."
NOT_ANSWERED = "{title}: no answer."
OBJECTIVE = "{text} {mark}: {note}"
NOT_OBSERVED = "{text} Not observed yet."
MARKS = {
    "P": "Performed without challenges", "S": "Performed with some challenges",
    "M": "Performed with major challenges", "U": "Unable to be performed",
}
NO_ACTION = "No action"
RUNS = {"no_action": NO_ACTION, "as_planned": "As planned", "hindsight": "In hindsight"}
BASELINE = "No role orders anything; the same events strike."
NO_SENTENCE = "The team has not stated its trade-off yet."
LAST_QUESTION = "What can this model not tell you?"
NOT_PLAYED = "No round was played yet."
EXPECTED = "Expected: {quantity} from {low} to {high} in round {round}."
ORDER = "{key} = {value}{where}: {why} {expected}"
SIGN = "Order {order} signed: {reason}"
MARK = "{objective} {mark}. {note}"
AT = "round {round}, minute {minute}"
WHEN = "when {quantity} {op} {value}"
BY_HAND = "by hand, or where another inject was ignored"
