"""Checks PDF files against the rules of PDF/UA-1 that a machine can check: ``python tests/pdf_rules.py FILE...``.

It prints how many rules were checked and which are broken, and ends with 1 if any is.
"""

import sys
from pathlib import Path

import page


def checked(pdf):
    """Return how many rules a PDF (bytes) was checked for, and those that it breaks, each with its first words."""
    found = page.validate_pdf_bytes(pdf, profile="ua1")
    broken = {}
    for one in found.failures:
        broken.setdefault(one.rule_id, one.message)
    return found.rules.total, broken


def said(name, rules, broken):
    """What is printed of one file."""
    head = f"{name}: {rules} rules of PDF/UA-1 checked by page-validation {page.__version__}, {len(broken)} broken"
    return [head, *(f"  {rule}: {message}" for rule, message in broken.items())]


if __name__ == "__main__":
    results = [(name, *checked(Path(name).read_bytes())) for name in sys.argv[1:]]
    sys.stdout.write("".join(f"{line}\n" for one in results for line in said(*one)))
    sys.exit(any(broken for _, _, broken in results))
