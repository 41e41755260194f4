"""Fit the UK case, and explain its queue lever by lever: python tests/fits/uk_asylum.py

Output, withdrawals and recognition of the case are fitted year by year. Then the model is fitted to two years before a
cut, and starts at the cut from the observed queue. Levers are held as fitted, and given as observed one by one.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from fitting import Level, fit, report, with_levels
from scipy.optimize import least_squares

import mixedmig_model as mm
from mixedmig_model.vocabulary.calendar import MONTH_DAYS

OUTPUT, WITHDRAWN, STAFF = "determination.cases_per_week", "determination.withdrawal_rate", "determination.officers"
POSITIVE, SCALE, LEFT = "determination.true_positive_rate", "arrivals.scale", "absconding.rate"
CLOSED, CLOSED_A_WEEK = "closing.officers", 20.0
"""Officers who close claims, and how many each closes in a week (the base value)."""
DECIDED = ["recognised", "appealed", "refused_without_appeal"]
"""Flows out of status determination by a first decision."""
CUTS = (date(2019, 1, 1), date(2021, 1, 1))
"""The days after the last quarter that a fit reads: 2018Q4 and 2020Q4."""
RUNGS = ("held", "applications", "staff", "output", "withdrawals", "closings", "unexplained")

@dataclass(frozen=True)
class Quarter:
    """A quarter as published: main applicants and staff in post."""

    start: date
    end: date
    applications: float
    decisions: float
    granted: float
    withdrawn: float
    pending: float
    over_six_months: float
    staff: float
    counted: float  # outcomes that caseworkers count, from 2020 on; not a number before

    @property
    def closed(self) -> float:
        """Outcomes that caseworkers count beyond published decisions and withdrawals, none below zero.

        They are taken as cases closed. The queue has no part in this number.
        """
        beyond = self.counted - self.decisions - self.withdrawn
        return max(beyond, 0.0) if np.isfinite(beyond) else 0.0

    @property
    def output(self) -> float:
        """Decisions of an officer in a week."""
        return self.decisions / self.staff / ((self.end - self.start).days / 7.0)


def quarters() -> list[Quarter]:
    """Read the published quarters."""
    with Path(__file__).with_name("uk_quarters.csv").open(encoding="utf-8", newline="") as file:
        return [Quarter(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]),
                        *(float(row[name] or "nan") for name in list(row)[2:])) for row in csv.DictReader(file)]


def yearly(case: mm.CaseInputs) -> tuple[Level, ...]:
    """Return the levels of the case that are fitted: output, withdrawals and recognition of each year."""
    return tuple(Level(name, day.isoformat(), value) for name in (OUTPUT, WITHDRAWN, POSITIVE)
                 for day, value in case.case.parameters[name].dated.items())


def yearly_misses(case: mm.CaseInputs, ds) -> np.ndarray:
    """Return the logarithms of ours over published: decisions, withdrawals and positive decisions, year by year."""
    cases, start = case.case.parameters["work.persons_per_case"].value, case.case.start
    daily = ds["daily_flow"].sel(country="united_kingdom") / cases
    found = []
    for rows, name in ((DECIDED, "decisions"), (["withdrawn"], "withdrawn"), (["recognised"], "granted")):
        ours = daily.sel(row=rows).sum("row").values
        for year in sorted({one.start.year for one in quarters()}):
            spans = [one for one in quarters() if one.start.year == year]
            mine = ours[(spans[0].start - start).days : (spans[-1].end - start).days].sum()
            found.append(np.log(mine / sum(getattr(one, name) for one in spans)))
    return np.array(found)


def between(case: mm.CaseInputs, start: date, end: date) -> mm.CaseInputs:
    """Return the case from one day to another, with the queue that was published on the day before."""
    before = next(quarter for quarter in quarters() if quarter.end == start)
    first = case.case.opening[0].model_copy(update={
        "persons": before.pending, "waited": {183: 1.0 - before.over_six_months / before.pending, 1461: 1.0}})
    part = case.case.model_copy(update={"start": start, "end": end, "opening": (first,)})
    return replace(case, case=part, observations=())


def followed(case: mm.CaseInputs, ds, spans: Sequence[Quarter]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return decisions, withdrawals and the queue at the end of quarters, in cases."""
    cases, start = case.case.parameters["work.persons_per_case"].value, spans[0].start
    daily = ds["daily_flow"].sel(country="united_kingdom")
    decided = daily.sel(row=DECIDED).sum("row").values / cases
    gone = daily.sel(row="withdrawn").values / cases
    queue = ds["daily_people"].sel(stage="determination", country="united_kingdom")
    queue = queue.sum([one for one in queue.dims if one != "day"]).values / cases
    ends = [((one.start - start).days, (one.end - start).days) for one in spans]
    return (np.array([decided[a:b].sum() for a, b in ends]), np.array([gone[a:b].sum() for a, b in ends]),
            np.array([queue[b] for _, b in ends]))


def fitted_before(case: mm.CaseInputs, cut: date) -> np.ndarray:
    """Fit one output and one rate of withdrawal to the eight quarters before a cut."""
    spans = [quarter for quarter in quarters() if quarter.end <= cut][-8:]
    part = between(case, spans[0].start, cut)
    start = spans[0].start.isoformat()
    levels = given(spans, [STAFF]) + [Level(name, start, 1.0) for name in (OUTPUT, WITHDRAWN, LEFT)]
    staff = [level.guess for level in levels[:-3]]

    def residuals(logs: np.ndarray) -> np.ndarray:
        ours = followed(part, mm.run(with_levels(part, levels, [*staff, *np.exp(logs), 0.0])), spans)
        seen = ([one.decisions for one in spans], [one.withdrawn for one in spans], [one.pending for one in spans])
        return np.concatenate([np.log(mine / np.array(theirs)) for mine, theirs in zip(ours, seen, strict=True)])

    return np.exp(least_squares(residuals, np.log([0.7, 0.01]), method="trf", diff_step=1e-3, xtol=1e-5).x)


def given(spans: Sequence[Quarter], names: Sequence[str], last: Quarter | None = None) -> list[Level]:
    """Return observed levels of inputs by quarter."""
    found = []
    for name in names:
        for one in spans:
            month = (one.end - one.start).days / MONTH_DAYS
            waiting = one.pending - 0.5 * (one.applications - one.decisions - one.withdrawn)
            value = {STAFF: one.staff, OUTPUT: one.output, WITHDRAWN: one.withdrawn / waiting / month,
                     CLOSED: one.closed / CLOSED_A_WEEK / ((one.end - one.start).days / 7.0),
                     SCALE: (last.applications / one.applications) if last else 1.0}[name]
            found.append(Level(name, one.start.isoformat(), value))
    return found


def explained(case: mm.CaseInputs, cut: date) -> dict[str, np.ndarray]:
    """Return the queue of the eight quarters after a cut, lever by lever, and as published."""
    known, spans = [one for one in quarters() if one.end <= cut], [one for one in quarters() if one.start >= cut][:8]
    part, (output, withdrawn) = between(case, cut, spans[-1].end), fitted_before(case, cut)
    mean = replace(known[-1], applications=float(np.mean([one.applications for one in known[-4:]])))
    held = {STAFF: known[-1].staff, OUTPUT: output, WITHDRAWN: withdrawn, LEFT: 0.0}
    order = dict(zip(RUNGS[1:], (SCALE, STAFF, OUTPUT, WITHDRAWN, CLOSED, LEFT), strict=True))
    found = {}
    for rung in RUNGS:
        seen = [order[name] for name in RUNGS[1 : RUNGS.index(rung) + 1]]
        closing = CLOSED in seen and LEFT not in seen
        levels = given(spans, [name for name in seen if name not in (SCALE, CLOSED, LEFT)] + [CLOSED] * closing)
        levels += [] if SCALE in seen else given(spans, [SCALE], mean)
        levels += unexplained(spans, known[-1]) if LEFT in seen else []
        levels += [] if closing else [Level(CLOSED, cut.isoformat(), 0.0)]
        levels += [Level(name, cut.isoformat(), value) for name, value in held.items() if name not in seen]
        found[rung] = followed(part, mm.run(with_levels(part, levels, [one.guess for one in levels])), spans)[2]
    return found | {"published": np.array([one.pending for one in spans])}


def unexplained(spans: Sequence[Quarter], before: Quarter) -> list[Level]:
    """Return the monthly rate at which cases left the queue without a published outcome, none where cases appeared.

    It stands in for closings: the queue itself is read.
    """
    found = []
    for last, one in zip([before, *spans], spans, strict=False):
        gone = last.pending + one.applications - one.decisions - one.withdrawn - one.pending
        rate = max(gone, 0.0) / (0.5 * (last.pending + one.pending)) / ((one.end - one.start).days / MONTH_DAYS)
        found.append(Level(LEFT, one.start.isoformat(), rate))
    return found


def misses(found: dict[str, np.ndarray]) -> dict[str, tuple[float, float, float]]:
    """Return, by rung, the queue at the end, how far it is off, and the mean absolute miss of eight quarters."""
    seen = found["published"]
    return {rung: (float(queue[-1]), float(queue[-1] / seen[-1] - 1.0), float(np.abs(queue / seen - 1.0).mean()))
            for rung, queue in found.items() if rung != "published"}


if __name__ == "__main__":
    known_case = mm.read_case(None, "uk_asylum_2010_2022")
    levels_of_years = yearly(known_case)
    result = fit(known_case, levels_of_years, miss=lambda ds: yearly_misses(known_case, ds))
    print(report(levels_of_years, result))  # noqa: T201
    for day in CUTS:
        for name, (queue, off, mean) in misses(explained(known_case, day)).items():
            print(day, name, f"{queue:,.0f} {off:+.1%} {mean:.1%}")  # noqa: T201
