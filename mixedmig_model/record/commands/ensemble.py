"""What an ensemble found, as a record for programs."""

from collections.abc import Iterable

from mixedmig_model.record.schema.base import Band
from mixedmig_model.record.schema.commands import EnsembleSummary, FailedDraw
from mixedmig_model.record.schema.judged import DrawSharesPart
from mixedmig_model.record.verdicts import draw_shares_part
from mixedmig_model.results.indicators.facts import Indicator
from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES
from mixedmig_model.study.ensemble.files import Ensemble
from mixedmig_model.study.ensemble.findings import judged_shares
from mixedmig_model.study.ensemble.run import Design, FinishedEnsemble
from mixedmig_model.study.ensemble.sensitivity import bands


def ensemble_record(ensemble: Ensemble, design: Design, done: FinishedEnsemble, solver: str) -> EnsembleSummary:
    """Return what an ensemble found, for programs.

    Breaches and harms by scenario come first, with their ranges. Headlines, what was done, what failed, and the cost
    follow.

    Parameters
    ----------
    ensemble : Ensemble
        The ensemble on disk.
    design : Design
        What the ensemble is.
    done : FinishedEnsemble
        What the call did.
    solver : str
        The solver of the runs, in words.

    Returns
    -------
    EnsembleSummary
        The record.
    """
    keys = ensemble.labels("indicator").tolist()
    table, cost = ensemble.table("indicators"), ensemble.table("cost") if ensemble.has("cost") else None

    def ranges(indicators: Iterable[Indicator]) -> dict[str, dict[str, Band]]:
        return {
            one.key: {name: _band(bands(table[s, :, keys.index(one.key)])) for s, name in enumerate(design.scenarios)}
            for one in indicators
        }

    return EnsembleSummary(
        notice=ensemble.manifest["notice"], breaches=ranges(BREACHES), harms=ranges(HARMS),
        headlines=ranges(HEADLINES), judged=_judged(ensemble), folder=str(done.folder),
        digest=ensemble.manifest["digest"],
        draws=ensemble.draws, blocks=done.blocks, reused=done.reused,
        failures=tuple(FailedDraw(scenario=s, draw=d, message=text) for s, d, text in done.failures),
        cost=None if cost is None else {name: _band(bands(cost[s])) for s, name in enumerate(design.scenarios)},
        path=solver,
    )


def _judged(ensemble: Ensemble) -> dict[str, DrawSharesPart]:
    """Return how often draws say a word of each harm.

    Harms are of an option, next to the baseline of the ensemble.
    """
    return {name: draw_shares_part(shares) for name, shares in judged_shares(ensemble).items()}


def _band(values: Iterable[float]) -> Band:
    """Return 5 %, half and 95 % of draws, or None.

    None stands where there are no draws.
    """
    low, half, high = (None if value != value else float(value) for value in values)
    return low, half, high
