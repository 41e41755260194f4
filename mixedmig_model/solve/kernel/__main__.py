"""Show what becomes of one function of the equations.

The command is ``python -m mixedmig_model.solve.kernel --show NAME``.
"""

import argparse
import sys
from difflib import get_close_matches

from mixedmig_model.solve.kernel.model.stage import kept_sums, trace_stage
from mixedmig_model.solve.kernel.show import functions_in, shown


def main(arguments: list[str] | None = None) -> int:
    """Show a function; the exit code is 2 if it is unknown."""
    parser = argparse.ArgumentParser(prog="python -m mixedmig_model.solve.kernel", description=__doc__)
    parser.add_argument("--show", metavar="NAME", required=True, help="a function of the equations")
    name = parser.parse_args(arguments).show
    traced = trace_stage(kept_sums(("day_totals",)), whole=False)
    try:
        for line in shown(traced, name):
            sys.stdout.write(line + "\n")
    except KeyError:
        known = functions_in(traced)
        near = get_close_matches(name, known, 1)
        meant = f"; did you mean {near[0]}" if near else ""
        sys.stderr.write(f"no function '{name}' is traced{meant}? These are: {', '.join(known)}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
