"""The rule of grades: a breach never raises one, and more of what is asked never lowers one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mixedmig_model.results.indicators.table import BREACHES
from mixedmig_model.study.teaching.causes import NAMES
from mixedmig_model.study.teaching.grade import PlanResult, Standards, gates_of, met, passed

KEYS = [one.key for one in BREACHES]
RESULTS = st.builds(PlanResult, st.lists(st.sampled_from(KEYS), unique=True).map(tuple), st.just(()),
                    st.floats(0, 1e5), st.floats(0, 1e9))
STANDARDS = st.builds(Standards, st.just(date(2030, 1, 1)), st.integers(0, 10**5), st.integers(0, 10**9),
                      st.sampled_from(NAMES))
CAUSES = st.sampled_from(("", *NAMES))


@given(RESULTS, STANDARDS, CAUSES, st.sampled_from(KEYS), st.floats(0, 1), st.floats(0, 1))
def test_a_breach_never_raises_a_grade_whatever_else_it_gains(result, asked, cause, breach, people, cost):
    worse = PlanResult((*result.breaches, breach), (), result.people * people, result.cost * cost)
    assert met(gates_of(worse, asked.cause, asked)) <= met(gates_of(result, cause, asked))
    assert not passed(gates_of(worse, asked.cause, asked))


@given(RESULTS, STANDARDS, CAUSES, st.floats(0, 1), st.floats(0, 1))
def test_fewer_people_without_shelter_and_less_money_never_lower_a_grade(result, asked, cause, people, cost):
    better = PlanResult(result.breaches, (), result.people * people, result.cost * cost)
    assert met(gates_of(better, cause, asked)) >= met(gates_of(result, cause, asked))
    assert met(gates_of(result, asked.cause, asked)) >= met(gates_of(result, cause, asked))


@given(RESULTS, STANDARDS)
def test_no_answer_never_passes(result, asked):
    assert not passed(gates_of(result, "", asked))
