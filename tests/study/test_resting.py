"""Results that rest on inputs that a case does not set: found by runs at both ends of a range, and marked on pages."""

import math
import shutil

import pytest
from changed_report import bare
from small_case import MIX, OWNED, ROOT, SETS_ALL, SHARES, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.check import check_workspace
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.report.sections.cautions import resting as section
from mixedmig_model.record.front.resting import resting_part, unvaried_rows
from mixedmig_model.record.schema.inputs import RestingRow
from mixedmig_model.record.schema.judged import JudgementPart
from mixedmig_model.record.schema.options import IndicatorPart, OptionPart
from mixedmig_model.record.schema.report import NotWorkedOut
from mixedmig_model.record.words.pages.inputs import MOST_CAUTIONS, marked_results, resting_rows
from mixedmig_model.solve import run as solvers
from mixedmig_model.solve.kernel import runs as solvers_of_kernel
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.storage.digests import sha256
from mixedmig_model.study import resting as studied
from mixedmig_model.study.agreement import agreement
from mixedmig_model.study.resting import ends_of, resting
from mixedmig_model.study.run import run_one
from mixedmig_model.study.scenarios import RESTING, Outcome, Task, plan, solve_scenarios

kernel_only = pytest.mark.skipif(bool(available()), reason=available() or "the kernel is there")


def small(root, *left_out, costs=None, **scenarios):
    """A small case that sets all inputs of its own but some. Args: costs, lines of its costs; none without any."""
    kept = [line for line in OWNED.splitlines(keepends=True) if line.split(":")[0].strip() not in left_out]
    mix = "" if "arrivals.composition" in left_out else MIX
    opening = "" if "opening" in left_out else "opening: []\n"
    folder = write_small(root, more=f"parameters:\n  {SHARES}\n{''.join(kept)}{mix}{opening}", **scenarios)
    if costs is not None:
        shutil.copytree(ROOT / "parameters" / "costs", root / "parameters" / "costs")
        (folder / "costs.yaml").write_text(f"schema: 1\n{costs}", encoding="utf-8")
    return read_case(read_workspace(root), "small")


@kernel_only
def test_deaths_rest_on_a_mortality_that_the_case_did_not_set(tmp_path):
    found = resting(small(tmp_path, "journey.mortality"), "base")
    assert list(found) == ["journey.mortality"]
    value, low, high = found["journey.mortality"]["deaths"]
    assert low < value < high
    assert high / low == pytest.approx(0.024 / 0.006, rel=0.02)
    assert "without_shelter_peak" not in found["journey.mortality"]


@kernel_only
def test_an_input_that_moves_nothing_by_a_tenth_has_no_row(tmp_path):
    assert resting(small(tmp_path, "law.no_penalty_for_irregular_entry", "return.late_return_rate"), "base").get(
        "return.late_return_rate") is None


@kernel_only
def test_a_case_that_sets_all_rests_on_nothing_and_needs_no_run(tmp_path):
    inputs = small(tmp_path)
    assert resting(inputs, "base") == {}
    assert RESTING not in [task.side for task in plan(inputs, ["base"], tmp_path, "kernel")]


def test_only_the_kernel_looks_for_it(tmp_path):
    inputs = small(tmp_path, "journey.mortality")
    by_kernel, by_scipy = (plan(inputs, ["base"], tmp_path, path) for path in ("kernel", "reference"))
    assert [task.side for task in by_kernel].count(RESTING) == 1
    assert RESTING not in [task.side for task in by_scipy]
    (task,) = [one for one in by_kernel if one.side == RESTING]
    assert task.name == "base (inputs that the case does not set)"


def test_tables_by_group_have_no_ends(tmp_path):
    ends = ends_of(small(tmp_path, "arrivals.composition"), ["arrivals.composition", "journey.mortality"])
    assert [(end.key, end.value) for end in ends] == [("journey.mortality", 0.006), ("journey.mortality", 0.024)]


@pytest.mark.parametrize(("unit", "value", "low", "high", "moves"), [
    ("person", 100.0, 95.0, 109.0, False),
    ("person", 100.0, 100.0, 111.0, True),
    ("person", 100.0, 89.0, 100.0, True),
    ("person", 0.0, 0.0, 0.9, False),
    ("person", 0.0, 0.0, 1.1, True),
    ("day", 1.0, 1.0, 1.4, False),
    ("day", math.nan, math.nan, 2.0, True),
    ("day", math.nan, math.nan, math.nan, False),
])
def test_a_tenth_counts_and_next_to_nothing_does_not(monkeypatch, unit, value, low, high, moves):
    row = next(one for one in studied.ROWS if one.unit == unit)
    assert studied._moves(row.key, {row.key: value}, {row.key: low}, {row.key: high}) is moves


def outcome(root, **kept):
    task = Task(root, "small", "base", side=RESTING, need_share=None, restart_days=(), file=None)
    return Outcome(task, {}, **kept)


def test_the_record_has_a_row_for_each_result_and_input(tmp_path):
    inputs = small(tmp_path, "journey.mortality")
    failed = [outcome(tmp_path, failure="SolveError: no")]
    assert resting_part(inputs, ["base"], failed) == NotWorkedOut(failure="SolveError: no")
    tables = {"journey.mortality": {"deaths": [10.0, 6.0, 26.0]}}
    assert resting_part(inputs, ["base"], [outcome(tmp_path, tables=tables)]) == (RestingRow(
        result="deaths", parameter="journey.mortality", title="Mortality of the crossing",
        holds_for="boats in the Bay of Bengal in 2015", value=10.0, low=6.0, high=26.0, scenario="base"),)


def test_where_scipy_solved_the_page_says_that_marks_were_not_worked_out(tmp_path):
    solved = [Outcome(Task(tmp_path, "small", "base", side="default", need_share=None, restart_days=(), file=None), {})]
    unset = resting_part(small(tmp_path / "unset", "journey.mortality"), ["base"], solved)
    assert section(bare(resting=unset)) == (
        '<p class="note">The report cannot say which results rest on inputs that this case did not set: the kernel '
        "solves these runs, and it was not used</p>")
    assert resting_part(small(tmp_path / "set"), ["base"], solved) is None


@kernel_only
def test_every_option_is_tried_over_the_ranges_of_what_the_case_does_not_set(tmp_path):
    change = "changes:\n  - {parameter: journey.refused_share, set: 0.2, reason: For a test.}\n"
    inputs = small(tmp_path, refusing=change)
    sides = {task.scenario for task in plan(inputs, ["base", "refusing"], tmp_path, "kernel") if task.side == RESTING}
    assert sides == {"refusing"}  # only there is anybody adrift
    found = resting(inputs, "refusing")
    assert set(found) == {"journey.adrift_death_rate"}
    assert "deaths" in found["journey.adrift_death_rate"]


def test_a_result_that_rests_in_an_option_alone_names_it_and_one_in_several_says_so():
    options = [option(name) for name in ("base", "one", "two")]
    known = (indicator("deaths", "Deaths"), indicator("beds", "Beds"))
    alone = (named_row("one", "deaths"),)
    comparison = bare(scenarios=options, indicators=known, resting=alone)
    assert "<li>One: Deaths (5,670 people) rests on Input, a value for " in section(comparison)
    comparison = bare(scenarios=options, indicators=known, resting=(named_row("base", "deaths"), *alone))
    assert section(comparison).endswith("over its range. The same row rests on such inputs in One too.</li></ul>")
    several = tuple(named_row(name, "deaths") for name in ("base", "two", "one"))
    assert section(bare(scenarios=options, indicators=known, resting=several)).endswith(
        "over its range. The same row rests on such inputs in every option.</li></ul>")
    page = bare(scenarios=options, indicators=known, resting=(named_row("two", "deaths"), named_row("base", "beds")))
    assert list(marked_results(page)) == ["deaths", "beds"]
    assert list(marked_results(page, ["base", "one"])) == ["beds"]


def test_a_composition_an_opening_and_a_currency_that_are_not_set_mark_results_in_words(tmp_path):
    tiers = "tiers: {north: high_income, south: low_income}\n"
    inputs = small(tmp_path, "arrivals.composition", "opening", costs=tiers)
    rows = unvaried_rows(inputs, ["base"])
    assert [(row.parameter, row.reaches) for row in rows] == [
        ("arrivals.composition", "all"), ("opening", "all"), ("currency", "cost")]
    comparison = bare(indicators=(indicator("deaths", "Deaths"),), unvaried=rows)
    assert section(comparison) == (
        "<h3>* Results that rest on inputs that this case did not set</h3><ul><li>All results rest on a composition "
        "that this case did not set: Weights of groups within each kind of need, for a middle-income host in Asia and "
        "the Pacific. It has no range, so nobody can say how far they move.</li><li>All results rest on who is present "
        "on the first day. This case did not say so, and the runs start with nobody.</li></ul>")
    assert list(marked_results(comparison)) == ["deaths"]
    assert unvaried_rows(small(tmp_path / "set", costs="currency: EUR\n"), ["base"]) == ()


@kernel_only
def test_a_cost_rests_on_economies_that_are_not_set(tmp_path):
    inputs = small(tmp_path, costs="currency: USD\ntiers: {north: low_income}\n")
    found = resting(inputs, "base")
    assert list(found) == ["economies.south"]
    value, low, high = found["economies.south"]["cost"]
    assert low < value < high
    (row,) = resting_part(inputs, ["base"], [outcome(tmp_path, tables=found)])
    assert (row.title, row.holds_for, row.result) == ("Pay and prices of South", "Malaysia", "cost")
    assert resting(small(tmp_path / "set", costs="tiers: {north: low_income, south: high_income}\n"), "base") == {}


@kernel_only
def test_a_case_of_arrivals_alone_has_a_warning_and_a_mark_for_each_input_and_neither_once_all_are_set(tmp_path):
    from mixedmig_model.record.finished import make_comparison

    money = "currency: EUR\ntiers: {north: middle_income, south: middle_income}\n"
    every = [line.split(":")[0].strip() for line in OWNED.splitlines()]
    before = small(tmp_path / "before", *every, "arrivals.composition", "opening", costs="")
    warned = {one.path for one in check_workspace(tmp_path / "before").all_cautions if one.unset}
    assert {f"parameters.{name}" for name in every} <= warned
    assert {"parameters.arrivals.composition", "opening", "currency", "economies.north", "economies.south"} <= warned
    made = make_comparison(before, ["base"], tmp_path / "before" / "out", workers=1, path="kernel")
    marked, rests = marked_results(made), {row.parameter for row in made.record.resting}
    assert set(marked) == {*(one.key for one in made.record.indicators if one.kind != "detail"), "cost"}
    assert {row.parameter for row in made.record.unvaried} == {"arrivals.composition", "opening", "currency"}
    assert {"journey.mortality", "reception.places", "arrivals.international_need_share", "economies.north"} <= rests
    after = small(tmp_path / "after", costs=money)
    assert not [one for one in check_workspace(tmp_path / "after").all_cautions if one.unset]
    made = make_comparison(after, ["base"], tmp_path / "after" / "out", workers=1, path="kernel")
    assert marked_results(made) == {}
    assert section(made) == ""


def numbers_of(run):
    """All that decides a run, as a digest."""
    parts = [repr(run.opening), repr(run.switches), run.departures.values.tobytes(), repr(run.departures.starts)]
    parts += [f"{name} {steps.starts} {steps.values.tolist()}" for name, steps in sorted(run.parameters.items())]
    return sha256(" ".join(map(str, parts)))


@kernel_only
def test_no_run_of_a_comparison_is_solved_twice(tmp_path, monkeypatch):
    """By either solver: the report's own runs serve what compares them with scipy and with ends of ranges."""
    monkeypatch.setenv("MIXEDMIG_RUNS", "off")
    change = "changes:\n  - {parameter: journey.refused_share, set: 0.2, reason: For a test.}\n"
    unset = ("journey.mortality", "law.no_penalty_for_irregular_entry", "registration.officers")
    inputs = small(tmp_path, *unset, costs="currency: USD\ntiers: {north: low_income}\n", refusing=change)
    solved, kernel, scipy = [], solvers_of_kernel.solve_task, solvers.solve_reference

    def by_kernel(run, *parts):
        solved.append(("kernel", numbers_of(run)))
        return kernel(run, *parts)

    def by_scipy(run, *parts):
        solved.append(("scipy", numbers_of(run)))
        return scipy(run, *parts)

    monkeypatch.setattr(solvers_of_kernel, "solve_task", by_kernel)
    monkeypatch.setattr(solvers, "solve_reference", by_scipy)
    (tmp_path / "out").mkdir()
    outcomes = solve_scenarios(inputs, ["base", "refusing"], tmp_path / "out", workers=1, path="kernel")
    assert [outcome.failure for outcome in outcomes] == [""] * len(outcomes)
    sides = [outcome.task.side for outcome in outcomes]
    assert sides.count(RESTING) == 2
    assert sides.count("agreement") == 1
    assert [by for by, _ in solved].count("scipy") == 1
    assert len(solved) > 12
    assert len(solved) == len(set(solved))


@kernel_only
def test_a_run_that_was_solved_before_gives_the_same_results(tmp_path):
    inputs = small(tmp_path, "journey.mortality", costs="currency: USD\ntiers: {north: low_income}\n")
    run = resolve(inputs, "base")
    ds = run_one(run, path="kernel")
    assert resting(inputs, "base", ds) == resting(inputs, "base")
    assert agreement(run, (), ds) == agreement(run)


def indicator(key, title, unit="person", kind="harm"):
    return IndicatorPart(key=key, title=title, unit=unit, kind=kind, better="lower", description="", basis="",
                         protection=False, values={})


def row(result, title, low, high, place="boats in the Bay of Bengal in 2015", value=5670.0):
    return RestingRow(result=result, parameter="p", title=title, holds_for=place, value=value, low=low, high=high)


def option(name):
    return OptionPart(name=name, title=name.capitalize(), description="", paragraphs=(), levers=(), changes=(),
                      judgement=JudgementPart(sentence=""), same_people=True)


def named_row(scenario, result):
    return row(result, "Input", 0.0, 1e5).model_copy(update={"scenario": scenario})


def test_the_sentence_names_value_input_and_place():
    comparison = bare(indicators=(indicator("deaths", "Deaths and missing on the way"),),
                      resting=(row("deaths", "Mortality of the crossing", 3700.0, 14800.0),))
    assert str(section(comparison)) == (
        "<h3>* Results that rest on inputs that this case did not set</h3><ul><li>Deaths and missing on the way (5,670 "
        "people) rests on Mortality of the crossing, a value for boats in the Bay of Bengal in 2015 that this case did "
        "not set. The result is 3,700 to 14,800 people over its range.</li></ul>")


def test_many_inputs_are_named_by_how_far_they_move_a_result_and_counted():
    rows = tuple(row("deaths", f"Input {k}", 0.0, 100.0 * k) for k in range(1, 6))
    comparison = bare(indicators=(indicator("deaths", "Deaths"),), resting=rows)
    assert [one.title for one in resting_rows(comparison)["deaths"]] == [f"Input {k}" for k in range(5, 0, -1)]
    assert "Input 5" in section(comparison)
    assert "Input 4" not in section(comparison)
    assert "over its range. It also rests on 4 inputs not named here." in section(comparison)


def test_results_come_in_the_order_of_the_table_and_many_are_counted():
    keys = [f"r{k}" for k in range(MOST_CAUTIONS + 2)]
    comparison = bare(indicators=tuple(indicator(key, key.upper()) for key in keys),
                      resting=tuple(row(key, "Input", 0.0, 1.0) for key in reversed(keys)))
    assert list(resting_rows(comparison)) == keys
    assert section(comparison).count("<li>") == MOST_CAUTIONS
    assert "Also marked in the table, without a sentence here: 2 results." in section(comparison)


def test_a_share_and_a_wait_are_said_in_their_units():
    comparison = bare(indicators=(indicator("s", "Share", "share"), indicator("w", "Wait", "day")),
                      resting=(row("s", "I", 0.1, 0.4, value=0.2), row("w", "J", 1.0, 9.5, value=2.0)))
    assert "Share (20 %) rests on I" in section(comparison)
    assert "10 % to 40 % over its range" in section(comparison)
    assert "Wait (2 days) rests on J" in section(comparison)
    assert "1 to 9.5 days over its range" in section(comparison)


def test_details_and_a_report_without_such_rows_have_no_section():
    detail = bare(indicators=(indicator("x", "X", kind="detail"),), resting=(row("x", "I", 0.0, 1.0),))
    assert section(detail) == ""
    assert section(bare()) == ""
    assert section(bare(resting=())) == ""


def test_why_it_is_not_known_is_said():
    text = section(bare(resting=NotWorkedOut(failure="SolveError: no step")))
    assert "The report cannot say which results rest on inputs that this case did not set: SolveError: no step" in text


@kernel_only
def test_marks_and_sentences_are_on_the_first_page_and_go_when_all_is_set(tmp_path, monkeypatch):
    from mixedmig_model.present import workbook
    from mixedmig_model.record.finished import make_comparison

    shown = []
    monkeypatch.setattr(workbook, "show", lambda *parts: shown.append("".join(str(part) for part in parts)))
    for name, left_out in (("unset", ("journey.mortality",)), ("set", ())):
        inputs = small(tmp_path / name, *left_out)
        made = make_comparison(inputs, ["base"], tmp_path / name / "out", workers=1, path="kernel")
        workbook.first_page(made)
        workbook.basis(made)
    unset, done = "".join(shown[:2]), "".join(shown[2:])
    assert "Deaths and missing on the way *" in unset
    assert "rests on Mortality of the crossing, a value for boats in the Bay of Bengal in 2015 that this case" in unset
    assert "1 input that this case does not set" in unset
    assert " *" not in done
    assert "rests on" not in done
    assert "No result of the decision table moves by more than a tenth" in done
    assert "that this case does not set" not in done


def test_the_small_case_sets_all(tmp_path):
    assert SETS_ALL.count("{value:") == len(OWNED.splitlines())
