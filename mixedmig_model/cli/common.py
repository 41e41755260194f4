"""What all commands share.

They share options, words for people, records for programs, and exit codes. The exit code is 0 when done, and 1 when a
check or a run failed. It is 2 for bad input, and 128 and more when a signal stopped the command. Heavy imports stand
inside the functions.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from mixedmig_model.inputs.cases.case import CaseInputs
    from mixedmig_model.inputs.reading.cautions import Caution

from mixedmig_model.storage.signals import stopping

CaseName = Annotated[str, typer.Argument(help="The name of a case, a folder of parameters/cases.")]
ScenarioName = Annotated[str | None, typer.Option("--scenario", help="The name of a scenario; default: the baseline.")]
Json = Annotated[bool, typer.Option("--json", help="Print a record that programs can read.")]
Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", help="The folder with parameters/; default: found from the current folder."),
]
Scenarios = Annotated[
    str | None, typer.Option("--scenarios", help="Names of scenarios, comma-separated; default: all.")
]
SecondCurrency = Annotated[
    str | None, typer.Option("--currency", help="Show amounts in this currency too: a code such as MYR.")
]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="How many processes to run at the same time.")]
SolverPath = Annotated[
    str, typer.Option("--path", help="Solver: kernel, reference or auto (the kernel if it is available).")
]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", help="The address of a Dask cluster, such as tcp://127.0.0.1:8786.")
]

Author = Annotated[str, typer.Option("--author", help="The author, named at the foot of the first page.")]
Docx = Annotated[bool, typer.Option("--docx", help="Add a two-page memo and the full report as Word.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="Add the same two documents as tagged PDF.")]
Template = Annotated[
    Path | None, typer.Option("--template", help="A .docx whose styles and letterhead the Word files take.")
]
Paper = Annotated[str, typer.Option("--paper", help="Paper of the documents: a4 or letter.")]


def say(text: str) -> None:
    """Print a line for people to standard error.

    Standard output stays for programs.
    """
    typer.echo(text, err=True)


def show(record: Any) -> None:
    """Print a record for programs, as JSON on standard output."""
    typer.echo(json.dumps(record, indent=1, ensure_ascii=False))


@contextmanager
def explained(as_json: bool = False) -> Iterator[None]:
    """Turn what ends a command early into a sentence and a code.

    There is never a traceback. The code is 2 for bad input, and 1 for a failed run or a fault of the program. It is 130
    for Ctrl-C, and 143 for the end of a container.
    """
    stopping.is_working = True
    try:
        yield
    except (typer.Exit, SystemExit, BrokenPipeError):  # a reader that has had enough is no failure
        raise
    except BaseException as error:
        from mixedmig_model.record.words.failures import failure_of

        failure = failure_of(error)
        if as_json:
            show(failure.record)
        say(failure.words)
        raise typer.Exit(failure.code) from None


def listed_names(text: str) -> tuple[str, ...]:
    """Return names out of a comma-separated list."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def find_workspace(given: Path | None) -> Path:
    """Return the workspace to use, and say which it is.

    It is the one given, the nearest folder upwards that holds one, or the shipped one. A run of the shipped workspace
    must not look like a run of one's own. A folder that is a workspace without its base parameters is taken, and
    reading it then says what is missing.
    """
    from mixedmig_model.inputs.installed import installed_workspace

    if given is not None:
        return given.resolve()
    for folder in (Path.cwd(), *Path.cwd().parents):
        if is_workspace(folder):
            say(f"workspace: {folder}")
            return folder
    shipped = installed_workspace()
    say(f"workspace: the shipped one, {shipped}")
    return shipped


def is_workspace(folder: Path) -> bool:
    """Return whether a folder holds a workspace.

    What is left of one counts: entries of ours, or nothing at all.
    """
    from mixedmig_model.inputs.entries import SHARED_FILES, SHARED_FOLDERS

    parameters = folder / "parameters"
    if not parameters.is_dir():
        return False
    names = {path.name.lower() for path in parameters.iterdir()}
    return not names or not names.isdisjoint((*SHARED_FOLDERS, *SHARED_FILES))


def say_inputs(inputs: "CaseInputs", *scenarios: str | None) -> None:
    """Print what a reader of the numbers must know.

    It is of a case and some of its scenarios; None: the baseline.
    """
    from mixedmig_model.inputs.resolving.resolve import cautions_of, resolve

    say_cautions(cautions_of(inputs, *(resolve(inputs, name) for name in scenarios)))


def say_cautions(cautions: Iterable["Caution"]) -> None:
    """Print a line for each caution.

    It is what a reader of the numbers must know, and what does not stop a command. Inputs that a case does not set
    share one line: ``check`` lists them.
    """
    from mixedmig_model.vocabulary.numbers import counted

    unset = 0
    for caution in cautions:
        if caution.unset:
            unset += 1
        else:
            say(f"caution: {caution}")
    if unset:
        say(f"caution: the case does not set {counted(unset, 'input')} of its own; mixedmig check --case lists them")


def inputs_of(workspace: Path) -> tuple[Path, ...]:
    """Return folders that are read, and never written to.

    They are those of the workspace and of the shipped one.
    """
    from mixedmig_model.inputs.installed import installed_workspace

    return tuple(root / "parameters" for root in (workspace, installed_workspace()))


def case_in(root: Path, case: str, currency: str | None) -> "CaseInputs":
    """Return the inputs of a case, shown in a second currency too.

    Raises InputFaultsError.
    """
    from mixedmig_model.inputs.cases.case import read_case
    from mixedmig_model.inputs.costs.shown import in_currency
    from mixedmig_model.inputs.workspace import read_workspace

    return in_currency(read_case(read_workspace(root), case), currency)


def report_folder(workspace: Path) -> Path:
    """Return where reports go.

    It is the workspace's own folder, or the current one when the shipped workspace is used.
    """
    from mixedmig_model.inputs.installed import installed_workspace

    home = Path.cwd() if workspace == installed_workspace() else workspace
    return home / "reports"
