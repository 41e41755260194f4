"""The index of a batch, as a page, a table and data.

All runs stand next to the baseline, breaches and harms first. The index of a batch that was stopped and continued is
that of one that was not, byte for byte.
"""

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.batch import Batch
from mixedmig_model.present.batch.charts import batch_charts
from mixedmig_model.present.batch.office import PDF_ENDING, WORD_ENDING, index_documents
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.present.html.page import PAGE, STYLE, estimate_head
from mixedmig_model.present.office.make import NO_OFFICE, OfficeWanted
from mixedmig_model.record.commands.batch import index_record
from mixedmig_model.record.schema.base import strict_text
from mixedmig_model.record.schema.commands import BatchIndex, BatchRunRow, BatchValue
from mixedmig_model.record.words import templates as shared
from mixedmig_model.record.words.charts.batches import done_runs
from mixedmig_model.record.words.findings import batch_findings
from mixedmig_model.record.words.pages import batches as words
from mixedmig_model.record.words.pages import templates
from mixedmig_model.record.words.pages.inputs import COST
from mixedmig_model.storage.atomic import write_together
from mixedmig_model.storage.tables import table_text
from mixedmig_model.study.batch import IndexRow
from mixedmig_model.vocabulary.numbers import amount, with_range
from mixedmig_model.vocabulary.titles import BATCH_KIND_TITLES

COLUMNS = ("run", "title", "kind", "indicator", "unit", "value", "low", "high", "baseline", "said")
WIDE, WIDE_ON_PAPER = 6, 3
"""Runs next to each other in a table.

More make further tables.
"""
MOST_IN_TABLES = 60


def write_index(
    batch: Batch, rows: Sequence[IndexRow], folder: Path, office: OfficeWanted = NO_OFFICE, author: str = ""
) -> Path:
    """Write the files of an index and return the page's path.

    The files are ``NAME.html``, ``NAME.csv`` and ``NAME.json``, and the documents of ``office``: ``NAME.docx`` and
    ``NAME.pdf``. Documents that cannot be made stop nothing: the page says why. Raises OSError.
    """
    record = index_record(batch, rows, folder)
    made, why = index_documents(record, _body(record, WIDE_ON_PAPER, on_paper=True), office, author)
    record = record.model_copy(update={"documents": tuple(f"{batch.name}{ending}" for ending in made), "refused": why})
    contents = (strict_text(record), _csv(record), _page(record))
    files = [folder / name for name in index_files(batch.name)]
    written: dict[Path, bytes | str] = {folder / f"{batch.name}{ending}": content for ending, content in made.items()}
    write_together(written | dict(zip(files, contents, strict=True)))
    return files[-1]


def index_files(name: str, office: OfficeWanted = NO_OFFICE) -> tuple[str, ...]:
    """Return the names of the files of an index.

    Parameters
    ----------
    name : str
        Name of the batch.
    office : OfficeWanted
        Documents that it has too.

    Returns
    -------
    tuple[str, ...]
        The names, the page last.
    """
    endings = (*([WORD_ENDING] if office.word else []), *([PDF_ENDING] if office.pdf else []), ".json", ".csv", ".html")
    return tuple(f"{name}{ending}" for ending in endings)


def _groups(run: BatchRunRow) -> dict[str, Mapping[str, BatchValue]]:
    """Return the indicators of a run by kind."""
    return {"breach": run.breaches, "harm": run.harms, "headline": run.headlines}


def _csv(record: BatchIndex) -> str:
    """Return tidy rows by run and indicator, as CSV."""
    rows = []
    for run in done_runs(record):
        for kind, values in _groups(run).items():
            for name, found in values.items():
                numbers = [_cell_text(one) for one in (found.value, found.low, found.high, found.baseline)]
                rows.append([run.name, run.title, kind, name, found.unit, *numbers, found.told])
    return table_text(COLUMNS, rows, line_end="\n")


def _cell_text(value: float) -> str:
    return repr(value) if math.isfinite(value) else ""


def _page(record: BatchIndex) -> str:
    return PAGE.format(title=escape(record.title), style=STYLE, body=_body(record, WIDE), footer=escape(record.notice),
                       estimate=estimate_head(record.estimate))


def _body(record: BatchIndex, wide: int, *, on_paper: bool = False) -> Html:
    """Return the contents of the index.

    ``wide`` is how many runs stand next to each other. On paper there are no links.
    """
    done = done_runs(record)
    lost = [run for run in record.runs if run.status != "done"]
    parts: list[Html] = [tag("h1", record.title), paragraphs(words.done_words(record, len(done)))]
    parts += [tag("p", tag("strong", batch_findings(record)[0]))]
    parts += [] if on_paper else _own_documents(record)
    if lost:
        parts += [tag("h2", templates.BATCH_LOST_TITLE), bullets([words.lost_words(run) for run in lost])]
    if refused := [run for run in done if run.refused]:
        parts += [tag("h2", templates.BATCH_DOCUMENTS_TITLE), bullets([words.refused_words(run) for run in refused])]
    if chart := batch_charts(record):
        parts += [tag("h2", templates.BATCH_CHARTS), chart]
    parts.append(tag("h2", templates.BATCH_SAID))
    parts.append(bullets([_said(run, on_paper) for run in done]) if done else paragraphs(templates.BATCH_NONE))
    notes = dict.fromkeys(sentence for run in done for sentence in (run.unset, run.rate) if sentence)
    parts += [tag("p", sentence, class_="note") for sentence in notes]
    return join([*parts, *_tables(record, done, wide), tag("p", templates.BATCH_NOTE, class_="note")])


def _own_documents(record: BatchIndex) -> list[Html]:
    """Return links to the documents of the index, and why some are missing."""
    links = [tag("a", templates.BATCH_ENDINGS[Path(name).suffix], href=name) for name in record.documents]
    parts = [tag("p", join([templates.BATCH_INDEX_DOCUMENTS, join(links, ", ")]), class_="files")] if links else []
    why = templates.BATCH_INDEX_REFUSED.format(why=record.refused)
    return [*parts, *([tag("p", why, class_="flag")] if record.refused else [])]


def _said(run: BatchRunRow, on_paper: bool) -> Html:
    said = tag("span", run.standing, class_="flag" if run.apart else "plain")
    page = tag("strong", run.title) if on_paper else tag("a", run.title, href=run.page)
    cost = [Html("<br>"), tag("span", run.money, class_="gap")] if run.money else []
    links = [] if on_paper else [tag("a", words.document_title(path), href=path) for path in run.documents]
    files = [Html("<br>"), templates.BATCH_DOCUMENTS, join(links, ", ")] if links else []
    return join([page, f" ({run.name}): ", said, *cost, *files])


def _tables(record: BatchIndex, done: Sequence[BatchRunRow], wide: int) -> list[Html]:
    """Return the tables of the first runs, with what they are."""
    parts = [tag("h2", templates.BATCH_TABLES)] if done else []
    shown = done[:MOST_IN_TABLES]
    if len(done) > len(shown):
        parts.append(paragraphs(words.more_words(MOST_IN_TABLES)))
    for start in range(0, len(shown), wide):
        some = shown[start : start + wide]
        caption = words.table_words(start + 1, start + len(some), len(done))
        parts.append(_table(some, record.baseline_title, caption))
    return parts


def _table(runs: Sequence[BatchRunRow], baseline: str, caption: str) -> Html:
    """Return runs next to the baseline, which comes first."""
    head = ["", baseline, *(run.title for run in runs)]
    rows: list[list[Any]] = []
    classes: list[str] = []
    keys: list[str] = []
    groups = [_groups(run) for run in runs]
    for kind, firsts in groups[0].items():
        rows.append([BATCH_KIND_TITLES[kind]])
        classes.append("")
        keys.append("")
        for name, first in firsts.items():
            cells = [amount(first.baseline, first.unit), *(_cell(group[kind][name]) for group in groups)]
            rows.append([join([first.title, _mark(runs, name), tag("span", f" {first.unit}", class_="unit")]), *cells])
            classes.append(kind)
            keys.append(name)
    if any(run.cost for run in runs):
        rows.append([templates.BATCH_COST.format(mark=_mark(runs, COST)), *_costs(runs)])
    return table(head, rows, caption, row_classes=classes, numeric=range(1, len(head)), row_keys=keys)


def _costs(runs: Sequence[BatchRunRow]) -> list[Html]:
    """Return costs, the baseline's first, with the second currency below each."""
    firsts = [words.baseline_cost(runs), *(words.cost_words(run) for run in runs)]
    said = ["", *(run.cost.told if run.cost else "" for run in runs)]
    return [_with_told(join([first, *([Html("<br>"), tag("span", second, class_="second")] if second else [])]), change)
            for first, second, change in zip(firsts, words.second_costs(runs), said, strict=True)]


def _mark(runs: Sequence[BatchRunRow], key: str) -> str:
    """Return the mark of a row.

    It says that the row rests on inputs that the case does not set, in any of the runs that are shown.
    """
    return shared.RESTS_MARK if any(key in run.rests for run in runs) else ""


def _cell(found: BatchValue) -> Html:
    return _with_told(with_range(found.value, found.low, found.high, found.unit), found.told)


def _with_told(text: str, told: str) -> Html:
    """Return a number, and below it what is said of it."""
    return join([text, *([Html("<br>"), tag("span", told, class_="gap")] if told else [])])
