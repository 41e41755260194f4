"""Kernels of notebooks.

It sets their environment, where they are reached, and how they end.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from mixedmig_model.storage.atomic import scratch_folder


class UninterruptedManager(AsyncKernelManager):
    """A manager that ends a kernel without interrupting it first.

    Jupyter sends Ctrl-C first. A kernel that is just done with a cell reports that as an error, though nothing went
    wrong. A kernel that does not end on request is still ended after some seconds.
    """

    async def _async_interrupt_kernel(self) -> None:
        if not self.shutting_down:
            await super()._async_interrupt_kernel()


@contextmanager
def quiet_kernel() -> Iterator[None]:
    """Set the environment of kernels that we start.

    They use this Python's packages, keep files of bytecode, and have no debugger's warnings. IPython gets a folder of
    its own. A user's profile and start scripts must not change a report, and a user may have no home folder.
    """
    kept = dict(os.environ)
    with scratch_folder() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ |= {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "IPYTHONDIR": str(folder)}
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(kept)


@contextmanager
def own_channels() -> Iterator[dict[str, Any]]:
    """Yield how papermill starts a kernel.

    It has sockets in a folder of its own, so that kernels never meet (TCP on Windows). The file that says how to reach
    the kernel lies there too, so that it goes with the folder, also after a kill.
    """
    with scratch_folder() as folder:
        reached: dict[str, str] = {"connection_file": str(folder / "kernel.json")}
        if sys.platform != "win32":
            reached |= {"transport": "ipc", "ip": f"{folder}/k"}
        yield {"config": Config({"KernelManager": reached}), "kernel_manager_class": UninterruptedManager}
