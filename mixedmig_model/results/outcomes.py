"""Where people are, over time and at the end.

Over time they are by stage and place, at the end by true need.
"""

import xarray as xr

from mixedmig_model.vocabulary.titles import OUTCOME_TITLES

OUTCOMES = tuple(OUTCOME_TITLES)
"""Outcomes of all who set out, in the order of reports.

People deterred (``displaced``) set out elsewhere: not here.
"""

ALONE = (
    "integrated", "resettled", "repatriated", "regularised", "irregular", "closed", "moving", "elsewhere",
    "returned_assisted", "returned_induced", "returned_enforced", "turned_back",
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


def stages_over_time(ds: xr.Dataset) -> xr.DataArray:
    """Return people ashore by stage and day.

    They are of all places and countries: dimensions ``(day, stage)``, persons.
    """
    return ds["daily_people"].sum(("place", "country"), keep_attrs=True)
