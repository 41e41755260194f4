"""The command ``mixedmig exercise``.

Sessions for teams, round by round.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, find_workspace, listed_names, say, show
from mixedmig_model.cli.teach.looking import after_action, replay, returns, sheets
from mixedmig_model.cli.teach.opened import (
    At,
    High,
    Level,
    Low,
    Minute,
    Name,
    Opened,
    Quantity,
    Role,
    Session,
    Team,
    exercise_inputs,
    expected_from,
    moved,
    opened,
    team_names,
)
from mixedmig_model.cli.teach.pack import pack_exercise

if TYPE_CHECKING:
    from mixedmig_model.study.exercise.session import ExerciseSession

exercise = typer.Typer(
    name="exercise", add_completion=False, no_args_is_help=True, rich_markup_mode=None,
    subcommand_metavar="COMMAND",
    help="Run an exercise for teams, round by round.\n\n"
         "Teams order, the model advances, and three sheets show rights, craft and what happened.\n\n"
         "Example: mixedmig exercise list",
)


@exercise.command("list")
def list_exercises(workspace: Workspace = None, as_json: Json = False) -> None:
    """List the exercises of the workspace, with sessions.

    Example: mixedmig exercise list
    """
    with explained(as_json):
        from mixedmig_model.cli.common import report_folder
        from mixedmig_model.inputs.exercises.reading import playable_names, read_exercise
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.study.exercise.files import session_names

        root = find_workspace(workspace)
        shared, reports = read_workspace(root), report_folder(root)
        found = [read_exercise(shared, name) for name in playable_names(root)]
        if as_json:
            show([{"name": one.name, "title": one.exercise.title, "format": one.exercise.format,
                   "rounds": len(one.exercise.rounds), "sessions": list(session_names(reports, one.name))}
                  for one in found])
            return
        for one in found:
            sessions = ", ".join(session_names(reports, one.name))
            typer.echo(f"{one.name}  {one.exercise.title} (format {one.exercise.format}, "
                       f"{len(one.exercise.rounds)} rounds){'; sessions: ' + sessions if sessions else ''}")
        if not found:
            say("No exercise here: put one into parameters/exercises (docs/exercises.md)")


@exercise.command("check")
def check_exercise(name: Name, workspace: Workspace = None, as_json: Json = False) -> None:
    """Check an exercise and list all its faults.

    Example: mixedmig exercise check my_exercise
    """
    with explained(as_json):
        inputs, _ = exercise_inputs(name, workspace)
        exercise_ = inputs.exercise
        counts = {"rounds": len(exercise_.rounds), "roles": len(exercise_.roles), "injects": len(exercise_.injects)}
        if as_json:
            show({"ok": True, "exercise": name, **counts})
        say(f"{name}: no faults. {counts['rounds']} rounds, {counts['roles']} roles, {counts['injects']} injects")


@exercise.command("start")
def start_exercise(
    name: Name,
    session: Session,
    teams: Annotated[str, typer.Option("--teams", help="How many teams, or their names, comma-separated.")] = "3",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Start a session for some teams.

    Its files stand in reports/exercises/NAME/SESSION.

    Example: mixedmig exercise start my_exercise --teams 3 --session monday
    """
    with explained(as_json):
        from mixedmig_model.study.exercise.files import start_session

        inputs, reports = exercise_inputs(name, workspace)
        made = start_session(inputs, reports, session, team_names(teams))
        if as_json:
            show({"ok": True, "session": session, "folder": str(made.folder), "teams": list(made.teams)})
        say(f"Started {session} with {', '.join(made.teams)}: {made.folder}. "
            f"Next: mixedmig app --exercise {name} --session {session}")


@exercise.command("order")
def order(
    name: Name,
    key: Annotated[str, typer.Argument(help="The lever or input.")],
    value: Annotated[float, typer.Argument(help="Intensity from 0 to 1, or the value of an input.")],
    session: Session,
    team: Team,
    role: Role,
    why: Annotated[str, typer.Option("--why", help="The reason.")],
    countries: Annotated[str | None, typer.Option("--countries", help="Countries, comma-separated.")] = None,
    expect: Quantity = None,
    low: Low = None,
    high: High = None,
    level: Level = 0.9,
    at: At = None,
    minute: Minute = 0,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Give an order of a role, with its reason.

    An order that adds a breach is held until a role signs it.

    Example: mixedmig exercise order my_exercise registration.officers 20 --session monday --team team1
    --role immigration --why "the surge" --expect awaiting_registration --low 0 --high 200
    """
    from mixedmig_model.study.exercise.moves import ordered

    where = None if countries is None else listed_names(countries)
    moved(name, session, workspace, as_json, lambda one: ordered(
        one.session, one.runs, team=team, role=role, key=key, value=value, why=why, countries=where, minute=minute,
        expected=expected_from(one.session, expect, low, high, level=level, at=at)))


@exercise.command("sign")
def sign(
    name: Name,
    number: Annotated[int, typer.Argument(help="The number of the held order.")],
    session: Session,
    team: Team,
    role: Role,
    reason: Annotated[str, typer.Option("--reason", help="Why the breach is ordered all the same.")],
    minute: Minute = 0,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Sign a held order that adds a breach.

    The signature stays in the ledger and leads the sheets.

    Example: mixedmig exercise sign my_exercise 7 --session monday --team team1 --role rescue --reason "an order"
    """
    from mixedmig_model.study.exercise.moves import signed

    moved(name, session, workspace, as_json, lambda one: signed(
        one.session, order=number, team=team, role=role, reason=reason, minute=minute))


@exercise.command("answer")
def answer(
    name: Name,
    text: Annotated[str, typer.Argument(help="The message.")],
    session: Session,
    team: Team,
    role: Role,
    inject: Annotated[str | None, typer.Option("--inject", help="The inject that it answers.")] = None,
    minute: Minute = 0,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Send a message of a role, or answer an inject.

    Example: mixedmig exercise answer my_exercise "Refused" --inject police --session monday --team team1 --role unhcr
    """
    from mixedmig_model.study.exercise.moves import answered

    moved(name, session, workspace, as_json, lambda one: answered(
        one.session, team=team, role=role, text=text, inject=inject, minute=minute))


@exercise.command("forecast")
def forecast_(
    name: Name,
    quantity: Annotated[str, typer.Argument(help="The quantity, such as in_reception.")],
    low: Annotated[float, typer.Argument(help="The lower end.")],
    high: Annotated[float, typer.Argument(help="The upper end.")],
    session: Session,
    team: Team,
    role: Role,
    level: Level = 0.9,
    at: At = None,
    minute: Minute = 0,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """State a forecast of a role, with its range.

    Example: mixedmig exercise forecast my_exercise in_reception 300 500 --session monday --team team1 --role reception
    """
    from mixedmig_model.study.exercise.moves import expected_of, forecast

    def move(one: Opened) -> "ExerciseSession":
        given = {"quantity": quantity, "low": low, "high": high, "level": level, "round": at or one.session.round}
        return forecast(one.session, team=team, role=role, expected=expected_of("forecast", given), minute=minute)

    moved(name, session, workspace, as_json, move)


@exercise.command("release")
def release(
    name: Name,
    session: Session,
    inject: Annotated[str | None, typer.Argument(help="The inject; without it, all that are due.")] = None,
    team: Annotated[str | None, typer.Option("--team", help="One team; default: all.")] = None,
    minute: Minute = 0,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Release injects: one by name, or all due by a minute.

    Example: mixedmig exercise release my_exercise --session monday --minute 10
    """
    from mixedmig_model.inputs.workspace import check_name
    from mixedmig_model.study.exercise.rounds import released_by_hand, ticked

    def move(one: Opened) -> "ExerciseSession":
        if inject is None:
            return ticked(one.session, minute)
        check_name(inject, "inject", tuple(one.inputs.injects))
        if team is not None:
            check_name(team, "team", one.session.teams)
        return released_by_hand(one.session, inject, team, minute)

    moved(name, session, workspace, as_json, move)


@exercise.command("advance")
def advance(name: Name, session: Session, workspace: Workspace = None, as_json: Json = False) -> None:
    """Play a round: the model passes its days.

    What is due is released first. Held orders without a signature lapse. Then come breaches and harms of each team.

    Example: mixedmig exercise advance my_exercise --session monday
    """
    with explained(as_json):
        from mixedmig_model.record.exercise.lines import strip_lines
        from mixedmig_model.record.exercise.screens import breach_strip
        from mixedmig_model.study.exercise.files import advance_session

        one = opened(name, session, workspace)
        after = advance_session(one.session, one.runs)
        strips = {team: breach_strip(after, one.runs, team) for team in after.teams}
        if as_json:
            show({"ok": True, "played": after.played, "rounds": len(one.inputs.exercise.rounds),
                  "finished": after.finished,
                  "teams": {team: {each.key: each.value for each in strip} for team, strip in strips.items()}})
            return
        for team, strip in strips.items():
            for line in strip_lines(team, strip):
                typer.echo(line)
        say(f"Played round {after.played} of {len(one.inputs.exercise.rounds)}."
            + (" The exercise is over: mixedmig exercise sheets" if after.finished else ""))


@exercise.command("undo")
def undo(
    name: Name,
    session: Session,
    number: Annotated[int | None, typer.Option("--round", help="Go back to the deciding of this round.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Undo the last move, or go back to a round.

    This is for the facilitator. The ledger keeps what was undone.

    Example: mixedmig exercise undo my_exercise --session monday --round 2
    """
    from mixedmig_model.study.exercise.moves import undone

    moved(name, session, workspace, as_json, lambda one: undone(one.session, back_to=number))


@exercise.command("observe")
def observe(
    name: Name,
    objective: Annotated[str, typer.Argument(help="The objective.")],
    mark: Annotated[str, typer.Argument(help="P, S, M or U: performed, some or major challenges, unable.")],
    session: Session,
    team: Team,
    note: Annotated[str, typer.Option("--note", help="What the observer saw.")],
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Note what an observer saw of an objective.

    Example: mixedmig exercise observe my_exercise hire_early S --session monday --team team1 --note "in round 2"
    """
    from mixedmig_model.study.exercise.moves import observed

    moved(name, session, workspace, as_json, lambda one: observed(
        one.session, team=team, objective=objective, mark=mark, note=note))


@exercise.command("sentence")
def sentence(
    name: Name,
    text: Annotated[str, typer.Argument(help="What the team gave up, and for what.")],
    session: Session,
    team: Team,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Write down the trade-off that a team states.

    Example: mixedmig exercise sentence my_exercise "Beds before speed" --session monday --team team1
    """
    from mixedmig_model.study.exercise.moves import sentenced

    moved(name, session, workspace, as_json, lambda one: sentenced(one.session, team=team, text=text))


@exercise.command("gap")
def gap(
    name: Name,
    text: Annotated[str, typer.Argument(help="What lacks in the real plan.")],
    session: Session,
    owner: Annotated[str | None, typer.Option("--owner", help="The office that owns it, never a person.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="The day by which it is closed, as 2027-03-31.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Write down a gap of the room: gap, owner, date.

    The list is the result of the day. It stands in the report that mixedmig exercise after-action writes.

    Example: mixedmig exercise gap my_exercise "No contract for interpreters" --session monday --owner "Immigration"
    --by 2027-03-31
    """
    from mixedmig_model.study.exercise.moves import gap_found

    moved(name, session, workspace, as_json, lambda one: gap_found(one.session, text=text, owner=owner, by=by))


for look in (replay, sheets, returns):
    exercise.command(look.__name__)(look)
exercise.command("after-action")(after_action)
exercise.command("pack")(pack_exercise)
