"""One option of one case has one sentence: in report, comparison, batch, ensemble and panel, each made separately."""

import re
import shutil
from html import unescape

import pytest
from small_case import ROOT, SETS_ALL, write_small

from mixedmig_model.inputs.batch import read_batch
from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.batch import make as batches
from mixedmig_model.present.comparison.page import compare_page
from mixedmig_model.present.panel.engines import Engines
from mixedmig_model.present.panel.files import Files
from mixedmig_model.present.panel.session import Session
from mixedmig_model.present.report.front import write_front
from mixedmig_model.record.commands.ensemble import ensemble_record
from mixedmig_model.record.comparison import Wanted, compare_scenarios
from mixedmig_model.record.finished import make_comparison
from mixedmig_model.record.front.summary import cost_words, with_summary
from mixedmig_model.record.priced import banner
from mixedmig_model.record.words.comparison import lines
from mixedmig_model.record.words.ensemble import ensemble_sentences
from mixedmig_model.record.words.pages.decision import standing_words
from mixedmig_model.study.ensemble.files import read_ensemble
from mixedmig_model.study.ensemble.report_draws import BLOCK, report_draws
from mixedmig_model.study.ensemble.run import Design, FinishedEnsemble

PATH, DRAWS = "reference", 2
OPTION = "changes:\n  - {parameter: screening.officers, set: 0, reason: For a test.}\n"
GRID = "schema: 1\ntitle: None\ncase: small\nruns:\n  - {name: nobody, values: {screening.officers: 0}}\n"


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A small case with costs, and an option that dismisses all screeners."""
    root = tmp_path_factory.mktemp("words")
    write_small(root, more=SETS_ALL, nobody=OPTION)
    shutil.copytree(ROOT / "parameters" / "costs", root / "parameters" / "costs")
    return root, read_case(read_workspace(root), "small")


@pytest.fixture(scope="module")
def reported(plan):
    """The report of the case, and the ensemble that it tells of."""
    root, inputs = plan
    drawn = report_draws(inputs, ["base", "nobody"], root / "draws", draws=DRAWS, workers=1, path=PATH)
    made = make_comparison(inputs, ["base", "nobody"], root / "report", workers=1, draws=drawn, path=PATH)
    return with_summary(made, root / "report"), drawn.folder


@pytest.fixture(scope="module")
def words(reported):
    """What the report says of the option: its verdict, and all of it with draws and money."""
    record = reported[0].record
    return record.option("nobody").judgement, standing_words(reported[0], "nobody")


def text_of(page):
    """The text of a page, or of words, with plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_report_speaks_of_harms_draws_and_money(words):
    judgement, whole = words
    assert "It serves fewer people: screened" in judgement.sentence
    assert "worse" in {one.word for one in judgement.harms}
    assert whole.startswith(f"{judgement.sentence} Of 2 runs with varied inputs: ")
    assert re.search(r" It costs USD\s[\d.,]+ less than the baseline; the largest part of the saving goes to ", whole)


def test_the_first_page_names_the_harms_of_the_sentence(plan, reported, words):
    write_front(reported[0], plan[0] / "report", banner(reported[0]))
    page = text_of((plan[0] / "report" / "summary.html").read_text(encoding="utf-8"))
    assert text_of(cost_words(reported[0], "nobody").split("(")[1].split(";")[0]) in page
    rows = {row.key: row.cells["nobody"].note for row in reported[0].record.first_page.rows}
    for harm in words[0].harms:
        if harm.word in ("better", "worse") and harm.key in rows:
            assert rows[harm.key].endswith(f", {harm.word}"), harm.key


def test_a_comparison_says_the_same(plan, reported, words):
    wanted = Wanted(("nobody",), "base", draws=DRAWS)
    made, record = compare_scenarios(plan[1], wanted, workers=1, path=PATH)
    (option,) = [one for one in record.scenarios if one.name == "nobody"]
    assert (option.judgement, option.said) == words
    assert option.cost == cost_words(reported[0], "nobody")
    page = text_of(compare_page(made, record))
    for said in (option.said, option.cost):
        assert text_of(said) in page
        assert any(said in line for line in lines(record))


def test_a_batch_says_the_same(plan, reported, words, monkeypatch):
    root = plan[0]
    (root / "grid.yaml").write_text(GRID, encoding="utf-8")
    batch = read_batch(root / "grid.yaml", read_workspace(root))
    for name in ("run_notebook", "export"):  # pages of a run are made elsewhere: here its record counts
        monkeypatch.setattr(batches, name, lambda _, made, *more: made.write_text("", encoding="utf-8"))
    done = batches.make_batch(batch, root / "batch", workers=1, path=PATH, draws=DRAWS)
    assert done.failures == ()
    page = text_of(done.index.read_text(encoding="utf-8"))
    assert text_of(words[1]) in page
    assert text_of(cost_words(reported[0], "nobody")) in page


def test_an_ensemble_says_the_same_of_its_draws(plan, reported, words):
    ensemble = read_ensemble(reported[1])
    design = Design(("base", "nobody"), DRAWS, 1, BLOCK)
    record = ensemble_record(ensemble, design, FinishedEnsemble(reported[1], 1, 0, ()), "")
    said = record.judged["nobody"].sentence
    assert f" {said} " in words[1]
    assert f"Nobody: {said}" in ensemble_sentences(record, {"base": "Base", "nobody": "Nobody"})


def test_the_panel_says_the_same(plan, words):
    """Of single runs: the kernel and scipy agree here in every number that is said."""
    engines = Engines(plan[0], "small")
    engines.prepare()
    session = Session(engines.of, Files(None))
    nobody = {"scenario": "base", "levers": [], "changes": [{"parameter": "screening.officers", "set": 0}]}
    *_, answer = session.answer({"type": "set", "seq": 1, "state": nobody, "view": "people"})
    session.close()
    said, judgement = answer.plain["words"], words[0]
    assert said["sentence"] == judgement.sentence
