"""Kernels of notebooks: they end without a complaint, and what leads to them goes with a folder of their own."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import AsyncKernelManager

from mixedmig_model.present.report.kernels import UninterruptedManager, own_channels, quiet_kernel


@pytest.mark.parametrize(("shutting_down", "interrupts"), [(True, 0), (False, 1)])
def test_a_kernel_is_not_interrupted_before_it_is_asked_to_end(monkeypatch, shutting_down, interrupts):
    sent = []

    async def interrupt(self):
        sent.append("interrupted")

    monkeypatch.setattr(AsyncKernelManager, "_async_interrupt_kernel", interrupt)
    manager = UninterruptedManager()
    manager.shutting_down = shutting_down
    asyncio.run(manager._async_interrupt_kernel())
    assert len(sent) == interrupts


def test_what_leads_to_a_kernel_lies_in_a_folder_that_goes_with_it():
    with own_channels() as asked:
        reached = asked["config"]["KernelManager"]
        folder = Path(reached["connection_file"]).parent
        assert folder.is_dir()
        assert sys.platform == "win32" or reached["ip"].startswith(f"{folder}/")
        assert asked["kernel_manager_class"] is UninterruptedManager
    assert not folder.exists()


def test_a_kernel_has_an_ipython_folder_of_its_own_and_no_user_without_a_home_is_warned(monkeypatch, tmp_path):
    """The profile of a user has start scripts, which must not change a report; without a home IPython complains."""
    monkeypatch.setenv("HOME", str(tmp_path / "nobody" / "home"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "own"))
    code = "from IPython.paths import get_ipython_dir; print(get_ipython_dir())"
    with quiet_kernel():
        folder = Path(os.environ["IPYTHONDIR"])
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == (str(folder), "")
    assert folder != tmp_path / "own"
    assert not folder.exists()
    assert os.environ["IPYTHONDIR"] == str(tmp_path / "own")
