"""The invented case that is timed: countries with a surge, detention with a limit, and onward movement."""

import shutil
import tempfile
from pathlib import Path

from mixedmig_model.api.runs import read_case, read_workspace, resolve
from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.resolving.run_inputs import RunInputs

NEEDS = ("international", "other", "none", "other")
CUT_DOWN = {"groups": 2, "needs": ("international", "none"), "changes": {"detention.places": 0}}
"""What is left out of the case for other tools: six of eight groups, and detention with its memory."""


def own_groups(number: int, needs: tuple[str, ...]) -> tuple[str, str]:
    """Lines of ``number`` groups of one weight each and kinds of need in turn, and their weights."""
    kinds = [f"  g{k}: {{title: Group {k}, need: {needs[k % len(needs)]}, flags: []}}" for k in range(number)]
    return "groups:\n" + "\n".join(kinds) + "\n", "by_group: {" + ", ".join(f"g{k}: 1" for k in range(number)) + "}"


def write_case(root: Path, countries: int, years: int, groups: int = 0, *, needs: tuple[str, ...] = NEEDS,
               changes: dict[str, float] | None = None) -> str:
    """Write the case. Args: groups, how many of its own it has (0: the usual eight); changes, values that replace."""
    names = [f"c{k}" for k in range(countries)]
    name = f"bar_{countries}_{years}"
    folder = root / "parameters" / "cases" / name
    (folder / "scenarios").mkdir(parents=True)
    kinds, weights = own_groups(groups, needs) if groups else ("", "")
    titles = "\n".join(f"  {c}: {{title: Country {c}}}" for c in names)
    local = {
        "journey.disembarkation_share": "by_country: {" + ", ".join(f"{c}: {1 / countries}" for c in names) + "}",
        "detention.detained_share": "value: 0.2",
        "detention.pre_removal_rate": "value: 0.01",
        "onward.within_region_share": "value: 0.5",
        "determination.officers": "value: 20",
        **({"arrivals.composition": weights} if groups else {}),
        **{key: f"value: {value}" for key, value in (changes or {}).items()},
    }
    values = "\n".join(f"  {k}:\n    {v}\n    source: assumption\n    quality: assumption" for k, v in local.items())
    (folder / "case.yaml").write_text(
        f"schema: 1\ntitle: Bar\nquestion: How fast?\nsummary: A bar of the benchmark.\nstart: 2020-01-01\n"
        f"end: {2020 + years}-01-01\ncountries:\n{titles}\n{kinds}baseline: base\ndepartures: arrivals.csv\n"
        f"parameters:\n{values}\n", encoding="utf-8",
    )
    rows = ["start,end,country,persons,source,quality,note"]
    for year in range(2020, 2020 + years):
        rows += [f"{year}-01-01,{year}-06-01,{c},{2000 + 1500 * (year % 3)},assumption,assumption," for c in names]
        rows += [f"{year}-06-01,{year + 1}-01-01,{c},1500,assumption,assumption," for c in names]
    (folder / "arrivals.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "scenarios" / "base.yaml").write_text(
        f"schema: 1\ncase: {name}\ntitle: Base\ndescription: The base.\n", encoding="utf-8"
    )
    return name


def workspace_with(folder: Path, countries: int, years: int, groups: int = 0) -> str:
    """Make a workspace that holds the case; its name."""
    shutil.copytree(Path(installed_workspace()) / "parameters", folder / "parameters")
    return write_case(folder, countries, years, groups)


def bar_case(countries: int = 1, years: int = 3, groups: int = 0, **more: object) -> CaseInputs:
    """Inputs of the case."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(Path(installed_workspace()) / "parameters", root / "parameters")
        return read_case(read_workspace(root), write_case(root, countries, years, groups, **more))


def resolved(case: CaseInputs) -> RunInputs:
    """The numbers of the case's baseline."""
    return resolve(case)
