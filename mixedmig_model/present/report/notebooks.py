"""Running notebooks through papermill.

Unknown or mistyped parameters are refused before a kernel starts.
"""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest, shown
from mixedmig_model.present.html.loading import without_grammars
from mixedmig_model.present.report.warm import shared_kernel, warm_kernel
from mixedmig_model.storage.atomic import write_file

TYPES: dict[str, type | tuple[type, ...]] = {"str": str, "int": int, "float": (int, float), "bool": bool}


def notebook_path(name: str, workspace: Path, trust: bool = False) -> Path:
    """Return the notebook to run.

    It is the installed one, or the workspace's own only where ``trust`` is given. A workspace is data: a notebook in it
    is code that somebody else may have written. Raises InputFaultsError.
    """
    folder = (workspace if trust else installed_workspace()) / "workbooks"
    path = folder / f"{name}.ipynb"
    if not path.is_file():
        names = [found.stem for found in folder.glob("*.ipynb")]
        raise InputFaultsError(
            [Fault("workbooks", 0, name, "unknown notebook", found="", allowed=listed(names),
                   nearest=nearest(name, names))]
        )
    return path


def check_parameters(path: Path, parameters: Mapping[str, Any]) -> None:
    """Refuse parameters that the notebook does not have.

    Parameters of another type are refused too. Raises InputFaultsError with all faults. papermill itself only logs an
    unknown parameter and runs with the default: a wrong answer.
    """
    with without_grammars():
        import papermill

    known = papermill.inspect_notebook(str(path))
    faults = []
    for name, value in parameters.items():
        if name not in known:
            near = nearest(name, known)
            faults.append(Fault(path.name, 0, name, "unknown notebook parameter", found=shown(name),
                                allowed=listed(known), nearest=near))
            continue
        declared = known[name]["inferred_type_name"]
        wanted = TYPES.get(declared) or type(ast.literal_eval(known[name]["default"]))
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
            problem = "the notebook parameter has another type"
            faults.append(Fault(path.name, 0, name, problem, found=shown(value), allowed=str(declared)))
    if faults:
        raise InputFaultsError(faults)


def run_notebook(
    source: Path, target: Path, parameters: Mapping[str, Any], cwd: Path, shared: bool = False
) -> None:
    """Execute a notebook into ``target``.

    Paths of this machine are stripped from what is kept. ``shared`` uses the kernel that this process keeps for
    notebooks of this package. Raises InputFaultsError for bad parameters, and papermill's PapermillExecutionError where
    a cell fails (the failed notebook is then in ``target``).
    """
    if shared:
        warm_kernel(cwd)  # it starts while this process loads what it needs itself
    check_parameters(source, parameters)
    with without_grammars():
        import papermill

    from mixedmig_model.present.report.engine import ENGINE
    from mixedmig_model.present.report.kernels import own_channels, quiet_kernel

    def execute(**reached: object) -> None:
        papermill.execute_notebook(
            str(source),
            str(target),
            parameters=dict(parameters),
            cwd=str(cwd),
            request_save_on_cell_execute=False,
            progress_bar=False,
            log_output=False,
            kernel_name="python3",
            **reached,
        )

    if shared:
        with shared_kernel(cwd) as kernel:
            execute(engine_name=ENGINE, km=kernel.manager, kc=kernel.client)
    else:
        with quiet_kernel(), own_channels() as channels:
            execute(**channels)
    strip(target, parameters)


def strip(path: Path, parameters: Mapping[str, Any]) -> None:
    """Remove this machine's paths from an executed notebook.

    It can then be shared and run again anywhere.
    """
    with without_grammars():
        import nbformat

    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    here = {str(v): v for v in parameters.values() if isinstance(v, str) and Path(v).is_absolute()}
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            for text in here:
                cell.source = cell.source.replace(repr(text)[1:-1].replace("'", '"'), ".").replace(text, ".")
    write_file(path, f"{nbformat.writes(notebook).rstrip()}\n")
