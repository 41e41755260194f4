"""The spreadsheet: it agrees with the model to the cent, follows changed prices, and is stored with all its values.

The stored values are those that LibreOffice works out, where it is installed.
"""

import re
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from recalculation import differences, needs_office, recalculated
from small_plan import small_inputs, small_workspace
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.costs.projects import read_projects
from mixedmig_model.inputs.costs.schema import CaseRate
from mixedmig_model.inputs.costs.shown import in_currency
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.present.spreadsheet import plan as spreadsheet
from mixedmig_model.present.spreadsheet.cells import FIRST, HEAD, STYLES, Formula, clean, line_count, printed
from mixedmig_model.present.spreadsheet.contents import FIRST_PAYER, stage_title, word_title
from mixedmig_model.present.spreadsheet.evaluate import Values
from mixedmig_model.present.spreadsheet.plan import CostedScenario, write_plan
from mixedmig_model.results.costs.lines import cost_run, line_cents, whole, yearly
from mixedmig_model.results.costs.pricing import PAYER_NAMES, price_scenario
from mixedmig_model.results.costs.sectors import sector_cents, split_cents
from mixedmig_model.results.costs.tables import ratios
from mixedmig_model.study.run import run_one
from mixedmig_model.vocabulary.titles import NOTICE, PAYER_TITLES, PLAN_RATIO_TITLES

SHEETS = ["Read me", "Decision", "Prices", "Rates", "Payer shares", "Sector shares", "Quantities", "Lines",
          "Lines by sector", "By item", "By month", "By payer", "By sector and phase", "By stage", "By year",
          "By year and payer", "Ceilings", "Plan", "Submitted budgets", "Local prices", "Staff plan"]
REAL_ONLY = ("Ceilings", "Submitted budgets")
VIEWS = {"real": (True, False), "nominal": (False, True)}


@pytest.fixture(scope="module")
def small(root, tmp_path_factory):
    inputs = small_inputs(root, tmp_path_factory.mktemp("small"))
    return inputs, run_one(resolve(inputs, "plain"))


@pytest.fixture(scope="module")
def written(small, tmp_path_factory):
    """Path and cost run of the spreadsheet of each view; the second regroups shelter to projects."""
    inputs, ds = small
    found = {}
    for name, (financial, nominal) in VIEWS.items():
        run = cost_run(ds, price_scenario(inputs, "plain"), financial, nominal)
        path = tmp_path_factory.mktemp("books") / f"{name}.xlsx"
        write_plan(CostedScenario("plain", run, ds), inputs, path, projects=read_projects(inputs),
                   by_project=("shelter",) if nominal else ())
        found[name] = path, run
    return found


@pytest.fixture(scope="module")
def worked_out(written):
    """The values of each view as a program without arithmetic sees them."""
    return {name: openpyxl.load_workbook(path, data_only=True) for name, (path, _) in written.items()}


def saved_again(spreadsheet):
    """The values of a spreadsheet of openpyxl after cells were changed, in place of its formulas."""
    cells = [((sheet.title, cell.row, cell.column), Formula(cell.value) if cell.data_type == "f" else cell.value)
             for sheet in spreadsheet for row in sheet.iter_rows() for cell in row]
    for (name, row, column), value in Values(cells).results().items():
        spreadsheet[name].cell(row, column).value = value
    return spreadsheet


@needs_office
@pytest.mark.parametrize("view", VIEWS)
def test_stored_values_are_those_of_a_program_that_calculates(view, written, worked_out, tmp_path):
    assert differences(worked_out[view], recalculated(written[view][0], tmp_path)) == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_formula_is_stored_with_its_value(view, written, worked_out):
    """Without them a reader that does not calculate (a preview, a program) sees empty cells."""
    formulas = [(sheet.title, cell.coordinate) for sheet in opened(written, view) for row in sheet.iter_rows()
                for cell in row if cell.data_type == "f"]
    assert len(formulas) > 200
    empty = [(sheet, cell) for sheet, cell in formulas if worked_out[view][sheet][cell].value is None]
    assert empty == []


def cents(value):
    """Whole cents of a cell, exactly."""
    assert value == pytest.approx(round(value, 2), abs=1e-6), value
    return round(value * 100)


def rows(spreadsheet, sheet, first=FIRST):
    """The rows of the table of a sheet, as tuples of values."""
    return [row for row in spreadsheet[sheet].iter_rows(min_row=first, values_only=True) if row[0] is not None]


def table(spreadsheet, sheet, key=None):
    """Rows of a table by their first cell, or by that of a column, each as a mapping from head to value."""
    heads = [cell.value for cell in spreadsheet[sheet][HEAD]]
    place = heads.index(key) if key else 0
    return {row[place] or row[0]: dict(zip(heads, row, strict=False)) for row in rows(spreadsheet, sheet)}


@pytest.mark.parametrize("view", VIEWS)
def test_every_line_and_every_payers_part_is_the_models_to_the_cent(view, written, worked_out):
    run, spreadsheet = written[view][1], worked_out[view]
    heads = [cell.value for cell in spreadsheet["Lines"][HEAD]]
    months = {month: m for m, month in enumerate(run.calendar.months)}
    seen = np.zeros_like(run.cents)
    for row in rows(spreadsheet, "Lines"):
        one = dict(zip(heads, row, strict=True))
        i = run.items.index(one["Item key"])
        c, m = run.pricing.countries.index(one["Country key"]), months[one["Month"].date()]
        parts = dict(zip(heads[FIRST_PAYER - 1:], row[FIRST_PAYER - 1:], strict=True))
        seen[i, m, c] = [cents(parts.get(PAYER_TITLES[p], 0.0)) for p in PAYER_NAMES]
        assert cents(one["Amount"]) == run.cents[i, m, c].sum()
        if one["Quantity"] is not None:
            assert one["Quantity"] == pytest.approx(run.units[i, m, c], rel=1e-15)
            assert one["Unit price"] == pytest.approx(run.price[i, m, c], rel=1e-14)
    assert (seen == run.cents).all()


@pytest.mark.parametrize("view", VIEWS)
def test_formulas_of_amounts_give_the_models_cents_also_for_prices_of_a_year(view, written):
    """Worked out here, so that the rule of running totals is tested where no office recalculates."""
    path, run = written[view]
    sheet = openpyxl.load_workbook(path)["Lines"]
    heads = [cell.value for cell in sheet[HEAD]]
    months = {month: m for m, month in enumerate(run.calendar.months)}
    product, running = {}, 0
    for row in range(FIRST, sheet.max_row + 1):
        one = {head: sheet.cell(row, k + 1).value for k, head in enumerate(heads)}
        if one["Quantity row"] is None:
            continue
        i, c, m = (run.items.index(one["Item key"]), run.pricing.countries.index(one["Country key"]),
                   months[one["Month"].date()])
        product[row] = run.units[i, m, c] * run.price[i, m, c]
        spans = re.findall(r"ROUND\(SUMPRODUCT\(M(\d+):M(\d+),N\1:N\2\),2\)", one["Amount"])
        if spans:
            upto, before = (sum(product[k] for k in range(int(a), int(b) + 1)) for a, b in spans)
            amount, running = int(whole(100.0 * upto)) - int(whole(100.0 * before)), running + 1
        else:
            assert one["Amount"] == f"=ROUND(M{row}*N{row},2)"
            amount = int(whole(100.0 * product[row]))
        assert amount == run.cents[i, m, c].sum()
    by_year = [k for k, line in enumerate(run.pricing.lines) if yearly(line)]
    assert running == (run.units[by_year] != 0.0).sum() - (run.units[by_year] != 0.0).any(axis=1).sum() > 0


@pytest.mark.parametrize("view", VIEWS)
def test_sums_by_item_month_payer_sector_and_year_are_the_models_to_the_cent(view, written, worked_out):
    run, spreadsheet = written[view][1], worked_out[view]
    items, payers = table(spreadsheet, "By item", "Item key"), table(spreadsheet, "By payer")
    for k, name in enumerate(run.items):
        assert cents(items[name]["Total"]) == run.by("item")[k]
        for c, country in enumerate(run.pricing.countries):
            assert cents(items[name][country.capitalize()]) == run.by("item", "country")[k, c]
    by_payer = dict(zip(PAYER_NAMES, run.by("payer"), strict=True))
    for payer, title in PAYER_TITLES.items():
        assert cents(payers[title]["Total"] if title in payers else 0.0) == by_payer[payer]
    donors = payers["Donors"]
    assert cents(donors["Expected"]) + cents(donors["Not covered"]) == by_payer["donor"]
    assert donors["Expected"] == pytest.approx(0.55 * donors["Total"], abs=0.006)
    months = rows(spreadsheet, "By month")[:-1]
    assert [cents(row[-1]) for row in months] == run.by("month").tolist()
    sectors = table(spreadsheet, "By sector and phase")
    expected = {name: int(cost.sum()) for name, cost in sector_cents(run).items()}
    assert {name: cents(sectors[word_title(name)]["Total"]) for name in expected} == expected
    stages = table(spreadsheet, "By stage")
    expected = {stage_title(line.record.stage): 0 for line in run.pricing.lines}
    for line, cost in zip(run.pricing.lines, run.by("item"), strict=False):
        expected[stage_title(line.record.stage)] += int(cost)
    assert {name: cents(stages[name]["This scenario"]) for name in expected} == expected
    years = [row for row in rows(spreadsheet, "By year") if isinstance(row[0], int)]
    fiscal = {str(row[0]): cents(row[3]) for row in years[: len(run.fiscal_years())]}
    assert fiscal == run.fiscal_years()
    for sheet in ("By item", "By month", "By payer", "By sector and phase", "Plan"):
        head = "Total, USD" if sheet == "Plan" else "Total"
        assert cents(table(spreadsheet, sheet)["Total"][head]) == run.cents.sum()


@pytest.mark.parametrize("view", VIEWS)
def test_lines_by_sector_are_the_models_to_the_cent_and_sum_to_their_line(view, written, worked_out):
    run, spreadsheet = written[view][1], worked_out[view]
    heads = [cell.value for cell in spreadsheet["Lines by sector"][HEAD]]
    months = {month: m for m, month in enumerate(run.calendar.months)}
    lines, of_line = table(spreadsheet, "Lines"), {}
    seen = {name: {sector: np.zeros_like(run.cents[0]) for sector in run.pricing.lines[i].sectors}
            for i, name in enumerate(run.pricing.names) if name in ("bed_day", "detention_day")}
    for row in rows(spreadsheet, "Lines by sector"):
        one = dict(zip(heads, row, strict=True))
        item, c, m = one["Item key"], run.pricing.countries.index(one["Country key"]), months[one["Month"].date()]
        sector = next(name for name in seen[item] if word_title(name) == one["Sector"])
        seen[item][sector][m, c] = [cents(one.get(PAYER_TITLES[p], 0.0)) for p in PAYER_NAMES]
        assert cents(one["Amount"]) == seen[item][sector][m, c].sum()
        of_line[one["Line"]] = of_line.get(one["Line"], 0) + cents(one["Amount"])
    for item, found in seen.items():
        expected = split_cents(run, run.items.index(item))
        assert all((found[sector] == expected[sector]).all() and found[sector].any() for sector in expected), item
    shared = {key for key, one in lines.items() if one["Sector"] == "Several sectors"}
    assert of_line == {key: cents(lines[key]["Amount"]) for key in shared}
    assert {lines[key]["Item key"] for key in shared} == set(seen)


def test_shares_of_sectors_stand_with_what_they_rest_on(written, worked_out):
    found = table(worked_out["real"], "Sector shares", "Item key")
    bed, held = found["bed_day"], found["detention_day"]
    assert (bed["Shelter"], bed["Food"], bed["Water sanitation"], bed["Health"], bed["Sum"]) == (0.3, 0.5, 0.2, None, 1)
    assert (bed["Shares are"], bed["Quality"], held["Shares are"], held["Quality"], held["Note"]) == (
        "cost book", "assumption", "the case's", "published", "'=1+1")
    assert (bed["Up to: Shelter"], bed["Up to: Food"]) == (0.3, 1.0)
    by_item = table(worked_out["real"], "By item", "Item key")
    assert by_item["bed_day"]["Sectors"] == "Food, shelter, water sanitation"


def test_a_changed_share_of_sectors_moves_money_between_them_and_no_total(written):
    path, run = written["real"]
    spreadsheet = openpyxl.load_workbook(path)
    sheet = spreadsheet["Sector shares"]
    heads = [cell.value for cell in sheet[HEAD]]
    row = next(row for row in range(FIRST, sheet.max_row + 1) if sheet[f"C{row}"].value == "bed_day")
    for title, share in (("Shelter", 0.1), ("Food", 0.55), ("Water sanitation", 0.35)):
        sheet.cell(row, heads.index(title) + 1).value = share
    changed = {"shelter": 0.1, "food": 0.55, "water_sanitation": 0.35}
    lines = tuple(replace(line, record=line.record.model_copy(update={"sectors": changed}))
                  if line.name == "bed_day" else line for line in run.pricing.lines)
    expected = sector_cents(replace(run, pricing=replace(run.pricing, lines=lines)))
    after = saved_again(spreadsheet)
    found = table(after, "By sector and phase")
    assert {name: cents(found[word_title(name)]["Total"]) for name in expected} == {
        name: int(cost.sum()) for name, cost in expected.items()}
    assert cents(found["Total"]["Total"]) == run.cents.sum()
    assert int(expected["water_sanitation"].sum()) != int(sector_cents(run)["water_sanitation"].sum())


@pytest.mark.parametrize("view", VIEWS)
def test_rows_of_the_plan_of_a_sector_are_the_models(view, written, worked_out):
    run, spreadsheet = written[view][1], worked_out[view]
    heads = [cell.value for cell in spreadsheet["Plan"][HEAD]]
    found = {}
    for row in rows(spreadsheet, "Plan")[:-1]:
        one = dict(zip(heads, row, strict=False))
        found[one["Sector"]] = found.get(one["Sector"], 0) + cents(one["Total, USD"])
        if one["Item"] == "'=title of bed_day" and one["Sector"] == "Food" and view == "real":
            units = one["Quantity"] * one["Unit cost"]
            assert units == pytest.approx(one["Total, USD"], abs=0.06 * one["Duration, months"])
    expected = {word_title(name): int(cost.sum()) for name, cost in sector_cents(run).items()}
    assert {name: total for name, total in found.items() if name in expected} == {
        name: total for name, total in expected.items() if total}


@pytest.mark.parametrize("view", VIEWS)
def test_the_check_on_the_first_sheet_shows_no_difference_and_no_cell_an_error(view, written, worked_out):
    run, spreadsheet = written[view][1], worked_out[view]
    checks = [row for row in rows(spreadsheet, "Read me") if str(row[0]).startswith("Total of")]
    assert len(checks) == 9
    assert cents(checks[0][1]) == cents(checks[1][1]) == run.cents.sum()
    assert [cents(row[2]) for row in checks[1:]] == [0] * 8
    for sheet in spreadsheet:
        for row in sheet.iter_rows(values_only=True):
            assert not [cell for cell in row if isinstance(cell, str) and cell.startswith(("#", "Err:"))], sheet.title


def test_rows_of_the_plan_are_sums_of_lines_and_their_shares_are_the_payers(written, worked_out):
    run, spreadsheet = written["real"][1], worked_out["real"]
    heads = [cell.value for cell in spreadsheet["Plan"][HEAD]]
    plan = [dict(zip(heads, row, strict=False)) for row in rows(spreadsheet, "Plan")[:-1]]
    kits = [row for row in plan if row["Item"] == "'=title of registration_kit"]
    i = run.items.index("registration_kit")
    assert sum(cents(row["Total, USD"]) for row in kits) == run.by("item")[i]
    for row in kits:
        rounding = 0.005 * row["Duration, months"]
        assert row["Quantity"] * row["Unit cost"] == pytest.approx(row["Total, USD"], abs=rounding)
        assert row["% Donors"] == pytest.approx(0.5, abs=1e-3)
        assert row["In need"] >= row["Targeted"] >= row["Reached"]
    projects = [dict(zip(heads, row, strict=False)) for row in rows(worked_out["nominal"], "Plan")]
    assert {row["Unit"] for row in projects if row["Sector"] == "Shelter"} == {"project"}


def test_submitted_budgets_stand_beside_live_sums(written, worked_out):
    run, spreadsheet = written["real"][1], worked_out["real"]
    heads = [cell.value for cell in spreadsheet["Submitted budgets"][HEAD]]
    found = [dict(zip(heads, row, strict=False)) for row in rows(spreadsheet, "Submitted budgets")]
    here = next(row for row in found if (row["Sector"], row["Country"]) == ("Shelter", "Here"))
    ours = int(sector_cents(run)["shelter"][:, 0].sum())
    assert cents(here["Ours, USD"]) == ours
    assert 0 < ours < sum(run.cents[run.items.index(name), :, 0].sum() for name in ("bed_day", "tent", "donated_land"))
    assert here["Submitted"] == 13952.27
    assert here["Submitted less ours"] == pytest.approx(13952.27 - ours / 100, abs=1e-6)
    assert "Submitted budgets" not in worked_out["nominal"].sheetnames


def test_changed_prices_shares_and_rates_give_what_the_model_gives_for_them(written):
    path, run = written["real"]
    spreadsheet = openpyxl.load_workbook(path)
    prices, rates, shares = spreadsheet["Prices"], spreadsheet["Rates"], spreadsheet["Payer shares"]
    i = run.pricing.names.index("detention_day")
    row = FIRST + i * 2
    assert (prices[f"C{row}"].value, prices[f"D{row}"].value) == ("detention_day", "Here")
    prices[f"F{row}"], prices[f"G{row}"], prices[f"H{row}"] = 9.99, "EUR", 2016
    contingency = next(r for r in range(FIRST, rates.max_row) if rates[f"A{r}"].value == "contingency")
    rates[f"C{contingency}"] = 0.125
    heads = [cell.value for cell in shares[HEAD]]
    for title, share in (("Host state, central", 0.25), ("Donors", 0.75)):
        shares.cell(FIRST + i, heads.index(title) + 1).value = share
    paid, payers = run.pricing.price.copy(), run.pricing.payers.copy()
    paid[i, 0] = 9.99 * (1.0137 * 1.1297)
    payers[i] = 0.0
    payers[i, [PAYER_NAMES.index("host_central"), PAYER_NAMES.index("donor")]] = 0.25, 0.75
    money = run.pricing.money
    money = money.model_copy(update={"contingency": money.contingency.model_copy(update={"value": 0.125})})
    pricing = replace(run.pricing, price=paid, payers=payers, money=money)
    expected = line_cents(run.units, np.broadcast_to(paid[:, None], run.price.shape), pricing)
    after = saved_again(spreadsheet)
    items = table(after, "By item", "Item key")
    assert [cents(items[name]["Total"]) for name in run.items] == expected.sum(axis=(1, 2, 3)).tolist()
    found = table(after, "By payer")
    for k, payer in enumerate(PAYER_NAMES):
        assert cents(found.get(PAYER_TITLES[payer], {"Total": 0.0})["Total"]) == expected[..., k].sum()
    check = next(row for row in rows(after, "Read me") if row[0] == "Total of Lines")
    assert cents(check[2]) == expected.sum() - run.cents.sum() != 0


def test_amounts_on_the_page_of_decisions_have_three_significant_digits(written, worked_out, small):
    run, spreadsheet = written["real"][1], worked_out["real"]
    divided = ratios(small[1], run.total)
    page = {row[0]: row for row in rows(spreadsheet, "Decision")}
    assert page["Total"][1] == float(f"{run.total:.3g}")
    for key, (title, _) in PLAN_RATIO_TITLES.items():
        assert page[title][1] == float(f"{divided[key]['cost']:.3g}")
        assert page[title][2] == float(f"{divided[key]['people']:.3g}")
    assert page["Cost for a person arriving"][3] == "people landed or brought ashore, recorded or not"
    assert page["Share of cost on prices without a source"][1] == pytest.approx(run.assumed_share, abs=0.005)


def opened(written, view="real"):
    return openpyxl.load_workbook(written[view][0])


def test_sheets_stand_in_order_and_each_carries_the_banner_on_screen_and_on_paper(written):
    spreadsheet = opened(written)
    assert spreadsheet.sheetnames == SHEETS
    assert opened(written, "nominal").sheetnames == [name for name in SHEETS if name not in REAL_ONLY]
    for sheet in spreadsheet:
        assert sheet["A1"].value.endswith("A small & quiet case: +Plain")
        assert sheet["A2"].value.startswith("PLANNING ESTIMATE, NOT A BUDGET")
        assert sheet.oddHeader.center.text.startswith("PLANNING ESTIMATE, NOT A BUDGET")
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        if sheet.title not in ("Read me", "Decision"):
            assert sheet.print_title_rows == "$4:$4"
            assert sheet.freeze_panes == "A5"
        one_page = sheet.title in ("Read me", "Decision", "By stage")
        assert sheet.page_setup.orientation == ("portrait" if one_page else "landscape")
        assert sheet.page_setup.fitToHeight == (None if one_page else 0)


def test_without_too_much_assumed_there_is_no_banner(small, tmp_path):
    inputs, ds = small
    pricing = price_scenario(inputs, "plain")
    limit = pricing.money.assumed_share_limit.model_copy(update={"value": 1.0})
    sure = replace(pricing, money=pricing.money.model_copy(update={"assumed_share_limit": limit}))
    write_plan(CostedScenario("plain", cost_run(ds, sure), ds), inputs, tmp_path / "x.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "x.xlsx"):
        assert not sheet["A2"].value
        assert sheet.oddHeader.center.text.endswith("A small && quiet case: +Plain")


def test_the_first_sheet_says_what_this_is_and_what_it_leaves_out(written):
    texts = [cell for row in opened(written)["Read me"].iter_rows(values_only=True) for cell in row if cell]
    for wanted in (NOTICE, "Real: prices of 2017 throughout.", "USD of 2017", "'=What schools cost.", "may be changed",
                   "those of them whom the authorities recorded"):
        assert wanted in texts
    assert any(text.startswith("Financial: cash") for text in texts if isinstance(text, str))
    other = [row[1] for row in opened(written, "nominal")["Read me"].iter_rows(values_only=True)]
    assert "Nominal: prices of each year, with the inflation of the sheet Rates." in other
    assert any(str(text).startswith("Economic: capital spread") for text in other)


def test_breaches_and_harms_lead_the_page_of_decisions(written):
    first = [row[0] for row in opened(written)["Decision"].iter_rows(min_row=FIRST, values_only=True) if row[0]]
    assert first[0] == "Breaches: choices of an authority"
    assert first.index("Harms: they can happen even to a good plan") < first.index("Cost")
    assert first.index("Cost") < first.index("Unmet need, next to the cost above")
    assert "Deaths and missing on the way" in first


def test_the_cost_of_detention_never_stands_alone(written, small, tmp_path):
    wanted = ("Cost of detention", "Cost of alternatives to detention", "Time of children in detention",
              "People detained over the limit", "People released, to any place")
    first = [row[0] for row in opened(written)["Decision"].iter_rows(values_only=True)]
    assert all(text in first for text in wanted)
    inputs, ds = small
    run = cost_run(ds, price_scenario(inputs, "plain"))
    free = replace(run, cents=np.where(
        (np.array(run.items) == "detention_day")[:, None, None, None], 0, run.cents))
    write_plan(CostedScenario("plain", free, ds), inputs, tmp_path / "x.xlsx")
    page = openpyxl.load_workbook(tmp_path / "x.xlsx")["Decision"]
    assert "Cost of detention" not in [row[0] for row in page.iter_rows(values_only=True)]


def test_no_text_of_a_user_can_become_a_formula(written):
    users = ("title of", "activity of", "HYPERLINK", "Recruitment", "Tents", "annex", "schools", "quiet", "1+1")
    for view in VIEWS:
        for sheet in opened(written, view):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert not any(text in cell.value for text in users), (sheet.title, cell.coordinate)
                    elif isinstance(cell.value, str):
                        assert not cell.value.startswith(("=", "+", "-", "@", "\t", "\r")), (sheet.title, cell.value)
    assert clean("=1\x00\x0b") == "'=1"
    assert printed("A & B\n" * 90).startswith("A && B A && B")
    assert len(printed("x" * 300)) == 200


def test_only_coloured_cells_can_be_changed_and_nothing_has_a_password(written):
    spreadsheet = opened(written)
    for sheet in spreadsheet:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for row in sheet.iter_rows():
            for cell in row:
                coloured = cell.fill.fgColor.rgb == "FFFFF2CC" and cell.fill.fill_type == "solid"
                assert cell.protection.locked != coloured, (sheet.title, cell.coordinate)
    assert not spreadsheet["Prices"]["F5"].protection.locked
    assert spreadsheet["Prices"]["K5"].protection.locked
    assert {name for name, look in STYLES.items() if look.open} == {
        "input", "input_text", "input_year", "input_share"}


def test_local_prices_lists_the_largest_items_with_empty_cells_to_fill(written):
    run, spreadsheet = written["real"][1], opened(written)
    listed = rows(spreadsheet, "Local prices")
    names = [row[2] for row in listed]
    costs = dict(zip(run.items, run.by("item"), strict=True))
    assert names == sorted(names, key=lambda name: -costs[name])
    assert len(names) == min(15, sum(1 for line in run.pricing.lines if costs[line.name]))
    assert names[0] == "bed_day"
    assert all(cell is None for row in listed for cell in row[7:16])


def test_staff_stand_by_function_grade_and_month_with_the_day_to_recruit_from(written, small):
    sheet = opened(written)["Staff plan"]
    found = list(sheet.iter_rows(min_row=HEAD, values_only=True))
    assert found[0][8] == "Recruit from"
    start = next(k for k, row in enumerate(found) if row[2] == "Grade")
    assert [cell.date() for cell in found[start][3:7]] == list(written["real"][1].calendar.months)
    post = next(row for row in found[start + 1:] if row[:3] == ("Status determination", "Here", "Active"))
    staff = small[1]["daily_staff"].sel(function="determination", grade="active", country="here").values
    assert post[3] == pytest.approx((0.5 * (staff[1:31] + staff[:30])).mean(), abs=1e-9)


def test_people_below_the_limit_are_hidden_in_the_plan(written, small, tmp_path):
    inputs, ds = small
    run = cost_run(ds, price_scenario(inputs, "plain"))
    limit = run.pricing.money.small_cell.model_copy(update={"value": 1e4, "range": (1e4, 1e4)})
    hidden = replace(run.pricing, money=run.pricing.money.model_copy(update={"small_cell": limit}))
    write_plan(CostedScenario("plain", replace(run, pricing=hidden), ds), inputs, tmp_path / "x.xlsx")
    spreadsheet = openpyxl.load_workbook(tmp_path / "x.xlsx")
    heads = [cell.value for cell in spreadsheet["Plan"][HEAD]]
    counts = {row[heads.index("In need")] for row in rows(spreadsheet, "Plan")}
    assert counts == {"<10000", None}


def test_a_workbook_is_replaced_only_when_it_is_done(written, small, tmp_path, monkeypatch):
    inputs, ds = small
    target = tmp_path / "plan.xlsx"
    target.write_text("kept", encoding="utf-8")

    def broken(made):
        raise OSError("the disk is full")

    monkeypatch.setattr(spreadsheet, "stored", broken)
    with pytest.raises(OSError, match="the disk is full"):
        write_plan(CostedScenario("plain", written["real"][1], ds), inputs, target)
    assert target.read_text(encoding="utf-8") == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.xlsx"]


def test_rows_are_high_enough_for_their_text(written):
    assert line_count("a" * 100, 50) == 2.0
    assert line_count("one\ntwo", 50) == 2.0
    sheet = opened(written)["Read me"]
    row = next(r for r in range(1, sheet.max_row) if sheet[f"A{r}"].value == "How to use")
    assert sheet.row_dimensions[row].height > 20.0


def test_a_run_that_costs_nothing_is_written_without_an_error_in_any_cell(small, tmp_path):
    inputs, ds = small
    run = cost_run(ds, price_scenario(inputs, "plain"))
    nothing = replace(run, units=0.0 * run.units, cents=0 * run.cents)
    write_plan(CostedScenario("plain", nothing, ds), inputs, tmp_path / "nothing.xlsx")
    spreadsheet = openpyxl.load_workbook(tmp_path / "nothing.xlsx", data_only=True)
    for sheet in spreadsheet:
        for row in sheet.iter_rows(values_only=True):
            assert not [cell for cell in row if isinstance(cell, str) and cell.startswith(("#", "Err:"))], sheet.title
    texts = [row[1] for row in spreadsheet["Read me"].iter_rows(values_only=True)]
    assert "Planning estimate: nothing is paid for." in texts
    assert cents(table(spreadsheet, "By item", "Item key")["Total"]["Total"]) == 0


def test_a_plan_with_too_many_lines_is_refused_in_words(written, small, tmp_path, monkeypatch):
    inputs, ds = small
    monkeypatch.setattr(spreadsheet, "MOST_LINES", 10)
    with pytest.raises(RuntimeError, match=r"the plan has \d+ lines; a workbook takes at most 10: cost a shorter run"):
        write_plan(CostedScenario("plain", written["real"][1], ds), inputs, tmp_path / "plan.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_price_too_large_to_count_stops_the_command_with_a_sentence_and_writes_nothing(root, tmp_path):
    folder, target = small_workspace(root, tmp_path), tmp_path / "plan.xlsx"
    items = folder / "parameters/costs/items.yaml"
    text = items.read_text(encoding="utf-8")
    items.write_text(text.replace("value: 2000,", "value: 1.0e+15,").replace("range: [1000, 4000]",
                                                                             "range: [1.0e+14, 1.0e+16]"))
    assert items.read_text(encoding="utf-8") != text
    done = CliRunner().invoke(app, ["cost", "small", "--workspace", str(folder), "--to", str(target), "--json"])
    assert done.exit_code == 2, done.output
    assert "items.task_force.prices" in done.stderr
    assert "the price is too large" in done.stderr
    assert "Traceback" not in done.output
    assert not target.exists()


@pytest.mark.parametrize(("code", "rate"), [("BDT", 80.437542), ("MYR", 4.300441), ("EUR", 0.885206)])
def test_every_sheet_of_sums_has_the_second_currency_to_the_cent(small, tmp_path, code, rate):
    inputs, ds = small
    own = CaseRate.model_validate({"for_one": rate, "on": "2017-07-01", "source": "WDI", "quality": "published"})
    file = inputs.costs.file.model_copy(update={"exchange_rates": {code: own}})
    inputs = in_currency(replace(inputs, costs=replace(inputs.costs, file=file)), code)
    run = cost_run(ds, price_scenario(inputs, "plain"))
    write_plan(CostedScenario("plain", run, ds), inputs, tmp_path / "two.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "two.xlsx", data_only=True)
    for name in ("By item", "By month", "By payer", "By sector and phase", "By stage", "By year"):
        sheet = sheets[name]
        column = next(cell.column for cell in sheet[HEAD] if cell.value == f"Total, {code}")
        values = [sheet.cell(row, column).value for row in range(FIRST, sheet.max_row + 1)]
        whole = values.index(round(run.total * rate, 2))
        assert round(sum(values[:whole]), 2) == values[whole], name
        assert all(value >= 0.0 for value in values[:whole]), name
    written = [row[1].value for row in sheets["Decision"].iter_rows() if row[0].value == f"Total, {code}"]
    assert written == [round(run.total * rate, 2)]
