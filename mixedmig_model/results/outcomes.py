"""Where people are: over time by stage and place, and at the end by true need."""

import xarray as xr

OUTCOMES = (
    ("protected", "granted protection"),
    ("procedure", "still in the procedure"),
    ("limbo", "in limbo"),
    ("irregular", "landed unrecorded, still there"),
    ("onward_unrecorded", "landed unrecorded, moved on"),
    ("onward", "moved on out of the procedure"),
    ("returned_assisted", "returned with assistance"),
    ("returned_induced", "returned under pressure"),
    ("returned_enforced", "returned by force"),
    ("turned_back", "turned back"),
    ("at_sea", "at sea or adrift"),
    ("dead", "dead or missing"),
)
"""Outcomes of the arrival cohort, in the order of reports."""


KINDS_OF_RETURN = ("returned_assisted", "returned_induced", "returned_enforced")


def outcomes(ds: xr.Dataset) -> xr.DataArray:
    """People by outcome and true need at the end of the run: dims ``(outcome, need)``; adds up to all who departed.

    Units: persons. The opening stocks are included.
    """
    last = ds.isel(time=-1)
    unrecorded = ds["flow_moved_onward_irregular"].sum(("interval", "country"))
    people = last["people"].sum(("place", "country"))
    in_procedure = [s for s in ds["stage"].values if s not in ("protected", "limbo")]
    parts = {
        "protected": people.sel(stage="protected"),
        "procedure": people.sel(stage=in_procedure).sum("stage"),
        "limbo": people.sel(stage="limbo"),
        "irregular": last["irregular"].sum("country"),
        "onward_unrecorded": unrecorded,
        "onward": last["onward"].sum("country") - unrecorded,
        **{name: last[name].sum("country") for name in KINDS_OF_RETURN},
        "turned_back": last["turned_back"],
        "at_sea": last["at_sea"].sum("country") + last["adrift"],
        "dead": last["died_crossing"].sum("country") + last["died_adrift"],
    }
    names = [name for name, _ in OUTCOMES]
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
    """People ashore by stage and day, all places and countries: dims ``(day, stage)``, persons."""
    return ds["daily_people"].sum(("place", "country"), keep_attrs=True)
