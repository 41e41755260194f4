"""Commands that look at a session: replay, sheets, returns."""

from typing import Annotated

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, say, show
from mixedmig_model.cli.teach.opened import Name, Role, Session, Team, opened


def replay(
    name: Name,
    number: Annotated[int, typer.Argument(help="The number of the order to change.")],
    session: Session,
    team: Team,
    round_: Annotated[int | None, typer.Option("--round", help="The round in which it is given instead.")] = None,
    value: Annotated[float | None, typer.Option("--value", help="The value that it has instead.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Replay a session with one decision changed.

    Example: mixedmig exercise replay my_exercise 7 --round 1 --session monday --team team1
    """
    with explained(as_json):
        from mixedmig_model.record.exercise.sheets import replay_record
        from mixedmig_model.record.schema.base import strict_data

        one = opened(name, session, workspace)
        found = replay_record(one.session, one.runs, team, order=number, number=round_, value=value)
        if as_json:
            show(strict_data(found))
        say(f"With order {number} changed, next to the run as it was: {found.sentence}")


def sheets(
    name: Name,
    session: Session,
    team: Annotated[str | None, typer.Option("--team", help="One team; default: all.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Show the three sheets of each team; rights lead.

    They are never summed, and teams are not ranked.

    Example: mixedmig exercise sheets my_exercise --session monday
    """
    with explained(as_json):
        from mixedmig_model.inputs.workspace import check_name
        from mixedmig_model.record.exercise.lines import sheet_lines
        from mixedmig_model.record.exercise.sheets import team_sheets
        from mixedmig_model.record.schema.base import strict_data

        one = opened(name, session, workspace)
        if team is not None:
            check_name(team, "team", one.session.teams)
        found = [team_sheets(one.session, one.runs, each) for each in ((team,) if team else one.session.teams)]
        if as_json:
            show([strict_data(each) for each in found])
            return
        for each in found:
            for line in sheet_lines(each):
                typer.echo(line)


def returns(
    name: Name,
    session: Session,
    team: Team,
    role: Role,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Show what a role knows: its returns, late and undercounted.

    Example: mixedmig exercise returns my_exercise --session monday --team team1 --role reception
    """
    with explained(as_json):
        from mixedmig_model.inputs.workspace import check_name
        from mixedmig_model.record.exercise.screens import role_view
        from mixedmig_model.record.schema.base import strict_data
        from mixedmig_model.vocabulary.numbers import number

        one = opened(name, session, workspace)
        check_name(team, "team", one.session.teams)
        check_name(role, "role", tuple(each.name for each in one.inputs.exercise.roles))
        found = role_view(one.session, one.runs, team, role)
        if as_json:
            show(strict_data(found))
            return
        for row in found.returns:
            typer.echo(f"{row.quantity} [{row.unit}]: {', '.join(number(value) for value in row.values)}")
        for cash in found.cash:
            typer.echo(f"{cash.payer}: {number(cash.committed)} of {number(cash.given)} committed")
