"""What is measured, in order: the name of each measurement, how it is called, and how long it takes where all is quiet.

The seconds are for the time left and nothing else; they were taken on two virtual cores.
"""

from typing import NamedTuple

FEW, MANY, ALL = 100, 1_000, 10_000
PATIENCE = 260.0
"""Seconds that 10,000 draws may take in the full form, as 1,000 foretell; with ``--all`` they may take longer."""
PYSD_STEPS = (0.5, 0.25, 0.125)
YEARS, GROUPS, COUNTRIES = (1, 10), (4, 16), (2, 5, 12)


class Measurement(NamedTuple):
    """A measurement by name: script, way and words; and seconds where all is quiet."""

    name: str
    script: str
    words: tuple[str, ...]
    seconds: float


def way(name: str, seconds: float, *words: object, script: str = "ways.py") -> Measurement:
    """A measurement named by its way and words."""
    told = tuple(str(word) for word in words)
    return Measurement(" ".join([name, *told]), script, (name, *told), seconds)


def plan(quick: bool) -> list[Measurement]:
    """All measurements. Args: quick, one year, few sizes and draws, no reports."""
    years = 1 if quick else 3
    steps = PYSD_STEPS[:2] if quick else PYSD_STEPS
    rows = [way("reference", 6, 1, years), way("numpy_heun", 4, 1, years), way("hand", 12, 1, years),
            *(way("flow_table", 3, which, years) for which in ("numpy", "strict", "fast")),
            way("kernel", 3, 1, years), way("sums", 3, 1, years), way("together", 3, years),
            way("pysd", 22, years, *steps),
            *(way(name, 5, 1, years, 0, "cut") for name in ("hand", "numpy_heun", "reference", "kernel"))]
    sizes = [(countries, years, 0) for countries in (COUNTRIES[:1] if quick else COUNTRIES)]
    if not quick:
        sizes += [(1, length, 0) for length in YEARS] + [(1, years, number) for number in GROUPS]
    rows += [way("sums", 4, *size) for size in sizes]
    if not quick:
        rows += [way("reference", 8, 5, years), way("kernel", 4, 5, years)]
    rows += [way("numbers", 6, 1, years), way("numbers", 10, 5, years), way("first_panel", 8), way("panel", 12),
             way("draw_shares", 10, 20 if quick else 60, script="many.py"),
             way("draws", 12, FEW // 2 if quick else FEW, years, script="many.py")]
    if quick:
        return rows
    return [*rows, way("draws", 25, MANY, years, script="many.py"), way("reports", 110, script="many.py"),
            way("draws", 180, ALL, years, script="many.py")]


def too_long(measurement: Measurement, found: dict[str, dict], everything: bool) -> str:
    """Why a measurement is left out, in words; nothing where it is not."""
    if measurement.words[:2] != ("draws", str(ALL)) or everything:
        return ""
    fewer = found.get(f"draws {MANY} {measurement.words[2]}", {})
    if "wall" not in fewer:
        return f"not run, because {MANY:,} draws could not be measured"
    foretold = fewer["wall"] * ALL / MANY
    return f"not run: {MANY:,} draws say that it takes {foretold:.0f} s" if foretold > PATIENCE else ""
