"""Fit the two registrations of the Cox's Bazar case, and predict the second: python tests/fits/coxs_bazar.py

Five levels of staff meet the five totals of the first registration. Five levels of output meet the five totals of joint
registration. Nothing after 17 May 2019 is read.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from fitting import Level, fit, report, with_levels

import mixedmig_model as mm

FIRST = tuple(Level("registration.officers", start, guess) for start, guess in (
    ("2017-09-11", 150.0), ("2017-09-24", 800.0), ("2017-10-15", 1300.0), ("2017-10-29", 1250.0),
    ("2017-11-05", 1250.0)))
JOINT = tuple(Level("screening.interviews_per_day", start, guess) for start, guess in (
    ("2018-06-25", 4.0), ("2018-07-19", 1.0), ("2018-08-16", 0.2), ("2018-09-26", 3.5), ("2019-02-01", 9.0)))
CUT, KNOWN = "2019-05-18", 270_348.0
"""The day after the last total that was read, and the total: people registered jointly."""
POOLS = {"167,000": 167_000.0, "212,000": 212_000.0, "307,500": 307_500.0}
"""People there before 25 August 2017: by family counts, by UNHCR from January 2018 on, and by UNHCR until then."""
AHEAD = (date(2019, 7, 31), date(2019, 9, 30), date(2019, 12, 31), date(2020, 3, 31))
"""Days of the prediction."""
DAYS_A_WEEK = (5.0, 6.0, 7.0)
"""Days a week on which 4,000 people are registered."""


def predicted(case: mm.CaseInputs, days: Sequence[date]) -> dict[tuple[str, float], list[float]]:
    """Return people registered jointly by the end of some days, for each pool and number of working days a week."""
    outputs, found = case.case.parameters["screening.interviews_per_day"].dated, {}
    output = outputs[max(outputs)]
    for name, persons in POOLS.items():
        opening = tuple(row.model_copy(update={"persons": persons}) for row in case.case.opening)
        other = replace(case, case=case.case.model_copy(update={"opening": opening}))
        for worked in DAYS_A_WEEK:
            ds = mm.run(with_levels(other, [Level("screening.interviews_per_day", CUT, 1.0)], [output * worked / 5.0]))
            found[name, worked] = [registered(ds, day) for day in days]
    return found


def registered(ds, until: date) -> float:
    """Return people whom joint registration has seen by the end of a day."""
    rows = ["recognised_prima_facie", "referred", "screened_to_counselling", "screened_to_determination"]
    flows = ds["daily_flow"].sel(row=rows).sum([one for one in ds["daily_flow"].dims if one != "day_interval"])
    return float(flows[: (until + timedelta(days=1) - date(2017, 8, 25)).days].sum())


if __name__ == "__main__":
    known = mm.read_case(None, "coxs_bazar_2017")
    for levels in (FIRST, JOINT):
        print(report(levels, fit(known, levels)))  # noqa: T201
    for combination, people in predicted(known, AHEAD).items():
        print(combination, [round(number, -3) for number in people])  # noqa: T201
