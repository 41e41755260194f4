"""The costs of one run as a spreadsheet with live formulas.

Every number can be traced, and prices can be changed. Quantities are values of the model; all money is formulas over
them, rounded as the model rounds. The spreadsheet therefore agrees with ``CostRun`` to the cent until somebody changes
a price (``docs/spreadsheet.md``).
"""

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import xarray as xr
from openpyxl import Workbook

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.projects import Project
from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, Sheet, at, new_spreadsheet
from mixedmig_model.present.spreadsheet.contents import (
    AMOUNT,
    BY_ITEM,
    BY_MONTH,
    BY_PAYER,
    BY_SECTOR,
    BY_YEAR,
    LINES,
    PRICES,
    QUANTITIES,
    RATES,
    SHARES,
    Contents,
)
from mixedmig_model.present.spreadsheet.pages import (
    DECISION,
    LOCAL,
    PLAN,
    STAFF,
    SUBMITTED,
    decision_sheet,
    local_sheet,
    plan_sheet,
    staff_sheet,
    submitted_sheet,
)
from mixedmig_model.present.spreadsheet.sheets import (
    by_item,
    by_month,
    by_payer,
    by_sector,
    by_year,
    lines_sheet,
    prices_sheet,
    quantities_sheet,
    rates_sheet,
    shares_sheet,
)
from mixedmig_model.present.spreadsheet.stored import stored
from mixedmig_model.record.costs import not_costed
from mixedmig_model.record.words import sheets as words
from mixedmig_model.record.words.pages.plans import plan_banner, plan_standing, prices_words, view_words
from mixedmig_model.results.costs.lines import CostRun
from mixedmig_model.results.costs.people import people_of_plan
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.vocabulary.titles import NOTICE

README = "Read me"
ABOUT = {
    DECISION: words.ABOUT_DECISION, PRICES: words.ABOUT_PRICES, RATES: words.ABOUT_RATES, SHARES: words.ABOUT_SHARES,
    QUANTITIES: words.ABOUT_QUANTITIES, LINES: words.ABOUT_LINES, BY_ITEM: words.ABOUT_ITEM,
    BY_MONTH: words.ABOUT_MONTH, BY_PAYER: words.ABOUT_PAYER, BY_SECTOR: words.ABOUT_SECTOR, BY_YEAR: words.ABOUT_YEAR,
    PLAN: words.ABOUT_PLAN, SUBMITTED: words.ABOUT_SUBMITTED, LOCAL: words.ABOUT_LOCAL, STAFF: words.ABOUT_STAFF,
}
"""What each sheet is, in the order of the list in "Read me"."""


MOST_LINES = 60_000
"""Lines up to which a spreadsheet is written.

Beyond, programs take minutes and gigabytes.
"""
SUMS = {BY_MONTH: "months", BY_PAYER: "payers", BY_SECTOR: "sectors and phases", PLAN: "rows of the plan"}


def write_plan(
    run: CostRun, inputs: CaseInputs, scenario: str, path: Path, ds: xr.Dataset, projects: Sequence[Project] = (),
    by_project: Iterable[str] = (),
) -> None:
    """Write the spreadsheet of a run.

    Parameters
    ----------
    run : CostRun
        Costs of the run.
    inputs : CaseInputs
        The case.
    scenario : str
        Name of the scenario.
    path : Path
        File of the spreadsheet.
    ds : xarray.Dataset
        A run.
    projects : Sequence[Project], default ()
        Budgets that agencies submitted. They are shown next to ours where prices are those of the base year.
    by_project : Iterable[str], default ()
        Sectors shown project-based in the plan.

    Raises
    ------
    RuntimeError
        Where there are too many lines.
    """
    banner = plan_banner(run)
    shown = () if run.nominal else tuple(projects)
    contents = Contents(run, inputs, scenario, ds=ds, projects=shown, by_project=frozenset(by_project), banner=banner)
    if len(contents.lines) > MOST_LINES:
        raise RuntimeError(f"the plan has {len(contents.lines):,} lines; a workbook takes at most {MOST_LINES:,}: cost "
                           "a shorter run, or fewer countries")
    write_file(path, stored(fill(contents)))


def fill(contents: Contents) -> Workbook:
    """Return all sheets.

    The first two are written last, because they say what is in the others.
    """
    spreadsheet = new_spreadsheet(contents.title)
    for sheet in (prices_sheet, rates_sheet, shares_sheet, quantities_sheet, lines_sheet, by_item, by_month, by_payer,
                  by_sector):
        sheet(spreadsheet, contents)
    stage_rows = by_year(spreadsheet, contents)
    plan_sheet(spreadsheet, contents)
    if contents.projects:
        submitted_sheet(spreadsheet, contents)
    local_sheet(spreadsheet, contents)
    staff_sheet(spreadsheet, contents)
    readme_sheet(spreadsheet, contents)
    decision_sheet(spreadsheet, contents, stage_rows)
    spreadsheet.active = 0
    return spreadsheet


def readme_sheet(spreadsheet: Workbook, contents: Contents) -> None:
    """Write what the spreadsheet is.

    It says what it may not be taken for, how to use it, and has the check against the model.
    """
    run, money = contents.run, contents.run.pricing.money
    sheet = Sheet(spreadsheet, README, (34, 24, 24, 24, 40), 0)
    sheet.top(contents.title, contents.banner, contents.inputs.case.question)
    rows = (
        ("Case", contents.inputs.case.title), ("Scenario", contents.inputs.scenario(contents.scenario).title),
        ("Standing", plan_standing(run)), ("Prices", prices_words(run)), ("View", view_words(run)),
        ("Currency and year", f"{money.base_currency} of {money.base_year}"),
        ("Inputs (digest)", str(contents.ds.attrs.get("input_digest", "not known"))),
        ("Made with", f"mixedmig {version('mixedmig')}"), ("Notice", NOTICE),
        ("How to use", words.HOW_TO_USE),
    )
    for label, text in rows:
        _pair(sheet, label, text)
    sheet.row += 1
    for style, text in (("input", "may be changed"), ("breach", "breach: a choice of an authority"),
                        ("harm", "harm: can happen even to a good plan"), ("head", "heads of tables")):
        sheet.put(sheet.row, 1, None, style)
        sheet.put(sheet.row, 2, text)
        sheet.row += 1
    _checks(sheet, contents, spreadsheet)
    sheet.ws.page_setup.orientation, sheet.ws.page_setup.fitToHeight = "portrait", 1
    sheet.row += 1
    sheet.put(sheet.row, 1, "Not costed", "head")
    sheet.row += 1
    for text in not_costed(contents.inputs):
        sheet.spread(sheet.row, text, "wrap")
        sheet.row += 1
    sheet.row += 1
    sheet.line(("People: three different numbers", "In need", "Targeted", "Reached", ""), "head")
    for who in people_of_plan(contents.ds).values():
        sheet.line((who.title, *who.meaning), ("bold", "wrap", "wrap", "wrap"))
    sheet.row += 1
    for name, text in ABOUT.items():
        if name in (*spreadsheet.sheetnames, DECISION):
            _pair(sheet, name, text)


def _pair(sheet: Sheet, label: str, text: str) -> None:
    """Write a label and a text next to it."""
    sheet.put(sheet.row, 1, label, "bold")
    sheet.spread(sheet.row, text, "wrap", 2)
    sheet.row += 1


def _checks(sheet: Sheet, contents: Contents, spreadsheet: Workbook) -> None:
    """Write the model's total next to the spreadsheet's totals.

    Sheets have theirs too: differences are 0.00 until a price changes.
    """
    sheet.row += 1
    sheet.line(("Check", contents.currency, "difference", "", "must be 0.00 until a coloured cell is changed"), "head")
    lines = Formula(f"=ROUND(SUM({contents.column(AMOUNT)}),2)")
    model = sheet.line(("Total of the model", contents.run.total), ("text", "total"))
    total = sheet.line(("Total of Lines", lines, Formula(f"=ROUND(B{model + 1}-B{model},2)")),
                       ("text", "total", "total"))
    items = at(BY_ITEM, 5 + len(contents.countries), FIRST + len(contents.run.items))
    sheet.line(("Total of items", Formula(f"={items}"), Formula(f"=ROUND(B{total + 1}-B{total},2)")),
               ("text", "money", "money"))
    where = {
        BY_MONTH: (2 + len(contents.payers), FIRST + len(contents.run.calendar.months)),
        BY_PAYER: (2 + len(contents.countries), FIRST + len(contents.payers)),
        BY_SECTOR: (6, spreadsheet[BY_SECTOR].max_row), PLAN: (11, spreadsheet[PLAN].max_row),
    }
    for name, text in SUMS.items():
        row = sheet.row
        sheet.line((f"Total of {text}", Formula(f"={at(name, *where[name])}"), Formula(f"=ROUND(B{row}-B{total},2)")),
                   ("text", "money", "money"))
