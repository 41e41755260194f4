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
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.present.html.page import PAGE, STYLE
from mixedmig_model.record.commands.batch import index_record
from mixedmig_model.record.schema.base import strict_text
from mixedmig_model.record.schema.commands import BatchIndex, BatchRunRow, BatchValue
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages.batches import baseline_cost, cost_words, done_words, lost_words, more_words
from mixedmig_model.record.words.pages.inputs import COST
from mixedmig_model.storage.atomic import write_together
from mixedmig_model.storage.tables import table_text
from mixedmig_model.study.batch import IndexRow
from mixedmig_model.vocabulary.numbers import amount, with_range
from mixedmig_model.vocabulary.titles import BATCH_KIND_TITLES

COLUMNS = ("run", "title", "kind", "indicator", "unit", "value", "low", "high", "baseline", "said")
WIDE = 6
"""Runs next to each other in a table.

More make further tables.
"""
MOST_IN_TABLES = 60


def write_index(batch: Batch, rows: Sequence[IndexRow], folder: Path) -> Path:
    """Write the files of an index and return the page's path.

    The files are ``NAME.html``, ``NAME.csv`` and ``NAME.json``. Raises OSError.
    """
    record = index_record(batch, rows, folder)
    contents = (strict_text(record), _csv(record), _page(record))
    files = [folder / name for name in index_files(batch.name)]
    write_together(dict(zip(files, contents, strict=True)))
    return files[-1]


def index_files(name: str) -> tuple[str, str, str]:
    """Return the names of the files of an index.

    Parameters
    ----------
    name : str
        Name of the batch.

    Returns
    -------
    tuple[str, str, str]
        The names, the page last.
    """
    return f"{name}.json", f"{name}.csv", f"{name}.html"


def _groups(run: BatchRunRow) -> dict[str, Mapping[str, BatchValue]]:
    """Return the indicators of a run by kind."""
    return {"breach": run.breaches, "harm": run.harms, "headline": run.headlines}


def _csv(record: BatchIndex) -> str:
    """Return tidy rows by run and indicator, as CSV."""
    rows = []
    for run in _done(record):
        for kind, values in _groups(run).items():
            for name, found in values.items():
                numbers = [_cell_text(one) for one in (found.value, found.low, found.high, found.baseline)]
                rows.append([run.name, run.title, kind, name, found.unit, *numbers, found.told])
    return table_text(COLUMNS, rows, line_end="\n")


def _cell_text(value: float) -> str:
    return repr(value) if math.isfinite(value) else ""


def _done(record: BatchIndex) -> list[BatchRunRow]:
    return [run for run in record.runs if run.status == "done"]


def _page(record: BatchIndex) -> str:
    done = _done(record)
    lost = [run for run in record.runs if run.status != "done"]
    parts: list[Html] = [tag("h1", record.title), paragraphs(done_words(record, len(done)))]
    if lost:
        parts += [tag("h2", "Runs that failed"), bullets([lost_words(run) for run in lost])]
    parts.append(tag("h2", "What may be said"))
    parts.append(bullets([_said(run) for run in done]) if done else paragraphs(templates.BATCH_NONE))
    parts += [tag("p", sentence, class_="note") for sentence in dict.fromkeys(run.unset for run in done) if sentence]
    if len(done) > MOST_IN_TABLES:
        parts.append(paragraphs(more_words(MOST_IN_TABLES)))
    for start in range(0, min(len(done), MOST_IN_TABLES), WIDE):
        parts.append(_table(done[start : start + WIDE], record.baseline_title))
    parts.append(tag("p", templates.BATCH_NOTE, class_="note"))
    return PAGE.format(title=escape(record.title), style=STYLE, body=join(parts), footer=escape(record.notice),
                       estimate="")


def _said(run: BatchRunRow) -> Html:
    words = tag("span", run.standing, class_="flag" if run.apart else "plain")
    page = Html(f'<a href="{escape(run.page)}">{escape(run.title)}</a>')
    cost = [Html("<br>"), tag("span", run.money, class_="gap")] if run.money else []
    return join([page, f" ({run.name}): ", words, *cost])


def _table(runs: Sequence[BatchRunRow], baseline: str) -> Html:
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
        title = f"Cost of the response{_mark(runs, COST)}, planning estimate"
        rows.append([title, baseline_cost(runs), *(_with_told(cost_words(run), run.cost.told if run.cost else "")
                                                   for run in runs)])
    return table(head, rows, row_classes=classes, numeric=range(1, len(head)), row_keys=keys)


def _mark(runs: Sequence[BatchRunRow], key: str) -> str:
    """Return the mark of a row.

    It says that the row rests on inputs that the case does not set, in any of the runs that are shown.
    """
    return templates.RESTS_MARK if any(key in run.rests for run in runs) else ""


def _cell(found: BatchValue) -> Html:
    return _with_told(with_range(found.value, found.low, found.high, found.unit), found.told)


def _with_told(text: str, told: str) -> Html:
    """Return a number, and below it what is said of it."""
    return join([text, *([Html("<br>"), tag("span", told, class_="gap")] if told else [])])
