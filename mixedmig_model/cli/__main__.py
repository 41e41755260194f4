"""The ``mixedmig`` command: signals first, then the commands.

It is also ``python -m mixedmig_model.cli``. Nothing except the taking of signals is imported before they are taken, so
that Ctrl-C ends a command that has only just begun, too.
"""

import sys
from contextlib import suppress

from mixedmig_model.storage.signals import stopping


def main() -> None:
    """Run the ``mixedmig`` command."""
    stopping.install()
    code: int | str | None = 0
    try:
        from mixedmig_model.cli.main import app

        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        app()
    except SystemExit as done:
        code = stopping.exit_code if stopping.number else done.code
    except BaseException as error:  # whatever it is, people get a sentence
        code = _told(error)
    sys.exit(_flushed(code))


def _told(error: BaseException) -> int:
    """Say what went wrong outside a command; the exit code."""
    from mixedmig_model.record.words.failures import failure_of

    failure = failure_of(error)
    with suppress(OSError):
        sys.stderr.write(f"{failure.words}\n")
    return failure.code


def _flushed(code: int | str | None) -> int | str | None:
    """Return the exit code, after all output has gone out.

    It is 1 where the output could not go out.
    """
    from mixedmig_model.storage.system import silence

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:  # the reader has had enough
            silence(stream)
            code = code or 1
        except OSError as error:
            silence(stream)
            code = code or 1
            with suppress(OSError):
                sys.stderr.write(f"failed: what was found cannot be shown: {error.strerror or error}\n")
    return code


if __name__ == "__main__":
    main()
