"""Folders for learners, and sealed answers for the teacher."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.inputs.workspace import Workspace, read_workspace
from mixedmig_model.storage.atomic import new_folder, write_file
from mixedmig_model.storage.digests import sha256
from mixedmig_model.storage.seal import LEAST_SIGNS, derived, sealed_text
from mixedmig_model.study.teaching.case_files import BLANK_ANSWERS, BLANK_PLAN
from mixedmig_model.study.teaching.causes import CAUSES, MEANS, NAMES
from mixedmig_model.study.teaching.country import DECISION, PLAN, RISE, a_month, case_name, day_of, files_of
from mixedmig_model.study.teaching.identify import DRAWS
from mixedmig_model.study.teaching.names import MOST
from mixedmig_model.study.teaching.texts import TASK, TEACHER
from mixedmig_model.study.teaching.variants import Variant, variants

LEARNERS, ANSWERS, SEALED, TASK_FILE = "learners", "answers.yaml", "answers.sealed", "task.md"
NOTEBOOKS = Path("workbooks") / "teaching"
GIVEN_FOLDERS, GIVEN_FILES = ("base", "costs", "levers"), ("presets.yaml", "sources.yaml")
GIVEN_KINDS = (".yaml", ".csv")
"""Kinds of shared files that a learner's folder holds."""
SCHEMA = 1
MOST_LEARNERS = 200
MOST_DRAWS = 100
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class HandOut:
    """What is asked for: how many learners, a seed, draws."""

    learners: int
    seed: int
    draws: int = DRAWS
    path: str = "auto"


def hand_out_faults(asked: HandOut, phrase: str) -> list[Fault]:
    """Return faults of what is asked for.

    Parameters
    ----------
    asked : HandOut
        What is asked for.
    phrase : str
        The teacher's phrase.

    Returns
    -------
    list[Fault]
        All faults.
    """
    most = min(MOST, MOST_LEARNERS)
    ranges = {"--learners": (asked.learners, 1, most), "--draws": (asked.draws, 2, MOST_DRAWS)}
    faults = [Fault(option, 0, "", "not an allowed number", found=str(found), allowed=f"{low} to {high}")
              for option, (found, low, high) in ranges.items() if not low <= found <= high]
    if asked.seed < 0:
        faults.append(Fault("--seed", 0, "", "the seed is negative", found=str(asked.seed), allowed="0 or more"))
    if len(phrase) < LEAST_SIGNS:
        faults.append(Fault("phrase", 0, "", "the phrase is too short", found=f"{len(phrase)} signs",
                            allowed=f"at least {LEAST_SIGNS}"))
    return faults


def build(asked: HandOut, phrase: str, to: Path, progress: Progress = lambda done, of: None) -> Path:
    """Write a folder for each learner, and the sealed answers.

    The countries depend on the seed and on the phrase: a learner who knows the seed alone cannot build them again.

    Parameters
    ----------
    asked : HandOut
        What is asked for.
    phrase : str
        The teacher's phrase. It is kept nowhere.
    to : Path
        A new or empty folder.
    progress : Callable
        Called with countries done and in all.

    Returns
    -------
    Path
        The sealed file.

    Raises
    ------
    InputFaultsError
        For impossible numbers, a short phrase, or a folder that holds something.
    NoVariantError
        Where no country can be accepted.
    """
    holds_something = Fault(str(to), 0, "", "the folder is not empty", allowed="a new or empty folder")
    faults = hand_out_faults(asked, phrase)
    if to.is_dir() and any(to.iterdir()):
        faults.append(holds_something)
    if faults:
        raise InputFaultsError(faults)
    try:
        with new_folder(to.resolve(), SEALED) as partial:
            answers = _learners(asked, phrase, partial, progress)
            write_file(partial / "README.md", TEACHER.format(learners=asked.learners))
            record = {"schema": SCHEMA, "seed": asked.seed, "learners": answers}
            write_file(partial / SEALED, sealed_text(json.dumps(record), phrase))
    except FileExistsError:
        raise InputFaultsError([holds_something]) from None
    return to / SEALED


def _learners(asked: HandOut, phrase: str, folder: Path, progress: Progress) -> dict[str, Any]:
    """Write the folders of all learners, and return their answers."""
    workspace = read_workspace(installed_workspace())
    answers = {}
    made = variants(workspace, asked.learners, chance_of(asked.seed, phrase), asked.draws, asked.path)
    for number, variant in enumerate(made, 1):
        name = learner_name(number)
        answers[name] = answer_record(variant, learner_folder(workspace, variant, folder / LEARNERS / name))
        progress(number, asked.learners)
    return answers


def chance_of(seed: int, phrase: str) -> np.random.Generator:
    """Return the chance of a seed and a phrase."""
    key = derived(phrase, f"countries of seed {seed}".encode())
    return np.random.default_rng(np.random.SeedSequence(int.from_bytes(key, "big")))


def learner_name(number: int) -> str:
    """Return the name of a learner's folder: a number."""
    return f"learner_{number:02d}"


def learner_folder(workspace: Workspace, variant: Variant, folder: Path) -> dict[str, str]:
    """Write what a learner gets.

    Parameters
    ----------
    workspace : Workspace
        The shared files.
    variant : Variant
        The country. Nothing of its answers is written.
    folder : Path
        The learner's folder.

    Returns
    -------
    dict[str, str]
        SHA-256 of each file below ``parameters`` that a learner must not change.
    """
    country, home = variant.country, workspace.root / "parameters"
    inside = folder / "parameters" / "cases" / case_name(country)
    for name in GIVEN_FOLDERS:
        for path in sorted((home / name).glob("*.*")):
            if path.suffix not in GIVEN_KINDS:
                continue
            write_file(folder / "parameters" / name / path.name, path.read_bytes())
    for name in GIVEN_FILES:
        write_file(folder / "parameters" / name, (home / name).read_bytes())
    for name, text in files_of(country).items():
        write_file(inside / name, text)
    files = {path: sha256((folder / path).read_bytes()) for path in _files(folder)}
    decision = day_of(country, DECISION)
    write_file(inside / "scenarios" / f"{PLAN}.yaml", BLANK_PLAN.format(case=case_name(country), decision=decision))
    write_file(folder / ANSWERS, BLANK_ANSWERS.format(causes=", ".join(NAMES)))
    write_file(folder / TASK_FILE, task_text(variant))
    for notebook in sorted((workspace.root / NOTEBOOKS).glob("*.ipynb")):
        write_file(folder / NOTEBOOKS / notebook.name, notebook.read_bytes())
    return files


def _files(folder: Path) -> Iterator[str]:
    """Yield the files below ``parameters``, in their order."""
    for path in sorted((folder / "parameters").rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()


def task_text(variant: Variant) -> str:
    """Return the task sheet of a learner.

    Parameters
    ----------
    variant : Variant
        The country. The sheet is the same for every cause, except names, dates and numbers of the country.

    Returns
    -------
    str
        The sheet, as Markdown.
    """
    country, asked = variant.country, variant.standards
    before, after = a_month(country)
    return TASK.format(
        place=country.place, name=case_name(country), before=before, after=after, rise=day_of(country, RISE),
        decision=day_of(country, DECISION), standard=asked.day, people=asked.people, budget=asked.budget,
        means="".join(f"   * `{name}`\n" for name in MEANS),
        causes="\n".join(f"* `{cause.name}`: {cause.words}" for cause in CAUSES),
    )


def answer_record(variant: Variant, files: Mapping[str, str]) -> dict[str, Any]:
    """Return what is sealed of a learner's country.

    Parameters
    ----------
    variant : Variant
        The country with its answers.
    files : Mapping[str, str]
        Digests of the files that were handed out.

    Returns
    -------
    dict[str, Any]
        Plain data: answers with ranges, the standard, a solution, digests.
    """
    asked, found = variant.standards, variant.shares
    changes = [{**change, "start": change["start"].isoformat()} for change in variant.solution["changes"]]
    return {
        "case": case_name(variant.country), "place": variant.country.place, "files": dict(files),
        "decision": day_of(variant.country, DECISION).isoformat(),
        "standards": {"day": asked.day.isoformat(), "people": asked.people, "budget": asked.budget,
                      "cause": asked.cause},
        "shares": {name: asdict(one) for name, one in found.shares.items()}, "nights": asdict(found.nights),
        "gap": found.gap, "error": found.error, "stays": found.stays,
        "solution": {**variant.solution, "changes": changes},
    }
