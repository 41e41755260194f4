"""Flows of one moment by machine code against the independent loop written by hand, on random states."""

from collections import defaultdict

import numpy as np
import pytest
from science import hand_loop
from science.test_hand_loop import congested_run, everything_run, plain_numbers, unlawful_run

from mixedmig_model.solve.kernel.inputs import Columns, daily_table
from mixedmig_model.solve.kernel.model.cells import LABELS, flow_cells
from mixedmig_model.solve.kernel.model.collecting import cell_name
from mixedmig_model.solve.kernel.model.stage import inputs_of_stage
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.kernel.runs import kernel_for
from solve.kernel_states import machine_stage, some

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")
SHORT = 1e-7
"""A step so short that no hazard is held back in it."""


def moment(run, day, seed):
    """Random people and staff on a day of a run: for the kernel by full name, and for the loop by hand as a dict."""
    rng, columns = np.random.default_rng(seed), Columns(len(run.groups), len(run.countries))
    row, size = daily_table(run).rows[day], {"group": len(run.groups), "country": len(run.countries)}
    values = {f"levels/{column.subject}.{column.field}": row[column.where] for column in columns.levels()}
    for name, axes in inputs_of_stage().items():
        shape = [axis.size or size[axis.name] for axis in axes]
        if name in values:
            values[name] = values[name].reshape(shape)
        elif name.startswith(("state/", "base/", "front/")):
            values[name] = some(rng, shape, 0.0, 500.0, 0.2)
    # nobody has reached the limit, and nobody is overdue
    values |= {name: np.zeros_like(values[name]) for name in ("front/due", "front/before", "state/inside_overdue")}
    values["state/inside_entered"] = np.full_like(values["front/due"], 1e9)
    values["state/inside_identified"] = values["state/people"][:, 0].sum(axis=0) * rng.random(values["front/due"].shape)
    values["state/inside_carers"] = values["state/people"][:, 0].sum(axis=0) * rng.random(values["front/due"].shape)
    values |= {"part/share": np.array(SHORT), "part/kept": np.array(0.0), "part/counts": np.array(1.0)}
    return values, by_hand(run, values)


def by_hand(run, values):
    """The same people and staff as the loop by hand names them."""
    stock, groups, countries = defaultdict(float), list(run.groups), run.countries
    for name in ("at_sea", "moving", "irregular", "returned_assisted", "returned_induced", "returned_enforced"):
        stock |= {(name, g, c): values[f"state/{name}"][i, j] for i, g in enumerate(groups)
                  for j, c in enumerate(countries)}
    stock |= {("adrift", g): values["state/adrift"][i] for i, g in enumerate(groups)}
    for j, c in enumerate(countries):
        for (i, g), (s, stage), (p, place) in (
            (one, two, three) for one in enumerate(groups) for two in enumerate(LABELS["stage"])
            for three in enumerate(LABELS["place"])
        ):
            stock["ashore", stage, place, g, c] = values["state/people"][s, p, i, j]
        for i, g in enumerate(groups):
            stock["identified_inside", g, c] = values["state/inside_identified"][i, j]
            stock["carers_inside", g, c] = values["state/inside_carers"][i, j]
            stock |= {(name, g, c): values[f"state/carried_{name}"][i, j] for name in ("movers", "waited", "setback")}
        for f, function in enumerate(LABELS["function"]):
            for k, grade in enumerate(LABELS["grade"]):
                stock["staff", function, grade, c] = values["state/staff"][f, k, j]
    return {key: float(number) for key, number in stock.items()}


def totals_of_kernel(run, values):
    """Persons a day by flow, group (or function) and country, as the loop by hand keys them."""
    made = machine_stage(kernel_for((), True), values, len(run.groups), len(run.countries))
    labels = {"group": list(run.groups), "country": run.countries, "destination": run.countries}
    result = defaultdict(float)
    for cell in flow_cells():
        rate = made[f"sums/{cell_name(cell)}"] / SHORT
        for at in np.ndindex(rate.shape):
            own = dict(cell.labels) | {axis: labels[axis][k] for axis, k in zip(cell.open_axes, at, strict=True)}
            who = own.get("group") or ((own["function"], own["grade"]) if "grade" in own else own["function"])
            where = (own["country"], own["destination"]) if "destination" in own else own.get("country")
            result[cell.flow.name, who, where] += float(rate[at])
    return result


@pytest.mark.parametrize("make", [everything_run, congested_run, unlawful_run])
def test_every_flow_of_a_moment_is_what_the_hand_made_loop_says(make):
    run = make()
    model = plain_numbers(run)
    first = {name: hand_loop.in_force(dated, 0) for name, dated in model["parameters"].items()}
    shapes = {c: hand_loop.shape_of_departures(model, first, c) for c in run.countries}
    for seed, day in enumerate((0, run.days // 2, run.days - 1)):
        values, stock = moment(run, day, seed)
        moves = hand_loop.flows(model, hand_loop.read_day(model, day, shapes), stock, {})
        theirs = defaultdict(float)
        for key, _, _, rate in moves.every:
            theirs[key] += rate
        ours = totals_of_kernel(run, values)
        names = {name for name, _, _ in theirs} - {"_identified", "_forgotten"}
        assert len(names) > 30
        for key in {*ours, *theirs}:
            if not key[0].startswith("_"):
                assert ours[key] == pytest.approx(theirs[key], rel=1e-12, abs=1e-12), (day, key)
