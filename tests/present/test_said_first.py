"""What commands say first: the finding, as a sentence with a number."""

import pytest

from mixedmig_model.inputs.reading.cautions import Caution
from mixedmig_model.record.schema.commands import BatchIndex, BatchRunRow
from mixedmig_model.record.schema.summary import GradePart, SummaryPart
from mixedmig_model.record.words.findings import batch_findings, check_finding, report_findings, run_finding
from mixedmig_model.results.indicators.table import BREACHES


def values(deaths, **breaches):
    return {one.key: 0.0 for one in BREACHES} | breaches | {"deaths": deaths}


@pytest.mark.parametrize(("found", "said"), [
    (values(0.0), "It has no breach. Nobody dies or goes missing."),
    (values(0.4), "It has no breach. Fewer than 1 person dies or goes missing."),
    (values(1.0, turned_back=1.0), "It has 1 breach: 1 person turned back at sea. 1 person dies or goes missing."),
    (values(1_234.0, turned_back=200.0, detention_over_limit=3.0),
     "It has 2 breaches: 3 people detained over the limit; 200 people turned back at sea. 1,230 people die or go "
     "missing."),
])
def test_a_run_is_told_by_its_breaches_and_deaths(found, said):
    assert run_finding("It", found) == said


@pytest.mark.parametrize(("unset", "said"), [
    ((), "No faults and no cautions."), ((False,), "No faults. 1 caution needs attention."),
    ((True,), "No faults. 1 caution needs attention, including 1 input that a case must set."),
    ((True, True, False), "No faults. 3 cautions need attention, including 2 inputs that a case must set."),
])
def test_a_check_says_how_much_needs_attention(unset, said):
    assert check_finding([Caution("file", 1, "path", "text", unset=one) for one in unset]) == said


def run(name, apart=False, status="done"):
    return BatchRunRow(name=name, title=name.upper(), digest="", status=status, failure="", apart=apart,
                       standing="Better on: deaths.")


@pytest.mark.parametrize(("runs", "first", "lines"), [
    ([run("a"), run("b")], "2 runs can be ranked; none adds a breach or makes one grow.", 3),
    ([run("a", apart=True), run("b"), run("c", status="failed")],
     "1 of 2 runs can be ranked; 1 adds a breach or makes one grow.", 3),
    ([run(str(k), apart=k < 2) for k in range(9)], "7 of 9 runs can be ranked; 2 add a breach or make one grow.", 6),
    ([run("a", status="missing")], "No run is done.", 1),
])
def test_a_batch_says_how_many_runs_can_be_ranked_and_names_the_first(runs, first, lines):
    found = batch_findings(BatchIndex(notice="", title="", case="", case_title="", baseline="", baseline_title="",
                                      runs=tuple(runs)))
    assert found[0] == first
    assert len(found) == lines
    assert found[1:2] == ([f"{runs[0].title}: Better on: deaths."] if lines > 1 else [])


def test_a_report_leads_with_breaches_then_the_answer():
    page = SummaryPart(options=("a",), left_out=(), breaches=("A: people turned back at sea (7)",),
                       serves_fewer=("B serves fewer people: screened 9 to 0.",), answer=("A is better.",), rows=(),
                       grade=GradePart(letter="C", sentence="Grade C."))
    assert report_findings(page) == [
        "Breaches in A: people turned back at sea (7).", "B serves fewer people: screened 9 to 0.", "A is better."]
