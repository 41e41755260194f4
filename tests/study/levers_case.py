"""The case generic_surge cut to its surge, and levers used in it: runs of half a second."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.levers.schema import CitedEffect, LeverUse
from mixedmig_model.inputs.resolving.resolve import resolve
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.inputs.workspace import read_workspace

BASE = "most_likely"
WORKSPACE = read_workspace(installed_workspace())
LEVERS = WORKSPACE.levers
SURGE = (date(2018, 5, 15), date(2018, 9, 15))
"""First and last day: from a fortnight before the surge to its end, with the boats that are abandoned in July."""
CITED = {
    "responses.information_effect": (-0.1, "S90"), "responses.enforcement_effect": (0.1, "S2"),
    "responses.substitution_share": (0.2, "S20"), "arrivals.scale": (0.8, "SEED"),
}
"""Effects on departures and the sources that a scenario would have to cite; the sizes are those of a test."""


@lru_cache(maxsize=1)
def surge_case() -> CaseInputs:
    """The shipped case, started late and ended early."""
    inputs = read_case(WORKSPACE, "generic_surge")
    return replace(inputs, case=inputs.case.model_copy(update={"start": SURGE[0], "end": SURGE[1]}))


def cited(inputs: CaseInputs, name: str) -> tuple[CitedEffect, ...]:
    """The effects on departures of a lever, each with a value and a source."""
    return tuple(
        CitedEffect(parameter=effect.parameter, value=CITED[effect.parameter][0], source=CITED[effect.parameter][1],
                    reason="The size of a test.")
        for effect in inputs.workspace.levers[name].effects
    )


def under(inputs: CaseInputs, *uses: LeverUse, **values: float) -> RunInputs:
    """The baseline with levers. ``values`` replace parameters, their names with __ for the dot."""
    asked = {"arrivals.surge_start": float((date(2018, 6, 1) - inputs.case.start).days)}
    asked |= {key.replace("__", "."): value for key, value in values.items()}
    return resolve(inputs.with_levers(BASE, uses, "levers"), "levers", asked)
