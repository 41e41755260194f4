"""Checks of a scenario's levers.

They concern names, dates, countries, cited effects and clashes.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations

from mixedmig_model.inputs.levers.acting import Acting, Applied, acting, applied, lever_costs, named
from mixedmig_model.inputs.levers.schema import Lever, LeverUse, Preset, moment_day
from mixedmig_model.inputs.parameters.catalogue import ASSUMPTION, CATALOGUE, allowed_by
from mixedmig_model.inputs.parameters.values import CITED, UNCITED
from mixedmig_model.inputs.reading.faults import Fault, listed, nearest
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.reading.unread import Unread, may_exist
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.schema import Case, Change, Parameter, Scenario, Source

DEPARTING = ("responses.", "arrivals.")
NO_LEVERS = "none here: copy parameters/levers from a new workspace made by 'mixedmig init DIR'"


class LeverUses:
    """Checks the levers of one scenario.

    They are checked against the workspace and the case.
    """

    def __init__(
        self, document: Document, case: Case, levers: Mapping[str, Lever], presets: Mapping[str, Preset],
        parameters: Mapping[str, Parameter], sources: Mapping[str, Source], unread: Unread = frozenset(),
    ) -> None:
        self.document, self.case, self.levers, self.presets = document, case, levers, presets
        self.parameters, self.sources, self.unread = parameters, sources, unread

    def faults(self, scenario: Scenario) -> list[Fault]:
        """Return all faults of a scenario's levers."""
        faults = [fault for index, use in enumerate(scenario.levers) for fault in self._use(index, use)]
        if faults or self.case.end <= self.case.start or not all(self._known(use) for use in scenario.levers):
            return faults
        levers = acting(scenario, self.case, self.levers, self.presets)
        return [
            *self._twice(levers), *self._clashes(applied(levers)), *self._overridden(scenario, levers),
            *self._costs(scenario, levers),
        ]

    def _use(self, index: int, use: LeverUse) -> list[Fault]:
        """Return the faults of one use."""
        keys: Keys = ("levers", index)
        kind, name, known = ("lever", use.lever, self.levers) if use.lever else ("preset", use.preset, self.presets)
        if not self._known(use) and (name in known or may_exist(self.unread, kind, str(name))):
            return []
        if name not in known:
            allowed = listed(known) or NO_LEVERS
            return [self.document.fault((*keys, kind), f"unknown {kind}", name, allowed, nearest(name, known))]
        faults = [*self._dates(keys, use), *self._countries(keys, use)]
        for lever, _ in named(use, self.presets):
            faults += self._fits(keys, use, lever)
        return [*faults, *self._when(keys, use), *self._effects(keys, use)]

    def _known(self, use: LeverUse) -> bool:
        """Return whether all levers of a use could be read."""
        if use.preset is not None and use.preset not in self.presets:
            return False
        return all(name in self.levers for name, _ in named(use, self.presets))

    def _when(self, keys: Keys, use: LeverUse) -> list[Fault]:
        """Return faults of levers that cannot switch themselves.

        These act on departures, or on what holds for the whole run.
        """
        faults: list[Fault] = []
        for name, _ in named(use, self.presets) if use.when else ():
            lever = self.levers[name]
            parameters = [*(one.parameter for one in lever.changes), *(one.parameter for one in lever.effects)]
            departing = [p for p in parameters if p.startswith(DEPARTING)]
            always = [p for p in parameters if CATALOGUE[p].rule == "constant"]
            for kind, text in ((departing, "that act on departures"), (always, "that hold for the whole run")):
                if kind:
                    problem = f"the lever {name} changes inputs {text}, and cannot switch itself"
                    faults.append(self.document.fault((*keys, "when"), problem, listed(kind), "the lever with dates"))
        return faults

    def _dates(self, keys: Keys, use: LeverUse) -> list[Fault]:
        """Return faults of dates outside the run, or out of order."""
        faults = []
        case, one = self.case, timedelta(days=1)
        if case.end <= case.start:
            return []
        spans = {"start": (case.start, case.end - one), "until": (case.start + one, case.end)}
        days: dict[str, date] = {}
        for key, (first, last) in spans.items():
            moment = getattr(use, key)
            if moment is not None:
                days[key] = moment_day(moment, case.start)
                if not first <= days[key] <= last:
                    allowed = f"{first} to {last}, or days after {case.start}"
                    faults.append(self.document.fault((*keys, key), "outside the run of the case", moment, allowed))
        if len(days) == 2 and days["until"] <= days["start"]:
            text, found = "the lever ends before it starts", f"{days['start']} to {days['until']}"
            faults.append(self.document.fault((*keys, "until"), text, found, f"a date after {days['start']}"))
        return faults

    def _countries(self, keys: Keys, use: LeverUse) -> list[Fault]:
        """Return faults of unknown countries."""
        names = tuple(self.case.countries)
        return [
            self.document.fault((*keys, "countries", position), "unknown country", name, listed(names),
                                nearest(name, names))
            for position, name in enumerate(use.countries or ()) if name not in names
        ]

    def _fits(self, keys: Keys, use: LeverUse, name: str) -> list[Fault]:
        """Return faults of a lever with dates or countries.

        It changes inputs that do not differ by these.
        """
        lever = self.levers[name]
        parameters = [*(change.parameter for change in lever.changes), *(effect.parameter for effect in lever.effects)]
        faults = []
        everywhere = [p for p in parameters if CATALOGUE[p].axis != "country"]
        if use.countries is not None and everywhere:
            text = f"the lever {name} changes inputs that do not differ by country"
            faults.append(self.document.fault((*keys, "countries"), text, listed(everywhere), "the lever everywhere"))
        always = [p for p in parameters if CATALOGUE[p].rule == "constant"]
        for key in ("start", "until"):
            if getattr(use, key) is not None and always:
                text = f"the lever {name} changes inputs that hold for the whole run"
                faults.append(self.document.fault((*keys, key), text, listed(always), "the lever without dates"))
        return faults

    def _effects(self, keys: Keys, use: LeverUse) -> list[Fault]:
        """Return faults of cited effects of a use.

        The lever does not have the effect, no source carries it, or the equations do not allow it.
        """
        may = {e.parameter for name, _ in named(use, self.presets) for e in self.levers[name].effects}
        faults = []
        seen: set[str] = set()
        for index, effect in enumerate(use.effects):
            here: Keys = (*keys, "effects", index)
            if effect.parameter not in may:
                allowed, near = listed(may) or "no effects: the lever has none", nearest(effect.parameter, may)
                faults.append(self.document.fault((*here, "parameter"), "not an effect of the lever",
                                                  effect.parameter, allowed, near))
                continue
            if effect.parameter in seen:
                faults.append(self.document.fault((*here, "parameter"), "duplicate effect",
                                                  effect.parameter, "once"))
            seen.add(effect.parameter)
            faults += self._cited(here, effect.source)
            if effect.parameter not in self.parameters:
                continue
            need, unit = CATALOGUE[effect.parameter], self.parameters[effect.parameter].unit
            factor = conversion_factor(unit, need.unit)
            if not allowed_by(need, effect.value * factor):
                allowed = f"{need.low / factor:g} to {need.high / factor:g} {unit}"
                faults.append(self.document.fault((*here, "value"), "outside what the equations allow", effect.value,
                                                  allowed))
        return faults

    def _cited(self, here: Keys, source: str) -> list[Fault]:
        """Return the fault of a source that is none, or unknown."""
        if source == ASSUMPTION:
            return [self.document.fault((*here, "source"), UNCITED, source, CITED)]
        if self.sources and source not in self.sources:
            return [self.document.fault((*here, "source"), "unknown source", source, listed(self.sources),
                                        nearest(source, self.sources))]
        return []

    def _twice(self, levers: tuple[Acting, ...]) -> list[Fault]:
        """Return faults of a lever used twice at one time.

        Both uses are in one country.
        """
        faults = []
        for first, second in combinations(levers, 2):
            if first.lever == second.lever and meet(_as_change(first), _as_change(second)):
                line = self.document.line(("levers", first.use))
                text = f"the lever is already used at this time by levers.{first.use} on line {line}"
                faults.append(self.document.fault(("levers", second.use), text, second.lever, "one use at a time"))
        return faults

    def _clashes(self, changes: tuple[Applied, ...]) -> list[Fault]:
        """Return faults of levers that clash.

        Two clash if they set one parameter for the same people at the same time.
        """
        faults = []
        setting = [one for one in changes if one.change.set is not None]
        for one, two in combinations(setting, 2):
            if one.change.parameter == two.change.parameter and one.lever != two.lever and meet(one.change, two.change):
                first, second = sorted((one, two), key=lambda a: a.use)
                text = f"the levers {first.lever} and {second.lever} both set {one.change.parameter} at this time"
                faults.append(self.document.fault(("levers", second.use), text, second.lever, "one of the two"))
        return faults

    def _overridden(self, scenario: Scenario, levers: tuple[Acting, ...]) -> list[Fault]:
        """Return faults of own changes that override an effect.

        A lever leaves the effect at none, so the change needs a source too.
        """
        effects = {effect.parameter: one.lever for one in levers for effect in one.record.effects}
        faults = []
        for index, change in enumerate(scenario.changes):
            if change.parameter in effects and change.set != 0.0 and change.source in (None, ASSUMPTION):
                lever = effects[change.parameter]
                text = f"{UNCITED}, next to the lever {lever}"
                faults.append(self.document.fault(("changes", index), text, change.parameter, CITED))
        return faults

    def _costs(self, scenario: Scenario, levers: tuple[Acting, ...]) -> list[Fault]:
        """Return faults of own costs that have a lever's name.

        The name is that of a cost of one of the levers.
        """
        text = "the name is used by a cost of one of the levers"
        return [
            self.document.fault(("own_costs", name), text, name, "another name")
            for name in lever_costs(levers) if name in scenario.own_costs
        ]


def _as_change(one: Acting) -> Change:
    """Return when and where a lever acts, as a change."""
    return Change(parameter="", add=0.0, start=one.start, until=one.until, countries=one.countries, reason="use")


def meet(one: Change, two: Change) -> bool:
    """Return whether two changes meet.

    They meet in time and in whom they concern.
    """
    if one.until and two.start and one.until <= two.start:
        return False
    if two.until and one.start and two.until <= one.start:
        return False
    for key in ("countries", "groups"):
        first, second = getattr(one, key), getattr(two, key)
        if first is not None and second is not None and not set(first) & set(second):
            return False
    return True


