"""Every name of the model and of a workspace, by kind.

It also finds what was meant by a name that there is not.
"""

from collections.abc import Callable
from typing import NamedTuple

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary.contract import current_name
from mixedmig_model.vocabulary.titles import STAGE_TITLES


class Named(NamedTuple):
    """A name, what kind of thing it names, its title and unit.

    Units of levers, presets and stages are empty.
    """

    kind: str
    name: str
    title: str
    unit: str = ""


def _parameters(workspace: Workspace) -> list[Named]:
    return [Named("parameter", name, one.title, one.unit) for name, one in workspace.parameters.items()]


def _levers(workspace: Workspace) -> list[Named]:
    return [Named("lever", name, one.title) for name, one in workspace.levers.items()]


def _presets(workspace: Workspace) -> list[Named]:
    return [Named("preset", name, one.title) for name, one in workspace.presets.items()]


def _stages(_: Workspace) -> list[Named]:
    return [Named("stage", name, title, "person") for name, title in STAGE_TITLES.items()]


def _stocks(_: Workspace) -> list[Named]:
    return [Named("stock", one.name, one.description, one.unit) for one in STOCKS]


def _flows(_: Workspace) -> list[Named]:
    return [Named("flow", one.name, one.description, f"{one.unit}/day") for one in FLOWS]


def _indicators(_: Workspace) -> list[Named]:
    return [Named("indicator", one.key, one.title, one.unit) for one in INDICATORS]


def _items(workspace: Workspace) -> list[Named]:
    book = workspace.costs
    return [Named("item", name, one.title, one.per) for name, one in book.items.items()] if book else []


KINDS: dict[str, Callable[[Workspace], list[Named]]] = {
    "indicator": _indicators, "flow": _flows, "stock": _stocks, "stage": _stages, "parameter": _parameters,
    "lever": _levers, "preset": _presets, "item": _items,
}
"""Kinds of names, in the order in which they are shown."""
PLURALS = {f"{kind}s": kind for kind in KINDS}


def names_of(workspace: Workspace, kinds: str, word: str = "") -> list[Named]:
    """Return names of one kind that hold a word.

    The name or the title holds it.

    Parameters
    ----------
    workspace : Workspace
        The workspace.
    kinds : str
        The kind in plural, such as ``levers``.
    word : str, default ''
        The word; all names if empty.

    Returns
    -------
    list[Named]
        The names.

    Raises
    ------
    InputFaultsError
        For an unknown kind.
    """
    if kinds not in PLURALS:
        raise InputFaultsError([Fault("list", 0, "", "unknown kind", found=repr(kinds)[:80],
                                      allowed=", ".join(PLURALS), nearest=nearest(kinds, PLURALS))])
    small = word.lower()
    return [one for one in KINDS[PLURALS[kinds]](workspace) if small in one.name.lower() or small in one.title.lower()]


def find(workspace: Workspace, name: str) -> tuple[list[Named], str]:
    """Return all that has a name, and a message.

    The message is for an old name. Raises InputFaultsError with the nearest.
    """
    every = [one for make in KINDS.values() for one in make(workspace)]
    today, message = name, ""
    for kind in ("indicator", "parameter"):
        current = current_name(kind, name)
        if current.message:
            today, message = current.name, current.message
    found = [one for one in every if one.name == today]
    if found:
        return found, message
    known = list(dict.fromkeys(one.name for one in every))
    raise InputFaultsError([Fault("explain", 0, "", "unknown name", found=repr(name)[:80],
                                  allowed=f"{listed(_close(name, known))} (mixedmig list KIND shows all)",
                                  nearest=nearest(name, known))])


def _close(name: str, known: list[str]) -> list[str]:
    """Return names like one that there is not.

    They hold it or a part of it, else they are the beginnings of the list.
    """
    parts = [part for part in name.lower().replace(".", "_").split("_") if len(part) > 2]
    held = [one for one in known if name.lower() in one]
    return held or [one for one in known if any(part in one for part in parts)] or known
