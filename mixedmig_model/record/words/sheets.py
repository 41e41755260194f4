"""Sentences of spreadsheets and of the panel of sliders: whole templates with named slots, never glued from parts."""

# ---- what each sheet is ---------------------------------------------------------------------------------------------

DECISION = (
    "Breaches and harms first: an option that adds a breach is not ranked, and no cost makes up for one. Amounts have "
    "three significant digits."
)
RATES = (
    "Rates and factors. Coloured cells may be changed; every sheet follows. Prices are moved to the base year in their "
    "own currency first, and converted second. A payer marked 1 is charged support cost, 0 is not."
)
PRICES = (
    "Prices of a unit, by item and country. Coloured cells may be changed: price, its currency and its year. A price "
    "in base currency is price x (deflator x exchange rate). Low and high are in the price's own currency."
)
SHARES = (
    "Who pays which share of each item. Coloured cells may be changed; a row must sum to 100 %. Right of the sum: "
    "running totals of the shares, which round payers' parts so that they add up to the line."
)
QUANTITIES = (
    "Units that the model gives, by item, country and month: values, not formulas. Rows without a quantity are "
    "left out."
)
LINES = (
    "Every line: quantity (from Quantities) x unit price (from Prices), rounded to cents, and shared among payers. "
    "Months of a price for a year are rounded so that twelve of them sum to it. Below the items: contingency and "
    "support cost by country and month, at the rates of Rates."
)
BY_ITEM = "Cost by item and country, {currency}. Sums of Lines."
BY_MONTH = "Cost by month and payer, {currency}, contingency and support cost included. Sums of Lines."
BY_PAYER = (
    "Cost by payer and country, {currency}. Expected: the share that a payer usually pays of what is asked (Rates); it "
    "may come months late."
)
BY_SECTOR = (
    "Cost by sector and phase, {currency}. Contingency and support cost have no phase and stand under 'all'. Sums of "
    "Lines."
)
BY_YEAR = (
    "Cost by year, {currency}: fiscal years of each country, named by the year in which they end; calendar years; and "
    "stages of the response. Sums of Lines."
)
PLAN = (
    "Response plan by country and fiscal year. Total = quantity x unit cost for all its months together; each month "
    "was rounded to cents. People are those of the whole run in the country whom the line's own quantity counts, else "
    "those of the part of the response to which it belongs; an empty cell is not known. They must not be added up. "
    "Counts below {least} are not shown."
)
SUBMITTED = (
    "Budgets that agencies submitted, beside the model's costs of the same sector and country (items only, all "
    "months), never added to them. Through agencies: what payers pay on whose money agencies charge support cost."
)
LOCAL = (
    "The {count} items that hold most of the cost of this run. Find the local price of each, fill in the coloured "
    "cells, and put them into costs.yaml of the case under 'prices' (docs/spreadsheet.md shows how); or change the "
    "sheet Prices for a quick look."
)
STAFF = (
    "Officers. First table: waiting work and staff on the day of most work, officer-months short, and when recruiting "
    "must have begun for staff to be there on the first day of a shortage (training comes on top). Second: staff in "
    "post, mean of each month. Work: officers of full output whom the people who wait would occupy. It is not the "
    "staff needed; the report has a table of that."
)

# ---- the sheet "Read me" --------------------------------------------------------------------------------------------

ABOUT_DECISION = "One page: breaches and harms, cost and what it is divided by, people, unmet need, detention."
ABOUT_PRICES = "The price of each item in each country, its source, and the way to the base currency."
ABOUT_RATES = "Contingency, support cost, exchange rates, deflators, shares of what is asked that is paid."
ABOUT_SHARES = "Who pays which share of each item."
ABOUT_QUANTITIES = "What the model billed: values."
ABOUT_LINES = "Quantity x price by item, country and month, shared among payers; contingency and support cost."
ABOUT_ITEM = "Cost by item and country."
ABOUT_MONTH = "Cost by month and payer."
ABOUT_PAYER = "Cost by payer and country, and what is expected to be paid."
ABOUT_SECTOR = "Cost by sector and phase."
ABOUT_YEAR = "Cost by fiscal year, calendar year, and stage."
ABOUT_PLAN = "The columns of a response plan."
ABOUT_SUBMITTED = "Budgets of agencies beside the model's costs."
ABOUT_LOCAL = "The items whose local price matters most, to be filled in."
ABOUT_STAFF = "Staff by function, grade and month; when recruiting must begin."
FINANCIAL = "Financial: cash when it is paid; donated goods and volunteers are not counted."
ECONOMIC = "Economic: capital spread over its life; donated goods and volunteers counted at their worth."
NOMINAL = "Nominal: prices of each year, with the inflation of Rates."
REAL = "Real: prices of {year} throughout."
ESTIMATE = "Planning estimate: {share} of the cost rests on prices without a source."
ESTIMATE_OF_NOTHING = "Planning estimate: nothing is paid for."
HOW_TO_USE = (
    "Change coloured cells in Prices, Rates and Payer shares: all sheets follow. Quantities come from the model: to "
    "change a policy, change the scenario and run it again. Sheets are locked without a password."
)

# ---- the panel of sliders -------------------------------------------------------------------------------------------

SLIDERS_NOTE = "Single runs without ranges; a report gives ranges."
SLIDERS_AS_BEFORE = "All inputs as in the case."
SLIDERS_SET = "{set} of {inputs} inputs set."
SLIDERS_CAUTION = "Caution: {text} (found {found}; {advice})."
SLIDERS_KERNEL = (
    "{solver} Numbers follow the sliders; they lie within 0.5 % of the slower path that judges it."
)
SLIDERS_REFERENCE = "{solver} Numbers follow when a slider is let go."
SLIDER = "{title} ({unit}). In the case: {value}. {description}"
WAIT = "One moment: {what}."
