"""Sentences of pages and spreadsheets: whole templates with named slots, never glued from parts.

Functions of ``record/words`` fill the slots. A name begins with the page or part on which the sentence stands.
"""

# ---- the question, the decision table and what stands behind it -----------------------------------------------------

QUESTION_WHEN = "From {start} to {end}; {countries}."
QUESTION_PARAGRAPHS = " (founding document, paragraphs {names})"
DECISION_DRAWS = (
    "Each value is followed by its range in brackets, in which 9 in 10 of {draws} draws of all uncertain inputs lie, "
    "the same draws for every option; a row has no more digits than its ranges and differences need. The true share of "
    "people owed international protection ({default} here; runs at {low} and {high} stand in the annex) is drawn too. "
    "Nobody knows that share: {not_truth} Differences are to the baseline, the first column, with the range of the "
    "difference within a draw."
)
DECISION_RUNS = (
    "Each value is followed by its range in brackets: the same run with the true share of people owed international "
    "protection at {low} and {high} instead of {default}. Nobody knows that share: {not_truth} Other inputs are "
    "uncertain too, and their ranges are not in these brackets. Differences are to the baseline, the first column."
)
DECISION_COSTS_DRAWN = (
    " Ranges of costs are those of all uncertain inputs, prices among them: 9 in 10 draws lie inside."
)
DECISION_COSTS = " Ranges of costs are those of their prices: 9 in 10 draws lie inside."
DECISION_RESPONSES = (
    " Where an option changes who departs, its numbers include that. The words under its harms and breaches are those "
    "of a run in which the baseline's people depart; its numbers stand in the annex."
)
NOT_TRUTH = (
    "recognition rates are outcomes of a system (who is heard, with what help, and who decides), not the truth about "
    "people, and do not tell it."
)
NEED_CAPTION = "True share owed international protection at {low} / {default} / {high}"
NEED_NOTE = "Nobody knows the true share: {not_truth}"
EVIDENCE_COUNT = "{assumed} of {inputs} inputs are assumptions"
EVIDENCE_LIMITS = (
    ". The results are for comparing options and finding what matters; they are not forecasts, not legal advice, and "
    "no substitute for the assessment of each person."
)
PUBLISHED_NONE = "No published totals come with this case: nothing here is validated."
PUBLISHED_PERIOD = "{start} to before {end}"
PUBLISHED_MISSED = "missed: {miss}"
PUBLISHED_NOTE = (
    "Input: given to the model. Fitted: an assumption was chosen with this total in view. Predicted: not used. A total "
    "is called missed where the model lies more than 10 % outside what was published. Figures that a source gives as a "
    "least or largest number have one end. Rounded figures are widened by half of their rounding. Figures that their "
    "source doubts are shown and not scored."
)
INPUTS_OWN = "The case sets {own} of {inputs} inputs itself:"
INPUTS_BASE = (
    "{base} inputs keep the values that come with mixedmig. Unfold them on screen; report.json and the folder inputs "
    "of this report hold them too."
)
RUNS_TITLE = "Runs (mixedmig {version})"
FOOTER = (
    "mixedmig {version}. Planning values and assumptions are marked as such; not legal advice, and no substitute for "
    "individual assessment. Input digest of the baseline {digest}."
)

# ---- inputs: cautions, people who depart, levers, the founding document ---------------------------------------------

CAUTIONS_TITLE = "{cautions} about the inputs"
CAUTIONS_MORE = "And {more} more: mixedmig check lists them all."
CAUTION = "{text}{found}{advice}. {where}"
UNSET_TITLE = "{inputs} that this case does not set"
UNSET_NOTE = (
    "A case must set these inputs itself, for no value of another place and time holds here. The values below are used."
)
UNSET = "{text}: {found}"
RESTS_TITLE = "* Results that rest on inputs that this case did not set"
RESTS = (
    "{result} ({value}) rests on {input}, a value for {place} that this case did not set: {low} to {high} over its "
    "range.{more}"
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
RESTS_ROWS = "Marked in the table without a sentence here: {rows}."
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
TIER_TITLE = "Income tier of {country}"
TIER_PLACES = ("a low-income country", "a middle-income country", "a high-income country")
OPENING_TITLE = "People present on the first day"
OPENING_PLACE = "a place where nobody is present"
CURRENCY_TITLE = "Currency of the budget"
CURRENCY_PLACE = "a budget in {currency}"
RESTS_FAILED = "Which results rest on inputs that this case did not set is not known: {failure}"
RESTS_MARK = " *"
CAUTION_FOUND = " (found {found})"
CAUTION_ADVICE = "; {advice}"
CAUTION_LINE = "{file}, line {line}"
DEPARTURES_NONE = "Nobody departs in this case: its table of departures has no rows."
DEPARTURES_NOTE = (
    "As the table has them, spread evenly over each period. A factor on arrivals, a season, a surge or a response to "
    "policy is applied afterwards. People outside the dates of the run are not in it."
)
DEPARTURES_TOGETHER = "{count} rows of the table"
OPENING_NONE = "Nobody is in the procedure when the run opens."
LEVER_STRENGTH = " at {share} of its strength"
LEVER_SWITCHED = " ({when})"
LEVER_ACTS = "{strength}, {where}, {when}{switched}: {description} "
LEVER_EVIDENCE = "({strength}: {text})"
LEVER_COMES_WITH = "Comes with it, and cannot be dropped: {text}"
LEVER_NOT_MODELLED = "Not modelled: {text}"
TRACE_NONE = (
    "This workspace has no parameters/{file}: what the founding document asks is not set beside these results."
)
TRACE_NOT_NAMED = "The case and its scenarios name no paragraph of the founding document."
TRACE_USED = "Paragraphs of the founding document (E/ESCAP/GCM/PREP/4) that this case and its scenarios name."
TRACE_LEFT = "What the document asks and the model cannot represent, in whole or in part."

# ---- people, services, countries ------------------------------------------------------------------------------------

ADRIFT_NOBODY = "Nobody is adrift in any option: nobody is refused disembarkation or abandoned at sea."
WAITS_STANDARD = "{service} (standard: {days} days)"
WAITS_NOTE = (
    "First come, first served within a class, worked out from running totals. Minimum: most people were served while "
    "the service had capacity to spare; it took its minimum time, and the model, which knows no chance, has no queue. "
    "Within the standard: of those who arrived early enough to know, people who left otherwise apart."
)
BUSY_NONE = "No service runs at 80 to 105 % of its capacity for more than 5 % of days."
BUSY = (
    "Waits are understated here. At 80 to 105 % of capacity chance alone keeps people waiting, the more so the smaller "
    "the team; this model knows no chance. The guide has the size of the bias by team and load."
)
BUSY_SERVICE = "{service} in {country} ({share} of days, {team} officers)"
LEDGER_NOTE = (
    "Persons over the run. Hosted at the opening, plus all who came, less all who went, is hosted at the end. People "
    "who move on to another country of the run register anew there, so that they count in both; sums over countries "
    "count them twice."
)
BETWEEN_NOBODY = "Nobody moves between the countries of this run."
CHECKS_NOTE = (
    "None of these is an input. To lie near one proves nothing, and to lie outside may be what a case is about, but it "
    "is worth a question."
)
RESPONSES_NONE = "No option changes how many people depart, or who: departures are the same in all of them."
RESPONSES = (
    "Departures differ in these options. Effects of policy on departures are uncertain and contested; how much "
    "enforcement and regular places change departures is assumed. Each option is shown with the baseline's departures "
    "too, and is judged by those numbers. Fewer departures are never a goal here."
)

# ---- costs ----------------------------------------------------------------------------------------------------------

COSTS_NONE = "This workspace has no cost book."
COSTS_HEADING = " Unmet need stands beside them."
STAGES_NOTE = (
    "In {currency} of {year}, cash when it is paid, contingency and support cost included under the response as a "
    "whole. Local inflation comes first and conversion second. Differences are to the baseline, which is the first "
    "column and not zero: people are received and wait in it too."
)
VIEWS_NOTE = (
    "The undiscounted total stands first. A fiscal year is named by the year in which it ends. Not costed: long-run "
    "fiscal and labour effects, schooling by host states beyond the items listed, security, effects in third countries."
)
VIEWS_NOTE_SHORT = (
    "The undiscounted total stands first, as the run is short. A fiscal year is named by the year in which it ends. "
    "Not costed: long-run fiscal and labour effects, schooling by host states beyond the items listed, security, "
    "effects in third countries."
)
VIEW_PRESENT = "Present value at {rate} % a year"
LOCAL_TOTAL = "Total in {local}, at {base} {rate} for one {local} in {year}"
VIEW_EXCHANGE = "Exchange rates {spread} % lower, higher"
PAYERS_NOTE = (
    "Each cell has what a payer must pay, and what is not paid when the run ends. Assumed: donors pay a part of what "
    "is asked, and late; governments pay in full and on time. Shares of payers are assumptions. What one payer saves "
    "another may have to pay: read a column from top to bottom."
)
DETENTION_NONE = "Nobody is detained in any option."
OPTIONS_NONE = "There is no option beside the baseline."
ITEMS_NOTE = "In {currency}. Billed: units of the baseline, or of the first option that has the item."
SWINGS_NOTE = "Get local prices for these first: they go into costs.yaml beside case.yaml."
PLANE_NOTE = (
    "Persons stand beside money and are not turned into it: there is no price of a life here, and no benefit of people "
    "who do not come. Ranges are those of prices alone, drawn together for both options."
)
PLANE_BREACHES = "Shown, not placed: it adds a breach, or makes one grow."
PLANE_OTHERS_DEPART = "Not placed: other people depart, or more of them."
PLANE_VERDICTS = {
    ("less", "worse"): "Costs less, and is worse on at least one harm.",
    ("less", "unclear"): "Costs less; at least one harm cannot be told.",
    ("less", "none"): "Costs less, and is worse on no harm.",
    ("more", "worse"): "Costs more, and is worse on at least one harm.",
    ("more", "unclear"): "Costs more; at least one harm cannot be told.",
    ("more", "none"): "Costs more, and is worse on no harm.",
    ("either", "worse"): "Cost differs within the range of prices; it is worse on at least one harm.",
    ("either", "unclear"): "Cost differs within the range of prices; at least one harm cannot be told.",
    ("either", "none"): "Cost differs within the range of prices; it is worse on no harm.",
}
PLANE_NOT_PLACED = (
    "Every option but the baseline adds a breach, makes one grow, or changes who departs: they are shown, not placed."
)
DELAY_NONE = "The cost of delay was not worked out for this report."
DELAY_FAILED = "The cost of delay was not worked out for this report: {failure}"
DELAY_COSTS = (
    "With the smallest constant teams that keep 95 % within each standard, {baseline} would have cost {amount} less: "
    "delay cost that much."
)
DELAY_SAVES = (
    "With the smallest constant teams that keep 95 % within each standard, {baseline} would have cost {amount} more: "
    "delay saved money, not people."
)
DELAY_NOTE = (
    "These teams stand under need in the table of posts. Interpreters grow in step. Referral, appeal and returns have "
    "no standard and keep their staff."
)
BREAK_EVEN_NONE = "No single price within its range would make an option cost as much as the baseline."
BREAK_EVEN_UNDER = (
    "{option} is cheaper than the baseline only while '{item}' costs under {at} a {per} (now {price}, range "
    "{low}{dash}{high})."
)
BREAK_EVEN_OVER = (
    "{option} is cheaper than the baseline only while '{item}' costs over {at} a {per} (now {price}, range "
    "{low}{dash}{high})."
)
BREAK_EVEN_NOTE = (
    "Each price alone, all else as it is. Break-evens of other inputs, such as the time that determination takes, need "
    "runs: mixedmig break-even."
)
NOT_COSTED_NO_BOOK = "Costs: this workspace has no cost book (parameters/costs)."
NOT_COSTED_LEFT = "Costs left out by this case: {items}."
NOT_COSTED_TIER = "No income tier is stated for {countries}: prices of {tier} countries are used."
NOT_COSTED_LONG_RUN = "Long-run fiscal and labour effects, and the cost to third countries: not costed."

# ---- draws ----------------------------------------------------------------------------------------------------------

DRAWS_NONE = (
    "No draws of all uncertain inputs were made for this report: the ranges on its pages are those of the share of "
    "people owed protection and of prices alone. {why} 'mixedmig report CASE --draws 100' makes them, or give the "
    "folder of a 'mixedmig ensemble' with --ensemble."
)
DRAWS_NOTE = (
    "{draws} draws of all uncertain inputs, the same for every option. Half of the draws lie below each number; in "
    "brackets 9 in 10 lie. One digit where the ends differ twofold, else two.{part}{lost} The decision table's numbers "
    "are of the inputs as planned, so where ranges lean to one side the two differ. The draws follow ranges that are "
    "assumptions for most inputs: these are ranges of planning, not chances of a forecast."
)
DRAWS_PART = " Only these of {wanted} draws are finished."
DRAWS_LOST_ONE = " {runs} failed and is left out."
DRAWS_LOST = " {runs} failed and are left out."
INDEX_COUNT = "{assumed} of {inputs} inputs rest on assumptions"
INDEX_SPREAD = ", and of what spreads the results in the baseline: {shares}."
INDEX_END = "."
ANSWER_DECIDED = (
    "{option} does better than {baseline} on {result} in {share} draws; in {harmed} some harm is larger. It depends "
    "most on {inputs}."
)
ANSWER_UNDECIDED = (
    "No single input is seen to decide how {option} compares with {baseline} on the following. It does better on "
    "{results} draws."
)
ANSWER_PART = "{result} in {share}"
ANSWER_INPUT = "'{input}' ({low} where it is lowest, {high} where it is highest)"
ANSWER_NONE = "{option}: not compared, for {reason}."
DRIVERS_NONE = "no input stands out"
DRIVERS_TRUSTED = "{share} of the spread is explained"
DRIVERS_WEAK = "{share} of the spread is explained, too little for shares"

# ---- figures --------------------------------------------------------------------------------------------------------

STAGES_ALT = "Stacked areas of people ashore by stage over time. Largest totals: {totals}"
SHARES = "Share of each measure in the difference to the baseline; the bars of a panel sum to the number above it."
SHARES_SAMPLED = (
    "Share of each measure in the difference to the baseline; the bars of a panel sum to the number above it. "
    "Whiskers: one standard error of the sampling."
)
SHARES_ALT = "{caption} Bars by measure. {sentences}"

# ---- comparison -----------------------------------------------------------------------------------------------------

ATTRIBUTION_NONE = "No breach, harm, headline indicator or cost differs from the baseline's. {how}"
ATTRIBUTION_NOTE = (
    "A measure is all that the option changes in one subject, or its own costs. Its share is what its coming adds, "
    "averaged over all orders in which measures may come; shares sum to the difference. It is a share in this model's "
    "difference, and not a proof of effect in the world."
)
ATTRIBUTION_SAME = " The same as in the baseline: {titles}."
ATTRIBUTION_LOST = " Not attributed, as some combination of measures has no such number: {titles}."
COMPARED_WITH = "Compared with: {baseline} (the baseline)."
COMPARED_FOOTER = (
    "mixedmig {version}. {notice} Planning values and assumptions are marked as such; not legal advice, and no "
    "substitute for individual assessment."
)
COMPARED_INPUTS_NOTE = (
    "Everything else is the same. A value without a source is a choice of the scenario, or an assumption."
)
WITHOUT = "without the baseline's: {operation}"
QUEUES_NONE = "No stage with more staff has a queue that is shorter by one person."
QUEUES_NOTE = (
    "People in each stage on an average day, those whose turn it is included, and their change with {more} more posts "
    "in one stage from the first day (interpreters too in status determination); a run each on the {path} path. A "
    "change of less than one person is called same."
)
SHIFTS_NONE = "No option lowers the people or the cost of one country while those of another rise."
SHARING_NOTE = (
    "1 less half the sum, over countries, of the gap between a country's share of person-days hosted and its share of "
    "the key. The key is the input sharing.key, a weight for each country; equal weights unless a case or a scenario "
    "says otherwise. Which key is fair (people, income, people hosted before) is a political choice."
)

# ---- batches --------------------------------------------------------------------------------------------------------

BATCH_DONE = "{case}. Compared with: {baseline} (the baseline). {done} of {runs} runs are done."
BATCH_LOST = "{title} ({name}): {failure}"
BATCH_NONE = "Nothing: no run is done."
BATCH_MORE = "The first {most} runs stand below; the table beside this page has all."
BATCH_UNSET = (
    "This case does not set {inputs} that it must set: {names}. A row with * moves by more than 10 % over the range of "
    "such an input, or rests on one without a range."
)
BATCH_NOTE = (
    "Ranges are those of the share of people owed protection; each run's page says what it is made of."
)

# ---- diagrams -------------------------------------------------------------------------------------------------------

PLACES_NOTE = "In every place people also move along stages, and leave as the other diagram shows."

# ---- figures published elsewhere ------------------------------------------------------------------------------------

FIGURE_WORKED_OUT = "{evidence}, target worked out"
FIGURE_SOLVED = "solved for: {name} = {value}"
FIGURE_MISSED = "missed: {why}"
