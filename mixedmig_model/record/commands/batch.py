"""The index of a batch as a record.

All runs stand next to the baseline, breaches and harms first. Nothing in it depends on when or in what order runs were
done.
"""

from collections.abc import Sequence
from pathlib import Path

from mixedmig_model.inputs.batch import Batch
from mixedmig_model.record.files import read_report
from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.front.summary import cost_words
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.rows import cost_row, indicator_row
from mixedmig_model.record.schema.commands import BatchCost, BatchIndex, BatchRunRow, BatchValue
from mixedmig_model.record.words.pages.batches import unset_sentence
from mixedmig_model.record.words.pages.decision import standing_words, told_below
from mixedmig_model.record.words.pages.inputs import marked_results
from mixedmig_model.study.batch import FOLDER, PAGE_FILE, RECORD_FILE, IndexRow
from mixedmig_model.vocabulary.titles import NOTICE


def index_record(batch: Batch, rows: Sequence[IndexRow], folder: Path) -> BatchIndex:
    """Return the index, runs in the order of the batch file.

    Raises ReportFileError for a run of another version.
    """
    inputs = batch.inputs
    base = inputs.case.baseline
    return BatchIndex(
        notice=NOTICE, title=batch.title, case=inputs.name, case_title=inputs.case.title,
        baseline=base, baseline_title=inputs.scenario(base).title, runs=tuple(_run(row, folder) for row in rows),
    )


def read_index(page: Path) -> BatchIndex:
    """Return the index of a batch, out of the data of its page.

    The data stands next to the page.
    """
    return BatchIndex.model_validate_json(page.with_suffix(".json").read_text(encoding="utf-8"))


def _run(row: IndexRow, folder: Path) -> BatchRunRow:
    point, digest, failure = row
    run = folder / FOLDER / digest
    if not (run / RECORD_FILE).is_file():
        return BatchRunRow(name=point.name, title=point.title, digest=digest, failure=failure,
                           status="failed" if failure else "missing")
    report = read_report(run)
    comparison, option = Comparison(report, {}), report.scenarios[1]
    cost = report.costs.get(option.name)
    return BatchRunRow(
        name=point.name, title=point.title, digest=digest, status="done", failure="",
        page=f"{FOLDER}/{digest}/{PAGE_FILE}", standing=standing_words(comparison, option.name),
        money=cost_words(comparison, option.name), rests=tuple(marked_results(comparison)),
        unset=unset_sentence(report.cautions), apart=not option.judgement.ranked,
        breaches=_values(comparison, "breach"), harms=_values(comparison, "harm"),
        headlines=_values(comparison, "headline"), cost=_cost(comparison, option.name) if cost else None,
    )


def _cost(comparison: Comparison, name: str) -> BatchCost:
    """Return the cost of a run next to that of the baseline."""
    own, base = (costs_of(comparison)[one] for one in (name, comparison.names[0]))
    return BatchCost(total=own.total, low=own.low, high=own.high, currency=own.currency, baseline=base.total,
                     told=cost_row(comparison).difference(own.total))


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
            told=told_below(comparison, i, name, indicator_row(comparison, i)),
        )
        for i in report.indicators if i.kind == kind
    }
