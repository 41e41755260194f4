"""The ledger of countries.

It says who came to each, from where, and where they went (``docs/model.md`` section 1; safeguard 6). Totals that cross
borders carry origin, destination and group only, not the stage or place in which a person was.
"""

import numpy as np
import xarray as xr

from mixedmig_model.results.measures import (
    ARRIVED_ONWARD,
    ASSISTED,
    CAME_HOME_ONWARD,
    ENFORCED,
    ENTERED,
    INDUCED,
    RECORDED,
    REGULARISED,
    SET_OUT_ONWARD,
    labels,
    values,
)
from mixedmig_model.vocabulary.titles import LEDGER_TITLES

OPENING, CLOSING = "hosted_at_opening", "hosted_at_end"
CAME = {
    "landed": RECORDED,
    "landed_unrecorded": ("landed_unrecorded",),
    "entered_with_claim": ENTERED,
    "arrived_from_countries": ARRIVED_ONWARD,
    "transferred_in": ("transferred",),
}
"""Ways into a country, by flows."""
WENT = {
    "set_out_onward": SET_OUT_ONWARD,
    "transferred_out": ("transferred",),
    "returned_assisted": ASSISTED,
    "returned_induced": INDUCED,
    "returned_enforced": ENFORCED,
    "resettled": ("resettled",),
    "repatriated": ("repatriated",),
    "integrated": ("integrated",),
    "regularised": REGULARISED,
}
"""Ways out of the people hosted, by flows.

The integrated and the regularised stay in the country.
"""
BESIDE = {
    "arrived_in_countries": ARRIVED_ONWARD,
    "arrived_home": CAME_HOME_ONWARD,
    "left_region": ("left_region",),
    "died_onward": ("onward_deaths",),
    "died_crossing": ("crossing_deaths",),
    "displaced": ("displaced",),
}
"""What became of those who set out onward.

It is by country left, with deaths on the way to a country by sea.
"""
ENTRIES = tuple(LEDGER_TITLES)
"""Entries of the ledger in the order of reports.

Opening + ways in - ways out = hosted at the end.
"""


def _moved(ds: xr.Dataset, flows: tuple[str, ...], axis: str) -> np.ndarray:
    """Return people moved by flows over the run.

    They are by ``country`` (of two, the one left) or ``destination``: persons ``[C]``.
    """
    total = np.zeros(len(labels(ds, "country")))
    for flow in flows:
        people = ds.variables[f"flow_{flow}"]
        total += np.asarray(people.values).sum(axis=tuple(n for n, dim in enumerate(people.dims) if dim != axis))
    return total


def _hosted(ds: xr.Dataset, time: int) -> np.ndarray:
    """Return people ashore by country at an edge.

    They are on record or not: persons ``[C]``.
    """
    return np.asarray(
        values(ds, "people")[time].sum(axis=(0, 1, 2)) + values(ds, "irregular")[time].sum(axis=0)
        + values(ds, "closed")[time].sum(axis=0)
    )


def regional_ledger(ds: xr.Dataset) -> xr.DataArray:
    """Return the ledger of every country over the run.

    Dimensions are ``(entry, country)``, persons. ``LEDGER_TITLES`` are its titles. Deaths adrift are in no country:
    ``measures.moved`` has them.
    """
    moving = values(ds, "moving").sum(axis=1)
    table = {
        OPENING: _hosted(ds, 0),
        **{name: _moved(ds, flows, "country") for name, flows in (WENT | BESIDE).items()},
        **{name: _moved(ds, flows, "country") for name, flows in CAME.items()
           if name in ("landed", "landed_unrecorded", "entered_with_claim")},
        "arrived_from_countries": _moved(ds, CAME["arrived_from_countries"], "destination"),
        "transferred_in": _moved(ds, CAME["transferred_in"], "destination"),
        CLOSING: _hosted(ds, -1),
        "still_moving": moving[-1] - moving[0],
    }
    entries = list(ENTRIES)
    return xr.DataArray(
        np.stack([table[name] for name in entries]), {"entry": entries, "country": labels(ds, "country")},
        ("entry", "country"), "regional_ledger",
        {"units": "person", "long_name": "people who came to each country and left it over the run"},
    )


def between(ds: xr.Dataset, kind: str = "onward") -> xr.DataArray:
    """Return who went from which country to which.

    Parameters
    ----------
    ds : xarray.Dataset
        A run.
    kind : str, default 'onward'
        ``onward`` (of their own accord, recorded or not on arrival) or ``transferred`` (by agreement).

    Returns
    -------
    xarray.DataArray
        People over the run, dimensions ``(group, country, destination)``, persons.

    Raises
    ------
    KeyError
        For another kind.
    """
    flows = {"onward": ARRIVED_ONWARD, "transferred": ("transferred",)}[kind]
    kept = ("group", "country", "destination")
    total = sum(
        people.sum([dim for dim in people.dims if dim not in kept]) for people in (ds[f"flow_{flow}"] for flow in flows)
    )
    assert isinstance(total, xr.DataArray)
    result = total.transpose(*kept)
    result.attrs = {"units": "person", "long_name": f"people {kind} by group, country left and country entered"}
    return result.rename(kind)


def gaps(ds: xr.Dataset) -> xr.DataArray:
    """Return what the ledger of countries leaves open.

    It should be nothing: dimensions ``(check, country)``, persons. ``hosted``: opening + ways in - ways out - end.
    ``onward``: those who set out less those who arrived, left the region, died or are still on the way. ``rows`` and
    ``columns``: sums of the matrix of ``between`` less the ledger's.
    """
    table = regional_ledger(ds)
    came, went = (table.sel(entry=list(part)).sum("entry") for part in (CAME, WENT))
    matrix = between(ds).sum("group")
    parts = {
        "hosted": table.sel(entry=OPENING) + came - went - table.sel(entry=CLOSING),
        "onward": table.sel(entry="set_out_onward") - table.sel(
            entry=["arrived_in_countries", "arrived_home", "left_region", "died_onward", "still_moving"]).sum("entry"),
        "rows": matrix.sum("destination") - table.sel(entry="arrived_in_countries"),
        "columns": matrix.sum("country").rename(destination="country") - table.sel(entry="arrived_from_countries"),
    }
    found = [part.drop_vars("entry", errors="ignore") for part in parts.values()]
    return xr.concat(found, dim=xr.DataArray(list(parts), dims="check", name="check"), coords="minimal").rename("gaps")
