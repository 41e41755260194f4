"""Settings of an explorer, solved by its file in Node and by the panel's own engine in Python."""

import json
import random
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.explorer.answers import LATER
from mixedmig_model.present.explorer.building import page_of
from mixedmig_model.present.explorer.html import write_explorer
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.session import fault_words
from mixedmig_model.present.panel.sliders import sliders
from mixedmig_model.present.panel.state import PROPOSED, PanelState
from mixedmig_model.record.panel.said import panel_words
from mixedmig_model.record.schema.base import strict_data
from mixedmig_model.solve.run import solve_kernel

NODE = shutil.which("node")
SCRIPT = Path(__file__).with_name("explore.mjs")
CLOSE = 1e-9


class Explored:
    """A case with its engine and its file."""

    def __init__(self, workspace, case: str, folder: Path) -> None:
        self.engine = Engine(read_case(workspace, case))
        self.folder, self.file = folder, folder / f"{case}.html"
        self.size = write_explorer(self.engine, self.file)
        self.inputs: CaseInputs = self.engine.inputs
        self.page = page_of(self.inputs, self.engine.base.numbers.run)
        self.sliders = [one for one in sliders(self.inputs) if one.name in self.page.movable]

    def in_node(self, settings):
        """What the file says of settings."""
        (self.folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        done = subprocess.run([NODE, "--max-old-space-size=1500", str(SCRIPT), str(self.file), str(self.folder)],
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    def state(self, setting) -> PanelState:
        """A setting as a scenario: all of it begins on the second day, or later."""
        second = self.inputs.case.start + timedelta(days=1)
        parts = [tuple({"start": second.isoformat(), **one} for one in setting[key]) for key in ("levers", "changes")]
        return PanelState(self.inputs.case.baseline, *parts)

    def in_python(self, setting):
        """The run and the words of a setting by the panel's engine; waits are left out, as the file does."""
        state = self.state(setting)
        try:
            inputs = state.proposed(self.inputs)
            run = self.engine.resolved(inputs, PROPOSED)
        except InputFaultsError as error:
            return fault_words(error.faults, {"state": setting})
        option, base = (without_waits(one.numbers) for one in (self.engine.solved(run), self.engine.base))
        return run, option, strict_data(panel_words(inputs, PROPOSED, option, base, exact=False))


def without_waits(numbers):
    """Numbers of a run without those that the file leaves to reports."""
    table = dict(numbers.table) | dict.fromkeys(LATER, float("nan"))
    return replace(numbers, table=table, held=table if numbers.held is numbers.table else dict(
        numbers.held) | dict.fromkeys(LATER, float("nan")))


def random_setting(explored: Explored, pick: random.Random):
    """One to four inputs at some position, often somewhere or later only, and up to two levers."""
    countries = list(explored.inputs.case.countries)
    changes = []
    for one in pick.sample(explored.sliders, pick.randint(1, 4)):
        values = [position.value for position in one.scale.positions if position.value is not None]
        if not values:
            continue
        change = one.change(pick.choice(values))
        if one.need.axis == "country" and len(countries) > 1 and pick.random() < 0.3:
            change["countries"] = sorted(pick.sample(countries, pick.randint(1, len(countries) - 1)))
        if pick.random() < 0.3:
            change["start"] = (explored.inputs.case.start + timedelta(days=pick.randint(2, 200))).isoformat()
            if one.need.rule != "whole" and pick.random() < 0.5:
                change["ramp_days"] = pick.choice((7, 30, 90))
        changes.append(change)
    levers = [{"lever": name, "intensity": round(0.05 * pick.randint(1, 20), 2)}
              for name in pick.sample(sorted(explored.page.levers), pick.choice((0, 0, 1, 2)))]
    return {"scenario": explored.inputs.case.baseline, "levers": levers, "changes": changes}


def compare(explored: Explored, settings, answers):
    """Hold what the file says of settings against Python; return how many were solved and refused."""
    solved = refused = 0
    first = next(one for one in answers["answers"] if "words" in one)
    assert answers["again"] == list(first["lines"].values())
    for k, (setting, told) in enumerate(zip(settings, answers["answers"], strict=True)):
        found = explored.in_python(setting)
        if isinstance(found, dict):
            assert told.get("fault", {}).get("text") == found["text"], (setting, told, found)
            assert told["fault"]["allowed"] == found["allowed"], setting
            refused += 1
            continue
        run, option, words = found
        assert "words" in told, (setting, told)
        compare_words(setting, told["words"], words, answers["rows"], [row.key for row in shown(explored)])
        compare_numbers(explored, k, run, setting)
        for key, value in zip(answers["rows"], told["numbers"], strict=True):
            given = float("nan") if value is None else value
            theirs = option.table[key]
            assert np.isclose(given, theirs, rtol=1e-9, atol=1e-9, equal_nan=True), (setting, key, given, theirs)
        solved += 1
    return solved, refused


def shown(explored: Explored):
    from mixedmig_model.record.panel.said import shown_indicators

    return shown_indicators(explored.inputs)


def compare_words(setting, ours, theirs, rows, keys):
    """The same words, row by row."""
    by_key = dict(zip(keys, theirs["rows"], strict=False))
    for key, row in zip(rows, ours["rows"], strict=True):
        assert list(row) == list(by_key[key]), (setting, key, row, by_key[key])
    for part in ("strip", "warnings", "sentence", "ranked", "better_on_all", "state"):
        assert ours[part] == theirs[part], (setting, part, ours[part], theirs[part])
    assert sorted(ours["cautions"]) == sorted(theirs["cautions"]), (setting, ours["cautions"], theirs["cautions"])


def compare_numbers(explored: Explored, k: int, run, setting):
    """Stocks and flows of all days, to 1e-9 of the largest of their kind."""
    answer = solve_kernel(run)
    for part, theirs in (("stocks", answer.day_stocks), ("flows", answer.day_totals)):
        path = explored.folder / f"{k}.{part}"
        ours = np.fromfile(path, dtype="<f8").reshape(theirs.shape)
        path.unlink()
        worst = np.abs(ours - theirs).max() / max(np.abs(theirs).max(), 1.0)
        assert worst <= CLOSE, (setting, part, worst)
