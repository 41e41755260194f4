"""What the runs of a batch vary, as axes of its charts."""

from collections.abc import Sequence
from typing import NamedTuple

from mixedmig_model.inputs.batch import Batch
from mixedmig_model.record.schema.commands import BatchAxis
from mixedmig_model.record.words.charts import batches as words
from mixedmig_model.vocabulary.numbers import given

MOST_AXES = 2
"""Axes that a chart has."""
PERCENT = 100.0
SCENARIO, LEVER = "scenario", "lever"


class Varied(NamedTuple):
    """Axes of charts with the place of each run on them.

    ``why`` says why there are none.
    """

    axes: tuple[BatchAxis, ...]
    places: tuple[tuple[float, ...], ...]
    why: str = ""


def varied(batch: Batch) -> Varied:
    """Return the axes of charts of a batch, or why none.

    Parameters
    ----------
    batch : Batch
        The batch.

    Returns
    -------
    Varied
        One axis or two, or none and a sentence that says why. The sentence is empty where nothing varies.
    """
    nowhere: tuple[tuple[float, ...], ...] = tuple(() for _ in batch.points)
    chosen: list[dict[tuple[str, str], float | str]] = [
        {(one.kind, one.key): one.value for one in point.settings} for point in batch.points]
    if any(set(some) != set(chosen[0]) for some in chosen):
        return Varied((), nowhere, words.UNEVEN)
    keys = [key for key in chosen[0] if len({some[key] for some in chosen}) > 1]
    axes = tuple(_axis(batch, kind, key, [some[kind, key] for some in chosen]) for kind, key in keys)
    if len(axes) > MOST_AXES:
        return Varied((), nowhere, words.too_many([axis.title for axis in axes]))
    if all(axis.kind == SCENARIO for axis in axes):
        return Varied((), nowhere, words.SCENARIOS_ALONE if axes else "")
    names = list(dict.fromkeys(some[SCENARIO, ""] for some in chosen))
    places = tuple(tuple(float(names.index(some[key])) if key[0] == SCENARIO else _scaled(key[0], some[key])
                         for key in keys) for some in chosen)
    return Varied(axes, places)


def _axis(batch: Batch, kind: str, key: str, values: Sequence[float | str]) -> BatchAxis:
    """Return an axis with the values that runs have on it."""
    if kind == SCENARIO:
        titles = tuple(batch.inputs.scenario(str(name)).title for name in dict.fromkeys(values))
        return BatchAxis(kind="scenario", key="", title=words.SCENARIO_AXIS, unit="",
                         values=tuple(float(place) for place in range(len(titles))), labels=titles)
    found = tuple(sorted({_scaled(kind, value) for value in values}))
    labels, known = tuple(given(value) for value in found), batch.inputs.workspace
    if kind == LEVER:
        return BatchAxis(kind="lever", key=key, title=words.lever_axis(known.levers[key].title), unit="%",
                         values=found, labels=labels)
    record = known.parameters[key]
    return BatchAxis(kind="input", key=key, title=record.title, unit=record.unit, values=found, labels=labels)


def _scaled(kind: str, value: float | str) -> float:
    """Return a value of an axis; the intensity of a lever is in percent."""
    return float(value) * PERCENT if kind == LEVER else float(value)
