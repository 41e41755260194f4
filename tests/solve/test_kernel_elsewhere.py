"""The kernel on other computers: without a compiler, without a home folder, with a cache that cannot be used."""

import errno
import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from mixedmig_model.solve.kernel import native
from mixedmig_model.solve.kernel.native import available
from mixedmig_model.solve.run import solve_kernel
from mixedmig_model.storage import cache
from solve.kernel_examples import C, G, traced
from solve.kernel_states import machine_stage
from solve.random_runs import random_run

pytestmark = pytest.mark.skipif(bool(available()), reason=available() or "llvmlite is there")
SEED = 1
ALONE = """
import hashlib, os, shutil, sys
os.environ.pop("HOME", None)
if os.name != "nt":
    import pwd
    def nobody(*_):
        raise KeyError("uid not found")
    pwd.getpwuid = pwd.getpwnam = nobody
assert [shutil.which(name) for name in ("cc", "gcc", "clang", "ld", "as")] == [None] * 5
import warnings
warnings.simplefilter("error")
from solve.random_runs import random_run
from mixedmig_model.solve.run import solve_kernel
said = []
answer = solve_kernel(random_run(int(sys.argv[1])), progress=said.append)
print(said, hashlib.sha256(answer.week_totals.tobytes()).hexdigest())
"""


def sha_of_run():
    return native.sha256(solve_kernel(random_run(SEED)).week_totals.tobytes())


def test_a_kernel_is_made_without_a_compiler_a_path_or_a_home_folder(tmp_path):
    """The same to the byte; and no folder named ``~`` is made where the user works."""
    root = Path(__file__).parents[2]
    kept = {name: text for name, text in os.environ.items() if name.upper() in ("SYSTEMROOT", "TEMP", "TMP")}
    settings = {**kept, "PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    if os.name == "nt":  # a user of Windows has a folder by name always
        settings["MIXEDMIG_CACHE"] = str(tmp_path / "cache")
    done = subprocess.run([sys.executable, "-c", ALONE, str(SEED)], cwd=tmp_path, env=settings, capture_output=True,
                          text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.split() == ["['compiling']", sha_of_run()]
    if os.name != "nt":
        assert list(tmp_path.iterdir()) == []


@pytest.fixture
def example(monkeypatch, tmp_path):
    """A small kernel asked for with a cache of its own: a function that tells what was said, once it counts right."""
    monkeypatch.setenv("MIXEDMIG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(native, "text_of", functools.partial(native.text_of, with_run=False))
    example = traced(lambda x: 2.0 * x + 1.0, front__x=(G, C))
    given = np.arange(33.0).reshape(11, 3)

    def ask():
        said = []
        kernel = native.kernel_of(example, said.append)
        assert (machine_stage(kernel, {"front/x": given}, 11, 3)["sums/made"] == 2.0 * given + 1.0).all()
        return said

    return ask


@pytest.fixture
def kept(example, tmp_path):
    """The file in which a kernel is kept."""
    assert example() == ["compiling"]
    assert example() == []
    file, = (tmp_path / "cache" / "kernel").iterdir()
    return file


def edited(change):
    """Change the header of what is kept, as somebody with an editor would."""
    def edit(file):
        head, _, code = file.read_bytes().partition(b"\n")
        about = json.loads(head)
        change(about)
        file.write_bytes(json.dumps(about).encode() + b"\n" + code)
    return edit


def another_byte(file):
    content = bytearray(file.read_bytes())
    content[-100] ^= 1
    file.write_bytes(content)


def less_memory(about):
    """Code that is given too little memory would write over other numbers."""
    about["counts"]["still"] = [[0, False, 0]]
    about["counts"]["changing"] = [[0, False, 0]]


DAMAGE = {
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:-5]),
    "cut within the header": lambda file: file.write_bytes(file.read_bytes()[:20]),
    "empty": lambda file: file.write_bytes(b""),
    "a byte changed": another_byte,
    "something added": lambda file: file.write_bytes(file.read_bytes() + b"\0"),
    "sizes changed": edited(less_memory),
    "no sizes": edited(lambda about: about.pop("counts")),
    "no digest": edited(lambda about: about.pop("digest")),
    "text": lambda file: file.write_bytes(b"nothing"),
    "a list": lambda file: file.write_bytes(b"[1, 2]\ncode"),
    "too deep": lambda file: file.write_bytes(b"[" * 100_000 + b"\ncode"),
    "no text": lambda file: file.write_bytes(b"\xff\xfe\n\xff"),
}


@pytest.mark.parametrize("name", list(DAMAGE))
def test_a_kept_kernel_that_was_damaged_is_made_again(example, kept, name):
    whole = kept.read_bytes()
    DAMAGE[name](kept)
    assert example() == ["compiling"]
    assert kept.read_bytes().partition(b"\n")[0] == whole.partition(b"\n")[0]
    assert example() == []


def test_a_kernel_kept_for_another_is_not_taken(example, kept, monkeypatch):
    content = kept.read_bytes()
    monkeypatch.setattr(native, "lowering_digest", lambda: "another lowering")
    assert example() == ["compiling"]
    other, = set(kept.parent.iterdir()) - {kept}
    other.write_bytes(content)
    assert example() == ["compiling"]


def in_place_of_the_file(make):
    def put(folder):
        file = native._file("0" * 64)
        file.parent.mkdir(parents=True)
        make(file)
    return put


POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes and links are those of POSIX")
UNUSABLE = [
    pytest.param(lambda folder: folder.write_text("", encoding="utf-8"), id="a file in place of the cache"),
    pytest.param(lambda folder: (folder.mkdir(), (folder / "kernel").write_text("", encoding="utf-8")),
                 id="a file in place of its folder"),
    pytest.param(in_place_of_the_file(lambda file: file.mkdir()), id="a folder in place of the file"),
    pytest.param(in_place_of_the_file(lambda file: os.mkfifo(file)), id="a pipe", marks=POSIX),
    pytest.param(in_place_of_the_file(lambda file: file.symlink_to("nowhere")), id="a link", marks=POSIX),
]


@pytest.mark.parametrize("spoil", UNUSABLE)
def test_where_nothing_can_be_kept_the_kernel_is_made_each_time_and_nothing_is_said(
    example, spoil, tmp_path, monkeypatch, caplog, capfd,
):
    monkeypatch.setattr(native, "_file", lambda key: cache.cache_folder("kernel") / f"{'0' * 32}.o")
    spoil(tmp_path / "cache")
    assert example() == example() == ["compiling"]
    assert caplog.records == []
    assert "".join(capfd.readouterr()) == ""


def test_a_cache_that_may_only_be_read_serves_what_is_there_and_keeps_nothing_else(
    example, kept, monkeypatch, caplog, capfd,
):
    monkeypatch.setattr(native.os, "access", lambda path, mode: mode != os.W_OK)
    monkeypatch.setattr(native, "write_file", lambda *_: pytest.fail("something was written"))
    assert example() == []
    DAMAGE["cut short"](kept)
    assert example() == example() == ["compiling"]
    assert caplog.records == []
    assert "".join(capfd.readouterr()) == ""


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO])
def test_a_disk_that_takes_nothing_costs_time_only(example, monkeypatch, reason):
    def refuse(*_):
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(native, "write_file", refuse)
    assert example() == example() == ["compiling"]


def no_home(name):
    raise RuntimeError(f"could not determine the home directory for {name}")


@pytest.mark.parametrize("where", [no_home, lambda name: Path("~/.cache") / name], ids=["refused", "left as it is"])
def test_without_a_home_folder_nothing_is_kept_anywhere(monkeypatch, tmp_path, where):
    """As platformdirs has it, and as it had it before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIXEDMIG_CACHE", raising=False)
    monkeypatch.delenv("MIXEDMIG_RUNS", raising=False)
    monkeypatch.setattr(cache.platformdirs, "user_cache_path", where)
    assert not cache.cache_folder("kernel").parent.is_dir()
    assert cache.keep_error("what happened") is None
    cache.keep("key", {"a": 1}, None)
    assert cache.find("key", None) is None
    cache.prune()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("MIXEDMIG_CACHE", "here")  # what somebody asks for is done
    assert cache.keep_error("what happened").parent == Path("here") / "errors"
