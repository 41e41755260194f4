"""A small case of two countries: people come to north by sea, and to south by land."""

import shutil
from pathlib import Path

from small_case import NOBODY, OWN, ROOT, SETS_ALL, write_small

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.workspace import read_workspace

ROUTES = {"north": "sea", "south": "land"}
OF_SEA = {"journey.refused_share": 0.2, "rescue.reach": 0.5, "journey.abandonment_rate": 0.01}
MORTALITY = {"north": 0.02, "south": 0.01}
HEAD = "start,end,country,persons,source,quality,note,route"
APART = {"onward.within_region_share": 0}
"""Nobody moves from one country to the other."""


def set_here(countries, *, leave=(), extra="") -> str:
    """Lines of a case of some countries that sets its own inputs, except some."""
    skip = ("journey.disembarkation_share", "journey.refused_share", "journey.mortality", *leave)
    kept = "".join(line for line in SETS_ALL.splitlines(keepends=True) if not any(name in line for name in skip))
    made = [f"  {name}: {{value: {value}, {OWN}}}\n" for name, value in APART.items()]
    if "north" in countries:
        made += [f"  {name}: {{by_country: {{north: {value}}}, {OWN}}}\n" for name, value in OF_SEA.items()]
    if "journey.mortality" not in leave:
        table = ", ".join(f"{country}: {MORTALITY[country]}" for country in countries)
        made.append(f"  journey.mortality: {{by_country: {{{table}}}, {OWN}}}\n")
    return kept.replace(NOBODY, "") + "".join(made) + extra + NOBODY


def write_mixed(root: Path, countries=("north", "south"), *, leave=(), extra="", costs="currency: USD\n",
                **scenarios: str) -> Path:
    """Write the case of some of its countries, with its costs, levers and scenarios.

    Args: leave, inputs that the case does not set; extra, further lines of its parameters.
    """
    folder = write_small(root, more=set_here(countries, leave=leave, extra=extra), **scenarios)
    for name in ("costs", "levers"):
        shutil.copytree(ROOT / "parameters" / name, root / "parameters" / name, dirs_exist_ok=True)
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    for country in {"north", "south"} - set(countries):
        text = text.replace(f"  {country}: {{title: {country.capitalize()}}}\n", "")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    rows = [f"2019-01-01,2019-03-01,{country},{590 + 100 * number},assumption,assumption,,{ROUTES[country]}"
            for number, country in enumerate(("north", "south")) if country in countries]
    (folder / "arrivals.csv").write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    (folder / "costs.yaml").write_text(f"schema: 1\n{costs}", encoding="utf-8")
    return folder


def mixed(root: Path, countries=("north", "south"), **given) -> CaseInputs:
    """Write and read the case."""
    write_mixed(root, countries, **given)
    return read_case(read_workspace(root), "small")
