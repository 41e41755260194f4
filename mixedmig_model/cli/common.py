"""What all commands share: options, words for people, records for programs, and exit codes.

Exit code 0: done; 1: a check or a run failed; 2: bad input. Heavy imports stand inside the functions.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Print a record that programs can read.")]
Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", help="Folder with parameters/ (found from the current folder if not given)."),
]
Scenarios = Annotated[str | None, typer.Option("--scenarios", help="Names with commas between; all if not given.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes at a time.")]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="A Dask cluster to use instead, such as tcp://127.0.0.1:8786.")
]


def say(text: str) -> None:
    """A line for people: to standard error, so that standard output stays for programs."""
    typer.echo(text, err=True)


def show(record: Any) -> None:
    """A record for programs, as JSON on standard output."""
    typer.echo(json.dumps(record, indent=1, ensure_ascii=False))


@contextmanager
def explained(as_json: bool = False) -> Iterator[None]:
    """Faults become messages and exit codes, never a traceback: 2 for bad input, 1 for a failed run."""
    from mixedmig_model.inputs.reading.faults import InputFaultsError
    from mixedmig_model.storage.atomic import TargetError

    try:
        yield
    except InputFaultsError as error:
        if as_json:
            show({"ok": False, "faults": [fault.as_record() for fault in error.faults]})
        say(str(error))
        raise typer.Exit(2) from None
    except TargetError as error:
        if as_json:
            show({"ok": False, "error": str(error)})
        say(str(error))
        raise typer.Exit(2) from None
    except (RuntimeError, OSError) as error:
        if as_json:
            show({"ok": False, "error": str(error)})
        say(f"failed: {error}")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        say("interrupted; nothing half-written was left behind")
        raise typer.Exit(130) from None


def listed_names(text: str) -> tuple[str, ...]:
    """Names out of a comma-separated list."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def find_workspace(given: Path | None) -> Path:
    """The workspace: the one given, the nearest folder upwards that holds one, or the shipped one."""
    from mixedmig_model.inputs.installed import installed_workspace

    if given is not None:
        return given
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "parameters" / "base").is_dir():
            return folder
    return installed_workspace()


def report_folder(workspace: Path) -> Path:
    """Where reports go: the workspace's own folder, or the current one when the shipped workspace is used."""
    from mixedmig_model.inputs.installed import installed_workspace

    home = Path.cwd() if workspace == installed_workspace() else workspace
    return home / "reports"
