"""A workspace of one small case of two countries and two months, to write as a test wants it."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASE = """schema: 1
title: Small
question: Does it hold?
summary: For a test.
start: {start}
end: {end}
countries:
  north: {{title: North}}
  south: {{title: South}}
baseline: base
departures: arrivals.csv
{more}"""
SCENARIO = "schema: 1\ncase: small\ntitle: {title}\ndescription: For a test.\n{more}"
HEAD = "start,end,country,persons,source,quality,note"
WHOLE = tuple(f"2019-01-01,2019-03-01,{country},590,assumption,assumption," for country in ("north", "south"))
SHARES = "journey.disembarkation_share: {by_country: {north: 0.5, south: 0.5}, source: assumption, quality: assumption}"


def write_small(root: Path, *rows: str, start="2019-01-01", end="2019-03-01", more="", **scenarios: str) -> Path:
    """Write the case into the workspace ``root``, made of the shipped base files where it is new.

    Args: rows, of arrivals; more, lines of the case file; scenarios, lines of each beside the baseline.
    """
    parameters = root / "parameters"
    if not parameters.exists():
        parameters.mkdir(parents=True)
        shutil.copytree(ROOT / "parameters" / "base", parameters / "base")
        shutil.copy(ROOT / "parameters" / "sources.yaml", parameters)
    folder = parameters / "cases" / "small"
    (folder / "scenarios").mkdir(parents=True, exist_ok=True)
    parts = more if "parameters:" in more else f"{more}parameters:\n  {SHARES}\n"
    (folder / "case.yaml").write_text(CASE.format(start=start, end=end, more=parts), encoding="utf-8")
    (folder / "arrivals.csv").write_text("\n".join((HEAD, *(rows or WHOLE), "")), encoding="utf-8")
    for name, text in {"base": "", **scenarios}.items():
        made = SCENARIO.format(title=name.capitalize(), more=text)
        (folder / "scenarios" / f"{name}.yaml").write_text(made, encoding="utf-8")
    return folder
