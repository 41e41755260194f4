"""What could not be read of a workspace with faults.

One round of checks then finds only faults of their own.
"""

from collections.abc import Collection

ALL = "*"
"""Stands for all names of a kind: a whole file is unreadable."""
Unread = frozenset[tuple[str, str]]
"""Kinds (parameter, lever, preset, cost item) and names."""


def may_exist(unread: Collection[tuple[str, str]], kind: str, name: str) -> bool:
    """Return whether a name may stand in a part not read."""
    return (kind, name) in unread or (kind, ALL) in unread
