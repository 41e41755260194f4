"""What a new case is to be.

It has a name, countries, dates, route, money and arrivals, with all faults in one round.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mixedmig_model.inputs.cases.departures import Departures, routes_of
from mixedmig_model.inputs.cases.reader import LONGEST_RUN
from mixedmig_model.inputs.costs.book import WHERE_ECONOMIES_STAND, WHERE_RATES_STAND
from mixedmig_model.inputs.costs.schema import TIERS
from mixedmig_model.inputs.entries import RESERVED_CASES, TAKEN, is_there
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest, plain_name, printable, shown
from mixedmig_model.inputs.reading.fields import (
    EVERYWHERE,
    IN_TIME,
    NAME_PATTERN,
    OUT_OF_TIME,
    PATTERNS,
    is_device_name,
    is_out_of_time,
    iso_day,
)
from mixedmig_model.inputs.starting.arrivals import read_arrivals
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.vocabulary.labels import ROUTES, Route

MOST_COUNTRIES = 40


@dataclass(frozen=True)
class Asked:
    """A new case as requested, in texts as given.

    ``currency`` and ``economy`` may be empty.
    """

    name: str
    countries: tuple[str, ...]
    start: str
    end: str
    route: str
    arrivals: Path
    currency: str = ""
    economy: str = ""


@dataclass(frozen=True)
class NewCase:
    """A new case without faults.

    ``currency`` and ``economy`` are None where they are left to be set. An economy is a
    country, or a tier of older files.
    """

    name: str
    countries: tuple[str, ...]
    start: date
    end: date
    route: Route
    arrivals: tuple[Departures, ...]
    currency: str | None = None
    economy: str | None = None

    @property
    def routes(self) -> dict[str, Route]:
        """How people come to each country."""
        return routes_of(self.arrivals, self.countries, self.route)


def check_asked(workspace: Workspace, asked: Asked) -> NewCase:
    """Return a new case as requested.

    Raises InputFaultsError with all faults.
    """
    faults = [*_name_faults(workspace, asked.name), *_country_faults(asked.countries)]
    start, end = _day("--start", asked.start, faults), _day("--end", asked.end, faults)
    run = _run(start, end, faults)
    route = next((one for one in ROUTES if one == asked.route), None)
    if route is None:
        faults.append(_fault("--route", "unknown route", asked.route, listed(ROUTES), nearest(asked.route, ROUTES)))
    faults += _economy_faults(workspace, asked.economy)
    faults += _currency_faults(workspace, asked.currency)
    arrivals = read_arrivals(asked.arrivals, asked.countries, workspace.sources, run, faults, route=route or "sea")
    if faults or run is None or route is None:
        raise InputFaultsError(faults)
    return NewCase(asked.name, asked.countries, run[0], run[1], route=route, arrivals=arrivals,
                   currency=asked.currency or None, economy=asked.economy or None)


def _economy_faults(workspace: Workspace, economy: str) -> list[Fault]:
    """Return the fault of an unknown country of prices."""
    known = [*(workspace.costs.economies if workspace.costs else ()), *TIERS]
    if not economy or economy in known:
        return []
    return [_fault("--economy", "unknown country of prices", economy, f"{listed(known)}; {WHERE_ECONOMIES_STAND}",
                   nearest(economy, known))]


def _fault(option: str, problem: str, found: str, allowed: str, near: str = "") -> Fault:
    """Return a fault of an option of the command."""
    return Fault(option, 0, "", problem, found=shown(found), allowed=allowed, nearest=near)


def _valid(option: str, name: str) -> list[Fault]:
    """Return faults of a name that no file can have."""
    if not re.fullmatch(NAME_PATTERN, name):
        problem, allowed = PATTERNS[NAME_PATTERN]
        return [_fault(option, problem, printable(name), allowed, plain_name(name))]
    if is_device_name(name):
        return [_fault(option, "the name is reserved by Windows", name, "another name")]
    return []


def _name_faults(workspace: Workspace, name: str) -> list[Fault]:
    """Return faults of the name of a case.

    It is malformed, reserved, or taken.
    """
    faults = _valid("CASE", name)
    if faults:
        return faults
    if name in RESERVED_CASES:
        return [_fault("CASE", TAKEN, name, "another name")]
    if is_there(workspace.root / "parameters" / workspace.case_folder / name):
        return [_fault("CASE", "there is a case of this name", name, "another name")]
    return []


def _country_faults(countries: Sequence[str]) -> list[Fault]:
    """Return faults of the names of countries."""
    if not 1 <= len(countries) <= MOST_COUNTRIES:
        return [_fault("--countries", "not a number of countries", str(len(countries)), f"1 to {MOST_COUNTRIES} names")]
    faults = []
    for place, name in enumerate(countries):
        faults += _valid("--countries", name)
        if name == EVERYWHERE:
            faults.append(_fault("--countries", "the name means all countries together", name, "another name"))
        if name in countries[:place]:
            faults.append(_fault("--countries", "duplicate country", name, "each country once"))
    return faults


def _day(option: str, text: str, faults: list[Fault]) -> date | None:
    """Return a date of the command, or None after a fault."""
    try:
        day = iso_day(text)
    except ValueError:
        faults.append(_fault(option, "not a date", text, "YYYY-MM-DD"))
        return None
    if is_out_of_time(day):
        faults.append(_fault(option, OUT_OF_TIME, text, IN_TIME))
        return None
    return day


def _run(start: date | None, end: date | None, faults: list[Fault]) -> tuple[date, date] | None:
    """Return the first day and end of the run.

    It is None after noting the fault.
    """
    if start is None or end is None:
        return None
    if end <= start:
        faults.append(_fault("--end", "the case ends before it starts", end.isoformat(), f"after {start}"))
        return None
    if (end - start).days > LONGEST_RUN:
        faults.append(_fault("--end", "the run is too long", end.isoformat(), "at most 40 years"))
        return None
    return start, end


def _currency_faults(workspace: Workspace, currency: str) -> list[Fault]:
    """Return the fault of a currency without an exchange rate."""
    if not currency or workspace.costs is None:
        return []
    money = workspace.costs.money
    known = [money.base_currency, *money.exchange_rates]
    if currency in known:
        return []
    return [_fault("--currency", f"no exchange rate for {printable(currency)}", currency,
                   f"{listed(known)}; {WHERE_RATES_STAND}", nearest(currency.upper(), known))]
