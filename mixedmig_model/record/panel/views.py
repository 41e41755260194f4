"""Views of the panel: their charts, and the numbers of lines."""

from collections.abc import Callable, Sequence

import numpy as np

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.record.schema.panel import ChartPart, SeriesPart, ViewPart
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.results.costs.lines import CENTS, CostRun
from mixedmig_model.results.measures import in_stages, labels, living, of_need, values, where_label
from mixedmig_model.results.outcomes import ALONE, OUTCOMES
from mixedmig_model.solve.run_arrays import RunArrays
from mixedmig_model.vocabulary.calendar import run_calendar
from mixedmig_model.vocabulary.labels import NEEDS, STAGES
from mixedmig_model.vocabulary.routes import on_route
from mixedmig_model.vocabulary.titles import NEED_TITLES, OUTCOME_TITLES, PAYER_TITLES, QUEUE_TITLES, STAGE_TITLES

KINDS = ("reception", "detention", "alternative")
DEAD = ("died_crossing", "died_onward", "died_adrift")
AT_SEA = ("at_sea", "adrift")
COSTS = "costs"


def views(inputs: CaseInputs) -> tuple[ViewPart, ...]:
    """Return the views of a case in the order of the panel.

    The view of costs is there only with a cost book.
    """
    sea = inputs.case.coming == "sea"
    made = {
        "people": [_days("adrift")] * sea + [_days(key) for key in ("ashore", "unsheltered", "awaiting", "irregular")],
        "stages": [_days(f"stage_{one}", words.IN_STAGE.format(stage=STAGE_TITLES[one])) for one in STAGES],
        "waits": [_days(f"waiting_{one}", words.WAITING.format(stage=title))
                  for one, title in QUEUE_TITLES.items()],
        "places": [_days(one, series=("in_need" if one == "reception" else "inside", "places")) for one in KINDS],
        "outcomes": [_outcomes(inputs)],
        "countries": [_days(f"country_{name}", country.title, ("hosted", "unsheltered"))
                      for name, country in inputs.case.countries.items()],
    }
    if inputs.costs is not None and inputs.workspace.costs is not None:
        made[COSTS] = _costs(inputs)
    order = [key for key in words.VIEWS if key in made]
    return tuple(ViewPart(key=key, title=words.VIEWS[key], charts=tuple(made[key])) for key in order)


def _days(key: str, title: str = "", series: Sequence[str] = ()) -> ChartPart:
    """Return a chart of people on each day."""
    name = title or words.CHARTS[key]
    parts = tuple(SeriesPart(key=one, title=words.SERIES[one]) for one in series) or (SeriesPart(key=key, title=name),)
    return ChartPart(key=key, title=name, unit="person", unit_words="people",
                     subtitle=words.EACH_DAY.format(unit="people"), kind="line", x="day", series=parts,
                     source=words.SOURCE)


def _outcomes(inputs: CaseInputs) -> ChartPart:
    titles = tuple(on_route(OUTCOME_TITLES[name], inputs.case.coming) for name in OUTCOMES)
    return ChartPart(key="outcomes", title=words.BY_OUTCOME, unit="person", unit_words="people",
                     subtitle=words.AT_END.format(unit="people"), kind="bar", x=titles,
                     series=tuple(SeriesPart(key=need, title=NEED_TITLES[need]) for need in NEEDS), source=words.SOURCE)


def _costs(inputs: CaseInputs) -> list[ChartPart]:
    book = inputs.workspace.costs
    assert book is not None
    currency = book.money.base_currency
    months = tuple(f"{month:%b %Y}" for month in run_calendar(inputs.case.start, inputs.days).months)
    one = (SeriesPart(key="cost", title=words.COSTS),)
    whole = ChartPart(key="payers", title=words.BY_PAYER, unit=currency, unit_words=currency,
                      subtitle=words.EACH_MONTH.format(unit=currency), kind="bar", x=tuple(PAYER_TITLES.values()),
                      series=one, source=words.SOURCE)
    return [whole, whole.model_copy(update={"key": "months", "title": words.BY_MONTH, "kind": "line",
                                            "x": months, "subtitle": words.MONTHLY.format(unit=currency)})]


def lines_of(inputs: CaseInputs, run: RunArrays, only: str = "") -> dict[str, np.ndarray]:
    """Return the numbers of all lines but those of costs, by view.

    Lines follow one another as float32. With ``only`` they are those of one view.
    """
    people = values(run, "daily_people")  # day, stage, place, country
    total, stage = people.sum(axis=(1, 2, 3)), people.sum(axis=(2, 3))
    outside, unsheltered = values(run, "daily_irregular"), living(run, "unsheltered")
    sea = [values(run, "daily_adrift")] if inputs.case.coming == "sea" else []
    hosted = people.sum(axis=(1, 2)) + outside
    awaiting = stage[:, where_label(run, "stage", "determination")]
    found: dict[str, Callable[[], list[np.ndarray]]] = {
        "people": lambda: [*sea, total, unsheltered, awaiting, outside],
        "stages": lambda: [stage[:, where_label(run, "stage", one)] for one in STAGES],
        "waits": lambda: [in_stages(run, (one,)) for one in QUEUE_TITLES],
        "places": lambda: _places(run),
        "outcomes": lambda: [_by_outcome(run)],
        "countries": lambda: [one[:, k] for k in range(len(inputs.case.countries)) for one in (hosted, unsheltered)],
    }
    return {key: _packed(parts()) for key, parts in found.items() if only in ("", key)}


def cost_lines(run: CostRun) -> np.ndarray:
    """Return the numbers of the view of costs.

    They are by payer, and by month.
    """
    return _packed([run.by("payer") / CENTS, run.by("month") / CENTS])


def _packed(parts: Sequence[np.ndarray]) -> np.ndarray:
    """Return lines one after the other.

    An array with more axes than days is summed.
    """
    flat = [part if part.ndim == 1 else part.reshape(len(part), -1).sum(axis=1) for part in parts]
    return np.concatenate(flat).astype("<f4")


def _places(run: RunArrays) -> list[np.ndarray]:
    """Return people and places of each kind.

    Places hold for the day that begins.
    """
    open_places = values(run, "places_open")
    made = []
    for kind in KINDS:
        at = where_label(run, "kind", kind)
        inside = living(run, "reception", "unsheltered") if kind == "reception" else living(run, kind)
        places = open_places[:, at]
        made += [inside, np.concatenate([places, places[-1:]])]
    return made


def _by_outcome(run: RunArrays) -> np.ndarray:
    """Return people at the end by true need and outcome.

    One need follows the other, as ``results/outcomes.py`` has them.
    """
    marks = np.array([of_need(run, need) for need in NEEDS], dtype=float)

    def last(name: str) -> np.ndarray:
        variable = run.variables[name]
        table = np.asarray(variable.values)[-1]
        kept = variable.dims.index("group") - 1
        return np.asarray(table.sum(axis=tuple(k for k in range(table.ndim) if k != kept)))

    dims = run.variables["people"].dims[1:]
    order = [dims.index("stage"), dims.index("group")]
    over = tuple(k for k in range(len(dims)) if k not in order)
    people = np.asarray(run.variables["people"].values)[-1].sum(axis=over)
    people = people if order[0] < order[1] else people.T
    stages = dict(zip(labels(run, "stage"), people, strict=True))
    parts = {name: last(name) for name in ALONE}
    parts |= {name: stages.pop(name) for name in ("protected", "limbo")}
    parts |= {"procedure": _sum(list(stages.values())),
              "at_sea": _sum([last(name) for name in AT_SEA]), "dead": _sum([last(name) for name in DEAD])}
    table = np.array([parts[name] for name in OUTCOMES])  # outcome, group
    return np.asarray(marks @ table.T).ravel()


def _sum(parts: Sequence[np.ndarray]) -> np.ndarray:
    return np.asarray(np.sum(parts, axis=0))
