"""How runs were solved, in words."""

import math

from mixedmig_model.record.schema.inputs import RunPart
from mixedmig_model.record.schema.report import AgreementPart, NotWorkedOut
from mixedmig_model.record.words import spoken
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary.numbers import number

TITLES = {indicator.key: indicator.title for indicator in INDICATORS}


def solver_row(run: RunPart) -> tuple[str, str]:
    """Return who solved a run, and how closely.

    Parameters
    ----------
    run : RunPart
        Attributes of the run.

    Returns
    -------
    tuple[str, str]
        Title and text of the row.
    """
    if run.path == "kernel":
        own = isinstance(run.step, str)
        return f"kernel, {run.method}", f"each step {run.step}" if own else f"steps of {run.step:g} days"
    return run.method, f"{run.rtol:g} / {run.atol:g} persons"


def agreement_sentence(found: AgreementPart | NotWorkedOut | None) -> str:
    """Return how far kernel and scipy agree on the baseline.

    Parameters
    ----------
    found : AgreementPart | NotWorkedOut | None
        What a record says of it.

    Returns
    -------
    str
        The sentence; empty where scipy solved every run.
    """
    if found is None:
        return ""
    if isinstance(found, NotWorkedOut):
        return spoken.AGREEMENT_FAILED.format(failure=found.failure)
    return spoken.AGREEMENT.format(stocks=share(found.stocks), largest=_largest(found))


def _largest(found: AgreementPart) -> str:
    """Return what of the indicators differs most."""
    title = TITLES[found.indicator]
    if found.gap == 0.0:
        return spoken.AGREEMENT_NOTHING
    if math.isinf(found.gap):
        return spoken.AGREEMENT_ALONE.format(title=title)
    return spoken.AGREEMENT_LARGEST.format(title=title, gap=share(found.gap))


def share(value: float) -> str:
    """Return a small share in percent with two digits."""
    return f"{number(100.0 * value, 2)} %"
