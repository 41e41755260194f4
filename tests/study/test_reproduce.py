"""Published arithmetic reproduced: each number, what is missed and explained, the two small runs, and the command.

``python tests/study/test_reproduce.py`` prints the table of ``docs/reproduce.md``.
"""

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.observations.reproduce import read_reproductions
from mixedmig_model.inputs.observations.schema import PublishedLine
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.tables.reproduced import HEADS, figure_row
from mixedmig_model.record.words.published import figure_amount
from mixedmig_model.results.costs.quantities import Quantities
from mixedmig_model.study.reproduce.figures import NoBreakEvenError, added_up, deterred_at_break_even, reproduce
from mixedmig_model.study.reproduce.runs import Runs
from mixedmig_model.study.run import run_one

EXACT = {
    ("libya_2011_loan", "grants"): 24_820_000.0, ("libya_2011_loan", "whole_loan"): 37_420_000.0,
    ("iom_appeal_2015", "a_head"): 2_600.0, ("afghan_grant_2016", "equal_grant"): 99_221_600.0,
    ("uk_removal_2005", "enforced_removal"): 11_000.0, ("uk_removal_2005", "assisted_over_enforced"): 0.1,
    ("uk_impact_assessment_2023", "current_prices"): 1 - 106 / 169,
    ("uk_impact_assessment_2023", "rising_prices"): 1 - 165 / 169,
    ("uk_impact_assessment_2023", "three_years_all"): 1 - 0.75 * 106 / 169,
    ("uk_impact_assessment_2023", "three_years_solved"): 0.5,
    ("uk_detention_limit_2019", "spending"): 92_309_609.6,
    ("uk_detention_limit_2019", "saving_by_counts"): 57_175_089.2,
    ("uk_detention_limit_2019", "alternatives"): 20_630_323.78,
    ("canada_2018", "intake_2017_18"): 340.2e6 / 14_321, ("canada_2018", "intake_2018_19"): 367.8e6 / 15_482,
    ("canada_2018", "intake_2019_20"): 395.9e6 / 16_666,
}
BY_A_RUN = {
    ("canada_2018", "claims_2019_20"): 23_799, ("canada_2018", "wait_end_2018"): 1.979,
    ("canada_2018", "wait_2024"): 4.979, ("canada_2018", "health_2017_18"): 48.80e6,
    ("canada_2018", "health_2018_19"): 72.58e6, ("canada_2018", "health_2019_20"): 96.66e6,
    ("canada_2018", "all_else_2019_20"): 292.0e6, ("canada_2018", "claim_2017_18"): 14_326,
    ("canada_2018", "claim_2018_19"): 15_328, ("canada_2018", "claim_2019_20"): 16_332,
    ("uk_detention_limit_2019", "saving_by_a_run"): 46.10e6,
}
MISSED = {
    ("libya_2011_loan", "grants"), ("libya_2011_loan", "whole_loan"), ("uk_removal_2005", "assisted_over_enforced"),
    ("uk_impact_assessment_2023", "three_years_all"), ("uk_detention_limit_2019", "spending"),
    ("uk_detention_limit_2019", "saving_by_a_run"), ("canada_2018", "health_2018_19"),
    ("canada_2018", "health_2019_20"),
}
YEARS = (2017, 2018, 2019)


@pytest.fixture(scope="module")
def files(workspace):
    return read_reproductions(workspace)


@pytest.fixture(scope="module")
def results(files):
    return {(one.file, one.name): one for one in reproduce(files)}


@pytest.fixture(scope="module")
def canada(files):
    """The small case of Canada: its inputs, and the quantities and costs of its run."""
    one = next(one for one in files if one.name == "canada_2018")
    quantities, costs = Runs(one).solve("canada_2018", "fixed_capacity")
    return one.cases["canada_2018"], quantities, costs


def days_of(year):
    """The days of the fiscal year that starts in April of a year, from the start of the run of Canada."""
    return slice((date(year, 4, 1) - date(2017, 1, 1)).days, (date(year + 1, 4, 1) - date(2017, 1, 1)).days)


def cents_of(costs, item, year):
    months = [date(year, 4, 1) <= month < date(year + 1, 4, 1) for month in costs.calendar.months]
    return int(costs.by("item", "month")[costs.pricing.names.index(item)][months].sum())


# ---- every figure ---------------------------------------------------------------------------------------------------

def test_every_figure_is_the_one_worked_out_by_hand(results):
    assert set(results) == set(EXACT) | set(BY_A_RUN)
    for key, value in EXACT.items():
        assert results[key].ours == pytest.approx(value, rel=1e-9), key
    for key, value in BY_A_RUN.items():
        assert results[key].ours == pytest.approx(value, rel=1e-3), key


def test_what_is_missed_is_called_missed_and_explained_and_nothing_else_is(results):
    assert {key for key, one in results.items() if one.missed} == MISSED
    assert {key for key, one in results.items() if one.check.explained} == MISSED
    assert not any(one.failed for one in results.values())


def test_misses_are_shares_beyond_the_nearer_end_of_what_is_published(results):
    assert results["libya_2011_loan", "whole_loan"].miss == pytest.approx(37.42 / 40 - 1)
    assert results["uk_detention_limit_2019", "saving_by_counts"].miss == 0.0
    by_a_run = results["uk_detention_limit_2019", "saving_by_a_run"]
    assert by_a_run.miss == pytest.approx(by_a_run.ours / 55e6 - 1)


def test_only_the_price_of_health_cover_and_one_share_are_fitted(results):
    fitted = {key for key, one in results.items() if one.check.evidence == "fitted"}
    assert fitted == {("uk_impact_assessment_2023", "three_years_solved"), ("canada_2018", "health_2017_18"),
                      ("canada_2018", "claim_2017_18")}


def test_every_file_owns_up_to_what_was_chosen_in_a_comment_and_in_its_record(files, root):
    for one in files:
        text = (root / "parameters" / "reproduce" / f"{one.name}.yaml").read_text(encoding="utf-8")
        assert re.match(r"(# .*\n)*# Not tuned", text), one.name
        assert len(one.file.in_view) >= len("Nothing. All numbers are published."), one.name


# ---- lines and break-evens ------------------------------------------------------------------------------------------

def line(quantity, price):
    return PublishedLine.model_validate({
        "title": "x", "quantity": float(quantity), "unit": "person", "price": float(price), "currency": "USD",
        "source": "assumption", "quality": "assumption",
    })


def test_lines_are_rounded_to_cents_one_by_one_and_then_added():
    assert added_up([line(1, 0.004), line(1, 0.004), line(1, 0.004)]) == 0.0
    assert added_up([line(3, 0.006), line(1, 0.006)]) == 0.03
    assert added_up([line(1e6, 1e6), line(1, 0.01)]) == 1e12 + 0.01


def balance(files):
    checks = next(one for one in files if one.name == "uk_impact_assessment_2023").file.checks
    return checks["three_years_solved"].break_even


def test_the_share_solved_for_is_that_of_algebra_and_decides_the_answer(files, results):
    share = results["uk_impact_assessment_2023", "three_years_solved"].solved["time_share"]
    assert share == pytest.approx((106 - 0.5 * 169) / (0.25 * 106), rel=1e-9)
    by_years = [deterred_at_break_even(balance(files), share, years) for years in (4, 3, 2, 1)]
    assert by_years == pytest.approx([0.3728, 0.5, 0.6272, 0.7544], abs=5e-4)
    by_share = [deterred_at_break_even(balance(files), share, 3) for share in (0.0, 0.5, 1.0)]
    assert by_share == pytest.approx([0.3728, 0.4512, 0.5296], abs=5e-4)


def hidden_rows(files):
    """Break-evens by years in the system and by how much of what is saved runs with time, as the page tells them."""
    share = (106 - 0.5 * 169) / (0.25 * 106)
    for years in (4, 3, 2, 1):
        shares = [deterred_at_break_even(balance(files), one, years) for one in (1.0, share, 0.0)]
        cells = [figure_amount(one, "share") for one in shares]
        yield f"| {years} | {' | '.join(cells)} |"


def test_a_cost_of_removal_that_fell_with_time_would_need_less_deterrence():
    """Why what is proportional to time is sought in what is saved: the other way round leads the wrong way."""
    assert 1 - 106 / (169 * 0.75) < 1 - 106 / 169 < 0.5


def test_a_balance_without_a_root_says_so(files):
    with pytest.raises(NoBreakEvenError, match="no share deterred balances 212000 of 169000"):
        deterred_at_break_even(balance(files), 1.0, 8.0)


# ---- Canada: the run ------------------------------------------------------------------------------------------------

def test_intake_is_constant_while_the_backlog_grows_each_year(canada):
    _, quantities, _ = canada
    claims, waiting = quantities["claims"][:, 0], quantities["people_awaiting_decision"][:, 0]
    settled = claims[days_of(2017)]
    assert np.ptp(claims[days_of(2017).start :]) < 1e-3 * settled.mean()
    assert settled.mean() * 365.2425 == pytest.approx(23_750, rel=1e-3)
    decided = [quantities["first_decisions"][days_of(year)].sum() for year in YEARS]
    assert decided == pytest.approx([14_844] * 3, rel=3e-3)
    levels = [waiting[days_of(year).start] for year in (*YEARS, 2020)]
    assert [later - earlier for earlier, later in pairwise(levels)] == pytest.approx([8_906] * 3, rel=5e-3)


def test_the_cost_of_a_claim_rises_each_year_and_only_by_health_cover(canada):
    _, quantities, costs = canada
    claims = [quantities["claims"][days_of(year)].sum() for year in YEARS]
    health, rest = ([cents_of(costs, item, year) / 100 / number for year, number in zip(YEARS, claims, strict=True)]
                    for item in ("health_cover", "all_else"))
    assert rest == pytest.approx([12_270.0] * 3, rel=1e-6)
    assert [round(value, -1) for value in health] == [2_060, 3_060, 4_060]
    totals = [one + other for one, other in zip(health, rest, strict=True)]
    assert totals == sorted(totals)
    assert totals[2] - totals[0] == pytest.approx(health[2] - health[0], abs=0.1)
    assert set(costs.items) == {"health_cover", "all_else", "contingency", "support_cost"}
    assert costs.total == pytest.approx(int(costs.cents[:2].sum()) / 100)  # nothing on top


def test_with_waits_that_grow_a_little_faster_all_three_years_come_out(canada):
    case, _, _ = canada
    growth = 0.66
    decided = 23_750 / (1 + growth)
    opening = case.case.opening[0].model_copy(update={"persons": decided * (2 - 2 * growth)})
    faster = replace(case, case=case.case.model_copy(update={"opening": (opening,), "end": date(2020, 4, 1)}))
    run = resolve(faster, None, {"determination.officers": decided / (2 * 365.2425 / 7)})
    waiting = Quantities(run_one(run))["people_awaiting_decision"]
    days = [waiting[days_of(year)].sum() for year in YEARS]
    assert [48.8 * one / days[0] for one in days] == pytest.approx([48.8, 76.4, 104.5], rel=0.01)


def test_what_those_who_arrive_in_a_year_wait_is_a_fixed_multiple_of_what_is_waited_in_it(canada):
    """Published totals are by year of arrival, the run bills by year: first come, first served, they differ by 1.6."""
    _, quantities, _ = canada
    claims, decided = quantities["claims"][:, 0], quantities["first_decisions"][:, 0]
    waiting = quantities["people_awaiting_decision"][:, 0]
    out = np.cumsum(decided)
    served = np.interp(waiting[0] + np.cumsum(claims), out, np.arange(len(out)))  # day on which each is decided
    for year in YEARS:
        days = np.arange(len(out))[days_of(year)]
        own = (claims[days] * (served[days] - days)).sum()
        assert own / waiting[days].sum() == pytest.approx(1.6, rel=0.01)


# ---- the command ----------------------------------------------------------------------------------------------------

def call(*arguments):
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    assert "Traceback" not in done.output
    if done.exception is not None:
        assert isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def copied(root, tmp_path):
    """A workspace of one's own, to break."""
    shutil.copytree(root / "parameters", tmp_path / "plan" / "parameters")
    return tmp_path / "plan"


def swap(workspace, file, old, new):
    path = workspace / "parameters" / "reproduce" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_table_calls_an_explained_miss_missed_and_ends_well(root):
    done = call("reproduce", "libya_2011_loan", "--workspace", root)
    assert done.exit_code == 0
    assert re.search(r"The whole loan +40,000,000 USD +37,420,000 USD +−6\.5 % +missed, explained +arithmetic",
                     done.stdout)
    assert "missed: The two parts that were announced make 37.4 million." in done.stdout
    assert "failed" not in done.output


def test_a_wrong_quantity_is_a_failed_check(copied):
    swap(copied, "uk_removal_2005.yaml", "title: Detention, quantity: 1", "title: Detention, quantity: 2")
    done = call("reproduce", "uk_removal_2005", "--workspace", copied)
    assert done.exit_code == 1
    assert re.search(r"An enforced removal +11,000 GBP +16,800 GBP +\+52\.7 % +missed, not explained", done.stdout)
    assert "missed: nothing explains why" in done.stdout
    assert done.stderr == "failed: missed without an explanation: uk_removal_2005: enforced_removal\n"


def test_a_blank_is_no_explanation(copied):
    swap(copied, "libya_2011_loan.yaml", "explained: >-\n      The two", "explained: ' '\n    note: >-\n      The")
    assert call("reproduce", "libya_2011_loan", "--workspace", copied).exit_code == 1


def test_records_for_programs_hold_every_figure_and_the_verdict(copied):
    done = call("reproduce", "uk_impact_assessment_2023", "--json", "--workspace", copied)
    record = json.loads(done.stdout)
    assert (done.exit_code, record["ok"], len(record["checks"])) == (0, True, 4)
    solved = record["checks"][3]
    assert solved["solved"]["time_share"] == pytest.approx(0.8113, abs=1e-4)
    assert (solved["evidence"], solved["target"], solved["unit"], solved["missed"]) == ("fitted", 0.5, "share", False)
    swap(copied, "uk_impact_assessment_2023.yaml", "price: 169000", "price: 196000")
    done = call("reproduce", "uk_impact_assessment_2023", "--json", "--workspace", copied)
    record = json.loads(done.stdout)
    assert (done.exit_code, record["ok"]) == (1, False)
    assert [one["check"] for one in record["checks"] if one["failed"]] == ["current_prices"]


def test_a_balance_without_a_root_fails_without_a_traceback(copied):
    swap(copied, "uk_impact_assessment_2023.yaml", "price: 169000", "price: 100000")
    done = call("reproduce", "uk_impact_assessment_2023", "--workspace", copied)
    assert done.exit_code == 1
    assert "failed: no share deterred balances 106000 of 100000" in done.stderr


def test_bad_files_and_names_are_bad_input(copied):
    done = call("reproduce", "libya", "--workspace", copied)
    assert done.exit_code == 2
    assert "unknown file of published figures; found 'libya'" in done.stderr
    swap(copied, "libya_2011_loan.yaml", "source: WB11", "source: WB1")
    done = call("reproduce", "libya_2011_loan", "--json", "--workspace", copied)
    assert done.exit_code == 2
    assert json.loads(done.stdout)["faults"][0]["nearest"] == "WB11"


def test_the_command_has_help_with_an_example():
    done = call("reproduce", "--help")
    assert done.exit_code == 0
    assert "Example: mixedmig reproduce canada_2018" in done.output
    assert "--json" in done.output


# ---- the page -------------------------------------------------------------------------------------------------------

def page_rows(files, results):
    """The tables of ``docs/reproduce.md``, one a file."""
    for one in files:
        yield f"## {one.file.title}"
        yield f"| {' | '.join(HEADS)} |"
        for name in one.file.checks:
            yield f"| {' | '.join(figure_row(results[one.name, name]))} |"


def test_the_page_tells_what_the_command_prints(files, results, root):
    page = (root / "docs" / "reproduce.md").read_text(encoding="utf-8")
    rows = [*page_rows(files, results), *hidden_rows(files)]
    assert [row for row in rows if row not in page] == []
    heads = 1  # of the table of hidden_rows
    assert sum(row.startswith("| ") for row in page.splitlines()) == sum(row[0] == "|" for row in rows) + heads
    missed = sum(one.missed for one in results.values())
    assert (missed, len(results)) == (8, 27)
    assert "Eight of 27 figures are missed." in page


def test_the_example_of_the_page_is_a_file_that_is_read(copied, root):
    page = (root / "docs" / "reproduce.md").read_text(encoding="utf-8")
    example = page.split("`parameters/sources.yaml`.\n\n")[1].split("\nEach check")[0]
    text = "\n".join(line.removeprefix("    ") for line in example.splitlines())
    (copied / "parameters" / "reproduce" / "camp.yaml").write_text(text, encoding="utf-8")
    done = call("reproduce", "camp", "--workspace", copied)
    assert done.exit_code == 1
    assert re.search(r"The whole year +1,200,000 USD +1,150,000 USD +−4\.2 % +missed, not explained", done.stdout)


if __name__ == "__main__":
    shipped = read_reproductions(read_workspace(installed_workspace()))
    print("\n".join(page_rows(shipped, {(one.file, one.name): one for one in reproduce(shipped)})))  # noqa: T201
