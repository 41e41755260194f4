"""The shipped equations and solver against an independent model written by hand (``hand_loop.py``)."""

import ast
import sys
from pathlib import Path

import numpy as np
import pytest

from mixedmig_model.equations.flows import ROWS, STOCKS
from mixedmig_model.inputs.catalogue import CATALOGUE
from mixedmig_model.inputs.resolve import RunInputs
from mixedmig_model.solve.reference import Answer, solve

from . import hand_loop
from .synthetic import CHILD_ALONE, MIGRANT, REFUGEE, TRAFFICKED, arrivals, make_run, weekly_stock, weekly_total

AGREEMENT = 1e-3
"""Largest difference allowed, as a share of arrivals (0.1 %); test_measured_agreement holds a tighter one."""


def plain_numbers(run: RunInputs) -> dict:
    """The inputs of a run as plain dicts of Python numbers, for the hand-written model."""
    labels = {"country": run.countries, "group": tuple(run.groups), "region": ("region",)}

    def dated(steps, names):
        return [
            (int(day), dict(zip(names, map(float, row), strict=True)))
            for day, row in zip(steps.starts, steps.values, strict=True)
        ]

    return {
        "countries": list(run.countries),
        "groups": {name: {"need": g.need, "flags": list(g.flags)} for name, g in run.groups.items()},
        "days": run.days,
        "departures": dated(run.departures, run.countries),
        "parameters": {key: dated(steps, labels[CATALOGUE[key].axis]) for key, steps in run.parameters.items()},
        "opening": [(o.stage, o.place, o.country, o.persons) for o in run.opening],
    }


def congested_run() -> RunInputs:
    """One country, five groups, 200 days: everything congested, detention on, a closure, an exemption from day 110."""
    return make_run(
        200, {0: 20.0, 30: 60.0, 75: 8.0},
        {
            "refugee": REFUGEE,
            "refugee_child": {"need": "international", "flags": ("child", "alone")},
            "trafficked": TRAFFICKED,
            "ill_migrant": {"need": "none", "flags": ("ill",)},
            "migrant": MIGRANT,
        },
        opening=(("determination", "reception", "here", 260.0), ("limbo", "community", "here", 40.0),
                 ("return", "unsheltered", "here", 120.0)),
        arrivals__scale={0: 1.0, 140: 1.5},
        arrivals__international_need_share={0: 0.45, 50: 0.65},
        arrivals__composition={0: [0.6, 0.4, 0.3, 0.2, 0.5], 90: [0.5, 0.5, 0.1, 0.4, 0.5]},
        journey__mortality=0.02, journey__unrecorded_share=0.15, onward__rate=0.002, onward__irregular_rate=0.006,
        journey__abandonment_rate={0: 0.0, 40: 0.05, 60: 0.0}, journey__refused_share={0: 0.0, 55: 0.3, 65: 0.0},
        journey__adrift_death_rate=0.003, journey__turn_back_rate=0.01,
        registration__officers={0: 4.0, 100: 6.0}, screening__officers=4.0, screening__prima_facie_share=0.1,
        determination__officers={0: 4.0, 120: 9.0}, determination__cases_per_week=4.0,
        determination__minimum_time=10.0, determination__quality_slope=0.3, determination__caseload_norm=20.0,
        counselling__claim_share=[0.7, 0.5, 0.4, 0.3, 0.2],
        referral__protected_share=[0.4, 0.5, 0.6, 0.3, 0.2], referral__determination_share=[0.6, 0.3, 0.2, 0.3, 0.3],
        appeal__panels=0.4, appeal__overturn_share=[0.6, 0.6, 0.5, 0.2, 0.1],
        return__officers=1.5, return__escorted_places=0.8, return__documentation_time=12.0,
        return__assisted_uptake_rate=[0.0, 0.01, 0.03, 0.05, 0.08], return__assisted_places={0: 0.0, 35: 3.0},
        reception__places={0: 500.0, 70: 180.0, 150: 700.0}, reception__community_share=0.2,
        detention__places={0: 300.0, 160: 60.0}, detention__detained_share=0.3, detention__pre_removal_rate=0.05,
        detention__review_release_rate=0.01, law__child_exemption={0: 0.0, 110: 1.0},
    )


def adrift_run() -> RunInputs:
    """Two countries, four groups, 120 days: boats refused and abandoned, people disembarked by dated shares."""
    return make_run(
        120, {0: {"north": 40.0, "south": 10.0}, 45: {"north": 0.0, "south": 6.0}},
        {"refugee": REFUGEE, "child_alone": CHILD_ALONE, "trafficked": TRAFFICKED, "migrant": MIGRANT},
        countries=("north", "south"),
        opening=(("protected", "reception", "south", 60.0), ("screening", "unsheltered", "north", 30.0)),
        journey__voyage_time={"north": 12.0, "south": 7.0}, journey__mortality={"north": 0.01, "south": 0.03},
        journey__refused_share={0: 0.1, 20: {"north": 0.6, "south": 0.2}, 40: 0.0},
        journey__abandonment_rate={0: 0.0, 25: {"north": 0.1, "south": 0.02}, 50: 0.0},
        journey__unrecorded_share={"north": 0.5, "south": 0.1},
        journey__time_to_place_of_safety={0: 30.0, 28: 14.0, 42: 5.0, 80: 2.0},
        journey__adrift_death_rate={0: 0.002, 60: 0.001}, journey__turn_back_rate={0: 0.02, 30: 0.0},
        journey__disembarkation_share={0: {"north": 0.3, "south": 0.7}, 35: {"north": 0.8, "south": 0.2}},
        work__persons_per_case={"north": 1.8, "south": 2.5}, work__hours_per_week={"north": 40 / 7, "south": 5.0},
        registration__officers={"north": 2.0, "south": 1.0}, screening__officers={"north": 1.5, "south": 3.0},
        determination__officers={"north": 0.0, "south": 2.0}, determination__quality_slope=0.2,
        determination__caseload_norm=10.0, determination__minimum_time=8.0, appeal__panels={"north": 1.0, "south": 0.2},
        return__escorted_places={"north": 0.0, "south": 0.3}, return__documentation_time=10.0,
        return__assisted_uptake_rate=[0.0, 0.02, 0.02, 0.1], return__assisted_places={"north": 1.0, "south": 2.0},
        return__uptake_before_decision=1.0,
        reception__places={0: {"north": 50.0, "south": 100.0}, 30: {"north": 400.0, "south": 100.0}},
        detention__places={"north": 150.0, "south": 20.0}, detention__detained_share={"north": 0.9, "south": 0.2},
        detention__pre_removal_rate={"north": 0.0, "south": 0.05}, detention__review_release_rate=0.02,
        law__child_exemption={0: {"north": 0.0, "south": 1.0}, 60: {"north": 0.5, "south": 1.0}},
        onward__rate={"north": 0.001, "south": 0.004}, onward__irregular_rate=0.01,
    )


class Pair:
    """One run solved by the package and by hand."""

    def __init__(self, run: RunInputs):
        self.run = run
        self.answer: Answer = solve(run)
        self.hand = hand_loop.run(plain_numbers(run), steps_a_day=12)
        self.arrivals = arrivals(run)
        assert [day for day, _, _ in self.hand] == list(self.answer.week_days)

    def hand_stock(self, name: str) -> np.ndarray:
        """A stock of the hand model on the package's axes, by weekly edge."""
        groups, countries = self.run.groups, self.run.countries
        result = []
        for _, stock, _ in self.hand:
            if name == "people":
                result.append([
                    [[[stock["ashore", s, p, g, c] for c in countries] for g in groups] for p in hand_loop.PLACES]
                    for s in hand_loop.STAGES
                ])
            elif (name, next(iter(groups))) in stock:
                result.append([stock[name, g] for g in groups])
            else:
                result.append([[stock[name, g, c] for c in countries] for g in groups])
        return np.array(result)

    def hand_total(self, row: str, by_country: bool) -> np.ndarray:
        """The running total of a flow of the hand model, ``[edge, group, country]`` or ``[edge, group]``."""
        countries = self.run.countries if by_country else (None,)
        total = np.array([
            [[moved.get((row, g, c), 0.0) for c in countries] for g in self.run.groups] for _, _, moved in self.hand
        ])
        return total if by_country else total[:, :, 0]

    def own_total(self, row) -> np.ndarray:
        """The running total of a row of the package, summed over stage and place."""
        total = weekly_total(self.answer, row.name)
        extra = tuple(1 + k for k, axis in enumerate(row.axes) if axis in ("stage", "place"))
        return total.sum(axis=extra)

    def deviation(self, ours: np.ndarray, theirs: np.ndarray) -> float:
        """Largest difference at any weekly edge, as a share of all arrivals."""
        assert ours.shape == theirs.shape
        return float(np.abs(ours - theirs).max()) / self.arrivals


@pytest.fixture(scope="module", params=[congested_run, adrift_run], ids=["congested", "adrift"])
def pair(request) -> Pair:
    return Pair(request.param())


def test_the_hand_loop_imports_nothing_of_ours():
    tree = ast.parse(Path(hand_loop.__file__).read_text(encoding="utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else ["." * node.level + node.module])
    }
    assert names
    assert names <= set(sys.stdlib_module_names)


def test_the_hand_loop_knows_every_parameter_that_the_package_reads():
    """A parameter that the text of the hand model never reads would leave an equation unchecked."""
    source = Path(hand_loop.__file__).read_text(encoding="utf-8")
    assert [key for key in CATALOGUE if f'"{key}"' not in source] == []


def test_every_row_of_the_flow_table_moves_people_in_one_of_the_two_runs():
    """Else the agreement of a row would be that of two zeros."""
    runs = (congested_run(), adrift_run())
    still = {row.name for row in ROWS}
    for run in runs:
        answer = solve(run)
        still -= {row.name for row in ROWS if weekly_total(answer, row.name)[-1].sum() > 1e-3 * arrivals(run)}
    assert still == set()


def test_the_runs_are_as_congested_as_they_are_meant_to_be(pair):
    """Unsheltered people, a caseload above the norm, full places, children known as such inside detention."""
    people = weekly_stock(pair.answer, "people")
    table = pair.run.parameters
    unsheltered = people[:, :, hand_loop.PLACES.index("unsheltered")].sum(axis=(1, 2, 3))
    assert unsheltered.max() > 0.03 * pair.arrivals
    queue = people[:, hand_loop.STAGES.index("determination")].sum(axis=(1, 2)).max(axis=0)
    officers = table["determination.officers"].at(0.0)
    cases = queue / table["work.persons_per_case"].at(0.0) / np.maximum(officers, 1e-9)
    assert (cases > 1.5 * table["determination.caseload_norm"].at(0.0))[officers > 0].all()
    known = [sum(v for key, v in stock.items() if key[0] == "known_children") for _, stock, _ in pair.hand]
    assert max(known) > 5.0


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_every_stock_agrees(pair, stock):
    ours, theirs = weekly_stock(pair.answer, stock.name), pair.hand_stock(stock.name)
    assert pair.deviation(ours, theirs) < AGREEMENT  # cell by cell
    if "country" in stock.axes:
        every = tuple(range(1, ours.ndim - 1))
        assert pair.deviation(ours.sum(axis=every), theirs.sum(axis=every)) < AGREEMENT


@pytest.mark.parametrize("axes", [(2, 3), (1, 3), (1, 2)], ids=["by stage", "by place", "by group"])
def test_people_ashore_agree_by_axis_and_country(pair, axes):
    ours, theirs = weekly_stock(pair.answer, "people"), pair.hand_stock("people")
    assert pair.deviation(ours.sum(axis=axes), theirs.sum(axis=axes)) < AGREEMENT


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_flow_agrees(pair, row):
    """Running totals by group and country (people from adrift have no country of departure: by group)."""
    ours, theirs = pair.own_total(row), pair.hand_total(row.name, "country" in row.axes)
    assert pair.deviation(ours, theirs) < AGREEMENT
    assert abs(ours[-1].sum() - theirs[-1].sum()) <= 1e-3 * theirs[-1].sum() + 1e-6  # small flows agree too


def test_measured_agreement(pair):
    """The two agree far better than 0.1 %: both are second-order or better, and the kinks are few."""
    stocks = {s.name: pair.deviation(weekly_stock(pair.answer, s.name), pair.hand_stock(s.name)) for s in STOCKS}
    flows = {r.name: pair.deviation(pair.own_total(r), pair.hand_total(r.name, "country" in r.axes)) for r in ROWS}
    worst = max((stocks | flows).items(), key=lambda item: item[1])
    assert worst[1] < 5e-5, worst
