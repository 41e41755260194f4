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

OWN = "source: assumption, quality: assumption"
OWNED = "".join(f"  {name}: {{value: {value}, {OWN}}}\n" for name, value in {
    "arrivals.international_need_share": 0.5, "journey.mortality": 0.0092, "journey.refused_share": 0,
    "journey.unrecorded_share": 0.1, "registration.officers": 20, "screening.officers": 10, "referral.officers": 5,
    "determination.officers": 10, "appeal.panels": 2, "return.officers": 5, "return.readmission_share": 0.6,
    "return.late_return_rate": 0.02, "reception.places": 1000, "detention.places": 200, "detention.detained_share": 0,
    "detention.pre_removal_rate": 0, "onward.rate": 0.02, "onward.irregular_rate": 0.1, "irregular.found_rate": 0.01,
    "law.child_exemption": 1, "law.specific_needs_exemption": 1, "law.individual_decision": 1,
    "law.suspensive_appeal": 1, "law.detention_limit": 1, "law.services_irrespective_of_status": 1,
    "law.no_penalty_for_irregular_entry": 1, "law.work_right": 0.5,
}.items())
"""Values of a case's own for the inputs that it must set, those of the base files; ``MIX`` and ``SHARES`` with them."""
MIX = """  arrivals.composition:
    by_group: {refugee: 0.45, refugee_child_in_family: 0.3, stateless: 0.25, trafficked: 0.09, child_alone: 0.11,
               other_vulnerable: 0.1, other_migrant: 0.6, other_child_in_family: 0.1}
    source: assumption
    quality: assumption
"""
NOBODY = "opening: []\n"
SETS_ALL = f"parameters:\n  {SHARES}\n{OWNED}{MIX}{NOBODY}"
"""Lines of a case file that sets every input of its own."""


def write_small(root: Path, *rows: str, start="2019-01-01", end="2019-03-01", more="", **scenarios: str) -> Path:
    """Write the case into the workspace ``root``, made of the shipped base files where it is new.

    Args: rows, of arrivals; more, lines of the case file, which sets all inputs of its own unless they have
    ``parameters``; scenarios, lines of each beside the baseline.
    """
    parameters = root / "parameters"
    if not parameters.exists():
        parameters.mkdir(parents=True)
        shutil.copytree(ROOT / "parameters" / "base", parameters / "base")
        shutil.copy(ROOT / "parameters" / "sources.yaml", parameters)
    folder = parameters / "cases" / "small"
    (folder / "scenarios").mkdir(parents=True, exist_ok=True)
    sets = SETS_ALL.replace(NOBODY, "") if "opening:" in more else SETS_ALL
    parts = more if "parameters:" in more else f"{more}{sets}"
    (folder / "case.yaml").write_text(CASE.format(start=start, end=end, more=parts), encoding="utf-8")
    (folder / "arrivals.csv").write_text("\n".join((HEAD, *(rows or WHOLE), "")), encoding="utf-8")
    for name, text in {"base": "", **scenarios}.items():
        made = SCENARIO.format(title=name.capitalize(), more=text)
        (folder / "scenarios" / f"{name}.yaml").write_text(made, encoding="utf-8")
    return folder
