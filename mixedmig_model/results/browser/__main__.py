"""Build the modules that are shipped.

The command is ``python -m mixedmig_model.results.browser --build``.
"""

import argparse
import sys

from mixedmig_model.results.browser.parcels import MODULE, WHOLE, text_of_module, text_of_whole
from mixedmig_model.solve.kernel.browser.module import module_of
from mixedmig_model.storage.atomic import write_file


def main(arguments: list[str] | None = None) -> int:
    """Build the modules; the exit code is 1 where that fails."""
    parser = argparse.ArgumentParser(prog="python -m mixedmig_model.results.browser", description=__doc__)
    parser.add_argument("--build", action="store_true", required=True,
                        help="build kernel.wasm and whole.wasm, and keep them")
    parser.parse_args(arguments)
    try:
        made = {MODULE: module_of(text_of_module()), WHOLE: module_of(text_of_whole())}
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for path, module in made.items():
        write_file(path, module)
        sys.stdout.write(f"{path} ({len(module):,} bytes)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
