"""The command ``mixedmig app``: the panel in a browser.

It needs no notebook.
"""

import socket
from pathlib import Path
from typing import Annotated

import typer

from mixedmig_model.cli.common import Workspace, explained, find_workspace, report_folder, say

LOCAL = "127.0.0.1"
A_TOKEN = 16
"""Least characters of a token where others reach the panel."""


def app(
    case: Annotated[str | None, typer.Argument(help="A folder of parameters/cases.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="A free port if not given.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address, open nothing.")] = False,
    host: Annotated[
        str, typer.Option("--host", help="An address that others reach; the panel is then read-only.")
    ] = LOCAL,
    token: Annotated[
        str, typer.Option("--token", envvar="MIXEDMIG_TOKEN", help="Needed with --host: 16 signs or more.")
    ] = "",
    exercise: Annotated[str | None, typer.Option("--exercise", help="Show the screens of this exercise.")] = None,
    session: Annotated[str, typer.Option("--session", help="The session of the exercise.")] = "session",
    teams: Annotated[str, typer.Option("--teams", help="Teams of a new session: how many, or names.")] = "3",
    workspace: Workspace = None,
) -> None:
    """Show the panel of sliders in a browser.

    Prints the address with its token, and serves until Ctrl-C. One process serves all who open it. With --exercise it
    prints an address for the facilitator, each team and the projector.

    Example: mixedmig app andaman_sea_2015
    """
    with explained():
        from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError

        if host != LOCAL and len(token) < A_TOKEN:
            raise InputFaultsError([Fault("--token", 0, "", "others may reach this address, and it has no token",
                                          found=f"{len(token)} signs", allowed=f"{A_TOKEN} signs or more")])
        if port is not None and _taken(host, port):
            raise InputFaultsError([Fault("--port", 0, "", "another program uses this port", found=str(port),
                                          allowed="another port, or none")])
        if exercise is not None:
            _exercise(exercise, session, teams, workspace, port=port, host=host)
            return
        from mixedmig_model.present.panel.app.server import address_of, make_server, serve
        from mixedmig_model.present.panel.engines import Engines

        root = find_workspace(workspace)
        engines = Engines(root, case)
        if case is not None:
            engines.of(None)
        server = make_server(engines, report_folder(root), port=port, host=host, token=token or None,
                             browser=not no_browser)
        typer.echo(address_of(server))
        say("Ctrl-C stops the panel.")
        serve(server, engines)


def _exercise(
    name: str, session: str, teams: str, workspace: Path | None, *, port: int | None, host: str
) -> None:
    """Serve the screens of an exercise. Raises InputFaultsError."""
    from mixedmig_model.cli.teach.opened import exercise_inputs, started_or_opened
    from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
    from mixedmig_model.present.exercise.desk import Desk
    from mixedmig_model.present.exercise.server import serve_exercise
    from mixedmig_model.study.exercise.runs import ExerciseRuns

    if host != LOCAL:
        raise InputFaultsError([Fault("--host", 0, "", "an exercise is served on this computer alone", found=host,
                                      allowed=LOCAL)])
    inputs, reports = exercise_inputs(name, workspace)
    desk = Desk(started_or_opened(inputs, reports, session, teams), ExerciseRuns(inputs))

    def tell(addresses: dict[str, str]) -> None:
        for who, address in addresses.items():
            typer.echo(f"{who} {address}")
        say("Each address is for one screen alone. Ctrl-C stops the server; the session can go on later.")

    serve_exercise(desk, port, tell)


def _taken(host: str, port: int) -> bool:
    """Return whether a port cannot be listened on."""
    with socket.socket() as tried:
        try:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
        except OSError:
            return True
    return False
