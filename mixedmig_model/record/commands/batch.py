"""The index of a batch as a record.

All runs stand next to the baseline, breaches and harms first. Nothing in it depends on when or in what order runs were
done.
"""

from collections.abc import Sequence
from pathlib import Path

from mixedmig_model.inputs.batch import Batch
from mixedmig_model.record.commands.varied import varied
from mixedmig_model.record.files import read_report
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.front.summary import cost_words
from mixedmig_model.record.priced import banner, costs_of
from mixedmig_model.record.rows import cost_row, indicator_row
from mixedmig_model.record.schema.commands import BatchCost, BatchIndex, BatchRunRow, BatchValue
from mixedmig_model.record.schema.options import IndicatorPart
from mixedmig_model.record.words.pages.batches import unset_sentence
from mixedmig_model.record.words.pages.costs import local_total_title, twice
from mixedmig_model.record.words.pages.decision import standing_words, told_below
from mixedmig_model.record.words.pages.inputs import marked_results
from mixedmig_model.study.batch import FOLDER, PAGE_FILE, RECORD_FILE, IndexRow
from mixedmig_model.vocabulary.numbers import amount
from mixedmig_model.vocabulary.titles import NOTICE

ALIKE = ("none", "within", "in_both")
"""Words for harms and breaches that do not differ materially."""


def index_record(batch: Batch, rows: Sequence[IndexRow], folder: Path) -> BatchIndex:
    """Return the index, runs in the order of the batch file.

    Raises ReportFileError for a run of another version.
    """
    inputs, found = batch.inputs, varied(batch)
    base = inputs.case.baseline
    runs = tuple(_run(row, folder, at) for row, at in zip(rows, found.places, strict=True))
    return BatchIndex(
        notice=NOTICE, title=batch.title, case=inputs.name, case_title=inputs.case.title,
        baseline=base, baseline_title=inputs.scenario(base).title,
        runs=runs, axes=found.axes, uncharted=found.why,
        estimate=next((run.estimate for run in runs if run.estimate), ""),
    )


def read_index(page: Path) -> BatchIndex:
    """Return the index of a batch, out of the data of its page.

    The data stands next to the page.
    """
    return BatchIndex.model_validate_json(page.with_suffix(".json").read_text(encoding="utf-8"))


def _run(row: IndexRow, folder: Path, at: tuple[float, ...]) -> BatchRunRow:
    point, digest, failure = row.point, row.digest, row.failure
    run = folder / FOLDER / digest
    if not (run / RECORD_FILE).is_file():
        return BatchRunRow(name=point.name, title=point.title, digest=digest, failure=failure,
                           status="failed" if failure else "missing", at=at)
    report = read_report(run)
    comparison, option = Comparison(report, {}), report.scenarios[1]
    cost = report.costs.get(option.name)
    return BatchRunRow(
        name=point.name, title=point.title, digest=digest, status="done", failure="", at=at,
        documents=row.documents, refused=row.refused, estimate=banner(comparison),
        page=f"{FOLDER}/{digest}/{PAGE_FILE}", standing=standing_words(comparison, option.name),
        money=cost_words(comparison, option.name), rests=tuple(marked_results(comparison)),
        unset=unset_sentence(report.cautions), rate=_rate(comparison, option.name), apart=not option.judgement.ranked,
        breaches=_values(comparison, "breach"), harms=_values(comparison, "harm"),
        headlines=_values(comparison, "headline"), cost=_cost(comparison, option.name) if cost else None,
    )


def _cost(comparison: Comparison, name: str) -> BatchCost:
    """Return the cost of a run next to that of the baseline."""
    own, base = (costs_of(comparison)[one] for one in (name, comparison.names[0]))
    local = comparison.record.local_currency
    return BatchCost(total=own.total, low=own.low, high=own.high, currency=own.currency, baseline=base.total,
                     told=cost_row(comparison).difference(own.total),
                     second=(twice("", own.total, local)[1], twice("", base.total, local)[1]))


def _rate(comparison: Comparison, name: str) -> str:
    """Return the rate of the second currency, with its source; empty where there is none."""
    local, tables = comparison.record.local_currency, costs_of(comparison)
    return f"{local_total_title(tables[name], local)}." if local and name in tables else ""


def _differs(comparison: Comparison, indicator: IndicatorPart, name: str) -> bool:
    """Return whether an indicator of an option differs from the baseline's."""
    report = comparison.record
    judgement = report.option(name).judgement
    found = {"harm": judgement.harm, "breach": judgement.breach}.get(indicator.kind, lambda _: None)(indicator.key)
    if found is not None:
        return found.word not in ALIKE
    texts = {amount(indicator.values[one].value, indicator.unit) for one in (report.baseline, name)}
    return indicator.kind == "headline" and len(texts) > 1


def _values(comparison: Comparison, kind: str) -> dict[str, BatchValue]:
    """Return indicators of one kind, with the baseline's.

    They are those of the option.
    """
    report = comparison.record
    name = report.scenarios[1].name
    return {
        i.key: BatchValue(
            title=i.title, unit=i.unit, baseline=i.values[report.baseline].value, value=i.values[name].value,
            low=i.values[name].low, high=i.values[name].high,
            told=told_below(comparison, i, name, indicator_row(comparison, i)), differs=_differs(comparison, i, name),
        )
        for i in report.indicators if i.kind == kind
    }
