"""The front end: its files as one module and one style sheet."""

from functools import cache
from pathlib import Path

FRONT = Path(__file__).parent / "front"
ORDER = "order.txt"


@cache
def joined(ending: str) -> str:
    """Return all files of the front end with an ending, joined.

    They are joined to one text in the order of ``order.txt``.

    Parameters
    ----------
    ending : str
        ``js`` or ``css``.

    Returns
    -------
    str
        The text.
    """
    names = [line.strip() for line in (FRONT / ORDER).read_text(encoding="utf-8").splitlines()]
    chosen = [name for name in names if name.endswith(f".{ending}")]
    return "\n".join((FRONT / name).read_text(encoding="utf-8") for name in chosen)
