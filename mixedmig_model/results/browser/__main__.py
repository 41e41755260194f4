"""Build the module that is shipped, or check it.

The command is ``python -m mixedmig_model.results.browser --build``.
"""

import argparse
import sys

from mixedmig_model.results.browser.parcels import MODULE, text_of_module
from mixedmig_model.solve.kernel.browser.module import module_of
from mixedmig_model.storage.atomic import write_file


def main(arguments: list[str] | None = None) -> int:
    """Build the module; the exit code is 1 where that fails."""
    parser = argparse.ArgumentParser(prog="python -m mixedmig_model.results.browser", description=__doc__)
    parser.add_argument("--build", action="store_true", required=True, help="build kernel.wasm and keep it")
    parser.parse_args(arguments)
    try:
        module = module_of(text_of_module())
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write_file(MODULE, module)
    sys.stdout.write(f"{MODULE} ({len(module):,} bytes)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
