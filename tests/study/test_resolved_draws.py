"""Inputs of draws that are resolved only as far as a draw moves them: those of the drawn case, to the byte."""

import pytest

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.levers.acting import switches_of
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.study.ensemble.draws import drawn_case, drawn_columns, drawn_values
from mixedmig_model.study.ensemble.points import unit_points
from mixedmig_model.study.ensemble.resolved import drawn_inputs


def draws_of(case):
    """A case, its columns and two draws."""
    inputs = read_case(read_workspace(installed_workspace()), case)
    columns = drawn_columns(inputs)
    return inputs, columns, drawn_values(columns, unit_points(len(columns), 2, 5, "latin_hypercube"))


@pytest.mark.parametrize("case", ["generic_surge", "andaman_sea_2015", "aegean_2014_2016"])
def test_every_input_of_a_draw_is_that_of_its_case_resolved_anew(case):
    inputs, columns, values = draws_of(case)
    names = list(inputs.scenarios)
    without = [name for name in names if not switches_of(inputs.acting(name))]
    for chosen in (without, names):
        ready = drawn_inputs(inputs, columns, chosen)
        assert bool(ready.straight) != any(switches_of(inputs.acting(name)) for name in chosen)
        for row in values:
            drawn, small = drawn_case(inputs, columns, row), ready.case(row)
            for name in chosen:
                ours, theirs = ready.run(small, row, name), resolve(drawn, name, held=True)
                assert list(ours.parameters) == list(theirs.parameters)
                for key, steps in theirs.parameters.items():
                    assert ours.parameters[key].starts == steps.starts, key
                    assert ours.parameters[key].values.tobytes() == steps.values.tobytes(), key
                assert ours.departures.values.tobytes() == theirs.departures.values.tobytes()
                assert ours.jumps == theirs.jumps


def test_what_a_scenario_moves_does_not_go_straight_to_its_runs():
    inputs, columns, _ = draws_of("generic_surge")

    def straight(*names):
        return {columns[k].parameter for k in drawn_inputs(inputs, columns, names).straight}

    free = straight(inputs.case.baseline)
    assert len(free) > len(columns) / 2
    moving = [name for name in inputs.scenarios if not switches_of(inputs.acting(name))
              and free & {one.parameter for one in inputs.scenario(name).changes}]
    for name in moving:
        assert free - straight(name) >= free & {one.parameter for one in inputs.scenario(name).changes}
    assert moving
