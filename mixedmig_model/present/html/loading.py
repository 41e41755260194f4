"""Load what notebooks need, without what none of them has."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

GRAMMARS = "rfc3987_syntax"
"""Modules that check addresses in other alphabets.

jsonschema, which papermill loads, does without them.
"""


@contextmanager
def without_grammars() -> Iterator[None]:
    """Load papermill and nbformat quickly within a block.

    It takes a quarter of the time, for no notebook has such addresses. The package jsonschema loads the grammars if
    they are installed, and they take 1.3 s of processor time in every process.
    """
    if GRAMMARS in sys.modules:
        yield
        return
    sys.modules[GRAMMARS] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[GRAMMARS]
