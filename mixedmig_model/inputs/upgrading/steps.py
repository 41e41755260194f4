"""What versions changed in workspace files, oldest first.

Keys were added or renamed. A change that needs a reader's judgement is no step: ``mixedmig check`` asks for it in
words.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class AddedKey:
    """A key that files must have now.

    ``files`` is a pattern below the workspace. ``parent`` are keys that lead to the mapping, ``*`` for any. ``before``
    is the key before which it is put, the first where there is none.
    """

    files: str
    parent: tuple[str, ...]
    key: str
    value: str
    before: str = ""


@dataclass(frozen=True)
class RenamedKey:
    """A key with a new name.

    ``keys`` is the old path, with ``*`` for any key or number of a list.
    """

    files: str
    keys: tuple[str, ...]
    new: str


@dataclass(frozen=True)
class Step:
    """The changes of one version, and why.

    ``schemas`` are numbers of files before and after; the same: no new number.
    """

    version: str
    schemas: tuple[int, int]
    why: str
    changes: tuple[AddedKey | RenamedKey, ...]


STEPS: tuple[Step, ...] = (
    Step("0.2.0", (1, 1), "draws of arrivals.scale are narrower than its range, and the file now says how far they go; "
         "version 0.1.0 had these numbers in its code", (
             AddedKey("parameters/base/arrivals.yaml", ("parameters", "scale"), "drawn_factors", "[0.5, 2]",
                      before="distribution"),
         )),
)
"""All steps, oldest first."""
