"""The table of published totals: optional columns that say how sure a figure is, and what they mean."""

import math

import pytest
from faulty_workspace import OBSERVED, ROOT, exactly, read_all, swap

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.observations.published import OBSERVED_COLUMNS, read_observations
from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.inputs.workspace import read_workspace

ROW = "disembarked,2015-05-10,2015-05-23,all,{low},3600,{high},predicted,F1,{note}"
HERE = f"parameters/{OBSERVED}:{{line}}: "


@pytest.fixture
def read(tmp_path):
    def made(head, *rows):
        path = tmp_path / "observed.csv"
        path.write_text("\n".join((head, *rows, "")), encoding="utf-8")
        return read_observations(path, "observed.csv", {}, {}, ("disembarked",))
    return made


def test_a_table_without_the_columns_reads_as_before(read):
    (seen,) = read(",".join(OBSERVED_COLUMNS), ROW.format(low="3000", high="4000", note=""))
    assert (seen.bound, seen.rounding, seen.reliability, seen.ends, seen.scored) == (
        "exact", 0.0, "good", (3000.0, 4000.0), True)


@pytest.mark.parametrize(("cells", "ends", "scored"), [
    ("at_least,,", (3600.0, math.inf), True), ("at_most,,", (0.0, 3600.0), True), (",100,", (3550.0, 3650.0), True),
    ("at_least,100,", (3550.0, math.inf), True), ("at_most,1000,weak", (0.0, 4100.0), True),
    ("exact,0,doubtful", (3600.0, 3600.0), False), (",,", (3600.0, 3600.0), True)])
def test_bound_rounding_and_reliability_say_how_sure_a_figure_is(read, cells, ends, scored):
    head = ",".join((*OBSERVED_COLUMNS[:7], "bound,rounding,reliability", *OBSERVED_COLUMNS[7:]))
    (seen,) = read(head, f"disembarked,2015-05-10,2015-05-23,all,,3600,,{cells},predicted,F1,")
    assert (seen.ends, seen.scored) == (ends, scored)


def test_the_columns_may_stand_anywhere_and_alone(read):
    (seen,) = read("bound," + ",".join(OBSERVED_COLUMNS), "at_least," + ROW.format(low="", high="", note="x"))
    assert (seen.bound, seen.note) == ("at_least", "x")
    (seen,) = read(",".join(OBSERVED_COLUMNS) + ",reliability", ROW.format(low="", high="", note="x") + ",weak")
    assert (seen.reliability, seen.note) == ("weak", "x")


@pytest.mark.parametrize(("old", "new", "message"), [
    ("at_least,,", "at_lest,,", "bound: not one of the allowed values; found 'at_lest'; "
     "allowed: at_least, at_most, exact; did you mean 'at_least'?"),
    (",100,,", ",about,,", "rounding: not a number; found 'about'; allowed: a number from 0 to 1,000,000,000"),
    (",100,,", ",40000,,", "rounding: the rounding is larger than the figure; found '40000'; "
     "allowed: at most 32600"),
    ("at_least,,,", "at_least,,dubious,", "reliability: not one of the allowed values; found 'dubious'; "
     "allowed: doubtful, good, weak"),
    ("bound,rounding", "bound,bound", "unexpected columns; found …; allowed: quantity, start, end, country, low, "
     "value, high, kind, source, note; and, if wanted, bound, rounding, reliability"),
    ("bound,rounding", "bund,rounding", "unexpected columns; found …; allowed: quantity, start, end, country, low, "
     "value, high, kind, source, note; and, if wanted, bound, rounding, reliability; did you mean 'bound'?"),
])
def test_what_a_column_cannot_say_is_refused(folder, old, new, message):
    line = swap(OBSERVED, old, new)(folder)
    with pytest.raises(InputFaultsError, match=exactly(HERE + message, line)):
        read_all(folder.parent)


def test_shipped_figures_that_their_source_calls_more_than_are_bounds_and_doubtful_ones_are_not_scored():
    workspace = read_workspace(ROOT)
    seen = [one for name in workspace.cases for one in read_case(workspace, name).observations]
    more = [one for one in seen if one.note.startswith(("More than", "Over"))]
    assert len(more) == 5
    assert {one.bound for one in more if one.scored} == {"at_least"}
    derived = [one for one in more if one.bound == "exact"]  # a share of people in shelters in Japan, as a range
    assert [(one.low < one.value < one.high, one.scored) for one in derived] == [(True, False)]
    assert [one.scored for one in seen if "doubtful" in one.note] == [False]
