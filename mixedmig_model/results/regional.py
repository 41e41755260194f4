"""The ledger of countries: who came to each, from where, and where they went (``model.md`` 1; safeguard 6).

Totals that cross borders carry origin, destination and group only: not the stage or place in which a person was.
"""

import numpy as np
import xarray as xr

from mixedmig_model.results.measures import ASSISTED, ENFORCED, INDUCED, labels, values

OPENING, CLOSING = "hosted_at_opening", "hosted_at_end"
CAME = {
    "landed": ("landed", "disembarked"),
    "landed_unrecorded": ("landed_unrecorded",),
    "arrived_from_countries": ("arrived_onward", "arrived_onward_unrecorded"),
    "transferred_in": ("transferred",),
}
"""Ways into a country, by rows."""
WENT = {
    "set_out_onward": ("moved_onward", "moved_onward_irregular"),
    "transferred_out": ("transferred",),
    "returned_assisted": ASSISTED,
    "returned_induced": INDUCED,
    "returned_enforced": ENFORCED,
    "resettled": ("resettled",),
    "repatriated": ("repatriated",),
    "integrated": ("integrated",),
    "regularised": ("regularised", "regularised_from_limbo"),
}
"""Ways out of the people hosted, by rows; the integrated and the regularised stay in the country."""
BESIDE = {
    "arrived_in_countries": ("arrived_onward", "arrived_onward_unrecorded"),
    "left_region": ("left_region",),
    "died_onward": ("onward_deaths",),
    "died_crossing": ("crossing_deaths",),
    "displaced": ("displaced",),
}
"""What became of those who set out onward, by country left, and deaths on the way to a country by sea."""
ENTRIES = {
    OPENING: "hosted at the opening, people without a record included",
    "landed": "landed and recorded, from a voyage or from adrift",
    "landed_unrecorded": "landed without being recorded",
    "arrived_from_countries": "arrived from other countries of the run",
    "transferred_in": "transferred in by agreement",
    "set_out_onward": "set out for another country",
    "transferred_out": "transferred out by agreement",
    "returned_assisted": "returned with assistance",
    "returned_induced": "returned under pressure",
    "returned_enforced": "returned by force",
    "resettled": "resettled",
    "repatriated": "gone home by choice",
    "integrated": "self-reliant in the country",
    "regularised": "given a status by regularisation",
    CLOSING: "hosted at the end, people without a record included",
    "arrived_in_countries": "of those who set out: arrived in other countries of the run",
    "left_region": "of those who set out: moved on to a country outside the run",
    "died_onward": "of those who set out: dead or missing",
    "still_moving": "of those who set out: on the way at the end, less those on the way at the opening",
    "died_crossing": "dead or missing at sea on the way to it",
    "displaced": "deterred from the way to it, took a route outside the run",
}
"""Entries of the ledger in the order of reports. Opening + ways in - ways out = hosted at the end."""


def _moved(ds: xr.Dataset, rows: tuple[str, ...], axis: str) -> np.ndarray:
    """People moved by rows over the run by ``country`` (of two, the one left) or ``destination``: persons ``[C]``."""
    total = np.zeros(len(labels(ds, "country")))
    for row in rows:
        flow = ds.variables[f"flow_{row}"]
        total += np.asarray(flow.values).sum(axis=tuple(n for n, dim in enumerate(flow.dims) if dim != axis))
    return total


def _hosted(ds: xr.Dataset, time: int) -> np.ndarray:
    """People ashore by country at an edge, on record or not: persons ``[C]``."""
    return np.asarray(
        values(ds, "people")[time].sum(axis=(0, 1, 2)) + values(ds, "irregular")[time].sum(axis=0)
    )


def regional_ledger(ds: xr.Dataset) -> xr.DataArray:
    """The ledger of every country over the run: dims ``(entry, country)``, persons. ``ENTRIES`` are its titles.

    Deaths adrift are in no country: ``measures.moved`` has them.
    """
    moving = values(ds, "moving").sum(axis=1)
    table = {
        OPENING: _hosted(ds, 0),
        **{name: _moved(ds, rows, "country") for name, rows in (WENT | BESIDE).items()},
        **{name: _moved(ds, rows, "country") for name, rows in CAME.items() if name.startswith("landed")},
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
    """Who went from which country to which over the run: dims ``(group, country, destination)``, persons.

    Args: kind, ``onward`` (of their own accord, recorded or not on arrival) or ``transferred`` (by agreement).
    Raises KeyError for another kind.
    """
    rows = {"onward": ("arrived_onward", "arrived_onward_unrecorded"), "transferred": ("transferred",)}[kind]
    kept = ("group", "country", "destination")
    total = sum(ds[f"flow_{row}"].sum([dim for dim in ds[f"flow_{row}"].dims if dim not in kept]) for row in rows)
    assert isinstance(total, xr.DataArray)
    result = total.transpose(*kept)
    result.attrs = {"units": "person", "long_name": f"people {kind} by group, country left and country entered"}
    return result.rename(kind)


def gaps(ds: xr.Dataset) -> xr.DataArray:
    """What the ledger of countries leaves open, which should be nothing: dims ``(check, country)``, persons.

    ``hosted``: opening + ways in - ways out - end. ``onward``: those who set out less those who arrived, left the
    region, died or are still on the way. ``rows`` and ``columns``: sums of the matrix of ``between`` less the ledger's.
    """
    table = regional_ledger(ds)
    came, went = (table.sel(entry=list(part)).sum("entry") for part in (CAME, WENT))
    matrix = between(ds).sum("group")
    parts = {
        "hosted": table.sel(entry=OPENING) + came - went - table.sel(entry=CLOSING),
        "onward": table.sel(entry="set_out_onward")
        - table.sel(entry=["arrived_in_countries", "left_region", "died_onward", "still_moving"]).sum("entry"),
        "rows": matrix.sum("destination") - table.sel(entry="arrived_in_countries"),
        "columns": matrix.sum("country").rename(destination="country") - table.sel(entry="arrived_from_countries"),
    }
    found = [part.drop_vars("entry", errors="ignore") for part in parts.values()]
    return xr.concat(found, dim=xr.DataArray(list(parts), dims="check", name="check"), coords="minimal").rename("gaps")
