"""The commands of ``mixedmig teach``.

They make folders for a class, and grade what comes back (``docs/self_study.md``).
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import Json, SolverPath, explained, inputs_of, say, show

PHRASE = "MIXEDMIG_TEACHER_PHRASE"
GRADES = ("grades.csv", "grades.json")
teach = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False, subcommand_metavar="build|grade")
"""The group of commands."""


@teach.callback()
def about() -> None:
    """Write exercises for a class, and grade them.

    Example: mixedmig teach build --learners 30 --seed 7 --to class
    """


@teach.command()
def build(
    learners: Annotated[int, typer.Option("--learners", help="How many learners, 1 to 200.")],
    to: Annotated[Path, typer.Option("--to", help="A new or empty folder.")],
    seed: Annotated[int, typer.Option("--seed", help="The same seed and phrase make the same countries.")] = 1,
    draws: Annotated[int, typer.Option("--draws", help="Draws for the ranges of the answers, 2 to 100.")] = 8,
    path: SolverPath = "auto",
    as_json: Json = False,
) -> None:
    """Write an invented country for each learner.

    Each country hides one cause of people without shelter. The answers are sealed with your phrase. The
    command asks for it, or reads the environment variable MIXEDMIG_TEACHER_PHRASE. A lost phrase is lost.

    Example: mixedmig teach build --learners 30 --seed 7 --to class
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.inputs.installed import installed_workspace
        from mixedmig_model.storage.targets import check_folder_target
        from mixedmig_model.study.teaching.handout import HandOut
        from mixedmig_model.study.teaching.handout import build as build_class

        check_folder_target(to, inputs_of(installed_workspace()))
        phrase = asked_phrase(twice=True)
        with terminal_progress() as progress:
            sealed = build_class(HandOut(learners, seed, draws, path), phrase, to,
                                 lambda done, of: progress("countries", done, of))
        if as_json:
            show({"ok": True, "learners": learners, "folder": str(to), "sealed": str(sealed)})
        say(f"Wrote {learners} folders to {to / 'learners'}, and {sealed}. Keep your phrase: a lost phrase is lost.")


@teach.command()
def grade(
    folder: Annotated[Path, typer.Argument(help="The folder that mixedmig teach build wrote.")],
    path: SolverPath = "auto",
    as_json: Json = False,
) -> None:
    """Grade the folders of a class, rights first.

    Each plan is solved again. A plan that adds a breach fails. Folders that were changed are refused, with a word on
    each fault, and stop no other. The exit code is then 2. The grades are written to grades.csv and grades.json.

    Example: mixedmig teach grade class
    """
    with explained(as_json):
        from mixedmig_model.cli.progress import terminal_progress
        from mixedmig_model.record.commands.grades import grades_record, grades_table
        from mixedmig_model.record.schema.base import strict_data, strict_text
        from mixedmig_model.record.words.teaching.grades import grade_lines
        from mixedmig_model.storage.atomic import write_together
        from mixedmig_model.study.teaching.grading import grade_class

        with terminal_progress() as progress:
            graded = grade_class(folder, asked_phrase(), path, lambda done, of: progress("learners", done, of))
        record = grades_record(graded)
        table, file = (folder / name for name in GRADES)
        write_together({table: grades_table(record), file: strict_text(record)})
        if as_json:
            show(strict_data(record))
        for line in grade_lines(record):
            say(line)
        say(f"Wrote {table} and {file}.")
        if not record.ok:
            raise typer.Exit(2 if any(row.state == "refused" for row in record.learners) else 1)


def asked_phrase(twice: bool = False) -> str:
    """Return the teacher's phrase, never from the command line.

    It is read from the environment, or asked for. Raises InputFaultsError where nobody can be asked.
    """
    import sys

    from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError

    given = os.environ.get(PHRASE, "")
    if given:
        return given
    if not sys.stdin.isatty():
        raise InputFaultsError([Fault(PHRASE, 0, "", "there is no phrase, and nobody to ask for it",
                                      allowed="a terminal, or this environment variable")])
    return str(typer.prompt("Your phrase", hide_input=True, confirmation_prompt=twice, err=True))
