"""What could not be read of a workspace with faults, so that one round of checks finds only faults of their own."""

from collections.abc import Collection

ALL = "*"
"""Stands for all names of a kind: a whole file could not be read."""
Unread = frozenset[tuple[str, str]]
"""Kinds (parameter, lever, preset, cost item) and names."""


def may_exist(unread: Collection[tuple[str, str]], kind: str, name: str) -> bool:
    """Whether a name that was not found may stand in a part that could not be read."""
    return (kind, name) in unread or (kind, ALL) in unread
