// All words of the screens that do not come with the data.
const SAYING = {
  strip: "Breaches and harms so far", breaches: "Breaches", harms: "Harms", noBreach: "No breach so far.", since: "Since {since}:",
  notice: "Notice", round: "Round {round} of {rounds}", minute: "minute {minute} of {minutes}", days: "then {days} days pass",
  running: "clock running", stopped: "clock stopped", over: "All rounds were played.",
  roles: "Roles", brief: "Brief", returns: "Returns of this role", late: "Returns are late and incomplete.",
  quantity: "quantity", unit: "unit", before: "before", roundColumn: "round {round}", money: "Money", payer: "payer",
  given: "given", committed: "committed", order: "Give an order", lever: "Lever or input", value: "Value",
  limits: "From {least} to {most} {unit}. Last order: {ordered}.", none: "none", countries: "Countries (none marked: all)",
  why: "Reason", expect: "Expected quantity (may be left out)", foretold: "Quantity", low: "From", high: "To", at: "At the end of round",
  send: "Give the order", held: "Held: a breach", sign: "Sign", reason: "Why it is ordered all the same",
  signAs: "Signed by", messages: "Messages", noMessage: "No message so far.", answer: "Answer", sendAnswer: "Send the answer",
  answered: "Answered: {answer}", due: "An answer is due after {due} minutes.", forecast: "State a forecast",
  sendForecast: "State the forecast", decisions: "What the team gave", nothing: "Nothing so far.",
  sentence: "The trade-off in our words", sendSentence: "Write it down", sheets: "The three sheets",
  done: "Done: {kind}.", heldNow: "The order is held: it adds a breach. It has no effect until a role signs it.",
  lost: "The server does not answer. Nothing was lost: what was sent is in the ledger.", line: "{number}. Round {round}, minute {minute}, {role}{kind}: {text}",
  start: "Start the clock", stop: "Stop the clock", advance: "Play the round", advanceAsk: "Play round {round}? Held orders without a signature lapse.",
  yes: "Yes", no: "No", undo: "Undo the last move", back: "Go back to round", goBack: "Go back", injects: "Injects",
  cardWaiting: "{title} ({when})", cardReleased: "{title} ({when}): released to {teams}",
  release: "Release to all", releaseTo: "Release to {team}", released: "Released to: {teams}", notReleased: "Not released.",
  to: "For: {roles}", expected: "Expected: {expected}", came: "Answered by: {teams}", observe: "Note what you saw",
  objective: "Objective", mark: "Mark", note: "Note", team: "Team", sendMark: "Note it", teams: "Teams",
  marks: { P: "P: performed without challenges", S: "S: some challenges", M: "M: major challenges", U: "U: unable" },
  gaps: "Gaps, owners and dates", gapsNote: "Write them down in the debrief. An owner is an office, never a person.",
  gap: "Gap in the real plan", owner: "Owner: an office (may be left out)", by: "By (may be left out)", sendGap: "Write the gap down",
  gapLine: "{text} (owner: {owner}; by: {by})",
  picture: "Picture of the round", pictureNote: "Teams by name. There is no ranking.", noPicture: "The picture follows after round 1.",
  working: "Working ...", caption: "{title} by round", notePrefix: "Before you read on: {note}",
};

/** Fill the named slots of a text. */
function slots(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Write a number for readers: three significant digits, thousands set off. */
function plainNumber(value) {
  if (value === null || value === undefined) return SAYING.none;
  return Number(value.toPrecision(3)).toLocaleString("en-GB", { maximumFractionDigits: 12 });
}

/** Write people in whole persons; part of a person is never 0. */
function peopleNumber(value) {
  if (value > 0 && value < 1) return "under 1";
  return plainNumber(value === null ? null : Math.round(value));
}
