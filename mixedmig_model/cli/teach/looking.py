"""Commands that look at a session: replay, sheets, returns."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from mixedmig_model.cli.common import Json, Workspace, explained, say, show
from mixedmig_model.cli.teach.opened import Name, Opened, Role, Session, Team, opened

if TYPE_CHECKING:
    from mixedmig_model.record.exercise.schema import TeamSheets

Paper = Annotated[Literal["a4", "letter"], typer.Option("--paper", help="The size of the paper.")]


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
    to: Annotated[Path | None, typer.Option("--to", help="A folder for a page of each team, to print.")] = None,
    paper: Paper = "a4",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Show the three sheets of each team; rights lead.

    They are never summed, and teams are not ranked. With --to they go to pages for paper, and not to the screen.

    Example: mixedmig exercise sheets my_exercise --session monday --to sheets
    """
    with explained(as_json):
        from mixedmig_model.inputs.workspace import check_name
        from mixedmig_model.record.exercise.lines import sheet_lines
        from mixedmig_model.record.exercise.sheets import team_sheets
        from mixedmig_model.record.schema.base import strict_data

        one = opened(name, session, workspace)
        if team is not None:
            check_name(team, "team", one.session.teams)
        teams = (team,) if team else one.session.teams
        found = _printed(one, teams, to, paper) if to else [team_sheets(one.session, one.runs, each) for each in teams]
        if as_json:
            show([strict_data(each) for each in found])
            return
        for each in () if to else found:
            for line in sheet_lines(each):
                typer.echo(line)


def _printed(one: Opened, teams: tuple[str, ...], folder: Path, paper: Paper) -> "list[TeamSheets]":
    """Write a page of sheets for each team; return the sheets."""
    from mixedmig_model.cli.common import inputs_of
    from mixedmig_model.present.exercise.printed.sheets import sheet_files, write_sheets
    from mixedmig_model.record.exercise.after import printed_sheets
    from mixedmig_model.storage.targets import check_folder_target

    check_folder_target(folder, inputs_of(one.inputs.case.workspace.root), sheet_files(teams))
    records = [printed_sheets(one.session, one.runs, each) for each in teams]
    for page in write_sheets(records, folder, paper):
        say(f"Wrote {page}: open it in a browser and print from there")
    return [each.sheets for each in records]


def after_action(
    name: Name,
    session: Session,
    to: Annotated[Path, typer.Option("--to", help="The folder to write page and notebook to.")],
    paper: Paper = "a4",
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Write the report after an exercise, with the gaps.

    It has each breach first, then the improvement plan: gap, owner, date. Nothing is ranked, and it names no person.

    Example: mixedmig exercise after-action my_exercise --session monday --to report
    """
    with explained(as_json):
        from mixedmig_model.cli.common import find_workspace, inputs_of, report_folder
        from mixedmig_model.present.exercise.printed.report import FILES, write_after_action
        from mixedmig_model.record.exercise.after import gap_lines
        from mixedmig_model.storage.targets import check_folder_target
        from mixedmig_model.study.exercise.outcomes import require_played

        root = find_workspace(workspace)
        one = opened(name, session, root)
        require_played(one.session)
        check_folder_target(to, inputs_of(root), FILES)
        page = write_after_action(one.inputs, root, report_folder(root), session, folder=to.resolve(), paper=paper)
        gaps = gap_lines(one.session)
        lacking = sum(not each.is_whole for each in gaps)
        if as_json:
            show({"ok": True, "page": str(page), "files": list(FILES), "gaps": len(gaps), "not_whole": lacking})
        say(f"Wrote {page}. Gaps: {len(gaps)}; without an owner or a date: {lacking}")


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
        from mixedmig_model.vocabulary.numbers import amount, number

        one = opened(name, session, workspace)
        check_name(team, "team", one.session.teams)
        check_name(role, "role", tuple(each.name for each in one.inputs.exercise.roles))
        found = role_view(one.session, one.runs, team, role)
        if as_json:
            show(strict_data(found))
            return
        for row in found.returns:
            values = (f"{'before' if number_ == 0 else f'round {number_}'}: {amount(value, row.unit)}"
                      for number_, value in enumerate(row.values))
            typer.echo(f"{row.title} [{row.unit}]: {', '.join(values)}")
        for cash in found.cash:
            typer.echo(f"{cash.title}: {number(cash.committed)} of {number(cash.given)} committed")
