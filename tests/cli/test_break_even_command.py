"""The command ``mixedmig break-even``: a sentence, its proof, and plain words for what it cannot do."""

import json

import pytest
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.study.planning import break_even as module
from mixedmig_model.study.planning.break_even import BreakEven

ARGUMENTS = ["break-even", "generic_surge", "--scenario", "early_hiring", "--parameter", "arrivals.surge_factor",
             "--from", "1", "--to", "8"]


def call(*more):
    return CliRunner().invoke(app, [*ARGUMENTS, *more])


@pytest.fixture
def found(monkeypatch):
    answer = BreakEven("arrivals.surge_factor", "share", 1.0, 8.0, 2.345, (2.2, 2.5), (3e6, 2e6), (2e6, 3e6), 12)
    monkeypatch.setattr(module, "break_even", lambda *_arguments, **_named: answer)


def test_the_sentence_comes_with_the_runs_that_prove_it_and_the_word_estimate(found):
    result = call()
    assert result.exit_code == 0
    text = result.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "PLANNING ESTIMATE, NOT A BUDGET. Hired 12 weeks before the surge is cheaper than Most likely unless" in text
    assert "is under 2.35 share." in text
    assert "At 2.2 share: Hired 12 weeks before the surge USD 3 m, Most likely USD 2 m; USD 1 m more." in text


def test_programs_read_the_root_and_the_proof(found):
    record = json.loads(call("--json").stdout)
    assert record["ok"] is True
    assert record["root"] == 2.345
    assert record["proof"][0] == {"value": 2.2, "option": 3e6, "baseline": 2e6}


@pytest.mark.parametrize(("more", "text"), [
    (["--baseline", "most_likly"], "unknown scenario of generic_surge; found 'most_likly'"),
    (["--parameter", "arrivals.surge_facto"], "unknown parameter"),
    (["--to", "0.5"], "the span is empty"),
])
def test_wrong_arguments_are_refused_in_words_with_exit_code_2(more, text):
    result = call(*more)
    assert result.exit_code == 2
    assert text in result.stderr


def test_help_has_an_example():
    assert "Example: mixedmig break-even generic_surge" in CliRunner().invoke(app, ["break-even", "--help"]).stdout
