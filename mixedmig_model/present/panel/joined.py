"""The front end: its files joined in a fixed order into one module and one style sheet."""

from functools import cache
from pathlib import Path

FRONT = Path(__file__).parent / "front"
ORDER = "order.txt"


@cache
def joined(ending: str) -> str:
    """The files of the front end with an ending, joined in the order of ``order.txt``. Args: ending, js or css."""
    names = [line.strip() for line in (FRONT / ORDER).read_text(encoding="utf-8").splitlines()]
    chosen = [name for name in names if name.endswith(f".{ending}")]
    return "\n".join((FRONT / name).read_text(encoding="utf-8") for name in chosen)
