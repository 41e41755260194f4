"""axe finds no serious fault on pages of reports, comparisons and batches, and they have no fault of their own."""

import shutil

import pytest
from panel.journeys.browsing import Watch, serious
from panel.priced import priced_workspace

from mixedmig_model.inputs.batch import read_batch
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.batch.make import make_batch
from mixedmig_model.present.comparison.page import compare_page
from mixedmig_model.present.report.front import write_front
from mixedmig_model.present.report.make import make_report
from mixedmig_model.record.comparison import Wanted, compare_scenarios
from mixedmig_model.record.finished import open_comparison
from mixedmig_model.record.front.summary import with_summary
from mixedmig_model.record.priced import banner

GRID = "schema: 1\ntitle: None\ncase: small\nruns:\n  - {name: nobody, values: {screening.officers: 0}}\n"


def check(browser, file):
    """Open a page as a reader does, wide and narrow, and look for faults."""
    for size in ((1440, 900), (390, 844)):
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        watch = Watch(page, None)  # a file has no host
        page.goto(file.as_uri())
        assert page.locator("h1, h2").count() > 0
        assert serious(page) == [], (file.name, size)
        watch.check()
        page.close()


def test_the_first_page_of_a_report_is_accessible(browser, book, tmp_path):
    folder = tmp_path / "report"
    shutil.copytree(book[1], folder)
    made = with_summary(open_comparison(folder), folder)
    write_front(made, folder, banner(made))
    check(browser, folder / "summary.html")


def test_axe_finds_a_page_without_names_and_contrast(browser, tmp_path):
    """The check itself can fail."""
    (tmp_path / "bad.html").write_text(
        "<!doctype html><h1>A</h1><p style='color:#ccc;background:#fff'>pale</p><input><img src='data:,'>",
        encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "bad.html").as_uri())
    assert {"color-contrast", "label", "image-alt"} <= {one.split(":")[0] for one in serious(page)}
    page.close()


@pytest.mark.slow
def test_all_pages_that_commands_write_are_accessible(browser, tmp_path):
    root = priced_workspace(tmp_path / "workspace")
    inputs = read_case(read_workspace(root), "small")
    report = make_report(inputs, None, tmp_path / "report", draws=4, workers=1).parent
    names = {"report", "annex", "summary", "costing", "scenario_closed"}
    assert names <= {path.stem for path in report.glob("*.html")}
    wanted = Wanted(("closed",), "base", draws=4, attribution=True)
    compared = compare_page(*compare_scenarios(inputs, wanted, workers=1))
    (tmp_path / "compare.html").write_text(compared, encoding="utf-8")
    (root / "grid.yaml").write_text(GRID, encoding="utf-8")
    done = make_batch(read_batch(root / "grid.yaml", read_workspace(root)), tmp_path / "batch", workers=1, draws=4)
    assert done.failures == ()
    batch = sorted((tmp_path / "batch").rglob("*.html"))
    assert len(batch) == 2
    for file in (*sorted(report.glob("*.html")), tmp_path / "compare.html", *batch):
        check(browser, file)
