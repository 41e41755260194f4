"""The index of a batch: all runs beside the baseline, breaches and harms first, as a page, a table and data.

Nothing in it depends on when or in what order runs were done: the index of a batch that was stopped and went on is that
of one that was not, byte for byte.
"""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from mixedmig_model.inputs.batch import Batch
from mixedmig_model.present.html.builders import Html, bullets, join, paragraphs, table, tag
from mixedmig_model.present.html.page import PAGE, STYLE
from mixedmig_model.record.plain import plain
from mixedmig_model.record.words.costs import money
from mixedmig_model.storage.atomic import write_together
from mixedmig_model.storage.tables import table_text
from mixedmig_model.study.batch import FOLDER, PAGE_FILE, RECORD_FILE, IndexRow
from mixedmig_model.vocabulary.numbers import with_range
from mixedmig_model.vocabulary.titles import BATCH_KIND_TITLES, NOTICE

SCHEMA = 1
KINDS = {"breach": "breaches", "harm": "harms", "headline": "headlines"}
COLUMNS = ("run", "title", "kind", "indicator", "unit", "value", "low", "high", "baseline")
WIDE = 6
"""Runs side by side in a table; more make further tables."""
MOST_IN_TABLES = 60


def write_index(batch: Batch, rows: Sequence[IndexRow], folder: Path) -> Path:
    """Write ``NAME.html``, ``NAME.csv`` and ``NAME.json`` and return the page's path. Raises OSError."""
    record = index_record(batch, rows, folder)
    text = json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    contents = (text, _csv(record), _page(record))
    files = [folder / name for name in index_files(batch.name)]
    write_together(dict(zip(files, contents, strict=True)))
    return files[-1]


def index_files(name: str) -> tuple[str, str, str]:
    """The names of the files of an index, its page last. Args: name, of the batch."""
    return f"{name}.json", f"{name}.csv", f"{name}.html"


def index_record(batch: Batch, rows: Sequence[IndexRow], folder: Path) -> dict[str, Any]:
    """The index as plain data, runs in the order of the batch file."""
    inputs = batch.inputs
    base = inputs.case.baseline
    return dict(plain({
        "schema": SCHEMA, "notice": NOTICE, "title": batch.title, "case": inputs.name, "case_title": inputs.case.title,
        "baseline": base, "baseline_title": inputs.scenario(base).title,
        "runs": [_run(row, folder) for row in rows],
    }))


def _run(row: IndexRow, folder: Path) -> dict[str, Any]:
    point, digest, failure = row
    found: dict[str, Any] = {"name": point.name, "title": point.title, "digest": digest}
    file = folder / FOLDER / digest / RECORD_FILE
    if not file.is_file():
        return {**found, "status": "failed" if failure else "missing", "failure": failure}
    record = json.loads(file.read_text(encoding="utf-8"))
    scenario = record["scenarios"][1]
    base, name = record["baseline"], scenario["name"]
    values = {
        key: {i["key"]: {"title": i["title"], "unit": i["unit"], "baseline": i["values"][base]["value"],
                         **{side: i["values"][name][side] for side in ("value", "low", "high")}}
              for i in record["indicators"] if i["kind"] == kind}
        for kind, key in KINDS.items()
    }
    cost = record["costs"].get(name)
    return {
        **found, "status": "done", "failure": "", "page": f"{FOLDER}/{digest}/{PAGE_FILE}",
        "standing": scenario["standing"], "apart": bool(scenario["breaches"]), **values,
        "cost": {key: cost[key] for key in ("total", "low", "high", "currency")} if cost else None,
    }


def _csv(record: dict[str, Any]) -> str:
    """Tidy rows by run and indicator."""
    rows = []
    for run in _done(record):
        for kind, key in KINDS.items():
            for name, found in run[key].items():
                numbers = ["" if found[side] is None else repr(found[side]) for side in COLUMNS[-4:]]
                rows.append([run["name"], run["title"], kind, name, found["unit"], *numbers])
    return table_text(COLUMNS, rows, line_end="\n")


def _done(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [run for run in record["runs"] if run["status"] == "done"]


def _page(record: dict[str, Any]) -> str:
    done = _done(record)
    lost = [run for run in record["runs"] if run["status"] != "done"]
    parts: list[Html] = [
        tag("h1", record["title"]),
        paragraphs(f"{record['case_title']}. Compared with: {record['baseline_title']} (the baseline). "
                   f"{len(done)} of {len(record['runs'])} runs are done."),
    ]
    if lost:
        parts += [tag("h2", "Runs that failed"), bullets([f"{run['title']} ({run['name']}): "
                  f"{run['failure'] or 'not run yet'}" for run in lost])]
    parts.append(tag("h2", "What may be said"))
    parts.append(bullets([_said(run) for run in done]) if done else paragraphs("Nothing: no run is done."))
    if len(done) > MOST_IN_TABLES:
        parts.append(paragraphs(f"The first {MOST_IN_TABLES} runs stand below; the table beside this page has all."))
    for start in range(0, min(len(done), MOST_IN_TABLES), WIDE):
        parts.append(_table(done[start : start + WIDE]))
    note = "Ranges are those of the share of people owed protection; each run's page says what it is made of."
    parts.append(tag("p", note, class_="note"))
    return PAGE.format(title=escape(record["title"]), style=STYLE, body=join(parts), footer=escape(record["notice"]),
                       estimate="")


def _said(run: dict[str, Any]) -> Html:
    words = tag("span", run["standing"], class_="flag" if run["apart"] else "plain")
    page = Html(f'<a href="{escape(run["page"])}">{escape(run["title"])}</a>')
    return join([page, f" ({run['name']}): ", words])


def _table(runs: Sequence[dict[str, Any]]) -> Html:
    head = ["", *(run["title"] for run in runs)]
    rows: list[list[Any]] = []
    classes: list[str] = []
    for kind, key in KINDS.items():
        rows.append([BATCH_KIND_TITLES[kind]])
        classes.append("")
        for name, first in runs[0][key].items():
            cells = [_cell(run[key][name], first["unit"]) for run in runs]
            rows.append([join([first["title"], tag("span", f" {first['unit']}", class_="unit")]), *cells])
            classes.append(kind)
    if any(run["cost"] for run in runs):
        rows.append(["Cost of the response, planning estimate",
                     *(money(run["cost"]["total"], run["cost"]["currency"]) if run["cost"] else "not costed"
                       for run in runs)])
    return table(head, rows, row_classes=classes, numeric=range(1, len(head)))


def _cell(found: dict[str, Any], unit: str) -> str:
    value, low, high = (float("nan") if found[key] is None else found[key] for key in ("value", "low", "high"))
    return with_range(value, low, high, unit)
