"""How long people wait for a small team near full load, where a model of means sees no queue at all.

A stage with n officers, each case the same work (the unit of time here), Poisson arrivals at a share of what the team
can do, first come first served, from an empty start. With equal work cases end in the order in which they began, so the
k-th case begins at max(its arrival, the beginning of the case n before it + 1): n independent maxima of running sums.
Numpy only; nothing of the package. Run this file to write ``docs/small_teams.md`` anew (about two minutes).
"""

import sys
from pathlib import Path

import numpy as np

TEAMS = (1, 2, 5, 10, 20, 50)
LOADS = (0.6, 0.8, 0.9, 0.95, 1.0, 1.05)
YEARS = (100, 250, 1500)
"""Cases that one officer can do in a year: two a week, one a working day, six a working day."""
SEED = 20_300_101
PEOPLE = 1_000_000
"""Arrivals simulated for each cell, at least."""
FEWEST = 1200
"""Years simulated for each cell, at least."""
KEPT = 2_000
"""Waits of a year of which percentiles are taken, at most: evenly spread over all arrivals."""


def beginnings(arrivals, officers):
    """When the work on each case begins, given times of arrival in order."""
    missing = -len(arrivals) % officers
    table = np.concatenate([arrivals, np.full(missing, np.inf)]).reshape(-1, officers)
    turn = np.arange(len(table))[:, None]
    return (turn + np.maximum.accumulate(table - turn, axis=0)).ravel()[: len(arrivals)]


def waits_of_a_year(rng, officers, load, year):
    """Waits for the beginning of work, of all who arrive in a year of ``year`` service times, even if served later."""
    arrivals = np.sort(rng.uniform(0.0, year, rng.poisson(load * officers * year)))
    return beginnings(arrivals, officers) - arrivals


def cell(officers, load, year, years=None, seed=SEED):
    """Mean and 90th percentile of the waits of all arrivals in many years, and the standard error of the mean.

    Waits are in service times. Each cell has random numbers of its own, so that any can be done again alone.
    """
    rng = np.random.default_rng([seed, officers, round(1000 * load), year])
    years = years or max(FEWEST, int(PEOPLE / (load * officers * year)))
    people, total, kept = np.zeros(years), np.zeros(years), []
    step = max(1, int(load * officers * year / KEPT))
    for number in range(years):
        waits = waits_of_a_year(rng, officers, load, year)
        people[number], total[number] = len(waits), waits.sum()
        kept.append(waits[::step])
    mean = total.sum() / people.sum()
    error = np.std(total - mean * people, ddof=1) / np.sqrt(years) / people.mean()
    return mean, float(np.quantile(np.concatenate(kept), 0.9)), error


def fluid(load, year):
    """What a model of means says: nothing up to full load; above it a backlog that grows by load - 1 a unit of time."""
    excess = max(0.0, load - 1.0)
    return 0.5 * excess * year, 0.9 * excess * year


def two(number):
    """A number of the table: enough digits, no more."""
    return f"{number:.2f}" if number < 10 else f"{number:.1f}"


def table(year):
    """One table of markdown: team sizes down, loads across, each cell mean / 90th percentile."""
    lines = ["| officers | " + " | ".join(f"{load:.0%}" for load in LOADS) + " |", "|---:" * (1 + len(LOADS)) + "|"]
    for officers in TEAMS:
        found = [cell(officers, load, year)[:2] for load in LOADS]
        lines.append(f"| {officers} | " + " | ".join(f"{two(m)} / {two(p)}" for m, p in found) + " |")
    said = [fluid(load, year) for load in LOADS]
    lines.append("| the model | " + " | ".join(f"{two(m)} / {two(p)}" for m, p in said) + " |")
    return "\n".join(lines)


PAGE = """# Small teams near full load

The model moves means. Below 100 % of capacity it sees no queue, so nobody waits beyond the minimum time of the stage.
In reality people arrive by chance, and a team that is busy most of the time keeps some of them waiting.

This page measures by how much. It uses a simulation that is independent of the model (`tests/science/small_teams.py`,
which writes this page).

How it was measured:

* There are n officers. Every case takes the same work, one *service time* of one officer.
* Arrivals are Poisson, at 60-105 % of what the team can do. Cases are served first come, first served, for one year
  from an empty start.
* The wait is from arrival to the beginning of work, in service times. It counts all who arrive in the year.
* Each cell has at least {people:,} arrivals and {years:,} years, with fixed seeds. The standard error of a mean is at
  most 2 % of it or 0.01, whichever is larger.
* *The model* is the same year in continuous amounts: 0 up to 100 %. At 105 % it has a backlog that grows by a
  twentieth of capacity, whatever the size of the team.

How fast a queue near 100 % builds up depends on how many cases fit into the year. Hence there are three tables. One
working day is 1 service time if a case takes an officer a day.

## An officer does 250 cases a year, one a working day

Each cell gives the mean wait / the wait that nine in ten do not exceed, in service times (here: working days).

{middle}

## 100 cases a year, two a week (status determination)

{slow}

## 1,500 cases a year, six a working day (screening)

{quick}

## How to read it

* **Up to 90 % of capacity** the wait falls in proportion to the size of the team, or faster. Ten officers keep people
  waiting a tenth as long as one, or less.
* **At 80 %** a team of five or more adds less than a third of a service time to the mean. That is below all else that
  the model leaves out.
* **At 90-95 %** one or two officers keep people waiting for about 2 to 8 service times where the model says none. One
  in ten waits for up to 20. Ten officers still make one in ten wait for one or two service times.
* **At 100 %** there is no steady state. Waits grow with the square root of the year, and fall only with the square
  root of the team. Even fifty officers keep people waiting.
* **At 105 %** the model's own backlog takes over. Chance adds to it most where officers and cases are few. For one
  officer it doubles the mean wait in a year of 250 cases, and for ten it adds a tenth.

Reports therefore carry a warning, with the size of the team. It appears wherever the load of a service is at 80-105 %
on more than a twentieth of days. There, read waits as lower bounds. Take the difference between the team's row and
*the model*. Multiply it by the time that an officer spends on a case, and add the result.
"""


def page():
    """The text of ``docs/small_teams.md``."""
    slow, middle, quick = (table(year) for year in YEARS)
    return PAGE.format(people=PEOPLE, years=FEWEST, slow=slow, middle=middle, quick=quick)


if __name__ == "__main__":
    target = Path(__file__).parents[2] / "docs" / "small_teams.md"
    target.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{target}\n")
