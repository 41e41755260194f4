"""Ensembles: the same bytes for any number of workers, nothing lost by a kill, a full disk or a failed draw."""

import json
import shutil
from dataclasses import replace
from errno import ENOSPC

import numpy as np
import pytest
import xarray as xr
from short_case import FEW, NAMES, design, forbidden, heavy_arrivals_fail, killed, short_case

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.results.indicators.exposure import judged_counts
from mixedmig_model.solve.dataset import to_arrays
from mixedmig_model.solve.run import choose_solver, reference_block
from mixedmig_model.study.ensemble import run as module
from mixedmig_model.study.ensemble.draws import drawn_case, drawn_columns, drawn_values
from mixedmig_model.study.ensemble.files import Donor, block_bytes, find_donors, read_ensemble, usual_block
from mixedmig_model.study.ensemble.points import unit_points
from mixedmig_model.study.ensemble.run import Design, EnsembleStoppedError, manifest, run_ensemble


@pytest.fixture(scope="module")
def inputs():
    return short_case()


@pytest.fixture(scope="module")
def whole(inputs, tmp_path_factory):
    """A small ensemble, solved in this process."""
    folder = tmp_path_factory.mktemp("ensemble") / "one"
    return folder, run_ensemble(inputs, design(), folder, workers=1)


def manifest_of(inputs, design):
    """The record of an ensemble of a design."""
    columns = drawn_columns(inputs, design.parameters)
    solve = choose_solver().solve
    return manifest(inputs, design, columns, f"{solve.__module__}.{solve.__qualname__}")


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_two_processes_write_the_same_bytes_as_one(inputs, whole, tmp_path):
    told = []
    done = run_ensemble(inputs, design(), tmp_path / "two", 2, progress=lambda *step: told.append(step[:2]))
    assert contents(tmp_path / "two") == contents(whole[0])
    assert told[-4:] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert set(told[:-4]) <= {(0, 3)}  # the kernel was made before
    assert (done.blocks, done.reused, done.failures) == (3, 0, ())


def test_blocks_of_another_size_hold_the_same_numbers(inputs, whole, tmp_path):
    run_ensemble(inputs, design(block=3, together=2), tmp_path / "other", workers=1)
    one, other = read_ensemble(whole[0]), read_ensemble(tmp_path / "other")
    kept = ("indicators", "judged", "people_in_stage", "people_in_place", "people_adrift", "cost", "cost_by_month")
    for name in kept:
        np.testing.assert_allclose(other.table(name), one.table(name), rtol=1e-12, atol=1e-12, err_msg=name)
    np.testing.assert_array_equal(other.drawn, one.drawn)


def test_scenarios_share_draws_and_differ_by_draw(inputs, whole):
    found = read_ensemble(whole[0])
    assert found.scenarios == list(NAMES)
    landed = found.table("people_in_stage", stage="registration").max(axis=2)
    np.testing.assert_array_equal(landed[0], landed[1])  # nothing differs in the first weeks
    assert len(set(landed[0])) == 5
    with xr.open_dataset(whole[0] / "draws_000000_000001.nc", engine="scipy") as ds:
        assert ds["indicators"].dims == ("scenario", "draw", "indicator")
        assert len(set(ds["seed"].values)) == 2
        assert "no individual records" in ds.attrs["notice"]
        assert np.isfinite(ds["cost"].values).all()


def test_draws_keep_what_a_judgement_reads_and_the_same_is_read_back(inputs, whole):
    found = read_ensemble(whole[0])
    columns = drawn_columns(inputs, design().parameters)
    judged = found.judged()
    assert [len(row) for row in judged] == [5, 5]
    for draw, values in enumerate(found.drawn):
        case = drawn_case(inputs, columns, values)
        for row, name in zip(judged, NAMES, strict=True):
            run = resolve(case, name, held=True)
            expected = judged_counts(to_arrays(run, choose_solver().solve([run])[0])).flat()
            assert row[draw].flat() == pytest.approx(expected, rel=1e-9, abs=1e-9), (name, draw)
    keys = found.labels("indicator").tolist()
    deaths = found.table("indicators")[..., keys.index("deaths")]
    np.testing.assert_allclose([[one.harms["deaths"].seen for one in row] for row in judged], deaths, rtol=1e-12)


def test_draws_that_failed_have_no_counts(inputs, tmp_path):
    run_ensemble(inputs, design(), tmp_path / "some", workers=1, solver=heavy_arrivals_fail)
    found = read_ensemble(tmp_path / "some")
    failed = found.failed != ""
    assert failed.any()
    assert not failed.all()
    assert [[one is None for one in row] for row in found.judged()] == failed.tolist()


def test_what_is_there_is_not_solved_again(inputs, whole, tmp_path, monkeypatch):
    folder = tmp_path / "again"
    folder.mkdir()
    for name, content in contents(whole[0]).items():
        (folder / name).write_bytes(content)
    (folder / "draws_000002_000003.nc").write_bytes(b"not a netCDF file")
    solved = []
    real = module.solve_block
    monkeypatch.setattr(
        module, "solve_block", lambda *parts, **named: solved.append(parts[-1]) or real(*parts, **named))
    done = run_ensemble(inputs, design(), folder, workers=1)
    assert solved == [(2, 4)]
    assert done.reused == 2
    assert contents(folder) == contents(whole[0])


def test_scenarios_that_another_ensemble_holds_are_taken_from_it_and_not_solved(inputs, whole, tmp_path, monkeypatch):
    turned = design(scenarios=NAMES[::-1])
    run_ensemble(inputs, turned, tmp_path / "solved", workers=1)
    donors = find_donors(whole[0].parent, manifest_of(inputs, turned))
    assert donors == {name: Donor(whole[0], read_ensemble(whole[0]).manifest["digest"]) for name in NAMES}
    with monkeypatch.context() as patched:
        patched.setattr(module, "_solved", forbidden)
        run_ensemble(inputs, turned, tmp_path / "taken", workers=1, donors=donors)
    assert contents(tmp_path / "taken") == contents(tmp_path / "solved")
    solved = []
    real = module._solved
    monkeypatch.setattr(
        module, "_solved", lambda *parts, **named: solved.append(parts[1].scenarios) or real(*parts, **named))
    run_ensemble(inputs, turned, tmp_path / "half", workers=1, donors={NAMES[0]: donors[NAMES[0]]})
    assert set(solved) == {NAMES[1:]}
    np.testing.assert_allclose(
        read_ensemble(tmp_path / "half").table("people_in_stage"),
        read_ensemble(tmp_path / "solved").table("people_in_stage"), rtol=1e-12, atol=1e-12)


def test_numbers_are_taken_from_whole_files_without_failed_draws_only(inputs, whole, tmp_path, monkeypatch):
    folder = tmp_path / "store" / "one"
    shutil.copytree(whole[0], folder)
    (tmp_path / "store" / "other").mkdir()  # no ensemble: passed over
    (folder / "draws_000000_000001.nc").write_bytes(b"not a netCDF file")
    with xr.open_dataset(folder / "draws_000002_000003.nc", engine="scipy", decode_times=False) as ds:
        failed = ds.load()
    failed["failure"] = failed["failure"].astype("U20")
    failed["failure"][0, 1] = "too little memory"
    (folder / "draws_000002_000003.nc").write_bytes(block_bytes(failed))
    donors = find_donors(tmp_path / "store", manifest_of(inputs, design(scenarios=NAMES[:1])))
    assert set(donors) == {NAMES[0]}
    solved, real = [], module._numbers

    def counted(*parts, **named):
        solved.append((parts[1].scenarios, parts[-1]))
        return real(*parts, **named)

    monkeypatch.setattr(module, "_numbers", counted)
    done = run_ensemble(inputs, design(scenarios=NAMES[:1]), tmp_path / "new", workers=1, donors=donors)
    assert solved == [(NAMES[:1], (0, 2)), (NAMES[:1], (2, 4)), ((), (4, 5))]
    assert done.failures == ()


@pytest.mark.parametrize("changes", [{"seed": 8}, {"draws": 6}, {"parameters": FEW}, {"block": 3}])
def test_nothing_is_taken_from_an_ensemble_of_other_draws(inputs, whole, changes):
    assert find_donors(whole[0].parent, manifest_of(inputs, design(**changes))) == {}


def test_nothing_is_taken_for_a_scenario_that_is_written_in_another_way(inputs, whole):
    scenario = inputs.scenarios[NAMES[1]]
    change = scenario.changes[0]
    planned = resolve(inputs).parameters[change.parameter].at(0.0)[0]
    scaled = change.model_copy(update={"set": None, "scale": change.set / planned})
    written = scenario.model_copy(update={"changes": (scaled, *scenario.changes[1:])})
    changed = replace(inputs, scenarios={**inputs.scenarios, NAMES[1]: written})
    assert resolve(changed, NAMES[1]).digest == resolve(inputs, NAMES[1]).digest  # as planned, the same numbers
    assert set(find_donors(whole[0].parent, manifest_of(changed, design()))) == {NAMES[0]}
    told = scenario.model_copy(update={"title": "Other words"})
    words = replace(inputs, scenarios={**inputs.scenarios, NAMES[1]: told})
    assert manifest_of(words, design())["digest"] == read_ensemble(whole[0]).manifest["digest"]


@pytest.mark.parametrize(("changes", "words"), [
    ({"seed": 8}, "seed: the folder holds another ensemble; found 7; allowed: .*asked for 8"),
    ({"draws": 6}, "draws: the folder holds another ensemble; found 5; allowed: .*asked for 6"),
    ({"scenarios": NAMES[:1]}, "scenarios: the folder holds another ensemble; found most_likely, early_hiring"),
    ({"parameters": FEW}, "parameters: the folder holds another ensemble; found all"),
])
def test_the_folder_of_another_ensemble_is_refused_in_words(inputs, whole, changes, words):
    before = contents(whole[0])
    with pytest.raises(InputFaultsError, match=words):
        run_ensemble(inputs, design(**changes), whole[0], workers=1)
    assert contents(whole[0]) == before


def test_the_folder_of_another_program_is_refused(inputs, whole, monkeypatch):
    monkeypatch.setattr(module, "code_digest", lambda: "other")
    words = "code: the folder holds another ensemble; found made by other code, libraries or Python"
    with pytest.raises(InputFaultsError, match=words):
        run_ensemble(inputs, design(), whole[0], workers=1)


def test_the_folder_of_other_inputs_is_refused(inputs, whole):
    parameters = dict(inputs.case.parameters)
    parameters["arrivals.surge_factor"] = parameters["arrivals.surge_factor"].model_copy(
        update={"by_country": {"harbourland": 5.0, "northmark": 1.0}})
    other = replace(inputs, case=inputs.case.model_copy(update={"parameters": parameters}))
    with pytest.raises(InputFaultsError, match="other values of parameters, prices or scenarios"):
        run_ensemble(other, design(), whole[0], workers=1)


def test_folders_that_hold_something_else_are_refused(inputs, tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputFaultsError, match="the folder is not empty; allowed: a new or empty folder"):
        run_ensemble(inputs, design(), tmp_path)
    with pytest.raises(InputFaultsError, match="this is a file"):
        run_ensemble(inputs, design(), tmp_path / "notes.txt")
    (tmp_path / "manifest.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(InputFaultsError, match=r"manifest\.json: the record of the ensemble cannot be read"):
        run_ensemble(inputs, design(), tmp_path)
    with pytest.raises(InputFaultsError, match="there is no ensemble here"):
        read_ensemble(tmp_path / "nowhere")


@pytest.mark.parametrize(("changes", "words"), [
    ({"draws": 0}, "--draws: not an allowed number of draws; found 0; allowed: 1 to 1,000,000"),
    ({"block": 0}, "--block: not an allowed number of draws; found 0"),
    ({"seed": -1}, "--seed: the seed is negative; found -1"),
    ({"method": "sobl"}, "--method: unknown method; found 'sobl'; .*did you mean 'sobol'"),
    ({"scenarios": ()}, "--scenarios: no scenario is named"),
    ({"scenarios": ("most_likely", "most_likely")}, "--scenarios: duplicate scenario; found 'most_likely'"),
    ({"scenarios": ("most_likly",)}, "unknown scenario of generic_surge.*did you mean 'most_likely'"),
    ({"parameters": ("arrivals.scal",)}, "--parameters: unknown parameter; found 'arrivals.scal'.*'arrivals.scale'"),
    ({"parameters": ("detention.places",)}, "--parameters: a lever is a choice, and is not drawn"),
    ({"parameters": ("return.summary_rate",)}, "--parameters: no input can be drawn"),
])
def test_bad_wishes_have_one_clear_message_each_and_leave_nothing(inputs, tmp_path, changes, words):
    with pytest.raises(InputFaultsError, match=words) as caught:
        run_ensemble(inputs, design(**changes), tmp_path / "new", workers=1, solver=forbidden)
    assert len(caught.value.faults) == 1
    assert not (tmp_path / "new").exists()


def test_a_failed_draw_is_recorded_and_stops_no_other(inputs, whole, tmp_path):
    done = run_ensemble(inputs, design(together=2), tmp_path / "some", 1, heavy_arrivals_fail)
    found = read_ensemble(tmp_path / "some")
    heavy = found.drawn[:, 0] > 1.0
    assert 0 < heavy.sum() < 5
    assert {draw for _, draw, _ in done.failures} == set(np.flatnonzero(heavy))
    assert {text for _, _, text in done.failures} == {"ArithmeticError: the step became too small"}
    np.testing.assert_array_equal(np.isnan(found.table("cost")).all(axis=0), heavy)
    sound = read_ensemble(whole[0]).table("cost")[:, ~heavy]
    np.testing.assert_allclose(found.table("cost")[:, ~heavy], sound, rtol=1e-12)


def test_the_ledger_of_each_draw_is_checked(inputs, tmp_path, monkeypatch):
    leaks = {NAMES[0]: [], NAMES[1]: ["registered leaks"]}
    monkeypatch.setattr(module, "check_ledger", lambda ds: leaks[ds.attrs["scenario"]])
    done = run_ensemble(inputs, design(draws=1), tmp_path / "leak", 1, reference_block)
    assert done.failures == ((NAMES[1], 0, "LedgerError: registered leaks"),)


def test_a_killed_worker_loses_nothing_that_was_done(inputs, whole, tmp_path, monkeypatch):
    flag, folder = tmp_path / "flag", tmp_path / "part"
    flag.touch()
    monkeypatch.setenv("KILLED_WHILE", str(flag))
    words = r"a worker process was killed.* of 5 blocks are kept in part, and the same"
    with pytest.raises(EnsembleStoppedError, match=words):
        run_ensemble(inputs, design(block=1), folder, 2, killed)
    left = contents(folder)
    assert "manifest.json" in left
    assert not any(name.endswith(".partial") for name in left)
    flag.unlink()
    done = run_ensemble(inputs, design(block=1), folder, 1, killed)
    assert done.reused == len(left) - 1
    assert left.items() <= contents(folder).items()
    np.testing.assert_allclose(read_ensemble(folder).table("cost"), read_ensemble(whole[0]).table("cost"), rtol=1e-12)


def test_a_full_disk_loses_nothing_and_the_same_command_goes_on(inputs, whole, tmp_path, monkeypatch):
    real, folder = module.write_file, tmp_path / "full"

    def full(file, content):
        if file.name == "draws_000002_000003.nc":
            raise OSError(ENOSPC, "No space left on device")
        real(file, content)

    monkeypatch.setattr(module, "write_file", full)
    words = r"the disk is full\. 1 of 3 blocks are kept in full, and the same command"
    with pytest.raises(EnsembleStoppedError, match=words):
        run_ensemble(inputs, design(), folder, workers=1)
    assert sorted(path.name for path in folder.iterdir()) == ["draws_000000_000001.nc", "manifest.json"]
    monkeypatch.undo()
    assert run_ensemble(inputs, design(), folder, workers=1).reused == 1
    assert contents(folder) == contents(whole[0])


def test_a_distribution_outside_its_bounds_is_refused(inputs, tmp_path):
    bases = dict(inputs.workspace.parameters)
    bases["work.crowding_loss"] = bases["work.crowding_loss"].model_copy(
        update={"distribution": "beta", "range": (0.0, 3.0)})
    broken = replace(inputs, workspace=replace(inputs.workspace, parameters=bases))
    words = r"work\.yaml:\d+: .*crowding_loss: the range leaves the bounds of its distribution, beta; found 0 to 3"
    with pytest.raises(InputFaultsError, match=words):
        run_ensemble(broken, design(), tmp_path / "new", 1, forbidden)


def test_the_manifest_says_what_the_ensemble_is(whole):
    record = json.loads((whole[0] / "manifest.json").read_text(encoding="utf-8"))
    assert record["seed"] == 7
    assert record["scenarios"] == list(NAMES)
    assert record["same_people"] == dict.fromkeys(NAMES, True)
    assert len(record["digest"]) == 64
    assert len({column["name"] for column in record["columns"]}) == len(record["columns"]) > 90


def test_every_draw_of_every_shipped_scenario_is_one_that_the_equations_can_read(workspace):
    from mixedmig_model.inputs.cases.case import read_case
    from mixedmig_model.inputs.resolving.resolve import resolve
    from mixedmig_model.study.ensemble.draws import drawn_case

    for name in workspace.cases:
        case = read_case(workspace, name)
        columns = drawn_columns(case)
        for row in drawn_values(columns, unit_points(len(columns), 16, 3, "sobol")):
            for scenario in case.scenarios:
                resolve(drawn_case(case, columns, row), scenario, held=True)


def test_the_default_design_has_blocks_that_cover_all_draws():
    ends = Design(NAMES, 45, 1).blocks
    assert ends == [(0, 20), (20, 40), (40, 45)]


@pytest.mark.parametrize(("draws", "block"), [(1, 20), (1_000, 20), (1_001, 50), (10_000, 50)])
def test_blocks_of_many_draws_are_larger(draws, block):
    """Numbers do not depend on it (``test_two_processes...``); a block costs the same whatever it holds."""
    assert usual_block(draws) == block
    assert usual_block(draws, 7) == 7
