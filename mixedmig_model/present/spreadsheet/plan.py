"""The costs of one run as a spreadsheet with live formulas.

Every number can be traced, and prices can be changed. Quantities are values of the model; all money is formulas over
them, rounded as the model rounds. The spreadsheet therefore agrees with ``CostRun`` to the cent until somebody changes
a price (``docs/spreadsheet.md``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import xarray as xr

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.projects import Project
from mixedmig_model.present.spreadsheet.ceilings import by_year_payer, ceilings_sheet
from mixedmig_model.present.spreadsheet.cells import FIRST, Formula, Sheet, Spreadsheet, at
from mixedmig_model.present.spreadsheet.contents import (
    AMOUNT,
    BASE_LINES,
    BASE_QUANTITIES,
    BASE_SECTOR_LINES,
    BY_ITEM,
    BY_MONTH,
    BY_PAYER,
    BY_SECTOR,
    BY_STAGE,
    BY_YEAR,
    BY_YEAR_PAYER,
    CEILINGS,
    DELIVERED,
    DELIVERED_LINES,
    LINES,
    PRICES,
    QUANTITIES,
    RATES,
    SECTOR_LINES,
    SECTOR_SHARES,
    SHARES,
    Contents,
)
from mixedmig_model.present.spreadsheet.decision import DECISION, decision_sheet
from mixedmig_model.present.spreadsheet.delivered import delivered_lines_sheet, delivered_of, delivered_sheet, stated
from mixedmig_model.present.spreadsheet.pages import (
    LOCAL,
    PLAN,
    STAFF,
    SUBMITTED,
    local_sheet,
    plan_sheet,
    staff_sheet,
    submitted_sheet,
)
from mixedmig_model.present.spreadsheet.sectors import sector_lines_sheet, sector_shares_sheet
from mixedmig_model.present.spreadsheet.sheets import (
    lines_sheet,
    prices_sheet,
    quantities_sheet,
    rates_sheet,
    shares_sheet,
)
from mixedmig_model.present.spreadsheet.stored import stored
from mixedmig_model.present.spreadsheet.sums import by_item, by_month, by_payer, by_sector, by_stage, by_year
from mixedmig_model.record.costs import not_costed
from mixedmig_model.record.words import sheets as words
from mixedmig_model.record.words.pages.plans import plan_banner, plan_standing, prices_words, view_words
from mixedmig_model.results.costs.delivered import delivered_run
from mixedmig_model.results.costs.export import total_span
from mixedmig_model.results.costs.lines import CostRun
from mixedmig_model.results.costs.people import people_of_plan
from mixedmig_model.results.costs.views import on_one_list
from mixedmig_model.storage.atomic import write_file
from mixedmig_model.vocabulary.titles import NOTICE

README = "Read me"
ABOUT = {
    DECISION: words.ABOUT_DECISION, PRICES: words.ABOUT_PRICES, RATES: words.ABOUT_RATES, SHARES: words.ABOUT_SHARES,
    SECTOR_SHARES: words.ABOUT_SECTOR_SHARES, QUANTITIES: words.ABOUT_QUANTITIES, LINES: words.ABOUT_LINES,
    SECTOR_LINES: words.ABOUT_SECTOR_LINES, BY_ITEM: words.ABOUT_ITEM,
    BY_MONTH: words.ABOUT_MONTH, BY_PAYER: words.ABOUT_PAYER, BY_SECTOR: words.ABOUT_SECTOR,
    BY_STAGE: words.ABOUT_STAGE, BY_YEAR: words.ABOUT_YEAR, BY_YEAR_PAYER: words.ABOUT_YEAR_PAYER,
    CEILINGS: words.ABOUT_CEILINGS, DELIVERED: words.ABOUT_DELIVERED,
    PLAN: words.ABOUT_PLAN, SUBMITTED: words.ABOUT_SUBMITTED, LOCAL: words.ABOUT_LOCAL, STAFF: words.ABOUT_STAFF,
    BASE_QUANTITIES: words.ABOUT_BASE_QUANTITIES, BASE_LINES: words.ABOUT_BASE_LINES,
    BASE_SECTOR_LINES: words.ABOUT_BASE_SECTOR_LINES, DELIVERED_LINES: words.ABOUT_DELIVERED_LINES,
}
"""What each sheet is, in the order of the list in "Read me"."""


MOST_LINES = 60_000
"""Lines up to which a spreadsheet is written.

Beyond, programs take minutes and gigabytes.
"""
SUMS = {BY_MONTH: "months", BY_PAYER: "payers", BY_SECTOR: "sectors and phases", BY_STAGE: "stages",
        BY_YEAR_PAYER: "fiscal years and payers", PLAN: "rows of the plan"}


@dataclass(frozen=True)
class CostedScenario:
    """A scenario that was run and costed."""

    scenario: str
    run: CostRun
    ds: xr.Dataset


def write_plan(
    costed: CostedScenario, inputs: CaseInputs, path: Path, *, baseline: CostedScenario | None = None,
    projects: Sequence[Project] = (), by_project: Iterable[str] = (),
) -> None:
    """Write the spreadsheet of a run.

    Parameters
    ----------
    costed : CostedScenario
        The scenario, with its run and costs.
    inputs : CaseInputs
        The case.
    path : Path
        File of the spreadsheet.
    baseline : CostedScenario | None, default None
        The baseline to stand next to it, costed in the same view; None where it is the baseline itself.
    projects : Sequence[Project], default ()
        Budgets that agencies submitted. They are shown next to ours where prices are those of the base year.
    by_project : Iterable[str], default ()
        Sectors shown project-based in the plan.

    Raises
    ------
    RuntimeError
        Where there are too many lines.
    """
    shown = () if costed.run.nominal else tuple(projects)
    contents = _contents(costed, baseline, inputs, shown, frozenset(by_project))
    count = sum(len(one.lines) for one in (contents, contents.base, stated(contents)) if one)
    count += sum(len(one.parts) for one in (contents, contents.base) if one)
    if count > MOST_LINES:
        raise RuntimeError(f"the plan has {count:,} lines; a workbook takes at most {MOST_LINES:,}: cost a shorter "
                           "run, or fewer countries")
    write_file(path, stored(fill(contents)))


def _contents(
    costed: CostedScenario, baseline: CostedScenario | None, inputs: CaseInputs, projects: tuple[Project, ...],
    by_project: frozenset[str],
) -> Contents:
    """Return what the spreadsheet is written from.

    Both scenarios have the same list of items, so that they share prices.
    """
    own, base, other = costed.run, None, None
    if baseline is not None:
        own, other = on_one_list(costed.run, baseline.run)
        other = replace(other, pricing=replace(other.pricing, delivered=baseline.run.pricing.delivered))
        base = Contents(other, inputs, baseline.scenario, ds=baseline.ds, projects=(), by_project=by_project,
                        banner=plan_banner(baseline.run), span=total_span(baseline.run),
                        quantities_name=BASE_QUANTITIES, lines_name=BASE_LINES, parts_name=BASE_SECTOR_LINES)
    return Contents(own, inputs, costed.scenario, ds=costed.ds, projects=projects, by_project=by_project,
                    banner=plan_banner(costed.run), span=total_span(costed.run), base=base)


def fill(contents: Contents) -> Spreadsheet:
    """Return all sheets.

    The first two are written last, because they say what is in the others.
    """
    spreadsheet = Spreadsheet(contents.title)
    for sheet in (prices_sheet, rates_sheet, shares_sheet, sector_shares_sheet, quantities_sheet, lines_sheet,
                  sector_lines_sheet, by_item, by_month, by_payer, by_sector, by_stage, by_year, by_year_payer,
                  *([ceilings_sheet] if contents.ceilings else [])):
        sheet(spreadsheet, contents)
    happened = stated(contents)
    if happened:
        delivered_sheet(spreadsheet, happened)
    plan_sheet(spreadsheet, contents)
    if contents.projects:
        submitted_sheet(spreadsheet, contents)
    local_sheet(spreadsheet, contents)
    staff_sheet(spreadsheet, contents)
    if contents.base:
        quantities_sheet(spreadsheet, contents.base)
        lines_sheet(spreadsheet, contents.base)
        sector_lines_sheet(spreadsheet, contents.base)
    if happened:
        delivered_lines_sheet(spreadsheet, happened)
    readme_sheet(spreadsheet, contents)
    decision_sheet(spreadsheet, contents)
    return spreadsheet


def readme_sheet(spreadsheet: Spreadsheet, contents: Contents) -> None:
    """Write what the spreadsheet is.

    It says what it may not be taken for, how to use it, and has the check against the model.
    """
    run, money = contents.run, contents.run.pricing.money
    sheet = Sheet(spreadsheet, README, (34, 24, 24, 24, 40), 0)
    sheet.top(contents.title, contents.banner, contents.inputs.case.question)
    rows = (
        ("Case", contents.inputs.case.title), ("Scenario", contents.scenario_title),
        *((("Baseline", contents.base.scenario_title),) if contents.base else ()),
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
    sheet.one_page = True
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
        if name in (*spreadsheet.names, DECISION):
            _pair(sheet, name, text)


def _pair(sheet: Sheet, label: str, text: str) -> None:
    """Write a label and a text next to it."""
    sheet.put(sheet.row, 1, label, "bold")
    sheet.spread(sheet.row, text, "wrap", 2)
    sheet.row += 1


def _checks(sheet: Sheet, contents: Contents, spreadsheet: Spreadsheet) -> None:
    """Write the model's total next to the spreadsheet's totals.

    Sheets have theirs too: differences are 0.00 until a price changes.
    """
    sheet.row += 1
    sheet.line(("Check", contents.currency, "difference", "", "must be 0.00 until a coloured cell is changed"), "head")
    total = sheet.row + 1
    _checked(sheet, "Total of the model", contents.run.total, "Total of Lines", contents)
    items = at(BY_ITEM, 5 + len(contents.countries), FIRST + len(contents.run.items))
    sheet.line(("Total of items", Formula(f"={items}"), Formula(f"=ROUND(B{total + 1}-B{total},2)")),
               ("text", "cents", "cents"))
    count = len(contents.countries)
    where = {BY_MONTH: 2 + len(contents.payers), BY_PAYER: 2 + count, BY_SECTOR: 6, BY_STAGE: 2,
             BY_YEAR_PAYER: 3 + count, PLAN: 11}
    for name, text in SUMS.items():
        row, cell = sheet.row, Formula(f"={at(name, where[name], spreadsheet.last_row(name))}")
        sheet.line((f"Total of {text}", cell, Formula(f"=ROUND(B{row}-B{total},2)")), ("text", "cents", "cents"))
    if contents.base:
        _checked(sheet, words.MODEL_BASELINE, contents.base.run.total, words.LINES_BASELINE, contents.base)
    happened = stated(contents)
    done = delivered_run(happened.run) if happened else None
    if happened and done:
        _checked(sheet, words.MODEL_DELIVERED, done.total, words.LINES_DELIVERED, delivered_of(happened))


def _checked(sheet: Sheet, title: str, model: float, lines_title: str, contents: Contents) -> None:
    """Write the total of the model, and that of lines with the difference."""
    row = sheet.line((title, model), ("text", "total_cents"))
    lines = Formula(f"=ROUND(SUM({contents.column(AMOUNT)}),2)")
    sheet.line((lines_title, lines, Formula(f"=ROUND(B{row + 1}-B{row},2)")),
               ("text", "total_cents", "total_cents"))
