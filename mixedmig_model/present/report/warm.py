"""A kernel that stays warm for several notebooks.

They run in it one after the other. Nothing of Jupyter is loaded before a kernel starts.
"""

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PATIENCE = 60.0
"""Seconds that a kernel has to start, or to forget a notebook."""
NO_HISTORY = "--HistoryManager.hist_file=:memory:"
FORGET = "get_ipython().reset(new_session=True)"
"""What a kernel runs between two notebooks.

Names and counts of cells begin anew; modules stay loaded.
"""
UNFORGOTTEN = "the kernel could not forget the notebook before"


class WarmKernel:
    """A kernel that runs several notebooks.

    What they need is loaded once. Only notebooks of this package share a kernel: a notebook of somebody else could
    change what the next one shows.
    """

    def __init__(self, folder: Path) -> None:
        """Start the kernel in a folder, without waiting for it."""
        from jupyter_core.utils import run_sync

        from mixedmig_model.present.report.kernels import own_channels, quiet_kernel

        self.folder, self.used, self._end = folder, False, ExitStack()
        with ExitStack() as started:
            started.enter_context(quiet_kernel())
            channels = started.enter_context(own_channels())
            make = channels.pop("kernel_manager_class")
            self.manager = make(kernel_name="python3", **channels)
            run_sync(self.manager.start_kernel)(extra_arguments=[NO_HISTORY], cwd=str(folder))
            started.callback(run_sync(self.manager.shutdown_kernel), now=True)
            self.client = self.manager.client()
            # No heartbeat: the manager knows whether its process lives. The thread of a heartbeat that ends before it
            # has begun takes every socket of this process (jupyter_client 8: `_async_run` undoes `stop`).
            self.client.start_channels(hb=False)
            started.callback(self.client.stop_channels)
            self._end = started.pop_all()

    def be_ready(self) -> None:
        """Wait for the kernel, which forgets the notebook before.

        Raises RuntimeError where it does not answer.
        """
        from jupyter_core.utils import run_sync

        run_sync(self._forget if self.used else self.client.wait_for_ready)(timeout=PATIENCE)
        self.client.allow_stdin, self.used = False, True

    async def _forget(self, timeout: float) -> None:
        """Make the kernel forget a notebook. Raises RuntimeError, TimeoutError."""
        reply = await self.client.execute(FORGET, silent=True, store_history=False, reply=True, timeout=timeout)
        if reply.get("content", {}).get("status") != "ok":
            raise RuntimeError(UNFORGOTTEN)

    def end(self) -> None:
        """End the kernel immediately; its folders go with it."""
        self._end.close()


_warm: list[WarmKernel] = []


def warm_kernel(folder: Path) -> WarmKernel:
    """Return the warm kernel of this process in a folder.

    It is started where there is none, and ends with the process. A kernel of another folder is ended first.
    """
    if _warm and _warm[0].folder != folder:
        end_warm_kernel()
    if not _warm:
        _warm.append(WarmKernel(folder))
        atexit.register(end_warm_kernel)
    return _warm[0]


def end_warm_kernel() -> None:
    """End the warm kernel of this process, if it has one."""
    atexit.unregister(end_warm_kernel)
    while _warm:
        _warm.pop().end()


@contextmanager
def shared_kernel(folder: Path) -> Iterator[WarmKernel]:
    """Yield the warm kernel of this process, ready for a notebook.

    A kernel in which anything failed is ended, so that the next notebook has a new one.
    """
    try:
        kernel = warm_kernel(folder)
        kernel.be_ready()
        yield kernel
    except BaseException:
        end_warm_kernel()
        raise
