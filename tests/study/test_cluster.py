"""An ensemble on a Dask cluster: a scheduler and two workers on this computer, and the same bytes as without one."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from short_case import design, short_case

from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import kernel_block, reference_block
from mixedmig_model.study.ensemble.run import EnsembleStoppedError, run_ensemble

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # the cluster's own
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A scheduler with two worker processes of one thread each, on loopback; ended afterwards."""
    folder = tmp_path_factory.mktemp("cluster")
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    surroundings = {**os.environ, "PYTHONPATH": paths, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}

    def start(*arguments):
        return subprocess.Popen([sys.executable, "-m", *arguments, "--no-dashboard"], cwd=folder, env=surroundings,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    file = folder / "scheduler.json"
    processes = [start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file",
                       str(file))]
    try:
        found = address_in(file)
        processes += [
            start("distributed.cli.dask_worker", found, "--nthreads", "1", "--host", "127.0.0.1", "--no-nanny",
                  "--local-directory", str(folder))
            for _ in range(2)
        ]
        with distributed.Client(found, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield found
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def address_in(file):
    """The address of a scheduler, once it has written it whole."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return json.loads(file.read_text(encoding="utf-8"))["address"]
        except (OSError, ValueError):
            time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("solver", [
    reference_block,
    pytest.param(kernel_block, marks=pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")),
])
def test_a_cluster_gives_the_same_bytes(address, tmp_path, solver):
    inputs = short_case()
    told = []
    run_ensemble(inputs, design(), tmp_path / "here", workers=1, solver=solver)
    done = run_ensemble(inputs, design(), tmp_path / "there", solver=solver, scheduler=address,
                        progress=lambda *s: told.append(s[:2]))
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert told[-1] == (3, 3)
    assert done.failures == ()


def test_no_cluster_at_an_address_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr("mixedmig_model.storage.workers.PATIENCE", 1)
    words = r"no Dask scheduler answers at tcp://127\.0\.0\.1:9\. 0 of 3 blocks are kept in new"
    with pytest.raises(EnsembleStoppedError, match=words):
        run_ensemble(short_case(), design(), tmp_path / "new", scheduler="tcp://127.0.0.1:9")


def test_a_missing_extra_is_told_in_words(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EnsembleStoppedError, match=r"Dask is not installed: pip install 'mixedmig\[cluster\]'"):
        run_ensemble(short_case(), design(), tmp_path / "new", scheduler="tcp://127.0.0.1:9")
