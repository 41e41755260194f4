"""What notebooks need is loaded without grammars that no notebook has, and others find the grammars all the same."""

import subprocess
import sys

CODE = """
import sys
from mixedmig_model.present.html.loading import GRAMMARS, without_grammars
with without_grammars():
    import jsonschema
    assert sys.modules[GRAMMARS] is None
assert GRAMMARS not in sys.modules and not any(name.startswith("lark") for name in sys.modules)
assert "uri" in jsonschema.FormatChecker.checkers or "date" in jsonschema.FormatChecker.checkers
sys.modules[GRAMMARS] = sys
with without_grammars():
    assert sys.modules[GRAMMARS] is sys
assert sys.modules[GRAMMARS] is sys
"""


def test_no_grammars_are_built_for_notebooks():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
