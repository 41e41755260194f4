"""A command interrupted at the N-th module that it imports. Prints, as JSON, what each fork said and its exit code.

Run as a script: ``interrupted_imports.py FOLDER SIGNAL NUMBERS WORDS...``; this process loads nothing but the entry.
"""

import io
import json
import os
import signal
import sys
from pathlib import Path

from mixedmig_model.cli import __main__ as entry


class Finder:
    """Counts modules that are looked for, and sends this process a signal at one of them."""

    def __init__(self, number, at):
        self.number, self.at, self.done = number, at, 0

    def find_spec(self, name, path=None, target=None):
        self.done += 1
        if self.done == self.at:
            os.kill(os.getpid(), self.number)


def child(said, number, at, words):
    """Be the fork: run the command, and never return.

    Signals act as in a terminal, whatever the tests were started by: ``nohup`` and jobs of a shell ignore some.
    """
    handle = os.open(said, os.O_WRONLY | os.O_CREAT)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    sys.stdout, sys.stderr = io.TextIOWrapper(os.fdopen(1, "wb")), io.TextIOWrapper(os.fdopen(2, "wb"))
    signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    sys.meta_path.insert(0, Finder(number, at))
    sys.argv = ["mixedmig", *words]
    code = 99
    try:
        entry.main()
    except SystemExit as done:
        code = done.code
    finally:
        os._exit(code if isinstance(code, int) else 98)


def main(folder, number, numbers, *words):
    told = []
    for at in map(int, numbers.split(",")):
        said = Path(folder) / f"said{at}"
        fork = os.fork()
        if not fork:
            child(said, int(number), at, words)
        _, status = os.waitpid(fork, 0)
        told.append([at, os.waitstatus_to_exitcode(status), said.read_text(encoding="utf-8")])
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
