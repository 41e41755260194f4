"""Where people come from, and who lands where: checks of both."""

from collections.abc import Mapping
from typing import Any

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.inputs.reading.faults import Fault, listed, nearest
from mixedmig_model.inputs.reading.yaml_reader import Document, Keys
from mixedmig_model.inputs.schema import Case, Group, Landing
from mixedmig_model.vocabulary.labels import STATELESS

ROWS = "landing"
NOBODY_LANDS = "no group lands in {country}"
AT_HOME = "every group is at home in {country}, so that nobody can be in the procedure there"
NO_COUNTRY = "the origin is no country of the case"


def landing_faults(
    document: Document, case: Case, groups: Mapping[str, Any], sources: Mapping[str, Any]
) -> list[Fault]:
    """Return faults of the weights of groups by country.

    They have an unknown name, repeat an earlier row, or leave a country without anybody.

    Parameters
    ----------
    document : Document
        The case file.
    case : Case
        What it says.
    groups, sources : Mapping[str, Any]
        Groups and sources by name. Names are not looked up where there are none: their file could not be read.

    Returns
    -------
    list[Fault]
        The faults, in the order of the rows.
    """
    faults = []
    allowed = {"group": tuple(groups), "country": tuple(case.countries), "source": tuple(sources)}
    first: dict[tuple[str, str], int] = {}
    for index, row in enumerate(case.landing):
        for key, names in allowed.items():
            name = getattr(row, key)
            if names and name not in names:
                keys: Keys = (ROWS, index, key)
                faults.append(document.fault(keys, f"unknown {key}", name, listed(names), nearest(name, names)))
        earlier = first.setdefault((row.group, row.country), index)
        if earlier != index:
            text = f"duplicate entry, first on line {document.line((ROWS, earlier))}"
            found = f"{row.group}, {row.country}"
            faults.append(document.fault((ROWS, index), text, found, "one weight for each group and country"))
    return [*faults, *_nobody(document, case.landing, tuple(groups))]


def opening_at_home(document: Document, case: Case, groups: Mapping[str, Group]) -> list[Fault]:
    """Return faults of people present where all are at home.

    Every group is at home there, and nobody is in a procedure in the country of origin.

    Parameters
    ----------
    document : Document
        The case file.
    case : Case
        What it says.
    groups : Mapping[str, Group]
        Groups by name.

    Returns
    -------
    list[Fault]
        The faults, in the order of the rows.
    """
    faults = []
    for index, row in enumerate(case.opening):
        there = [group for name, group in groups.items() if row.group in (None, name)]
        if row.persons > 0.0 and there and all(group.origin == row.country for group in there):
            text = AT_HOME.format(country=row.country)
            allowed = "a country that is not the origin of every group"
            faults.append(document.fault(("opening", index, "country"), text, row.country, allowed))
    return faults


def origin_cautions(document: Document, case: Case) -> list[Caution]:
    """Return a caution for each origin that resembles a country.

    An origin need not be a country of the case, so that a slip would go unseen.

    Parameters
    ----------
    document : Document
        The case file.
    case : Case
        What it says.

    Returns
    -------
    list[Caution]
        The cautions, in the order of the groups.
    """
    known, cautions = (*case.countries, STATELESS), []
    for name, group in (case.groups or {}).items():
        origin = group.origin or STATELESS
        near = "" if origin in known else nearest(origin, known)
        if near:
            where = document.location(("groups", name, "origin"))
            cautions.append(Caution(*where, NO_COUNTRY, found=origin, advice=f"did you mean {near}?"))
    return cautions


def _nobody(document: Document, rows: tuple[Landing, ...], groups: tuple[str, ...]) -> list[Fault]:
    """Return a fault for each country in which no group lands."""
    faults = []
    for country in dict.fromkeys(row.country for row in rows):
        never = {row.group for row in rows if row.country == country and row.weight == 0.0}
        if groups and never >= set(groups):
            last = max(index for index, row in enumerate(rows) if row.country == country)
            text = NOBODY_LANDS.format(country=country)
            faults.append(document.fault((ROWS, last, "weight"), text, 0, "a weight above 0 for at least one group"))
    return faults
