"""A foreign workspace is data: nothing in it becomes markup, code or an outside request."""

import re
import shutil
from html.parser import HTMLParser

import pytest
from changed_report import changed

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.html.builders import join, link, table, tag
from mixedmig_model.present.report import notebooks
from mixedmig_model.present.report.sections import costs as cost_sections
from mixedmig_model.present.report.sections import decision as sections
from mixedmig_model.present.report.sections import delay, items, plane
from mixedmig_model.record.schema.base import data_of
from mixedmig_model.storage.atomic import whole_folder

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def test_text_is_escaped_and_links_are_http_only():
    assert "<script" not in table([EVIL], [[EVIL, EVIL]], EVIL)
    assert str(tag("p", EVIL, title=EVIL)).count("<") == 2
    assert link("x", "javascript:alert(1)") == "x"
    assert 'href="https://a.b/?q=&quot;"' in link("x", 'https://a.b/?q="')
    assert join([EVIL]) == "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;&quot;&#x27;&amp;"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.outside = set(), []

    def handle_starttag(self, name, attributes):
        self.seen.add(name)
        for key, value in attributes:
            assert not key.startswith("on"), (name, key)
            if key in ("src", "href") and name != "a":
                self.outside.append(value)
            if name == "a":
                assert key != "href" or value.startswith("http"), value


def poisoned(value):
    """Every text of a record replaced by markup, names and files left alone."""
    keep = {"name", "case", "baseline", "bound", "key", "kind", "unit", "better", "quality", "reliability", "start",
            "end", "quantity", "stage", "item", "payer", "part", "months", "first", "first_day", "scenario", "services",
            "strength", "set_by", "file", "class", "acts", "indicator", "word", "sides", "table",
            "time", "route", "routes", "entry"}
    if isinstance(value, dict):
        return {k: v if k in keep or k == "values" else poisoned(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [poisoned(v) for v in value]
    return EVIL if isinstance(value, str) else value


def test_no_text_of_a_case_becomes_markup(book):
    made, _ = book
    data = data_of(made.record)
    evil = changed(made, **poisoned({key: part for key, part in data.items() if key not in ("runs", "schema")}))
    for section in (sections.question, sections.decision_table, sections.need_table, sections.input_differences,
                    sections.published_table, sections.evidence, sections.not_modelled, sections.provenance,
                    cost_sections.stage_table, cost_sections.views_table, cost_sections.payer_table,
                    cost_sections.detention_table, plane.plane_table, cost_sections.people_table,
                    items.items_table, items.prices_table, delay.delay_section,
                    delay.break_even_section):
        parser = Tags()
        parser.feed(str(section(evil)))
        assert not parser.seen & {"script", "img", "iframe", "object", "style"}, section.__name__
        assert parser.outside == []


def test_unknown_and_mistyped_notebook_parameters_are_refused_before_a_kernel_starts(root, monkeypatch):
    monkeypatch.setattr("papermill.execute_notebook", lambda *a, **k: pytest.fail("a kernel was started"))
    path = root / "workbooks" / "compare.ipynb"
    with pytest.raises(InputFaultsError) as caught:
        notebooks.run_notebook(path, root / "never.ipynb", {"resluts": "x", "case": 3}, root)
    text = str(caught.value)
    assert "resluts: unknown notebook parameter; found 'resluts'" in text
    assert "did you mean 'results'?" in text
    assert "case: the notebook parameter has another type; found 3; allowed: str" in text


def test_only_installed_notebooks_run_unless_trusted(root, tmp_path):
    shutil.copytree(root / "workbooks", tmp_path / "workbooks")
    assert notebooks.notebook_path("compare", tmp_path) == root / "workbooks" / "compare.ipynb"
    assert notebooks.notebook_path("compare", tmp_path, trust=True) == tmp_path / "workbooks" / "compare.ipynb"
    with pytest.raises(InputFaultsError, match=r"unknown notebook.*did you mean 'compare'"):
        notebooks.notebook_path("compar", tmp_path)


def interrupt_halfway(folder):
    (folder / "report.html").write_text("half", encoding="utf-8")
    raise KeyboardInterrupt


def test_a_report_is_put_in_place_whole_or_not_at_all(tmp_path):
    target = tmp_path / "case" / "name"
    with whole_folder(target) as folder:
        (folder / "report.html").write_text("one", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), whole_folder(target) as folder:
        interrupt_halfway(folder)
    assert (target / "report.html").read_text(encoding="utf-8") == "one"
    with whole_folder(target) as folder:
        (folder / "report.html").write_text("two", encoding="utf-8")
    assert (target / "report.html").read_text(encoding="utf-8") == "two"
    assert [p.name for p in target.parent.iterdir()] == ["name"]


def test_provenance_leads_every_input_to_unit_source_and_quality(book):
    text = str(sections.provenance(book[0]))
    for row in book[0].record.parameters:
        assert row.name in text
        assert row.unit
        assert row.source_title
        assert row.quality in ("measured", "published", "assumption")
    assert re.search(r"[0-9a-f]{64}", text)


def test_breaches_and_harms_come_first_and_all_of_them(book):
    text = re.sub(r"<[^>]+>", " ", str(sections.decision_table(book[0])))
    shown = [i for i in book[0].record.indicators if i.kind != "detail"]
    order = [text.index(i.title) for i in shown]
    assert order == sorted(order)
    assert text.index("Breaches") < text.index("Harms") < text.index("Headline indicators")
