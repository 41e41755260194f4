"""Break-even statements: found, proved by runs on both sides, and said in words."""

import re

import numpy as np
import pytest
from cost_examples import item, pricing

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.record.words.costs import break_even_sentence
from mixedmig_model.results.costs.lines import loaded
from mixedmig_model.study.planning import break_even as module
from mixedmig_model.study.planning.break_even import BreakEven, break_even, price_break_evens

CROSSING = BreakEven("x.y", "day", 10.0, 100.0, 42.42, (40.0, 44.0), (1.0, 2.0), (3.0, 2.0), 8)


def test_a_break_even_reads_as_a_sentence_without_false_precision():
    assert break_even_sentence(CROSSING, "A", "B", "time") == "A is cheaper than B unless 'time' is over 42.4 day."
    other = BreakEven("x.y", "day", 10.0, 100.0, 42.42, (40.0, 44.0), (3.0, 2.0), (1.0, 2.0), 8)
    assert break_even_sentence(other, "A", "B", "time") == "A is cheaper than B unless 'time' is under 42.4 day."
    never = BreakEven("x.y", "day", 10.0, 100.0, float("nan"), (10.0, 100.0), (3.0, 2.0), (3.0, 2.0), 4)
    assert break_even_sentence(never, "A", "B", "time") == (
        "A is more expensive than B for every value of 'time' from 10 to 100 day."
    )


class Stub:
    """Runs that cost what a formula says, so that the root is known."""

    def __init__(self, monkeypatch, option, baseline):
        self.solved = []
        costs = {"option": option, "baseline": baseline}
        monkeypatch.setattr(module, "resolve", lambda _inputs, name, values: (name, values["appeal.panels"]))
        monkeypatch.setattr(module, "run_one", lambda run: self.solved.append(run) or run)
        monkeypatch.setattr(module, "price_scenario", lambda _inputs, name: name)

        class Cost:
            def __init__(self, run):
                self.total = costs[run[0]](run[1])

        monkeypatch.setattr(module, "cost_run", lambda run, _pricing: Cost(run))


def test_the_root_is_found_and_runs_on_both_sides_prove_it(andaman, monkeypatch):
    runs = Stub(monkeypatch, lambda x: 100.0 + x * x, lambda x: 500.0)
    done = []
    found = break_even(andaman, "option", "baseline", "appeal.panels", 0.0, 50.0, done.append)
    assert found.root == pytest.approx(20.0, abs=0.2)
    assert found.points[0] < found.root < found.points[1]
    assert found.below[0] < found.below[1]
    assert found.above[0] > found.above[1]
    assert found.unit == "panel"
    assert found.runs == len(runs.solved) == len(done) == done[-1]


def test_where_one_option_is_always_cheaper_there_is_no_root(andaman, monkeypatch):
    Stub(monkeypatch, lambda x: 100.0 + x, lambda x: 500.0 + x)
    found = break_even(andaman, "option", "baseline", "appeal.panels", 0.0, 50.0)
    assert np.isnan(found.root)
    assert found.below == (100.0, 500.0)
    assert found.above == (150.0, 550.0)


def test_an_unknown_parameter_and_an_empty_span_are_refused(andaman):
    text = "unknown parameter; found 'apeal.panels'; allowed: a name of parameters/base; did you mean 'appeal.panels'?"
    with pytest.raises(InputFaultsError, match=re.escape(text)):
        break_even(andaman, "a", "b", "apeal.panels", 0.0, 1.0)
    with pytest.raises(InputFaultsError, match=r"the span is empty; found '?5 to 5'?; allowed: low below high"):
        break_even(andaman, "a", "b", "appeal.panels", 5.0, 5.0)


def test_prices_break_even_on_a_straight_line():
    """The option needs 100 more bed-days at 10 and 40 fewer flights at 20: 177 dearer, with all that comes on top."""
    priced = pricing({"bed": item(), "flight": item(value=20.0, component="flight", per="person", driver="landings")})
    factor = loaded(priced)[0]
    option, base = {"bed": [60.0, 40.0], "flight": [0.0, 0.0]}, {"bed": [0.0, 0.0], "flight": [20.0, 20.0]}
    gap = (100 * 10.0 - 40 * 20.0) * factor
    found = {row.item: row for row in price_break_evens(priced, option, base, gap)}
    assert found["bed"].at == pytest.approx(8.0)
    assert found["bed"].cheaper_below
    assert found["flight"].at == pytest.approx(25.0)
    assert not found["flight"].cheaper_below
    far = price_break_evens(priced, option, base, 1e6)
    assert far == []
    mixed = {"bed": [60.0, -40.0], "flight": [20.0, 20.0]}
    assert price_break_evens(priced, mixed, base, gap) == []


@pytest.mark.slow
def test_hiring_before_a_surge_pays_unless_the_surge_stays_away(workspace):
    """The invented case: measured, the root lies between a surge of one and a half and of three times the usual."""
    surge = read_case(workspace, "generic_surge")
    found = break_even(surge, "early_hiring", "most_likely", "arrivals.surge_factor", 1.0, 8.0)
    assert 1.0 < found.root < 3.0
    assert found.below[0] > found.below[1], "below the root early hiring is dearer"
    assert found.above[0] < found.above[1], "above it, cheaper"
    titles = [surge.scenarios[name].title for name in ("early_hiring", "most_likely")]
    assert "unless 'Surge' is under" in break_even_sentence(found, *titles, "Surge")
