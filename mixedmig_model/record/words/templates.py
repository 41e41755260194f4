"""Sentences of pages and spreadsheets.

They are whole templates with named slots, never glued from parts. Functions of ``record/words`` fill the slots. A name
begins with the page or part on which the sentence stands.
"""

# ---- the question, the decision table and what stands behind it -----------------------------------------------------

QUESTION_WHEN = "From {start} to {end}; {countries}."
QUESTION_ROUTES = "People come {routes}."
QUESTION_ROUTE = "by {route} to {countries}"
QUESTION_PARAGRAPHS = " (founding document, paragraphs {names})"
DECISION_DRAWS = (
    "Brackets hold the 90 % range of {draws} runs in which every uncertain input was varied, alike for every option. "
    "One varied input is the true share of people owed international protection: {default} here, with runs at {low} "
    "and {high} in the annex. Nobody knows that share: {not_truth} Differences are to the baseline, the first column. "
    "Their brackets hold the range of the difference within a run. The sentences above the table give the smaller of "
    "two estimates of each change; cells give the difference of the numbers shown."
)
DECISION_RUNS = (
    "Brackets hold the same run with {low} and {high} of people owed international protection instead of {default}. "
    "Nobody knows that share: {not_truth} Other inputs are uncertain too, but these brackets leave them out. "
    "Differences are to the baseline, the first column. The sentences above the table give the smaller of two "
    "estimates of each change; cells give the difference of the numbers shown."
)
DECISION_COSTS_DRAWN = " Ranges of costs are 90 % ranges over all uncertain inputs, including prices."
DECISION_COSTS = " Ranges of costs are 90 % ranges over prices."
DECISION_RESPONSES = (
    " The numbers of an option include any change in who departs. The words under its harms and breaches come from a "
    "run in which the baseline's people depart. The annex has the numbers of that run."
)
NOT_TRUTH = (
    "recognition rates are outcomes of a system (who is heard, with what help, and who decides), not the truth about "
    "people."
)
NEED_CAPTION = "True share owed international protection at {low} / {default} / {high}"
NEED_NOTE = "Nobody knows the true share: {not_truth}"
EVIDENCE_COUNT = "{assumed} of {inputs} inputs are assumptions"
EVIDENCE_LIMITS = (
    ". Use the results to compare options and to find what matters. They are not forecasts or legal advice, and they "
    "do not replace the assessment of each person."
)
PUBLISHED_NONE = "This case has no published totals, so nothing here is validated."
PUBLISHED_PERIOD = "{start} to before {end}"
PUBLISHED_MISSED = "missed: {miss}"
PUBLISHED_NOTE = (
    "Input: given to the model. Fitted: an assumption was chosen to meet this total. Predicted: not used. A total is "
    "missed if the model lies more than 10 % outside the published range. A figure that a source gives as a minimum or "
    "maximum has one end. A rounded figure is widened by half of its rounding. A figure that its source doubts is "
    "shown and not scored."
)
OBSERVED_TITLE = "Observed and modelled, by series"
OBSERVED_WAITING = "Waiting in {stage} for over {days} days"
OBSERVED_COST = "Cost: {sector}"
OBSERVED_PART = "{stock}: {part}"
OBSERVED_OF = "{series} ({when})"
OBSERVED_FIGURE, OBSERVED_RANGE, OBSERVED_ROUNDING = "the figure", "its range", "its rounding"
OBSERVED_BOUND = "its bound"
OBSERVED_EQUAL = "equal"
OBSERVED_INSIDE = "inside {what}"
OBSERVED_ABOVE, OBSERVED_BELOW = "{size} above {what}", "{size} below {what}"
OBSERVED_FITS = " Fitted to it: {inputs}."
OBSERVED_REST = "Only misses are listed here. The annex has all {count} figures."
OBSERVED_NOTE = (
    "A level holds at the end of its day. Input: given to the model. Fitted: an input was fitted to the figure. "
    "Predicted: not used. A weak figure is scored; a doubtful one is shown and not scored."
)
BALANCE_TITLE = "Ledger of the data"
BALANCE_WHEN = "{first} to {last}"
BALANCE_NOTE = (
    "Published stocks against published flows. Unexplained is the change of the stock, less what came, plus what went. "
    "Nothing is fitted to it, and the model plays no part in it."
)
INPUT_FITTED = "Fitted to: {figures}."
INPUTS_OWN = "The case sets {own} of {inputs} inputs:"
INPUTS_BASE = (
    "{base} inputs keep the values that come with mixedmig. Unfold them on screen, or find them in report.json and in "
    "the folder inputs of this report."
)
RUNS_TITLE = "Runs (mixedmig {version})"
FOOTER = (
    "mixedmig {version}. Planning values and assumptions are marked. This is not legal advice and does not replace "
    "individual assessment. Input digest of the baseline: {digest}."
)

# ---- inputs: cautions, people who depart, levers, the founding document ---------------------------------------------

CAUTIONS_TITLE = "{cautions} about the inputs"
CAUTIONS_MORE = "There are {more} more: mixedmig check lists them all."
CAUTION = "{text}{found}{advice}. {where}"
UNSET_TITLE = "{inputs} that this case does not set"
UNSET_NOTE = (
    "A case must set these inputs, because values of another place and time do not hold here. Until then, the values "
    "below are used."
)
UNSET = "{text}: {found}"
RESTS_TITLE = "* Results that rest on inputs that this case did not set"
RESTS = (
    "{result} ({value}) rests on {input}, a value for {place} that this case did not set. The result is {low} to "
    "{high} over its range.{more}"
)
RESTS_COST = "Cost of the response"
RESTS_MORE = " It also rests on {inputs} not named here."
ASSUMED_NOTE = "\N{DAGGER}: an assumption, which has no source."
RESTS_COUNT = (
    "* {results} of the decision table move by more than a tenth over the range of such an input. The annex names the "
    "input of each."
)
RESTS_NOTHING = (
    "No result of the decision table moves by more than a tenth over the range of an input that the case does not set."
)
RESTS_ROWS = "Also marked in the table, without a sentence here: {rows}."
RESTS_OPTION = "{option}: {sentence}"
RESTS_TOO = " The same row rests on such inputs in {options} too."
RESTS_EVERY = " The same row rests on such inputs in every option."
RESTS_UNVARIED = {
    "opening": "All results rest on who is present on the first day. This case did not say so, and the runs start with "
    "nobody.",
    "currency": "The cost is for {place}. This case did not name its currency.",
}
RESTS_UNVARIED_TABLE = (
    "All results rest on a composition that this case did not set: {title}, for {place}. It has no range, so nobody "
    "can say how far they move."
)
RESTS_SLOW = "the kernel solves these runs, and it was not used"
ECONOMY_TITLE = "Pay and prices of {country}"
OPENING_TITLE = "People present on the first day"
OPENING_PLACE = "a place where nobody is present"
CURRENCY_TITLE = "Currency of the budget"
CURRENCY_PLACE = "a budget in {currency}"
RESTS_FAILED = "The report cannot say which results rest on inputs that this case did not set: {failure}"
RESTS_MARK = " *"
CAUTION_FOUND = " (found {found})"
CAUTION_ADVICE = "; {advice}"
CAUTION_LINE = "{file}, line {line}"
DEPARTURES_NONE = "Nobody departs in this case: its table of departures has no rows."
DEPARTURES_NOTE = (
    "The table gives people for each period; the model spreads them evenly over it. A factor on arrivals, a season, a "
    "surge or a response to policy comes on top. People outside the dates of the run are left out."
)
DEPARTURES_TOGETHER = "{count} rows of the table"
OPENING_WAITED = "{share} had waited at most {days}"
LANDING_NOTE = (
    "With a weight of 2, people of the group are twice as likely to land in the country. Weights act on people who "
    "head for it, and on people adrift. Every other weight is 1."
)
OPENING_NONE = "Nobody is in the procedure when the run opens."
LEVER_STRENGTH = " at {share} of its strength"
LEVER_SWITCHED = " ({when})"
LEVER_ACTS = "{strength}, {where}, {when}{switched}: {description} "
LEVER_EVIDENCE = "({strength}: {text})"
LEVER_COMES_WITH = "Side effect that cannot be removed: {text}"
LEVER_NOT_MODELLED = "Not modelled: {text}"
TRACE_NONE = (
    "This workspace has no parameters/{file}, so the report cannot compare these results with the founding document."
)
TRACE_NOT_NAMED = "The case and its scenarios name no paragraph of the founding document."
TRACE_USED = "This case and its scenarios name these paragraphs of the founding document (E/ESCAP/GCM/PREP/4)."
TRACE_LEFT = "The document also asks for these, which the model cannot represent in whole or in part."

# ---- people, services, countries ------------------------------------------------------------------------------------

ADRIFT_NOBODY = "Nobody is adrift in any option, because nobody is refused disembarkation or abandoned at sea."
WAITS_STANDARD = "{service} (standard: {days})"
WAITS_NOTE = (
    "Within a class, people are served in the order in which they come. No queue: most people were served while the "
    "service had spare capacity. The model then has its minimum time as a mean. Half of the people need at most 0.7 "
    "times as long, and nine in ten at most 2.3 times. It ignores day-to-day variation. Within the standard: the share "
    "of people who came early enough to know, without those who left in another way. Where there is no queue, it "
    "takes the minimum time for everybody."
)
BUSY_NONE = "No service runs at 80 to 105 % of its capacity for more than 5 % of days."
BUSY = (
    "Waits of these small, busy teams are understated, because the model ignores day-to-day variation. The guide gives "
    "the size of the error by team and load."
)
BUSY_SERVICE = "{service} in {country} ({share} of days, {team})"
LEDGER_NOTE = (
    "People over the run. People hosted at the start, plus those who came, less those who left, are hosted at the end. "
    "People who move on to another country of the run register again there, so sums over countries count them twice."
)
RETURNS_NOBODY = "Nobody is returned in any option."
BETWEEN_NOBODY = "Nobody moves between the countries of this run."
CHECKS_NOTE = (
    "None of these figures is an input. A result near one proves nothing. A result outside may be what the case is "
    "about, but ask why."
)
RESPONSES_NONE = "No option changes how many people depart, or who departs."
RESPONSES = (
    "Departures differ in these options. Effects of policy on departures are uncertain and contested. The effect of "
    "enforcement and of regular places on departures is assumed. Each option is also shown with the baseline's "
    "departures, and is judged by those numbers. Fewer departures are never a goal here."
)

# ---- costs ----------------------------------------------------------------------------------------------------------

COSTS_NONE = "This workspace has no cost book."
COSTS_HEADING = " Unmet need is shown next to them."
STAGES_NOTE = (
    "In {currency} of {year}, counted when cash is paid. The response as a whole includes contingency and support "
    "cost. Local inflation is applied first and conversion second. Differences are to the baseline, the first column. "
    "The baseline is not zero: it receives people and makes them wait too."
)
DELIVERED_ROW = "of which delivered, as the case states"
DELIVERED_HEADING = "Needed and delivered: {option}"
DELIVERED_INTRO = (
    "Costs count what is needed. Of {option} the case says what was not delivered in full: {currency} {gap} of {total}."
)
DELIVERED_NOTE = (
    "Needed less delivered is the gap. Contingency and support cost follow from the lines delivered. What the case "
    "does not name counts as delivered. Money that was published is compared with what was delivered."
)
ALL_ITEMS = "All items, with contingency and support cost"
VIEWS_NOTE = (
    "The undiscounted total comes first. A fiscal year is named by the year in which it ends. Not costed: long-run "
    "fiscal and labour effects, schooling by host states beyond the items listed, security, effects in third countries."
)
VIEWS_NOTE_SHORT = (
    "The undiscounted total comes first, because the run is short. A fiscal year is named by the year in which it "
    "ends. Not costed: long-run fiscal and labour effects, schooling by host states beyond the items listed, security, "
    "effects in third countries."
)
VIEW_PRESENT = "Present value at {rate} % a year"
LOCAL_TOTAL = "Total in {local}, at {local} {rate} for {base} 1 ({when}; {source})"
RATE_ON = "rate of {day}"
RATE_AVERAGE = "average of {year}"
RATE_ASSUMED = "assumed"
VIEW_EXCHANGE = "Exchange rates {spread} % lower, higher"
PAYERS_NOTE = (
    "Each cell has what a payer must pay, and what is not paid when the run ends. Assumed: donors pay part of what is "
    "requested, and late; governments pay in full and on time. Shares of payers are assumptions. What one payer saves "
    "another may have to pay: read a column from top to bottom."
)
DETENTION_NONE = "Nobody is detained in any option."
OPTIONS_NONE = "The baseline is the only option."
ITEMS_NOTE = "In {currency}. Billed: units in the baseline, or in the first option that has the item."
SPLITS_NOTE = (
    "A price that holds several sectors is shared among them, to the cent. \N{DAGGER}: the shares are an assumption. "
    "State shares of your own under sectors in costs.yaml."
)
SPLIT_OF_CASE, SPLIT_OF_BOOK = "the case", "the cost book"
SWINGS_NOTE = "Get local prices for these items first, and write them into costs.yaml next to case.yaml."
PLANE_NOTE = (
    "People are counted, not priced. People who do not come are no benefit. Ranges are those of prices alone, drawn "
    "together for both options."
)
PLANE_BREACHES = "Not placed: it adds a breach or makes one grow."
PLANE_OTHERS_DEPART = "Not placed: it changes how many people depart, or who."
PLANE_VERDICTS = {
    ("less", "worse"): "Costs less, and is worse on at least one harm.",
    ("less", "unclear"): "Costs less; its effect on at least one harm is unclear.",
    ("less", "none"): "Costs less, and is worse on no harm.",
    ("more", "worse"): "Costs more, and is worse on at least one harm.",
    ("more", "unclear"): "Costs more; its effect on at least one harm is unclear.",
    ("more", "none"): "Costs more, and is worse on no harm.",
    ("either", "worse"): "Cost differs within the range of prices; it is worse on at least one harm.",
    ("either", "unclear"): "Cost differs within the range of prices; its effect on at least one harm is unclear.",
    ("either", "none"): "Cost differs within the range of prices; it is worse on no harm.",
}
PLANE_NOT_PLACED = "No option is placed, because each adds a breach, makes one grow, or changes who departs."
DELAY_NONE = "This report does not have the cost of delay."
DELAY_FAILED = "This report does not have the cost of delay: {failure}"
DELAY_COSTS = (
    "With the smallest constant teams that keep 95 % within each standard, {baseline} costs {amount} less. That is the "
    "cost of delay."
)
DELAY_SAVES = (
    "With the smallest constant teams that keep 95 % within each standard, {baseline} costs {amount} more. Delay saves "
    "money and harms people, as the harms above show."
)
DELAY_NOTE = (
    "These teams stand under need in the table of posts. Interpreters grow in proportion. Referral, appeal and returns "
    "have no standard and keep their staff."
)
BREAK_EVEN_NONE = "No single price within its range makes an option cost as much as the baseline."
BREAK_EVEN_UNDER = (
    "{option} is cheaper than the baseline only if '{item}' costs less than {at} {per} (now {price}, range "
    "{low}{dash}{high})."
)
BREAK_EVEN_OVER = (
    "{option} is cheaper than the baseline only if '{item}' costs more than {at} {per} (now {price}, range "
    "{low}{dash}{high})."
)
BREAK_EVEN_NOTE = (
    "Each price is changed alone. Break-evens of other inputs, such as the time that determination takes, need runs: "
    "use mixedmig break-even."
)
NOT_COSTED_NO_BOOK = "Costs: this workspace has no cost book (parameters/costs)."
NOT_COSTED_LEFT = "Costs left out by this case: {items}."
NOT_COSTED_ECONOMY = "The case does not say whose prices hold in {countries}, so those of {economy} are used."
NOT_COSTED_LONG_RUN = "Not costed: long-run fiscal and labour effects, and the cost to third countries."

# ---- draws ----------------------------------------------------------------------------------------------------------

DRAWS_NONE = (
    "This report has no runs with all uncertain inputs varied. Its ranges cover only the share of people owed "
    "protection and prices. {why} Make the runs with 'mixedmig report CASE --draws 100', or give the folder of a "
    "'mixedmig ensemble' with --ensemble."
)
DRAWS_NOTE = (
    "All uncertain inputs were varied together in {draws} runs, alike for every option.{part}{lost} Each number is the "
    "median; brackets hold the 90 % range. A number has one digit if the ends of its range differ twofold, else two. "
    "The decision table uses the inputs as planned, so its numbers can differ from the median. Most ranges of inputs "
    "are assumptions, so these are planning ranges, not probabilities of a forecast."
)
DRAWS_PART = " {wanted} runs were planned; the others are not finished."
DRAWS_LOST_ONE = " {runs} failed and is left out."
DRAWS_LOST = " {runs} failed and are left out."
INDEX_COUNT = "{assumed} of {inputs} inputs have no source"
INDEX_SPREAD = ". They account for this share of the uncertainty in the baseline: {shares}."
INDEX_END = "."
ANSWER_DECIDED = (
    "{option} does better than {baseline} on {result} in {share} draws, and worse on some harm in {harmed}. It depends "
    "most on {inputs}."
)
ANSWER_UNDECIDED = (
    "No single input decides how {option} compares with {baseline} on the following. It does better on {results} draws."
)
ANSWER_PART = "{result} in {share}"
ANSWER_INPUT = "'{input}' ({low} at its lowest, {high} at its highest)"
ANSWER_NONE = "{option} is not compared, because {reason}."
DRIVERS_NONE = "no input stands out"
DRIVERS_TRUSTED = "inputs explain {share} of the uncertainty"
DRIVERS_WEAK = "inputs explain {share} of the uncertainty, too little for shares"

# ---- figures --------------------------------------------------------------------------------------------------------

STAGES_ALT = "Stacked areas of people ashore by stage over time. Largest totals: {totals}"
SHARES = "Share of each measure in the difference to the baseline. The bars of a panel sum to the number above it."
SHARES_SAMPLED = (
    "Share of each measure in the difference to the baseline. The bars of a panel sum to the number above it. "
    "Whiskers: one standard error of the sampling."
)
SHARES_ALT = "{caption} Bars by measure. {sentences}"

# ---- comparison -----------------------------------------------------------------------------------------------------

ATTRIBUTION_NONE = "No breach, harm, headline indicator or cost differs from the baseline's. {how}"
ATTRIBUTION_NOTE = (
    "A measure is everything that the option changes in one subject, or its own costs. Its share is the change it "
    "adds, averaged over all orders of the measures. Shares sum to the difference. They describe this model and prove "
    "no effect in the world."
)
ATTRIBUTION_SAME = " Same as in the baseline: {titles}."
ATTRIBUTION_LOST = " Not attributed, because some combination of measures lacks this number: {titles}."
COMPARED_WITH = "Compared with: {baseline} (the baseline)."
COMPARED_FOOTER = (
    "mixedmig {version}. {notice} Planning values and assumptions are marked. This is not legal advice and does not "
    "replace individual assessment."
)
COMPARED_INPUTS_NOTE = (
    "Everything else is the same. A value without a source is a choice of the scenario, or an assumption."
)
WITHOUT = "without the baseline's: {operation}"
QUEUES_NONE = "No stage with more staff has a queue that is shorter by one person."
QUEUES_NOTE = (
    "People in each stage on an average day, including those being served. The changes are those with {more} more "
    "posts in one stage from the first day; status determination gets interpreters too. Each is a run on the {path} "
    "path. A change of less than one person is called same."
)
SHIFTS_NONE = "No option lowers the people or the cost of one country and raises those of another."
SHARING_NOTE = (
    "The index is 1 less half the sum, over countries, of the gap between two shares: of person-days hosted and of the "
    "key. The key is the input sharing.key, a weight for each country. Weights are equal unless a case or a scenario "
    "sets them. The choice of a fair key (people, income, people hosted before) is political."
)

# ---- diagrams -------------------------------------------------------------------------------------------------------

PLACES_NOTE = "In every place people also move through stages and leave, as the other diagram shows."

# ---- figures published elsewhere ------------------------------------------------------------------------------------

FIGURE_WORKED_OUT = "{evidence}, target calculated"
FIGURE_SOLVED = "solved for: {name} = {value}"
FIGURE_MISSED = "missed: {why}"
