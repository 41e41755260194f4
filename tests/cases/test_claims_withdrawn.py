"""Claims withdrawn in the United Kingdom from July 2010 to December 2022, followed by two groups.

A tenth of those who claim are never decided and withdraw sooner or later; nobody else does. The four numbers of
``FITTED`` were fitted to the 50 quarters. Decisions are given.
"""

import numpy as np
import pytest
from claims import OWN, claims_run, quarters

from mixedmig_model.results.measures import values
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.run import choose_solver

FIRST, *ROWS = quarters("2010-06-30", "2022-12-31")
FITTED = {"share": 0.096, "rate": 0.00193, "of_opening": 0.582, "speed": 0.0}
"""Share of claims that are withdrawn, rate of them (1/day), share at the opening, and speed of decisions on them."""
ALONE = 0.00036
"""The rate (1/day) of the best fit of one rate for all."""


def text_of(rate, factors, speeds, opening):
    """Lines of the case."""
    starts = [FIRST["after"], *(row["after"] for row in ROWS[:-1])]
    weekly = [7.0 * (float(row["granted"]) + float(row["refused"])) / (row["after"] - start).days
              for start, row in zip(starts, ROWS, strict=True)]
    dated = ", ".join(f"{start}: {number:.1f}" for start, number in zip(starts, weekly, strict=True))
    by = "by_group: {{stays: {}, leaves: {}}}".format
    return f"""route: air
entry: determination
counts: cases
groups:
  stays: {{title: People who wait for a decision, need: international}}
  leaves: {{title: People who withdraw their claim, need: none}}
opening:
  - {{stage: determination, place: community, country: uk, group: stays, persons: {opening[0]:.1f}}}
  - {{stage: determination, place: community, country: uk, group: leaves, persons: {opening[1]:.1f}}}
parameters:
  arrivals.international_need_share: {{value: {1.0 - FITTED["share"]}, range: [0, 1], {OWN}}}
  arrivals.composition: {{{by(1, 1)}, {OWN}}}
  determination.officers: {{dated: {{{dated}}}, {OWN}}}
  determination.cases_per_week: {{value: 1, {OWN}}}
  staff.given: {{value: 1, {OWN}}}
  disclosure.rate: {{value: 0, range: [0, 1], {OWN}}}
  work.persons_per_case: {{value: 1, range: [1, 2], {OWN}}}
  determination.withdrawal_rate: {{value: {rate}, unit: 1/day, range: [0, 1], {OWN}}}
  determination.withdrawal_factor: {{{by(*factors)}, {OWN}}}
  determination.speed: {{{by(*speeds)}, {OWN}}}
  determination.rework_share: {{value: 0, range: [0, 1], {OWN}}}
  counselling.claim_share: {{value: 0, {OWN}}}
  work.crowding_loss: {{value: 0, range: [0, 1], {OWN}}}
  work.vulnerable_first: {{value: 0, range: [0, 1], {OWN}}}
  interpretation.interpreters: {{value: 90000, range: [0, 99000], {OWN}}}
  absconding.rate: {{value: 0, range: [0, 1], {OWN}}}
  onward.rate: {{value: 0, range: [0, 1], {OWN}}}
  reception.places: {{value: 900000, range: [0, 900000], {OWN}}}
"""


def withdrawn(root, *terms):
    """Claims withdrawn by quarter, and those pending at its end."""
    run = claims_run(root, ROWS, str(FIRST["after"]), text_of(*terms))
    found = to_dataset(run, choose_solver("auto").solve([run])[0])
    row = [str(name) for name in values(found, "row")].index("withdrawn")
    daily = values(found, "daily_flow")[:, row, 0]
    ends = [(one["after"] - FIRST["after"]).days for one in ROWS]
    waiting = values(found, "daily_waiting")[ends, 4].sum(axis=(1, 2))
    return np.array([part.sum() for part in np.split(daily, ends[:-1])]), waiting


@pytest.fixture(scope="module")
def published():
    return np.array([[float(row[name]) for row in ROWS] for name in ("withdrawn", "pending")])


def error(ours, theirs):
    return float(np.abs(ours / theirs - 1.0).mean())


def test_groups_of_their_own_follow_the_withdrawals(tmp_path, published):
    opening = float(FIRST["pending"])
    leaving = FITTED["of_opening"] * opening
    ours, pending = withdrawn(tmp_path, FITTED["rate"], (0, 1), (1, FITTED["speed"]), (opening - leaving, leaving))
    assert ours.sum() == pytest.approx(published[0].sum(), rel=0.05)
    assert error(ours, published[0]) < 0.2
    assert error(pending, published[1]) < 0.1
    assert len(ours) == 50


def test_one_rate_for_all_does_not(tmp_path, published):
    opening = float(FIRST["pending"])
    ours, _ = withdrawn(tmp_path, ALONE, (1, 1), (1, 1), (0.9 * opening, 0.1 * opening))
    assert error(ours, published[0]) > 0.5
