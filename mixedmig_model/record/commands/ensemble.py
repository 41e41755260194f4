"""What an ensemble found, as plain data for programs."""

from collections.abc import Iterable
from typing import Any

from mixedmig_model.results.indicators.table import BREACHES, HARMS, HEADLINES
from mixedmig_model.study.ensemble.files import Ensemble
from mixedmig_model.study.ensemble.run import Design, FinishedEnsemble
from mixedmig_model.study.ensemble.sensitivity import bands


def ensemble_record(ensemble: Ensemble, design: Design, done: FinishedEnsemble) -> dict[str, Any]:
    """Breaches and harms by scenario with their ranges, then headlines, what was done, what failed, and the cost."""
    keys = ensemble.labels("indicator").tolist()
    table = ensemble.table("indicators")
    ranges: dict[str, dict[str, Any]] = {"breach": {}, "harm": {}, "headline": {}}
    for indicator in (*BREACHES, *HARMS, *HEADLINES):
        values = table[:, :, keys.index(indicator.key)]
        ranges[indicator.kind][indicator.key] = {
            name: _plain(bands(values[s])) for s, name in enumerate(design.scenarios)
        }
    record: dict[str, Any] = {
        "ok": True, "notice": ensemble.manifest["notice"], "breaches": ranges["breach"], "harms": ranges["harm"],
        "headlines": ranges["headline"], "folder": str(done.folder), "digest": ensemble.manifest["digest"],
        "draws": ensemble.draws, "blocks": done.blocks, "reused": done.reused,
        "failures": [{"scenario": s, "draw": d, "message": text} for s, d, text in done.failures],
    }
    if ensemble.has("cost"):
        cost = ensemble.table("cost")
        record["cost"] = {name: _plain(bands(cost[s])) for s, name in enumerate(design.scenarios)}
    return record


def _plain(values: Iterable[float]) -> list[float | None]:
    """5 %, half and 95 % of draws, None where there is none."""
    return [None if value != value else float(value) for value in values]
