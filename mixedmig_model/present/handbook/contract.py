"""The page that lists the names on which programs may rely.

It also lists those that changed with this version.
"""

from collections.abc import Mapping, Sequence

import xarray as xr

from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.present.handbook.reference import markdown_table, page
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary import contract

INTRODUCTION = (
    "Generated from the source. Programs may rely on the names of this page. They are names for scripts, commands and "
    "options, exit codes, keys of indicators, names of parameters, and variables and dimensions of a saved run. Names "
    "may be added in any version. A name that changes is accepted for one more version: the old one works, and a "
    "message names the new one."
)


def contract_page(ds: xr.Dataset, commands: Mapping[str, Sequence[str]], names: Sequence[str]) -> str:
    """Return Markdown of the contract.

    Parameters
    ----------
    ds : xarray.Dataset
        Any run.
    commands : Mapping[str, Sequence[str]]
        Commands with their options.
    names : Sequence[str]
        Names for scripts.

    Returns
    -------
    str
        The page.
    """
    renamed = [[one.kind, f"`{one.old}`", f"`{one.new}`", one.version] for one in contract.RENAMED]
    lines = [
        "# What programs may rely on", "", INTRODUCTION, "",
        "## Names that changed with this version", "",
        *(markdown_table(("kind", "old name", "new name", "since"), renamed) if renamed else
          ["None. Every name of version 0.1.0 is still valid."]), "",
        "## Names for scripts", "",
        "`import mixedmig_model` offers these names. [api.md](api.md) describes them.", "",
        *(f"* `{name}`" for name in names), "",
        "## Commands and options", "",
        *markdown_table(("command", "options"), [
            [f"`{name}`", ", ".join(f"`{option}`" for option in options)] for name, options in commands.items()]), "",
        "## Exit codes", "",
        *markdown_table(("code", "meaning"), [[str(code), text] for code, text in contract.EXIT_CODES.items()]), "",
        "## Indicators", "",
        *markdown_table(("key", "unit"), [[f"`{one.key}`", one.unit] for one in INDICATORS]), "",
        "## Parameters", "",
        "Values are given in the unit of the base file, or in any unit that measures the same.", "",
        *markdown_table(("name", "unit of the equations", "by"), [
            [f"`{name}`", need.unit, need.axis] for name, need in CATALOGUE.items()]), "",
        "## Dimensions of a saved run", "", ", ".join(f"`{dim}`" for dim in sorted(map(str, ds.dims))) + ".", "",
        "## Variables of a saved run", "",
        *markdown_table(("variable", "dimensions"), [
            [f"`{name}`", ", ".join(map(str, ds[name].dims))] for name in sorted(map(str, ds.data_vars))]),
    ]
    return page(lines)
