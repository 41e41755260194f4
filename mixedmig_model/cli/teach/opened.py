"""What the commands of an exercise share.

They share options, the workspace, and the session.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mixedmig_model.cli.common import explained, find_workspace, listed_names, report_folder, say, show

if TYPE_CHECKING:
    from mixedmig_model.inputs.exercises.reading import ExerciseInputs
    from mixedmig_model.study.exercise.ledger import Expected
    from mixedmig_model.study.exercise.runs import ExerciseRuns
    from mixedmig_model.study.exercise.session import ExerciseSession

Name = Annotated[str, typer.Argument(help="The name of an exercise, a folder of parameters/exercises.")]
Session = Annotated[str, typer.Option("--session", help="The name of the session.")]
Team = Annotated[str, typer.Option("--team", help="The name of the team.")]
Role = Annotated[str, typer.Option("--role", help="The name of the role that acts.")]
Minute = Annotated[int, typer.Option("--minute", min=0, max=600, help="The minute of the round.")]
Quantity = Annotated[str | None, typer.Option("--expect", help="The quantity that is expected, such as in_reception.")]
Low = Annotated[float | None, typer.Option("--low", help="The lower end of what is expected.")]
High = Annotated[float | None, typer.Option("--high", help="The upper end of what is expected.")]
Level = Annotated[float, typer.Option("--level", help="How sure the range is, from 0.5 to 0.99.")]
At = Annotated[int | None, typer.Option("--at", help="The round at whose end it is expected; default: this one.")]


class Opened(NamedTuple):
    """An exercise, an open session, and its runs."""

    inputs: "ExerciseInputs"
    session: "ExerciseSession"
    runs: "ExerciseRuns"


def exercise_inputs(name: str, workspace: Path | None) -> "tuple[ExerciseInputs, Path]":
    """Return an exercise and the folder of reports.

    Raises InputFaultsError.
    """
    from mixedmig_model.inputs.exercises.reading import read_exercise
    from mixedmig_model.inputs.workspace import read_workspace

    root = find_workspace(workspace)
    return read_exercise(read_workspace(root), name), report_folder(root)


def team_names(teams: str) -> tuple[str, ...]:
    """Return names of teams: team1, team2 ... or those given."""
    plain = teams.strip()
    if plain.isascii() and plain.isdigit() and len(plain) < 4:
        return tuple(f"team{k}" for k in range(1, int(plain) + 1))
    return listed_names(teams)


def started_or_opened(inputs: "ExerciseInputs", reports: Path, session: str, teams: str) -> "ExerciseSession":
    """Return an open session, started where there is none.

    Raises InputFaultsError.
    """
    from mixedmig_model.study.exercise.files import open_session, session_names, start_session

    if session in session_names(reports, inputs.name):
        return open_session(inputs, reports, session)
    return start_session(inputs, reports, session, team_names(teams))


def opened(name: str, session: str, workspace: Path | None) -> Opened:
    """Return an open session. Raises InputFaultsError."""
    from mixedmig_model.study.exercise.files import open_session
    from mixedmig_model.study.exercise.runs import ExerciseRuns

    inputs, reports = exercise_inputs(name, workspace)
    return Opened(inputs, open_session(inputs, reports, session), ExerciseRuns(inputs))


def moved(
    name: str, session: str, workspace: Path | None, as_json: bool, move: "Callable[[Opened], ExerciseSession]"
) -> None:
    """Make a move, write the ledger, and say what was added."""
    with explained(as_json):
        from mixedmig_model.study.exercise.files import keep

        before = opened(name, session, workspace)
        after = move(before)
        keep(after)
        added = after.events[len(before.session.events):]
        if as_json:
            show({"ok": True, "round": after.round,
                  "events": [one.model_dump(mode="json", exclude_none=True) for one in added]})
            return
        for one in added:
            what = one.key or one.inject or one.objective or (f"of {one.of}" if one.of else "")
            say(f"{one.number}: {one.kind} {what} (round {one.round}{', ' + one.team if one.team else ''})")
            if one.breaches:
                say_held(one.number, one.breaches)


def say_held(number: int, breaches: tuple[str, ...]) -> None:
    """Say that an order is held, and what it would do."""
    from mixedmig_model.results.indicators.table import BREACHES

    titles = {one.key: one.title for one in BREACHES}
    say(f"Held: order {number} adds a breach ({', '.join(titles[key] for key in breaches)}). It has no effect until "
        f"a role signs it with a reason: mixedmig exercise sign")


def expected_from(
    session: "ExerciseSession", quantity: str | None, low: float | None, high: float | None, *, level: float,
    at: int | None,
) -> "Expected | None":
    """Return what is expected, or None where nothing is.

    Raises InputFaultsError.
    """
    from mixedmig_model.study.exercise.moves import expected_of

    if quantity is None and low is None and high is None:
        return None
    given = {"quantity": quantity, "low": low, "high": high, "level": level, "round": at or session.round}
    return expected_of("--expect", {key: value for key, value in given.items() if value is not None})
