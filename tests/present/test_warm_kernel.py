"""A kernel that stays warm: notebooks share its modules and nothing else, and it ends with what started it."""

import os
import threading
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.channels import HBChannel
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from mixedmig_model.present.report import warm
from mixedmig_model.present.report.notebooks import run_notebook
from mixedmig_model.storage.system import is_running


@pytest.fixture
def executed(tmp_path):
    """Execute cells in the shared kernel; returns the text that each printed, and the counts of the cells."""
    def run(*cells):
        made = nbformat.v4.new_notebook(
            metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        nbformat.write(made, tmp_path / "source.ipynb")
        run_notebook(tmp_path / "source.ipynb", tmp_path / "made.ipynb", {}, tmp_path, shared=True)
        found = nbformat.read(tmp_path / "made.ipynb", as_version=4).cells
        return ["".join(output.text for output in cell.outputs) for cell in found], [
            cell.execution_count for cell in found]

    yield run
    warm.end_warm_kernel()


PROCESS = "import os; print(os.getpid())"


def ended(number):
    """Whether a process is gone within some seconds."""
    end = time.monotonic() + 20
    while is_running(number) and time.monotonic() < end:
        time.sleep(0.05)
    return not is_running(number)


def test_notebooks_share_a_kernel_and_its_modules_but_neither_names_nor_counts(executed, tmp_path):
    (_, first), counts = executed("import decimal; decimal.seen = True; number = 12", PROCESS)
    texts, again = executed(PROCESS, "print('number' in globals())", "import decimal; print(decimal.seen)")
    number = int(first)
    assert texts == [first, "False\n", "True\n"]
    assert (counts, again) == ([1, 2], [1, 2, 3])
    assert number != os.getpid()
    reached = warm.warm_kernel(tmp_path).manager.connection_file
    assert is_running(number)
    warm.end_warm_kernel()
    assert ended(number)
    assert not Path(reached).exists()


def test_the_notebook_after_one_that_failed_has_a_new_kernel(executed, tmp_path):
    before = int(executed(PROCESS)[0][0])
    with pytest.raises(PapermillExecutionError, match="division by zero"):
        executed("1 / 0", PROCESS)
    assert "division by zero" in (tmp_path / "made.ipynb").read_text(encoding="utf-8")
    assert ended(before)
    assert int(executed(PROCESS)[0][0]) != before


def test_a_kernel_of_another_folder_is_ended_first(executed, tmp_path):
    before = int(executed(PROCESS)[0][0])
    (tmp_path / "other").mkdir()
    warm.warm_kernel(tmp_path / "other")
    assert ended(before)


def test_a_kernel_has_no_thread_of_a_heartbeat_and_may_end_before_it_is_ready(tmp_path):
    for _ in range(3):
        warm.warm_kernel(tmp_path)
        assert [thread for thread in threading.enumerate() if isinstance(thread, HBChannel)] == []
        warm.end_warm_kernel()


def test_a_kernel_that_dies_is_noticed_at_once_without_a_heartbeat(executed):
    before = int(executed(PROCESS)[0][0])
    with pytest.raises(DeadKernelError):
        executed("import os; os._exit(1)")
    assert ended(before)
    assert int(executed(PROCESS)[0][0]) != before


def test_a_kernel_that_cannot_forget_is_reported_and_ended(executed, monkeypatch):
    before = int(executed(PROCESS)[0][0])
    monkeypatch.setattr(warm, "FORGET", "1 / 0")
    with pytest.raises(RuntimeError, match="the kernel could not forget the notebook before"):
        executed(PROCESS)
    assert ended(before)
