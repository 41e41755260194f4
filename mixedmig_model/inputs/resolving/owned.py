"""Inputs that a case must set itself, and does not.

They act on its people. No base value holds for another place and time. An input cannot act where the case itself shuts
the door before it. Places of detention, for example, do nothing where the case says that nobody is detained. Where the
case does not set the door either, it may stand open.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.cases.entry import CLAIM_SHARE
from mixedmig_model.inputs.cases.parts import InputPart, part_title, parts_of
from mixedmig_model.inputs.cases.reader import COSTS_FILE
from mixedmig_model.inputs.costs.case import DEFAULT_ECONOMY, CaseCosts
from mixedmig_model.inputs.entries import CASE_FILE, label
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE, OWNED_BY_CASE
from mixedmig_model.inputs.reading.cautions import Caution, sorted_cautions
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.vocabulary.numbers import unit_words


@dataclass(frozen=True)
class Ways:
    """Ways that people of a case can take, in any of its runs."""

    inputs: CaseInputs
    runs: Sequence[RunInputs]

    def largest(self, key: str) -> float:
        """Return the largest level of a parameter, base units."""
        return max(float(run.parameters[key].values.max()) for run in self.runs)

    def smallest(self, key: str) -> float:
        """Return the smallest level of a parameter, base units."""
        return min(float(run.parameters[key].values.min()) for run in self.runs)

    def may(self, key: str) -> bool:
        """Return whether a parameter may be above zero.

        It is so in a run, or the case does not set what it must.
        """
        unset = CATALOGUE[key].owned_by_case and key not in self.inputs.case.parameters
        return self.largest(key) > 0.0 or (unset and self.inputs.workspace.parameters[key].range[1] > 0.0)

    @property
    def coming(self) -> bool:
        """Whether anybody is in the table of arrivals of the run."""
        return any(run.departures.values.max(initial=0.0) > 0.0 for run in self.runs)

    @property
    def departing(self) -> bool:
        """Whether anybody departs in the run.

        Nobody does where all enter with a claim.
        """
        return self.coming and self.smallest(CLAIM_SHARE) < 1.0

    @property
    def peopled(self) -> bool:
        """Whether there is anybody at all."""
        return self.coming or any(one.persons > 0.0 for one in self.inputs.case.opening)

    @property
    def registering(self) -> bool:
        """Whether anybody has to be registered and screened.

        Where all enter with a claim, they are people found again, and those of the opening.
        """
        claims_only = self.coming and not self.departing
        early = any(one.stage in ("registration", "screening") for one in self.inputs.case.opening)
        return self.peopled and (not claims_only or early or (self.hidden and self.may("irregular.found_rate")))

    @property
    def adrift(self) -> bool:
        """Whether anybody may be refused or abandoned at sea."""
        enforced = self.may("responses.enforcement") and self.may("responses.enforcement_abandonment_share")
        return self.departing and (
            self.may("journey.refused_share") or self.may("journey.abandonment_rate") or enforced
        )

    @property
    def hidden(self) -> bool:
        """Whether anybody may be in a country without a record.

        They landed so, or left the procedure.
        """
        unrecorded = self.may("journey.unrecorded_share") and (self.departing or not self.coming)
        return self.peopled and (unrecorded or self.may("absconding.rate"))

    @property
    def cells(self) -> bool:
        """Whether people to be detained find a place.

        Places are in detention or in an alternative to it.
        """
        instead = self.may("alternative.places") and self.may("alternative.offered_share")
        return self.peopled and (self.may("detention.places") or instead)

    @property
    def detaining(self) -> bool:
        """Whether anybody is to be detained.

        It happens at landing, before return, or for an entry that is penalised.
        """
        penalised = self.hidden and self.smallest("law.no_penalty_for_irregular_entry") < 1.0
        wanted = self.may("detention.detained_share") or self.may("detention.pre_removal_rate") or penalised
        return self.peopled and wanted

    @property
    def returning(self) -> bool:
        """Whether returns by force are prepared."""
        return self.peopled and self.may("return.officers")

    @property
    def escorted(self) -> bool:
        """Whether anybody is returned by force."""
        return self.peopled and self.may("return.escorted_places")


ACTS: dict[str, Callable[[Ways], bool]] = {
    "journey.mortality": lambda ways: ways.departing and ways.may("journey.mortality"),
    "journey.refused_share": lambda ways: ways.departing and ways.may("journey.refused_share"),
    "journey.unrecorded_share": lambda ways: ways.departing,
    "journey.adrift_death_rate": lambda ways: ways.adrift,
    "registration.officers": lambda ways: ways.registering,
    "screening.officers": lambda ways: ways.registering,
    "detention.places": lambda ways: ways.detaining,
    "detention.detained_share": lambda ways: ways.cells,
    "detention.pre_removal_rate": lambda ways: ways.cells,
    "law.child_exemption": lambda ways: ways.cells and ways.detaining,
    "law.specific_needs_exemption": lambda ways: ways.cells and ways.detaining,
    "law.detention_limit": lambda ways: ways.cells and ways.detaining,
    "law.no_penalty_for_irregular_entry": lambda ways: ways.cells and ways.hidden,
    "law.individual_decision": lambda ways: ways.escorted and ways.may("return.summary_rate"),
    "law.suspensive_appeal": lambda ways: ways.returning,
    "return.readmission_share": lambda ways: ways.returning,
    "return.late_return_rate": lambda ways: ways.escorted,
    "onward.irregular_rate": lambda ways: ways.hidden,
    "irregular.found_rate": lambda ways: ways.hidden,
}
"""When an input that a case must set can act.

Each of the others acts wherever there are people.
"""


def _anybody(ways: Ways) -> bool:
    """Return whether there are people for an input to act on."""
    return ways.peopled


def unset_inputs(inputs: CaseInputs, runs: Sequence[RunInputs]) -> tuple[str, ...]:
    """Return inputs that a case must set and does not set.

    Each acts in some of its runs.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    runs : Sequence[RunInputs]
        Runs of the case, at least one.

    Returns
    -------
    tuple[str, ...]
        Names of parameters.
    """
    ways = Ways(inputs, runs)
    return tuple(
        key for key in OWNED_BY_CASE
        if key not in inputs.case.parameters and ACTS.get(key, _anybody)(ways)
    )


def unset_cautions(inputs: CaseInputs, runs: Sequence[RunInputs]) -> tuple[Caution, ...]:
    """Return a caution for each input that the case leaves unset.

    These are parameters, the people present at first, and money.
    """
    if not runs:
        return ()
    workspace = inputs.workspace
    file = label(workspace.root, workspace.root / "parameters" / workspace.case_folder / inputs.name / CASE_FILE)
    found = [_parameter(file, key, inputs, part) for key in unset_inputs(inputs, runs) for part in parts_of(inputs, key)
             if part.route is None or part.parameter.range[1] > 0.0]
    if "opening" not in inputs.case.model_fields_set:
        text, advice = "the case does not say who is present on the first day", "list them, or write opening: []"
        found.append(Caution(file, 0, "opening", text, found="nobody", advice=advice, unset=True))
    if inputs.costs is not None:
        costs = file.removesuffix(CASE_FILE) + COSTS_FILE
        found += _money(costs, inputs, inputs.costs)
    return sorted_cautions(found)


def _parameter(file: str, key: str, inputs: CaseInputs, part: InputPart) -> Caution:
    """Return the caution of a parameter that takes its base value.

    It is of the countries of one route, where base values differ by route.
    """
    base, by_route = part.parameter, part.route is not None
    text = f"the case does not set {part_title(inputs, part)}"
    value = _shown(f"{base.value:g}", base.unit) if base.value is not None else "the base values"
    return Caution(file, 0, f"parameters.{key}", text, found=f"{value}, for {base.holds_for}",
                   advice="set it by country with its source" if by_route else "set it with its source", unset=True)


def _shown(number: str, unit: str) -> str:
    """Return a number with its unit: 10 officers, 0.5 share, 0.02 1/month."""
    return unit_words(number, unit) if unit.isalpha() and unit != "share" else f"{number} {unit}"


def _money(file: str, inputs: CaseInputs, costs: CaseCosts) -> list[Caution]:
    """Return the cautions of money.

    Countries lack an economy, or the case lacks a currency.
    """
    found = [
        Caution(file, 0, f"economies.{name}", f"the case does not say whose pay and prices hold in {country.title}",
                found=DEFAULT_ECONOMY, advice="write the code of a country", unset=True)
        for name, country in inputs.case.countries.items() if not costs.has_economy(name)
    ]
    book = inputs.workspace.costs
    if costs.file.currency is None and book is not None:
        text, advice = "the case does not name the currency of its budget", "write currency: and its three letters"
        found.append(Caution(file, 0, "currency", text, found=book.money.base_currency, advice=advice, unset=True))
    return found
