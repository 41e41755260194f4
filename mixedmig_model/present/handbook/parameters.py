"""The parameter book.

It has every parameter of the base files on one page, written from the files and the catalogue.
"""

from collections import Counter

from mixedmig_model.inputs.parameters.catalogue import (
    CATALOGUE,
    READ_BEFORE_RUNS,
    READ_BY_RESULTS,
    READ_BY_SCHEDULE,
    subjects,
)
from mixedmig_model.inputs.schema import Parameter
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.present.handbook.reference import markdown_table, page
from mixedmig_model.record.parameters import value_words
from mixedmig_model.solve.dataset import KEPT_INPUTS
from mixedmig_model.vocabulary.numbers import DASH, number

QUALITIES = ("measured", "published", "assumption")
ROLES = ("lever", "uncertain", "fixed")
HEAD = ("parameter", "value", "range", "role, quality", "row", "by", "read by", "meaning and source")


def readers(name: str) -> str:
    """Return what reads a parameter, in words."""
    if name in READ_BY_SCHEDULE:
        return "departures and places"
    if name in READ_BEFORE_RUNS:
        return "places and posts"
    if name in READ_BY_RESULTS:
        return "results"
    return "equations, results" if name in KEPT_INPUTS else "equations"


def value_column(parameter: Parameter, titles: dict[str, str]) -> str:
    """Return the value with its unit."""
    return f"{value_words(parameter, titles)} {parameter.unit}"


def parameter_cells(name: str, workspace: Workspace) -> list[str]:
    """Return the cells of one parameter of the base files."""
    parameter = workspace.parameters[name]
    source = workspace.sources[parameter.source]
    titles = {key: group.title for key, group in workspace.groups.items()}
    low, high = parameter.range
    origin = "" if parameter.source == "assumption" else f" Source {parameter.source}: {source.title}"
    return [
        f"`{name}`: {parameter.title}",
        value_column(parameter, titles),
        f"{number(low)}{DASH}{number(high)}, {parameter.distribution}",
        f"{parameter.role}, {parameter.quality}{', own' if CATALOGUE[name].owned_by_case else ''}",
        parameter.row or "none",
        CATALOGUE[name].axis,
        readers(name),
        parameter.description + origin,
    ]


def counts(workspace: Workspace) -> str:
    """Return how many parameters there are.

    They are counted by quality and by role.
    """
    records = list(workspace.parameters.values())
    quality: Counter[str] = Counter(p.quality for p in records)
    role: Counter[str] = Counter(p.role for p in records)
    by_quality = ", ".join(f"{quality[name]} {name}" for name in QUALITIES if quality[name])
    by_role = ", ".join(f"{role[name]} {name}" for name in ROLES if role[name])
    return f"{len(records)} parameters: {by_quality}. By role: {by_role}."


def parameters_page(workspace: Workspace) -> str:
    """Return Markdown of every parameter of the base files.

    They are by subject, in the order of the catalogue.
    """
    lines = [
        "# The parameter book",
        "",
        "Generated from `parameters/base`, `parameters/sources.yaml` and `inputs/parameters/catalogue.py`.",
        "",
        f"**{counts(workspace)}** An assumption is a planning value only, for a middle-income host in Asia and the "
        "Pacific. If it names a source, the source supports its reasoning, not its number. Cases replace the values "
        "that they know better.",
        "",
        "The columns:",
        "",
        "* *Role*: a lever is a choice of policy, an uncertain parameter is not known well, and a fixed one is a "
        "standard.",
        "* *Own*: every case must set the parameter itself. `mixedmig check` warns of each that a case does not set.",
        "* *By*: the axis on which a value may differ: country, group or the one region.",
        "* *Row*: the row of the parameter table with which the package was designed.",
        "",
        "Rows of money (P14-P15, P23, P24, P33, P47-P48, P53, P54, P60-P68, P71, P74-P77, P80b-P82, P88-P89, P94-P97, "
        "P101-P103, P110-P117) are in [the cost book](cost_book.md).",
    ]
    for subject in subjects():
        names = [name for name in CATALOGUE if name.split(".")[0] == subject]
        rows = [parameter_cells(name, workspace) for name in names]
        lines += ["", f"## {subject.capitalize()}", "", *markdown_table(HEAD, rows)]
    return page(lines)
