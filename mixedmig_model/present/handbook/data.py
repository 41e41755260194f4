"""The page that lists every variable of a saved run.

It has dimensions, units and meaning.
"""

from collections.abc import Callable

import xarray as xr

from mixedmig_model.equations.table import STOCKS
from mixedmig_model.present.handbook.reference import markdown_table, page

DIMENSIONS = {
    "time": "edges of weeks: the first day of the run, every seventh day after it, and its end",
    "interval": "weeks, by their first day",
    "day": "edges of days, the end of the run included",
    "day_interval": "days of the run",
    "stage": "stages, in the order of the procedure",
    "place": "places",
    "group": "groups of people, those of the case",
    "country": "countries of the case; of a move between two, the one left or headed for",
    "destination": "countries of the case; of a move between two, the one entered",
    "function": "services that staff run",
    "grade": "staff by experience",
    "kind": "kinds of places with a capacity: reception, detention, alternative",
    "type": "types of reception places",
    "row": "rows of the flow table that have a country, except those of staff",
    "region_row": "rows of the flow table without a country",
    "stock": "stocks that have groups, except those in the procedure",
}
"""What the dimensions of a saved run are."""

VARIABLES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "Stocks, weekly": ("At the edges of weeks, every cell.", lambda name: name in {stock.name for stock in STOCKS}),
    "Stocks, daily": (
        "At the edges of days, summed over groups.",
        lambda name: name in {f"daily_{stock.name}" for stock in STOCKS},
    ),
    "Stocks, daily, by group": (
        "At the edges of days, all countries together. People in the procedure are under queues.",
        lambda name: name in ("daily_stock", "daily_unsheltered"),
    ),
    "Flows, daily": (
        "Within a day; `row` and `region_row` name rows of the flow table.",
        lambda name: name in ("daily_flow", "daily_flow_region", "daily_onward", "daily_transferred"),
    ),
    "Queues": (
        "By stage and group; waiting times are computed from them.",
        lambda name: name in ("daily_entered", "daily_served", "daily_lost", "daily_waiting"),
    ),
    "Detention": ("By group; stays in detention are computed from them.", lambda name: name.startswith("daily_det")),
    "Services and places": (
        "What could be done, and what would be needed.",
        lambda name: name == "reception_places"
        or (name.split("_")[0] in ("staff", "work", "service", "places") and name not in ("staff",)),
    ),
    "Inputs": ("Dated inputs against which indicators and costs are measured.", lambda name: name.startswith("input_")),
    "Group marks": ("What the group records say.", lambda name: name.startswith("group_")),
}
"""Groups of variables: what they are, and their names.

A variable belongs to the first that fits.
"""


def variable_group(name: str) -> str:
    """Return the group of a variable of a saved run.

    Raises KeyError for one that no group has a place for.
    """
    for title, (_, belongs) in VARIABLES.items():
        if belongs(name):
            return title
    raise KeyError(name)


def _unit(variable: xr.DataArray) -> str:
    """Return the unit of a variable; text and marks have none."""
    return str(variable.attrs.get("units", "none"))


def data_page(ds: xr.Dataset) -> str:
    """Return Markdown of every variable of a saved run.

    It has dimensions, units and meaning.

    Parameters
    ----------
    ds : xarray.Dataset
        Any run.

    Returns
    -------
    str
        The page.
    """
    by_group: dict[str, list[list[str]]] = {title: [] for title in VARIABLES}
    for name in map(str, ds.data_vars):
        if not name.startswith("flow_"):
            variable = ds[name]
            cells = [f"`{name}`", ", ".join(map(str, variable.dims)), _unit(variable), variable.attrs["long_name"]]
            by_group[variable_group(name)].append(cells)
    lines = [
        "# Files of a run",
        "",
        "Generated from a run of the shipped case. `data/SCENARIO.nc` in the folder of a report, and the file that "
        "`mixedmig run` writes, are classic netCDF files with 64-bit offsets. `xarray.open_dataset(path)` opens them. "
        "Every variable has `units` and `long_name`; group marks have no units.",
        "",
        "Stocks are given at edges of weeks (`time`) or days (`day`). Flows are people (or staff) moved within a week "
        "(`interval`) or a day (`day_interval`), labelled by its beginning.",
        "",
        "Attributes of the file describe its origin. A run by the kernel has `step` instead of `rtol` and `atol`:",
        "",
        *(f"* `{name}`" for name in ds.attrs),
        "",
        "## Flows, weekly",
        "",
        "`flow_ROW` for each row of the [flow table](flows.md), within a week, on the axes of the row, in persons or "
        "officers. Attributes `source`, `sink`, `at_source` and `at_sink` name the stocks that it connects. The "
        "ledger can therefore be checked from the file alone. `kind` is `flow`, or `count` for a row that moves "
        "nobody.",
    ]
    used = {str(dim) for dim in ds.dims}
    known = [[f"`{name}`", text] for name, text in DIMENSIONS.items() if name in used]
    lines += ["", "## Dimensions", "", *markdown_table(["dimension", "labels"], known)]
    for title, (text, _) in VARIABLES.items():
        table = markdown_table(["variable", "dimensions", "unit", "meaning"], by_group[title])
        lines += ["", f"## {title}", "", text, "", *table]
    return page(lines)
