"""Kernels of notebooks: they end without a complaint, and what leads to them goes with a folder of their own."""

import asyncio
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import AsyncKernelManager

from mixedmig_model.present.report.kernels import UninterruptedManager, own_channels


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
