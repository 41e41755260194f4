"""What was delivered of a baseline, in a spreadsheet: live, to the cent, with needed and gap in every table."""

import openpyxl
import pytest
from recalculation import differences, needs_office, recalculated
from small_plan import COSTS, SCENARIO, small_workspace

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.shown import in_currency, shown_currency
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.spreadsheet.cells import FIRST, HEAD, Formula
from mixedmig_model.present.spreadsheet.evaluate import Values
from mixedmig_model.present.spreadsheet.plan import CostedScenario, write_plan
from mixedmig_model.results.costs.delivered import delivered_rows, delivered_run
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import PAYER_NAMES, price_scenario
from mixedmig_model.study.run import run_one
from mixedmig_model.vocabulary.titles import PAYER_TITLES

RESTS = "source: assumption, quality: assumption"
DELIVERED = f"""delivered:
  - {{item: care, share: 0.37, {RESTS}, note: Some had it.}}
  - {{item: screener, share: 0, countries: [here], until: 2017-12-12, {RESTS}, note: Nobody was in post.}}
  - {{item: detention_day, share: 0.5, start: 2018-01-10, {RESTS}}}
"""
OPTION = SCENARIO.replace("'+Plain'", "Option").replace("999.995", "500.005")


@pytest.fixture(scope="module")
def solved(root, tmp_path_factory):
    """The case, and its baseline and option as they were run."""
    folder = small_workspace(root, tmp_path_factory.mktemp("delivered"))
    (folder / "parameters/cases/small/costs.yaml").write_text(COSTS + DELIVERED, encoding="utf-8")
    (folder / "parameters/cases/small/scenarios/option.yaml").write_text(OPTION, encoding="utf-8")
    inputs = read_case(read_workspace(folder), "small")
    return inputs, {name: run_one(resolve(inputs, name)) for name in ("plain", "option")}


@pytest.fixture(scope="module")
def books(solved, tmp_path_factory):
    """Files by what is costed: the baseline alone, the same at prices of each year, and the option next to it."""
    inputs, runs = solved
    costed = {name: CostedScenario(name, cost_run(ds, price_scenario(inputs, name)), ds) for name, ds in runs.items()}
    nominal = CostedScenario("plain", cost_run(runs["plain"], price_scenario(inputs, "plain"), True, True),
                             runs["plain"])
    folder = tmp_path_factory.mktemp("books")
    write_plan(costed["plain"], inputs, folder / "plain.xlsx")
    write_plan(nominal, inputs, folder / "nominal.xlsx")
    write_plan(costed["option"], inputs, folder / "option.xlsx", baseline=costed["plain"])
    return {name: (folder / f"{name}.xlsx", run) for name, run in
            (("plain", costed["plain"].run), ("nominal", nominal.run), ("option", costed["plain"].run))}


def tables(sheet):
    """The tables of the sheet by the head of their first column: rows by first cell, in cents."""
    found, own, heads = {}, None, ()
    for row in sheet.iter_rows(min_row=HEAD, values_only=True):
        if "Needed" in row:
            own, heads = found.setdefault(row[0], {}), row
        elif row[0] is not None:
            own[row[0]] = {head: round(100 * row[heads.index(head)]) for head in ("Needed", "Delivered", "Gap")}
            for head, value in own[row[0]].items():
                assert row[heads.index(head)] == pytest.approx(value / 100, abs=1e-6)
    return found


@pytest.mark.parametrize("name", ["plain", "nominal", "option"])
def test_needed_less_delivered_is_the_gap_in_every_row_and_all_are_the_models(books, name):
    path, run = books[name]
    done = delivered_run(run)
    found = tables(openpyxl.load_workbook(path, data_only=True)["Delivered"])
    assert list(found) == ["Item", "Country", "Payer", "Fiscal year"]
    for rows in found.values():
        assert all(row["Needed"] - row["Delivered"] == row["Gap"] >= 0 for row in rows.values())
        total = {"Needed": int(run.cents.sum()), "Delivered": int(done.cents.sum())}
        assert {head: rows["Total"][head] for head in total} == total
        parts = [row for title, row in rows.items() if title != "Total"]
        assert all(sum(row[head] for row in parts) == rows["Total"][head] for head in rows["Total"])
    wanted = {row["title"]: row for row in delivered_rows(run)["items"]}
    assert len(wanted) == 3
    for title, row in wanted.items():
        own = found["Item"][f"'{title}" if title.startswith("=") else title]
        assert [own[head] for head in ("Needed", "Delivered", "Gap")] == [
            round(100 * row[key]) for key in ("needed", "delivered", "gap")]
    assert list(found["Item"])[-4:] == ["All other items", "Contingency", "Support cost", "Total"]
    assert found["Item"]["All other items"]["Gap"] == 0
    for k, country in enumerate(("Here", "There")):
        assert found["Country"][country]["Delivered"] == done.by("country")[k]
    payers = dict(zip(PAYER_NAMES, done.by("payer").tolist(), strict=True))
    assert all(found["Payer"][PAYER_TITLES[payer]]["Delivered"] == cents for payer, cents in payers.items() if cents)
    assert {int(year): row["Delivered"] for year, row in found["Fiscal year"].items() if year != "Total"} == {
        int(year): cents for year, cents in done.fiscal_years().items()}


@needs_office
@pytest.mark.parametrize("name", ["plain", "option"])
def test_stored_values_are_those_of_a_program_that_calculates(books, name, tmp_path):
    path = books[name][0]
    assert differences(openpyxl.load_workbook(path, data_only=True), recalculated(path, tmp_path)) == []


def test_a_changed_price_moves_needed_delivered_and_gap(books):
    path, run = books["plain"]
    changed = openpyxl.load_workbook(path)
    prices = changed["Prices"]
    for row in range(FIRST, prices.max_row + 1):
        if prices[f"C{row}"].value == "care":
            prices[f"F{row}"] = 3.0 * prices[f"F{row}"].value
    cells = [((sheet.title, cell.row, cell.column), Formula(cell.value) if cell.data_type == "f" else cell.value)
             for sheet in changed for line in sheet.iter_rows() for cell in line]
    values = Values(cells)
    row = next(r for r in range(FIRST, 20) if changed["Delivered"][f"B{r}"].value == "care")
    needed, done, gap = (round(100 * values.at("Delivered", row, column)) for column in (3, 4, 5))
    assert needed == pytest.approx(3 * int(run.by("item")[run.items.index("care")]), abs=2 * run.units[0].size)
    assert done == pytest.approx(0.37 * needed, abs=run.units[0].size)
    assert needed - done == gap


def test_the_sheet_says_what_shares_rest_on_and_the_first_sheet_checks_it(books):
    path, run = books["option"]
    sheets = openpyxl.load_workbook(path, data_only=True)
    heads = [cell.value for cell in sheets["Delivered"][HEAD]]
    rows = {row[1]: dict(zip(heads, row, strict=True)) for row in
            sheets["Delivered"].iter_rows(min_row=FIRST, values_only=True) if row[1]}
    assert (rows["care"]["Quality"], rows["care"]["Note"]) == ("assumption", "Some had it.")
    assert rows["care"]["Source"].startswith("No source: a planning value")
    assert rows["care"]["Share delivered"] == pytest.approx(0.37, abs=0.001)
    assert sheets["Delivered"]["A3"].value.startswith("Needed and delivered in '+Plain', USD, as the case states.")
    texts = {row[0]: row for row in sheets["Read me"].iter_rows(values_only=True) if row[0]}
    total = delivered_run(run).total
    assert texts["Delivered in the baseline: total of the model"][1] == total
    assert texts["Delivered in the baseline: total of its lines"][1:3] == (total, 0.0)
    assert {"Delivered", "Delivered lines"} <= texts.keys()
    assert sheets.sheetnames[-4:] == [
        "Baseline quantities", "Baseline lines", "Baseline lines by sector", "Delivered lines"]
    shares = sorted({row[13] for row in sheets["Delivered lines"].iter_rows(min_row=FIRST, values_only=True)
                     if row[15] == "screener"})
    assert shares == pytest.approx([0, 20 / 31, 1])
    assert all(sheet["A2"].value.startswith("PLANNING ESTIMATE") for sheet in sheets)


def test_a_second_currency_stands_next_to_all_three(solved, tmp_path):
    inputs, runs = solved
    shown = in_currency(inputs, "EUR")
    write_plan(CostedScenario("plain", cost_run(runs["plain"], price_scenario(shown, "plain")), runs["plain"]), shown,
               tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True)["Delivered"]
    heads = [cell.value for cell in sheet[HEAD]]
    assert heads[6:9] == ["Needed, EUR", "Delivered, EUR", "Gap, EUR"]
    rows = [row for row in sheet.iter_rows(min_row=FIRST, values_only=True) if row[0] and isinstance(row[2], float)]
    rate = shown_currency(shown.costs, shown.workspace.costs).for_one
    assert len(rows) > 10
    for row in rows:
        assert row[6] - row[7] == pytest.approx(row[8], abs=1e-6)
        assert row[6] == pytest.approx(row[2] * rate, abs=0.02)
