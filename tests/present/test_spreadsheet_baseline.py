"""A spreadsheet of an option: the baseline next to it, live, to the cent; its chart; titles, and whole units."""

import re
import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import pytest
from small_plan import SCENARIO, small_workspace

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.spreadsheet.cells import FIRST, HEAD, Formula
from mixedmig_model.present.spreadsheet.contents import word_title
from mixedmig_model.present.spreadsheet.decision import _digits, _said
from mixedmig_model.present.spreadsheet.evaluate import Values
from mixedmig_model.present.spreadsheet.plan import CostedScenario, write_plan
from mixedmig_model.results.costs.lines import cost_run
from mixedmig_model.results.costs.pricing import price_scenario
from mixedmig_model.results.costs.sectors import sector_cents
from mixedmig_model.results.costs.views import on_one_list
from mixedmig_model.results.indicators.table import HARMS, Facts
from mixedmig_model.study.run import run_one
from mixedmig_model.vocabulary.titles import COST_STAGE_TITLES, PAYER_TITLES

OPTION = SCENARIO.replace("'+Plain'", "'Option <b>'").replace("999.995", "500.005") + """  posters:
    title: Posters
    activity: Posters
    stage: counselling
    sector: protection
    phase: response
    behaviour: one_off
    price: {value: 700, range: [500, 2000], currency: USD, price_year: 2017, source: assumption, quality: assumption}
    payers: {ngo: 1}
changes:
  - {parameter: detention.detained_share, set: 0.05, reason: Fewer people are detained.}
"""
"""Another price for the baseline's own measure, one measure more, and fewer people in detention."""


@pytest.fixture(scope="module")
def both(root, tmp_path_factory):
    """The option and the baseline, costed."""
    folder = small_workspace(root, tmp_path_factory.mktemp("two"))
    (folder / "parameters/cases/small/scenarios/option.yaml").write_text(OPTION, encoding="utf-8")
    inputs = read_case(read_workspace(folder), "small")
    found = []
    for name in ("option", "plain"):
        ds = run_one(resolve(inputs, name))
        found.append(CostedScenario(name, cost_run(ds, price_scenario(inputs, name)), ds))
    return inputs, *found


@pytest.fixture(scope="module")
def path(both, tmp_path_factory):
    inputs, option, plain = both
    target = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    write_plan(option, inputs, target, baseline=plain)
    return target


@pytest.fixture(scope="module")
def shown(path):
    return openpyxl.load_workbook(path, data_only=True)


def columns(sheet, *heads, first=FIRST, head=HEAD):
    """Columns of a table by their heads, down to its total."""
    names = [cell.value for cell in sheet[head]]
    rows = list(sheet.iter_rows(min_row=first, values_only=True))
    count = next(k for k, row in enumerate(rows) if row[0] == "Total") + 1
    return [[row[names.index(name)] for row in rows[:count]] for name in heads]


def cents(values):
    assert values == pytest.approx([round(value, 2) for value in values], abs=1e-6)
    return [round(100 * value) for value in values]


def test_totals_stand_next_to_the_baselines_with_the_difference_to_the_cent(both, shown):
    _, option, plain = both
    for name in ("By item", "By month", "By payer", "By sector and phase", "By stage", "By year"):
        head = "This scenario" if name == "By stage" else "Total"
        own, base, gap = map(cents, columns(shown[name], head, "Baseline", "Difference"))
        assert (own[-1], base[-1]) == (option.run.cents.sum(), plain.run.cents.sum()), name
        assert gap == [one - other for one, other in zip(own, base, strict=True)], name
        assert sum(base[:-1]) == base[-1], name
    months, = columns(shown["By month"], "Baseline")
    assert cents(months[:-1]) == plain.run.by("month").tolist()
    names, payers = columns(shown["By payer"], "Payer", "Baseline")
    parts = dict(zip(PAYER_TITLES.values(), plain.run.by("payer").tolist(), strict=True))
    assert cents(payers[:-1]) == [parts[name] for name in names[:-1]]
    names, sectors = columns(shown["By sector and phase"], "Sector", "Baseline")
    parts = {word_title(name): int(cost.sum()) for name, cost in sector_cents(plain.run).items()}
    parts |= {"Contingency": plain.run.cents[-2].sum(), "Support cost": plain.run.cents[-1].sum()}
    assert dict(zip(names[:-1], cents(sectors[:-1]), strict=True)) == {"Protection": 0} | parts
    keys, items = columns(shown["By item"], "Item key", "Baseline")
    costs = dict(zip(plain.run.items, plain.run.by("item").tolist(), strict=True))
    costs |= {"campaign_of_baseline": costs["campaign"], "campaign": 0, "posters": 0}
    assert dict(zip(keys[:-1], cents(items[:-1]), strict=True)) == costs


def test_a_changed_price_moves_the_baseline_too(both, path):
    """The difference would be of two price lists otherwise."""
    _, option, plain = both
    changed = openpyxl.load_workbook(path)
    prices = changed["Prices"]
    rows = [row for row in range(FIRST, prices.max_row + 1) if prices[f"C{row}"].value == "detention_day"]
    for row in rows:
        prices[f"F{row}"] = 2.0 * prices[f"F{row}"].value
    cells = [((sheet.title, cell.row, cell.column), Formula(cell.value) if cell.data_type == "f" else cell.value)
             for sheet in changed for line in sheet.iter_rows() for cell in line]
    values = Values(cells)
    heads = [cell.value for cell in changed["By item"][HEAD]]
    row = next(r for r in range(FIRST, 60) if changed["By item"].cell(r, heads.index("Item key") + 1).value
               == "detention_day")
    for head, one in (("Total", option.run), ("Baseline", plain.run)):
        before = int(one.by("item")[one.items.index("detention_day")])
        after = round(100 * values.at("By item", row, heads.index(head) + 1))
        assert after == pytest.approx(2 * before, abs=one.units.size)
        assert before > 0


def test_breaches_harms_cost_and_detention_stand_next_to_the_baselines(both, shown):
    inputs, option, plain = both
    page = [row for row in shown["Decision"].iter_rows(min_row=FIRST, values_only=True) if row[0]]
    heads = {row[0]: row for row in page}
    assert "Baseline: +Plain." in shown["Decision"]["A3"].value
    assert page[0][:5] == ("Breaches: choices of an authority", "in this run", "in the baseline", "difference", "unit")
    detained = next(one for one in HARMS if one.title == "Time in detention")
    own, base = (detained.compute(Facts(one.ds)) for one in (option, plain))
    row = next(row for row in page if row[0] == "Time in detention")
    assert own < 0.5 * base
    assert [float(text.replace(",", "")) for text in row[1:3]] == pytest.approx([own, base], rel=0.01)
    assert row[3] == float(row[1].replace(",", "")) - float(row[2].replace(",", "")) < 0.0
    total = heads["Total"]
    gap = option.run.total - plain.run.total
    assert total[1:3] == pytest.approx((option.run.total, plain.run.total), rel=0.005)
    assert total[3] == pytest.approx(total[1] - total[2], abs=1e-6)
    assert abs(total[3] - gap) <= 0.05 * abs(gap)
    assert heads["Cost of detention"][3] < 0.0
    assert heads["Cost for a person arriving"][3] == pytest.approx(
        heads["Cost for a person arriving"][1] - heads["Cost for a person arriving"][2], abs=1e-6)
    assert inputs.case.baseline == plain.scenario


@pytest.mark.parametrize(("own", "base", "digits"), [
    (float("nan"), float("nan"), 3), (12.0, float("nan"), 3), (float("nan"), 12.0, 3), (12345.0, 12290.0, 5)])
def test_a_cost_of_nobody_needs_no_digits_for_a_difference(own, base, digits):
    """Where no case was resolved there is no cost of a case."""
    assert _digits(own, base) == digits


@pytest.mark.parametrize(("change", "said"), [
    ("same", "same"), ("", ""), ("+1,200", 1200.0), ("\N{MINUS SIGN}3", -3.0), ("+under 1", "under 1 more"),
    ("\N{MINUS SIGN}2 points", "2 points less"), ("+0.5", "0.5 more"),
])
def test_a_difference_is_a_number_or_words_without_a_sign(change, said):
    assert _said(change) == said


def test_the_first_sheet_checks_the_baseline_too(both, shown):
    texts = {row[0]: row for row in shown["Read me"].iter_rows(values_only=True) if row[0]}
    assert texts["Baseline"][1] == "'+Plain"
    assert texts["Baseline: total of the model"][1] == both[2].run.total
    assert texts["Baseline: total of its lines"][1:3] == (both[2].run.total, 0.0)
    assert texts["Total of Lines"][1:3] == (both[1].run.total, 0.0)
    assert shown.sheetnames[-3:] == ["Baseline quantities", "Baseline lines", "Baseline lines by sector"]


def test_every_cell_of_a_sum_shows_whole_units_and_holds_cents(shown):
    cell = shown["By stage"][f"B{FIRST}"]
    assert (cell.number_format, shown["Lines"][f"O{FIRST}"].number_format) == ("#,##0", "#,##0.00")
    last = shown["By stage"].max_row
    assert {shown["By stage"][f"D{row}"].number_format for row in (FIRST, last)} == {'+#,##0;"\N{MINUS SIGN}"#,##0;0'}
    assert any(value != round(value) for value in columns(shown["By stage"], "Baseline")[0])
    assert shown["Quantities"][f"F{FIRST}"].number_format.startswith("[>=100]#,##0;")


def test_a_difference_of_less_than_half_a_unit_is_shown_without_a_sign(path):
    """A program would write +0 and -0 of a few cents."""
    sheets = openpyxl.load_workbook(path)
    seen = 0
    for sheet in sheets:
        unsigned = {sheet.cell(*place) for area in sheet.conditional_formatting for one in area.sqref.ranges
                    for line in one.rows for place in line}
        rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
        assert {(rule.dxf.numFmt.formatCode, *map(float, rule.formula)) for rule in rules} <= {
            ('"0";"0"', -0.49999, 0.49999)}
        signed = {cell for row in sheet.iter_rows() for cell in row if cell.number_format.startswith("+")}
        assert {cell.coordinate for cell in unsigned} == {cell.coordinate for cell in signed}, sheet.title
        seen += len(signed)
    assert seen > 50


@pytest.mark.parametrize("name", ["Prices", "Quantities", "Plan", "Local prices"])
def test_units_are_in_words(shown, name):
    heads = [cell.value for cell in shown[name][HEAD]]
    column = heads.index("Unit")
    units = {row[column] for row in shown[name].iter_rows(min_row=FIRST, values_only=True) if row[0]} - {None}
    assert {"person-day", "officer-year"} <= units
    assert not any("*" in unit or unit == "1" for unit in units)


def test_titles_stand_in_place_of_keys(shown):
    stages, = columns(shown["By stage"], "Stage")
    assert stages[:3] == [COST_STAGE_TITLES[stage] for stage in ("registration", "screening", "counselling")]
    heads = [cell.value for cell in shown["By item"][HEAD]]
    assert heads[:6] == ["Item", "Sectors", "Stage", "Item key", "Here", "There"]
    keys = {"here", "there", "shelter", "border_management", "whole_response", "host_central", "response"}
    for name in shown.sheetnames:
        sheet = shown[name]
        grey = {cell.column for cell in sheet[HEAD] if cell.value in ("Item key", "Country key", "Key")}
        found = {cell.value for row in sheet.iter_rows() for cell in row if cell.column not in grey}
        assert not found & keys, name


def test_the_chart_shows_both_and_is_said_in_words(path):
    with zipfile.ZipFile(path) as file:
        chart = file.read("xl/charts/chart1.xml").decode()
        drawing = file.read("xl/drawings/drawing1.xml").decode()
        assert [name for name in file.namelist() if "charts/" in name] == ["xl/charts/chart1.xml"]
    assert re.findall(r"<c:tx><c:strRef><c:f>([^<]+)", chart) == ["'By stage'!$B$4", "'By stage'!$C$4"]
    assert [text for text in re.findall(r"<a:t>([^<]+)", chart)] == [
        "Cost by stage of the response", "Stage of the response", "USD of 2017"]
    assert 'descr="Horizontal bars in pairs: the cost of each stage of the response' in drawing


def test_a_chart_of_the_baseline_alone_has_one_colour(both, tmp_path):
    inputs, _, plain = both
    write_plan(plain, inputs, tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as file:
        assert file.read("xl/charts/chart1.xml").decode().count("<c:ser>") == 1
        assert 'descr="Horizontal bars: the cost of each stage' in file.read("xl/drawings/drawing1.xml").decode()
    sheets = openpyxl.load_workbook(tmp_path / "plain.xlsx")
    assert "Baseline lines" not in sheets.sheetnames
    assert "Baseline" not in [cell.value for cell in sheets["By item"][HEAD]]


def test_both_on_one_list_of_items_cost_what_they_cost_alone(both):
    _, option, plain = both
    own, base = on_one_list(option.run, plain.run)
    assert own.items == base.items
    assert (own.total, base.total) == (option.run.total, plain.run.total)
    assert (own.cents.sum(axis=0) == option.run.cents.sum(axis=0)).all()
    assert own.by("item")[own.items.index("campaign_of_baseline")] == 0
    same, again = on_one_list(plain.run, plain.run)
    assert same is plain.run
    assert np.array_equal(again.cents, plain.run.cents)
    fewer = replace(plain.run, cents=0 * plain.run.cents)
    assert on_one_list(plain.run, fewer)[1].total == 0.0
