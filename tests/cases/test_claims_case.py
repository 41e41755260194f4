"""A case of claims in few lines: the United Kingdom's claims of 2020 to 2022, written into a folder of its own.

``claims.py`` has the claims. Staff and decisions of each officer are of the Migration Transparency Data of the UK Home
Office to the end of 2022, Crown copyright, Open Government Licence v3.0.
"""

from datetime import date

import numpy as np
import pytest
from claims import OWN, claims_run, quarters

from mixedmig_model.results.ledger import check_ledger
from mixedmig_model.results.measures import values
from mixedmig_model.results.waits.waiting import stage_waits
from mixedmig_model.solve.dataset import to_dataset
from mixedmig_model.solve.reference import solve_reference

STAFF = {"2020-01-01": 619, "2020-04-01": 605, "2020-07-01": 612, "2020-10-01": 591, "2021-01-01": 555,
         "2021-04-01": 540, "2021-07-01": 592, "2021-10-01": 598, "2022-01-01": 729, "2022-04-01": 812,
         "2022-07-01": 889, "2022-10-01": 1226}
"""Asylum caseworking staff, mean of the months of each quarter."""
DECIDED_EACH = {"2020-01-01": 0.81, "2020-04-01": 0.41, "2020-07-01": 0.42, "2020-10-01": 0.65, "2021-01-01": 0.73,
                "2021-04-01": 0.70, "2021-07-01": 0.62, "2021-10-01": 0.65, "2022-01-01": 0.71, "2022-04-01": 0.60,
                "2022-07-01": 0.78, "2022-10-01": 0.61}
"""Initial decisions a week and officer in the same months."""
ROWS = quarters("2020", "2022-12-31")
PARAMETERS = f"""parameters:
  determination.officers: {{dated: {{{', '.join(f'{day}: {n}' for day, n in STAFF.items())}}}, {OWN}}}
  determination.cases_per_week: {{dated: {{{', '.join(f'{day}: {n}' for day, n in DECIDED_EACH.items())}}},
                                  range: [0.3, 6.4], {OWN}}}
  staff.given: {{value: 1, {OWN}}}
  work.persons_per_case: {{value: 1.25, {OWN}}}
  determination.withdrawal_rate: {{value: 0.0045, unit: 1/month, range: [0, 1], {OWN}}}
  determination.rework_share: {{value: 0, range: [0, 1], {OWN}}}
  work.crowding_loss: {{value: 0, range: [0, 1], {OWN}}}
  interpretation.interpreters: {{value: 5000, range: [0, 9000], {OWN}}}
  appeal.panels: {{value: 300, {OWN}}}
  absconding.rate: {{value: 0, range: [0, 1], {OWN}}}
  onward.rate: {{value: 0, range: [0, 1], {OWN}}}
  reception.places: {{value: 200000, range: [0, 300000], {OWN}}}
"""
MORE = """route: air
entry: determination
counts: cases
opening:
  - {stage: determination, place: community, country: uk, persons: 40032, waited: {183: 0.436, 1461: 1}}
"""


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """The run, from the case of these lines."""
    run = claims_run(tmp_path_factory.mktemp("uk"), ROWS, "2020-01-01", MORE + PARAMETERS)
    return to_dataset(run, solve_reference(run))


def test_twelve_lines_of_parameters_and_no_more():
    assert sum(line.startswith("  ") and not line.startswith("   ") for line in PARAMETERS.splitlines()) == 12


def test_people_are_conserved(solved):
    assert check_ledger(solved) == []
    assert float(solved["flow_departed"].sum()) == 0.0
    claims = sum(float(row["applications"]) for row in ROWS) * 1.25
    assert float(solved["flow_entered_with_claim"].sum()) == pytest.approx(claims, rel=1e-6)


def test_staff_in_post_are_those_of_the_series(solved):
    active = values(solved, "daily_staff")[:, 3, :, 0]
    assert active[-1].tolist() == pytest.approx([0.0, 0.0, 1226.0], rel=1e-3)
    assert float(solved["flow_hired"].sum()) == 0.0


def test_the_pending_claims_follow(solved):
    """Given claims, staff and decisions of each officer, the pending claims come within a twentieth each quarter."""
    waiting = values(solved, "daily_waiting")[:, 4, :, 0].sum(axis=1) / 1.25
    for row in ROWS:
        day = (row["after"] - date(2020, 1, 1)).days
        assert waiting[day] == pytest.approx(float(row["pending"]), rel=0.05), row["quarter_end"]


def test_claims_that_wait_are_as_old_as_they_were(solved):
    """Claims older than six months grow from the share that the case gives for its first day."""
    queues = stage_waits(solved, "determination").queues
    first = queues.older_on(1, 183.0).sum() / queues.waiting[1].sum()
    assert first == pytest.approx(0.564, abs=1e-3)
    over = queues.older_on(len(queues.waiting) - 1, 183.0).sum() / 1.25
    assert over == pytest.approx(float(ROWS[-1]["pending_over_6_months"]), rel=0.2)
    assert np.isfinite(stage_waits(solved, "determination").median)
