"""Pages on paper: the summary has one, the report 15 at most, the annex 25, costs 8, an option one."""

import pytest
from printing import can_print, pages

from mixedmig_model.present import workbook
from mixedmig_model.present.html.builders import join
from mixedmig_model.present.html.page import PAGE, STYLE
from mixedmig_model.record.front.summary import with_summary

MOST = {"summary": 1, "report": 15, "annex": 25, "costing": 8}
PAPERS = ("A4", "Letter")


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
def test_no_page_of_any_shipped_case_is_longer_than_it_may_be(printed_case, paper):
    folder, pages_of = printed_case
    names = {**MOST, **{page.stem: 1 for page in folder.glob("scenario_*.html")}}
    found = {name: len(pages_of(name, paper)) for name in names if (folder / f"{name}.html").exists()}
    assert set(MOST) <= set(found)
    assert {name: count for name, count in found.items() if count > names[name]} == {}


@pytest.mark.skipif(not can_print(), reason="prints with Chromium")
@pytest.mark.parametrize("paper", PAPERS)
def test_the_page_of_an_option_is_one_printed_page(book, paper, tmp_path, monkeypatch):
    comparison, shown = with_summary(book[0], tmp_path), []
    monkeypatch.setattr(workbook, "show", lambda *parts: shown.extend(parts))
    workbook.scenario_page(comparison, comparison.names[1])
    page = PAGE.format(title="T", style=STYLE, body=join(shown), estimate="", footer="F")
    (tmp_path / "option.html").write_text(page, encoding="utf-8")
    printed = pages(tmp_path, "option", paper, tmp_path)
    assert len(printed) == 1
    assert "What it changes" in printed[0]


@pytest.mark.skipif(not can_print(), reason="prints with Chromium")
def test_the_costing_page_prints_no_price_book(book, tmp_path, monkeypatch):
    comparison, shown = with_summary(book[0], tmp_path), []
    monkeypatch.setattr(workbook, "show", lambda *parts: shown.extend(parts))
    for part in (workbook.costing_page, workbook.cost_views, workbook.cost_items, workbook.prices, workbook.limits):
        part(comparison)
    page = PAGE.format(title="T", style=STYLE, body=join(shown), estimate="", footer="F")
    (tmp_path / "costing.html").write_text(page, encoding="utf-8")
    printed = pages(tmp_path, "costing", "A4", tmp_path)
    assert len(printed) <= MOST["costing"] - 3  # figures come on top
    text = " ".join(" ".join(printed).split())
    assert "on screen, and in costs.csv; not printed" in text
    assert comparison.record.prices[0].note not in text
