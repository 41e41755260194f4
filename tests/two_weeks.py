"""A workspace with one small case: two weeks, one country, two scenarios. It is solved in a moment."""

import shutil

CASE = """schema: 1
title: Two weeks
question: What if?
summary: A fortnight.
start: 2017-11-01
end: 2017-11-15
countries: {here: {title: Here}}
baseline: plain
departures: arrivals.csv
parameters:
  reception.places: {value: 50, source: assumption, quality: assumption}
"""
ARRIVALS = """start,end,country,persons,source,quality,note
2017-11-01,2017-11-15,here,280,assumption,assumption,
"""
SCENARIO = """schema: 1
case: small
title: {title}
description: As it is.
changes:
  - {{parameter: screening.officers, set: {officers}, reason: A test.}}
"""


def two_weeks(root, folder):
    """Write the workspace into a new folder and return that. Args: root, a workspace whose base parameters it takes."""
    parameters = folder / "parameters"
    shutil.copytree(root / "parameters" / "base", parameters / "base")
    shutil.copy(root / "parameters" / "sources.yaml", parameters)
    case = parameters / "cases" / "small"
    (case / "scenarios").mkdir(parents=True)
    (case / "case.yaml").write_text(CASE, encoding="utf-8")
    (case / "arrivals.csv").write_text(ARRIVALS, encoding="utf-8")
    for name, officers in (("plain", 3), ("more", 9)):
        text = SCENARIO.format(title=name, officers=officers)
        (case / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
