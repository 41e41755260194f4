"""Where people are, over time and at the end.

Over time they are by stage and place, at the end by true need.
"""

import numpy as np
import xarray as xr

from mixedmig_model.results.measures import ASSISTED, ENFORCED, INDUCED
from mixedmig_model.vocabulary.titles import OUTCOME_TITLES

OUTCOMES = tuple(OUTCOME_TITLES)
"""Outcomes of all who set out, in the order of reports.

People deterred (``displaced``) set out elsewhere: not here.
"""

ALONE = (
    "integrated", "resettled", "repatriated", "regularised", "irregular", "closed", "moving", "elsewhere",
    "returned_assisted", "returned_induced", "returned_enforced", "turned_back", "in_own_country",
)
"""Outcomes that are a stock of their own."""


def outcomes(ds: xr.Dataset) -> xr.DataArray:
    """Return people by outcome and true need at the end.

    Dimensions are ``(outcome, need)``, persons. They add up to all who departed and all in the stocks at the opening.
    Departing again after a return adds nobody.
    """
    last = ds.isel(time=-1)

    def stock(name: str) -> xr.DataArray:
        return last[name].sum([dim for dim in last[name].dims if dim != "group"])

    people = last["people"].sum(("place", "country"))
    in_procedure = [s for s in ds["stage"].values if s not in ("protected", "limbo")]
    parts = {
        **{name: stock(name) for name in ALONE},
        "protected": people.sel(stage="protected"),
        "procedure": people.sel(stage=in_procedure).sum("stage"),
        "limbo": people.sel(stage="limbo"),
        "at_sea": stock("at_sea") + stock("adrift"),
        "dead": stock("died_crossing") + stock("died_onward") + stock("died_adrift"),
    }
    names = list(OUTCOMES)
    table = xr.concat(
        [parts[name].drop_vars(["stage", "time"], errors="ignore") for name in names],
        dim=xr.DataArray(names, dims="outcome", name="outcome"), coords="minimal",
    )
    by_need = table.groupby(ds["group_need"].rename("need")).sum()
    needs = [need for need in ("international", "other", "none") if need in by_need["need"].values]
    result = by_need.sel(need=needs).transpose("outcome", "need")
    result.attrs = {"units": "person", "long_name": "people at the end of the run by outcome and true need"}
    return result.rename("outcomes")


def returns_by_group(ds: xr.Dataset) -> xr.DataArray:
    """Return people returned by kind, group and country.

    They are those of the whole run.

    Parameters
    ----------
    ds : xarray.Dataset
        One run.

    Returns
    -------
    xarray.DataArray
        Persons, with the dimensions ``(kind, group, country)``. Kinds are assisted, induced and enforced; the country
        is the one that people left. People who return twice count twice.
    """
    kinds = {"assisted": ASSISTED, "induced": INDUCED, "enforced": ENFORCED}
    flows = [[ds[f"flow_{flow}"].transpose(..., "group", "country").values for flow in kinds[kind]] for kind in kinds]
    found = [np.sum([one.sum(axis=tuple(range(one.ndim - 2))) for one in several], axis=0) for several in flows]
    return xr.DataArray(
        np.stack(found), {"kind": list(kinds), "group": ds["group"].values, "country": ds["country"].values},
        ("kind", "group", "country"), "returns",
        {"units": "person", "long_name": "people returned over the run by kind, group and country left"},
    )


def stages_over_time(ds: xr.Dataset) -> xr.DataArray:
    """Return people ashore by stage and day.

    They are of all places and countries: dimensions ``(day, stage)``, persons.
    """
    return ds["daily_people"].sum(("place", "country"), keep_attrs=True)
