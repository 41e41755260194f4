"""Sentences of spreadsheets.

They are whole templates with named slots, never glued from parts.
"""

# ---- what each sheet is ---------------------------------------------------------------------------------------------

DECISION = (
    "Breaches and harms come first. An option that adds a breach is not ranked, and no saving makes up for it. Amounts "
    "have three significant digits."
)
DECISION_BESIDE = (
    "{about} They have more where a difference needs it. Baseline: {baseline}. Differences are those of the numbers "
    "shown: this scenario less the baseline."
)
IN_THIS_RUN, IN_BASELINE = "in this run", "in the baseline"
BASELINE_TOTAL, DIFFERENCE, CHANGE, THIS_SCENARIO = "Baseline", "Difference", "difference", "This scenario"
MORE, LESS = "{amount} more", "{amount} less"
ASSUMED = "Share of cost on prices without a source"
DERIVED = "Share of cost on prices derived from published ones"
ENDS = (
    ("low end of the total, by the ranges of prices", "5 % of 1,000 draws; of prices as the model had them"),
    ("high end of the total, by the ranges of prices", "95 % of them; other inputs as they are"),
)
PEOPLE = "People (three different numbers; parts overlap)"
PEOPLE_BESIDE = "People in this run (three different numbers; parts overlap)"
AS_RUN = "{currency}, as the model had it"
MODEL_BASELINE = "Baseline: total of the model"
LINES_BASELINE = "Baseline: total of its lines"
RATES = (
    "Rates and factors. Change coloured cells and every sheet follows. Prices are adjusted to the base year in their "
    "own currency first, and converted second. Payers marked 1 are charged support cost; payers marked 0 are not."
)
PRICES = (
    "Unit prices, by item and country. You can change the coloured cells: price, currency and year. The price in base "
    "currency is price x (deflator x exchange rate). Low and high are in the price's own currency."
)
SHARES = (
    "Shares of payers, by item. You can change the coloured cells; a row must sum to 100 %. To the right of the sum "
    "are running totals of the shares. They round the parts of payers so that these add up to the line."
)
SECTOR_SHARES = (
    "Shares of sectors, by item whose price holds several. You can change the coloured cells; a row must sum to 100 %. "
    "To the right of the sum are running totals of the shares. They share out the lines of the item."
)
SECTOR_LINES = (
    "The lines of items of several sectors, shared among these by the sheet Sector shares, payer by payer. The parts "
    "of a line add up to it. In Lines their sector is 'Several sectors'."
)
QUANTITIES = (
    "Units from the model, by item, country and month. These are values, not formulas. Rows without a quantity are "
    "left out."
)
LINES = (
    "Each line is quantity (from Quantities) x unit price (from Prices), rounded to cents and shared among payers. The "
    "twelve months of a yearly price are rounded so that they sum to it. Below the items: contingency and support cost "
    "by country and month, at the rates of the sheet Rates."
)
BY_ITEM = "Cost by item and country, {currency}. Sums of Lines."
BY_MONTH = "Cost by month and payer, {currency}, including contingency and support cost. Sums of Lines."
BY_PAYER = (
    "Cost by payer and country, {currency}. Expected: the share of a request that a payer usually pays (Rates). It may "
    "come months late."
)
BY_SECTOR = (
    "Cost by sector and phase, {currency}. Contingency and support cost have no phase and are under 'All phases'. "
    "Sums of Lines, and of Lines by sector where a price holds several sectors."
)
BY_STAGE = (
    "Cost by stage of the response, {currency}. Sums of Lines. A stage that costs less is not better for it: breaches "
    "and harms are on the sheet Decision."
)
NEEDED_HEADS = ("Needed", "Delivered", "Gap", "Share delivered")
DELIVERED_HEADS = ("Needed", "Share delivered", "Delivered")
DELIVERED_SECOND = ("Needed, {currency}", "Delivered, {currency}", "Gap, {currency}")
DELIVERED = (
    "Needed and delivered in '{baseline}', {currency}, as the case states. The gap is needed less delivered. "
    "Contingency and support cost follow from what was delivered. Money that was published is compared with what was "
    "delivered."
)
DELIVERED_LINES = (
    "Lines of the sheet {lines} times the share of each that was delivered in its month, rounded to cents. The case "
    "states the shares (costs.yaml). A line that it does not name was delivered in full."
)
DELIVERED_OTHERS = "All other items"
CHART = "Cost by stage of the response"
CHART_STAGES = "Stage of the response"
CHART_MONEY = "{currency} of {year}"
CHART_ALT = (
    "Horizontal bars: the cost of each stage of the response. The last two are contingency and support cost. The table "
    "above has the numbers."
)
CHART_ALT_BESIDE = (
    "Horizontal bars in pairs: the cost of each stage of the response in this scenario and in the baseline. The last "
    "two pairs are contingency and support cost. The table above has the numbers."
)
BY_YEAR = (
    "Cost by fiscal year of each country, by calendar year and by stage of the response, {currency}. A fiscal year is "
    "named by the year in which it ends. Sums of Lines."
)
BY_YEAR_PAYER = (
    "Cost by fiscal year of each country and by payer, {currency}, including contingency and support cost. A fiscal "
    "year is named by the year in which it ends. Sums of Lines."
)
CEILINGS_HERE = "{about} The sheet Ceilings has what payers may spend at most."
CEILINGS_ELSEWHERE = (
    "{about} Ceilings are compared with cash at prices of the base year: make the spreadsheet without --economic and "
    "--nominal."
)
CEILINGS = (
    "What payers may spend at most in a fiscal year, as the case states it. You can change the coloured cells. Money "
    "of a fiscal year is moved to prices of {year} in its own currency first, and converted second. Left is the "
    "ceiling less the cost; below zero the ceiling is exceeded. A ceiling ranks no option."
)
CEILING_HEADS = ("Payer", "Fiscal year", "Country", "Ceiling as stated", "Currency", "Prices", "Deflator",
                 "Exchange rate")
CEILING_IN_BASE = "Ceiling, {currency} of {year}"
CEILING_COST = ("Cost", "Left")
BASELINE_COST, BASELINE_LEFT = "Baseline: cost", "Baseline: left"
CEILING_SECOND = ("Ceiling, {currency}", "Cost, {currency}", "Left, {currency}")
CEILING_NOMINAL, CEILING_REAL = "money of {year}", "prices of {year}"
EVERYWHERE = "all countries together"
PLAN = (
    "Response plan by country and fiscal year. Total = quantity x unit cost over all months; each month was rounded to "
    "cents. An item of several sectors has a row for each: the same quantity at a share of its price. People are those "
    "of the whole run whom the quantity of the line counts. If it counts no people, they are those of its part of the "
    "response. An empty cell is not known. Do not add people up. Counts below {least} are not shown."
)
SUBMITTED = (
    "Budgets that agencies submitted, next to the model's costs of the same sector and country (items only, all "
    "months). The two are never added up. Through agencies: money of payers on which agencies charge support cost."
)
LOCAL = (
    "The {count} items with most of the cost of this run. Find the local price of each and fill in the coloured cells. "
    "Then write them into costs.yaml of the case under 'prices' (docs/spreadsheet.md shows how). For a quick look, "
    "change the sheet Prices."
)
STAFF = (
    "Officers. The first table has waiting work and staff on the day of most work, officer-months short, and the date "
    "to start recruiting. Recruits then work on the first day of a shortage; training comes on top. The second table "
    "has staff in post, mean of each month. Work: officers of full output whom the people who wait would occupy. It is "
    "not the staff needed. The report has a table of that."
)

# ---- the sheet "Read me" --------------------------------------------------------------------------------------------

ABOUT_DECISION = "One page: breaches and harms, cost in total and per person, people, unmet need, detention."
NOT_COUNTED = "not counted here"
"""Word for an item where people come by another route."""
ABOUT_PRICES = "The price of each item in each country, its source, and its conversion to the base currency."
ABOUT_RATES = "Contingency, support cost, exchange rates, deflators, paid shares of requests."
ABOUT_SHARES = "Shares of payers, by item."
ABOUT_SECTOR_SHARES = "Shares of sectors, by item whose price holds several, with what they rest on."
ABOUT_SECTOR_LINES = "Lines of items of several sectors, shared among these."
ABOUT_QUANTITIES = "Units that the model billed, as values."
ABOUT_LINES = "Quantity x price by item, country and month, shared among payers; contingency and support cost."
SECOND_TOTAL = "Total, {currency}"
SECOND_NOTE = "For totals shown in two currencies. It changes no price."
ABOUT_ITEM = "Cost by item and country."
ABOUT_MONTH = "Cost by month and payer."
ABOUT_PAYER = "Cost by payer and country, and expected payments."
ABOUT_SECTOR = "Cost by sector and phase."
ABOUT_STAGE = "Cost by stage of the response, with a chart."
ABOUT_BASE_QUANTITIES = "Units of the baseline, as values: the columns Baseline rest on them."
ABOUT_BASE_LINES = "Lines of the baseline, at the same prices, rates and shares."
ABOUT_DELIVERED = "What of the baseline was needed and delivered, and the gap, by item, country, payer and fiscal year."
ABOUT_DELIVERED_LINES = "Lines of the baseline with the share of each that was delivered."
MODEL_DELIVERED = "Delivered in the baseline: total of the model"
LINES_DELIVERED = "Delivered in the baseline: total of its lines"
ABOUT_BASE_SECTOR_LINES = "Lines of the baseline of items of several sectors, by the same shares."
SHARES_OF_CASE, SHARES_OF_BOOK = "the case's", "cost book"
ABOUT_YEAR = "Cost by fiscal year, calendar year, and stage."
ABOUT_YEAR_PAYER = "Cost by fiscal year and payer."
ABOUT_CEILINGS = "What payers may spend at most in a fiscal year, the cost, and what is left."
ABOUT_PLAN = "The columns of a response plan."
ABOUT_SUBMITTED = "Budgets of agencies next to the model's costs."
ABOUT_LOCAL = "The items whose local price matters most, for you to fill in."
ABOUT_STAFF = "Staff by function, grade and month; when recruiting must begin."
FINANCIAL = "Financial: cash when it is paid, without donated goods and volunteers."
ECONOMIC = "Economic: capital spread over its life, with donated goods and volunteers at their value."
NOMINAL = "Nominal: prices of each year, with the inflation of the sheet Rates."
REAL = "Real: prices of {year} throughout."
ESTIMATE = "Planning estimate: {share} of the cost rests on prices without a source."
ESTIMATE_OF_NOTHING = "Planning estimate: nothing is paid for."
HOW_TO_USE = (
    "Change coloured cells in Prices, Rates and the sheets of shares, and all sheets follow. Quantities come from the "
    "model. To change a policy, change the scenario and run it again. Sheets are locked without a password."
)
