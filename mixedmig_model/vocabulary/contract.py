"""What programs may rely on.

It has names that stay, exit codes, and old names that are accepted for one version. ``docs/contract.md`` lists the
names. A name that changes gets a line in ``RENAMED`` with the version in which it changed. The old name works in that
version, with a message, and the line goes with the next.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

EXIT_CODES = {
    0: "done",
    1: "a run, a check or the program failed",
    2: "bad input: faults are listed with file, line and what is allowed",
    129: "stopped because the terminal closed (SIGHUP)",
    130: "stopped by Ctrl-C (SIGINT)",
    143: "stopped by the system (SIGTERM)",
}
"""Exit codes of every command."""
Kind = Literal["variable", "dimension", "indicator", "parameter", "option", "command"]


class Renamed(NamedTuple):
    """A name that changed.

    It has its kind, its old and its new form, and the version with which it changed.
    """

    kind: Kind
    old: str
    new: str
    version: str


class Current(NamedTuple):
    """Today's form of a name, and a message.

    The message says so where the one given is old.
    """

    name: str
    message: str = ""


RENAMED: tuple[Renamed, ...] = ()
"""Names that changed with this version.

None has changed since 0.1.0.
"""


def message_of(one: Renamed) -> str:
    """Return what to say of an old name that was used."""
    since = f"the {one.kind} {one.old} is called {one.new} since version {one.version}"
    return f"{since}; the old name stops working with the next version"


def current_name(kind: Kind, name: str, renamed: Iterable[Renamed] | None = None) -> Current:
    """Return today's form of a name.

    Parameters
    ----------
    kind : Kind
        Kind of the name.
    name : str
        The name, perhaps an old one.
    renamed : Iterable[Renamed] | None, default None
        Table to look it up in; today's if None.

    Returns
    -------
    Current
        The form, with a message where the name is old.
    """
    for one in RENAMED if renamed is None else renamed:
        if (one.kind, one.old) == (kind, name):
            return Current(one.new, message_of(one))
    return Current(name)
