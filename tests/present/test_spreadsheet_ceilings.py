"""The sheets of fiscal years and payers, and of ceilings: live, and the model's to the cent in both currencies."""

from dataclasses import replace

import openpyxl
import pytest
from recalculation import needs_office, recalculated
from small_plan import SCENARIO, small_workspace
from test_spreadsheet import cents, saved_again

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.shown import in_currency
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.spreadsheet.cells import FIRST, HEAD
from mixedmig_model.present.spreadsheet.plan import CostedScenario, write_plan
from mixedmig_model.record.costs import local_currency
from mixedmig_model.record.schema.costs import CostTable
from mixedmig_model.results.costs.ceilings import ceiling_rows, year_payer_rows
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.costs.tables import cost_tables
from mixedmig_model.study.run import run_one
from mixedmig_model.vocabulary.titles import PAYER_TITLES

SHEETS = ("By year and payer", "Ceilings")
OPTION = SCENARIO.replace("'+Plain'", "'Option'") + """changes:
  - {parameter: detention.detained_share, set: 0.05, reason: Fewer people are detained.}
"""


@pytest.fixture(scope="module")
def both(root, tmp_path_factory):
    """The case with amounts in euros too, the option and the baseline, costed."""
    folder = small_workspace(root, tmp_path_factory.mktemp("ceilings"))
    (folder / "parameters/cases/small/scenarios/option.yaml").write_text(OPTION, encoding="utf-8")
    inputs = in_currency(read_case(read_workspace(folder), "small"), "EUR")
    runs = {name: run_one(resolve(inputs, name)) for name in ("option", "plain")}
    return inputs, *(CostedScenario(name, cost_run(ds, price_scenario(inputs, name)), ds) for name, ds in runs.items())


@pytest.fixture(scope="module")
def path(both, tmp_path_factory):
    inputs, option, plain = both
    target = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    write_plan(option, inputs, target, baseline=plain)
    return target


@pytest.fixture(scope="module")
def shown(path):
    return openpyxl.load_workbook(path, data_only=True)


def table(spreadsheet, name):
    """Rows of a sheet as mappings from head to value, down to the total."""
    heads = [cell.value for cell in spreadsheet[name][HEAD]]
    return [dict(zip(heads, row, strict=False))
            for row in spreadsheet[name].iter_rows(min_row=FIRST, values_only=True) if row[0] is not None]


def test_each_fiscal_year_and_payer_has_the_models_cents_by_country_and_next_to_the_baselines(both, shown):
    inputs, option, plain = both
    rows, total = table(shown, "By year and payer")[:-1], table(shown, "By year and payer")[-1]
    theirs = {(row["year"], row["payer"]): row for row in year_payer_rows(plain.run)}
    found = {(row["Fiscal year"], row["Payer"]): row for row in rows}
    assert len(found) == len(rows)
    ours = year_payer_rows(option.run)
    for one in ours:
        row = found[int(one["year"]), PAYER_TITLES[one["payer"]]]
        assert cents(row["Total"]) == round(100 * one["cost"])
        assert {c: cents(row[inputs.case.countries[c].title]) for c in option.run.pricing.countries} == {
            c: round(100 * cost) for c, cost in one["by_country"].items()}
        base = theirs.get((one["year"], one["payer"]), {"cost": 0.0})["cost"]
        assert cents(row["Baseline"]) == round(100 * base)
        assert cents(row["Difference"]) == round(100 * one["cost"]) - round(100 * base)
    assert sum(cents(row["Total"]) for row in rows) == cents(total["Total"]) == option.run.cents.sum()
    assert sum(cents(row["Baseline"]) for row in rows) == cents(total["Baseline"]) == plain.run.cents.sum()
    record = CostTable.model_validate(cost_tables(option.ds, option.run.pricing))
    local = local_currency(inputs, {"option": record})
    assert sum(cents(row["Total, EUR"]) for row in rows) == round(100 * local.totals["option"])
    assert round(option.run.total * 0.9, 2) != local.totals["option"]  # half a cent, which a sheet rounds up


def test_each_ceiling_has_the_models_amounts_in_both_currencies_and_what_is_left_of_the_baseline(both, shown):
    inputs, option, plain = both
    rows = table(shown, "Ceilings")
    record = CostTable.model_validate(cost_tables(option.ds, option.run.pricing))
    local = local_currency(inputs, {"option": record}).ceilings["option"]
    triples = zip(rows, ceiling_rows(option.run), ceiling_rows(plain.run), local, strict=True)
    for row, one, base, second in triples:
        assert (row["Payer"], row["Fiscal year"]) == (PAYER_TITLES[one["payer"]], int(one["year"]))
        assert row["Ceiling as stated"] == one["stated"]
        assert [cents(row[head]) for head in ("Ceiling, USD of 2017", "Cost", "Left")] == [
            round(100 * one[key]) for key in ("ceiling", "cost", "left")]
        assert [cents(row[head]) for head in ("Baseline: cost", "Baseline: left")] == [
            round(100 * base[key]) for key in ("cost", "left")]
        assert [cents(row[f"{head}, EUR"]) for head in ("Ceiling", "Cost", "Left")] == [
            round(100 * getattr(second, key)) for key in ("ceiling", "cost", "left")]
    assert [row["Country"] for row in rows] == ["all countries together", "Here", "There", "all countries together"]
    assert [row["Prices"] for row in rows] == [
        "money of 2018", "prices of 2017", "money of 2018", "prices of 2017"]
    assert rows[0]["Note"] == "'=2+2"
    assert rows[0]["Deflator"] == pytest.approx(1 / 1.02)
    assert rows[2]["Deflator"] == pytest.approx(1 / 1.02)
    assert rows[1]["Exchange rate"] == pytest.approx(1 / 0.9)
    assert rows[3]["Cost"] == 0.0


@needs_office
def test_a_program_that_calculates_finds_the_stored_values(path, shown, tmp_path):
    office = recalculated(path, tmp_path)
    for name in SHEETS:
        numbers = 0
        for row in shown[name].iter_rows():
            for cell in row:
                if isinstance(cell.value, float):
                    assert office[name][cell.coordinate].value == pytest.approx(cell.value, rel=1e-12, abs=1e-9)
                    numbers += 1
        assert numbers > 20, name


def test_a_changed_ceiling_rate_or_share_of_a_payer_moves_what_is_left(path, both):
    spreadsheet = openpyxl.load_workbook(path)
    before = table(openpyxl.load_workbook(path, data_only=True), "Ceilings")
    rates, sheet = spreadsheet["Rates"], spreadsheet["Ceilings"]
    sheet.cell(FIRST, 4).value = 30000
    contingency = next(r for r in range(FIRST, rates.max_row) if rates[f"A{r}"].value == "contingency")
    rates[f"C{contingency}"] = 0.0
    after = table(saved_again(spreadsheet), "Ceilings")
    assert cents(after[0]["Ceiling, USD of 2017"]) == round(100 * round(30000 / 1.02, 2))
    assert after[0]["Cost"] == pytest.approx(before[0]["Cost"] / 1.1, abs=0.5)
    assert cents(after[0]["Left"]) == cents(after[0]["Ceiling, USD of 2017"]) - cents(after[0]["Cost"])


@pytest.mark.parametrize(("financial", "nominal"), [(False, False), (True, True)])
def test_other_views_have_no_sheet_of_ceilings_and_say_where_it_is(both, tmp_path, financial, nominal):
    inputs, option, _ = both
    run = cost_run(option.ds, option.run.pricing, financial, nominal)
    write_plan(replace(option, run=run), inputs, tmp_path / "x.xlsx")
    spreadsheet = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True)
    assert "Ceilings" not in spreadsheet.sheetnames
    assert spreadsheet["By year and payer"]["A3"].value.endswith(
        "Ceilings are compared with cash at prices of the base year: make the spreadsheet without --economic and "
        "--nominal.")
    assert cents(table(spreadsheet, "By year and payer")[-1]["Total"]) == run.cents.sum()


def test_a_case_without_ceilings_has_the_sheet_of_payers_alone(both, tmp_path):
    inputs, option, _ = both
    run = replace(option.run, pricing=replace(option.run.pricing, ceilings=()))
    write_plan(replace(option, run=run), inputs, tmp_path / "x.xlsx")
    spreadsheet = openpyxl.load_workbook(tmp_path / "x.xlsx", data_only=True)
    assert "Ceilings" not in spreadsheet.sheetnames
    assert spreadsheet["By year and payer"]["A3"].value.endswith("Sums of Lines.")
