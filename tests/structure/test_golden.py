"""The comparison with golden.json: numbers are found by what they mean, and every difference is told once."""

import json

import golden
import numpy as np
import pytest
from golden import (
    CLOSE,
    DRAWN,
    ELSEWHERE,
    NEAR,
    WHOLE,
    Known,
    as_text,
    by_key,
    changed,
    cost_lines,
    differences,
    indicator_rows,
    numbers_in,
    sums,
    variables,
)
from scipy.io import netcdf_file

KNOWN = Known(["as_it_is", "other"], ["greece", "italy"])
RECORD = {
    "need_share": {"low": 0.1, "high": 0.3},
    "indicators": [
        {"key": "deaths", "title": "Deaths", "values": {"as_it_is": {"value": 5.0}, "other": {"value": 4.0}}},
        {"key": "wait", "title": "Wait", "values": {"as_it_is": {"value": float("nan")}, "other": {"value": 2.0}}},
    ],
    "services": {"as_it_is": {
        "waits": [{"stage": "appeal", "class": "all", "median": 3.0}],
        "between": {"onward": [[0.0, 7.0], [8.0, 0.0]]}, "ledger": {"came": [10.0, 20.0]}, "costs": {"total": 9.0},
        "checks": [{"parameter": "checks.x", "inside": True}, {"parameter": "checks.y", "inside": None}],
    }},
    "costs": {"as_it_is": {
        "total": 9.0, "swings": [["tents", -1.0, 1.0]], "draws": [float(k) for k in range(100)],
        "items": [{"item": "tents", "stage": "reception", "by_year": {"2015": 1.5}, "billed_by_country": [1.0, 2.0]}],
    }},
}


def kept(record):
    """The numbers of a record by scenario and key."""
    return by_key(numbers_in(record, KNOWN), KNOWN)


def turned(value):
    """The same data with entries and keys in the opposite order, but for lists that nothing names."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [turned(entry) for entry in reversed(value)]
    return value


def one(value, scenario="as_it_is", key="x"):
    """A kept file of one value."""
    return {"case": {scenario: {key: value}}}


# ---- keys -------------------------------------------------------------------------------------------------------

def test_numbers_go_by_what_they_mean():
    found = kept(RECORD)
    assert found[WHOLE] == {"need_share.low": 0.1, "need_share.high": 0.3}
    assert found["other"] == {"indicators [deaths]": {"value": 4.0}, "indicators [wait]": {"value": 2.0}}
    assert found["as_it_is"] == {
        "indicators [deaths]": {"value": 5.0}, "indicators [wait]": {"value": "nan"},
        "waits [all, appeal]": {"median": 3.0}, "ledger.came": {"greece": 10.0, "italy": 20.0},
        "between.onward [from greece]": {"to greece": 0.0, "to italy": 7.0},
        "between.onward [from italy]": {"to greece": 8.0, "to italy": 0.0},
        "checks [checks.x]": {"inside": True}, "costs.total": 9.0,
        "costs.items [tents]": {"by_year": {"2015": 1.5}, "billed_by_country": {"greece": 1.0, "italy": 2.0}},
        "costs.swings [tents]": {"1": -1.0, "2": 1.0}, "costs.draws": {"count": 100, "sum": 4950.0, "largest": 99.0},
    }


def test_order_and_nesting_do_not_matter():
    assert kept(turned(RECORD)) == kept(RECORD)
    outside = {"waits": {"as_it_is": [{"median": 3.0, "class": "all", "stage": "appeal"}]}}
    inside = {"as_it_is": {"waits": [{"stage": "appeal", "class": "all", "median": 3.0}]}}
    assert kept(outside) == kept(inside)


def test_two_numbers_of_one_key_are_both_kept():
    found = kept({"rows": [{"item": "tents", "cost": 1.0}, {"item": "tents", "cost": 2.0}]})
    assert found == {WHOLE: {"rows [tents]": {"cost": 1.0, "cost'": 2.0}}}
    assert kept({"a": [1.0, {"b": 2.0}]}) == {WHOLE: {"a": {"0": 1.0}, "a.1": {"b": 2.0}}}


def test_rows_of_tables_are_found_like_the_record(tmp_path):
    costs, marks = tmp_path / "costs.csv", tmp_path / "indicators.csv"
    rows = ["as_it_is,tents,greece,2015,donor,1.5", "as_it_is,tents,italy,2015,donor,2.5"]
    head = "scenario,item,country,year,payer,cost"
    costs.write_text("\n".join([head, *rows]), encoding="utf-8")
    found = by_key(cost_lines(costs), KNOWN)
    line = found["as_it_is"]["costs.csv [tents]"]
    assert line == {"digest": line["digest"], "count": 2, "sum": 4.0, "largest": 2.5}
    costs.write_text("\n".join([head, *reversed(rows)]), encoding="utf-8")
    assert by_key(cost_lines(costs), KNOWN) == found
    costs.write_text("\n".join([head, *rows]).replace("donor", "host"), encoding="utf-8")
    assert by_key(cost_lines(costs), KNOWN) != found
    marks.write_text("scenario,need_share_run,indicator,value\nas_it_is,low,deaths,4.5\nas_it_is,default,wait,\n")
    again = {"indicators": list(indicator_rows(marks))}
    assert kept(again) == {"as_it_is": {"indicators [deaths]": {"low_run": 4.5}, "indicators [wait]": {"value": "nan"}}}


def test_variables_have_a_digest_and_sums(tmp_path):
    file = tmp_path / "run.nc"
    with netcdf_file(file, "w") as written:
        written.createDimension("day", 3)
        written.createVariable("people", "f8", ("day",))[:] = [1.0, -4.0, np.nan]
        written.createVariable("name", "S1", ("day",))[:] = [b"a", b"b", b"c"]
    found = variables(file)
    assert set(found["variable name"]) == {"digest"}
    assert found["variable people"] == {
        "digest": found["variable people"]["digest"], "sum": -3.0, "largest": 4.0, "nan": 1,
    }
    assert variables(file, exact=False) == {
        "variable people": {"sum": -3.0, "largest": 4.0, "nan": 1}, "variable name": {},
    }
    assert sums(np.array([], dtype=float)) == {"sum": 0.0, "largest": 0.0}


# ---- comparison -------------------------------------------------------------------------------------------------

def test_on_the_same_machine_numbers_agree_to_1e_12():
    assert not changed(1.0, 1.0, CLOSE)
    assert not changed(1.0, 1.0 + 1e-15, CLOSE)
    assert changed(1.0, 1.0 + 1e-11, CLOSE)
    assert changed({"digest": "a", "sum": 1.0}, {"digest": "b", "sum": 1.0}, CLOSE)
    assert not changed({"digest": "a", "sum": 1.0}, {"digest": "b", "sum": 1.000000005}, ELSEWHERE)
    assert changed({"digest": "a", "sum": 1.0}, {"digest": "b", "sum": 1.00000005}, ELSEWHERE)
    assert not changed(1.0, 1.0 + 1e-12, NEAR)
    assert not changed(1e-12, -1e-12, NEAR)
    assert changed(1.0, 1.0 + 1e-8, NEAR)
    assert not changed("nan", "nan", NEAR)
    assert changed("nan", 0.0, NEAR) == "nan -> 0.0"


def test_elsewhere_a_digest_counts_for_text_only():
    old, new = {"digest": "a", "sum": 1.0, "largest": 1.0}, {"digest": "b", "sum": 1.0 + 1e-13, "largest": 1.0}
    assert not changed(old, new, NEAR)
    assert changed(old, new, CLOSE) == "digest a -> b, sum 1.0 as before"
    assert changed(old, new | {"largest": 1.1}, NEAR) == "largest 1.0 -> 1.1"
    assert changed(old, new | {"nan": 1}, NEAR) == "nan new -> 1"
    assert changed({"digest": "a"}, {"digest": "b"}, NEAR) == "digest a -> b"
    assert changed({"by": {"x": 1.0, "y": 2.0}}, {"by": {"x": 1.0}}, NEAR) == "by y 2.0 -> gone"


def test_each_difference_is_one_line():
    assert differences(one(1.0), one(1.0), True) == []
    assert differences(one(1.0), one(2.0), True) == ["case as_it_is x: 1.0 -> 2.0"]
    assert differences(one(1.0), {}, True) == ["case as_it_is x: 1.0 -> gone"]
    assert differences({}, one(1.0), True) == ["case as_it_is x: new -> 1.0"]
    old, new = one({"sum": 1.0, "digest": "a"}), one({"sum": 1.0, "digest": "b"})
    assert differences(old, new, True) == ["case as_it_is x: digest a -> b, sum 1.0 as before"]


def test_draws_need_not_be_equal_to_the_bit():
    assert differences(one({"sum": 1.0}, DRAWN), one({"sum": 1.0 + 1e-13}, DRAWN), True) == []
    assert len(differences(one({"sum": 1.0}, DRAWN), one({"sum": 1.0 + 1e-6}, DRAWN), True)) == 1


# ---- the file and the command -----------------------------------------------------------------------------------

def test_the_file_has_one_line_for_each_value():
    stored = {"machine": {"numpy": "2"}, "cases": {"case": {"s": {"b": {"sum": 1.0, "digest": "a"}, "a": 0.1}}}}
    text = as_text(stored)
    assert json.loads(text) == stored
    lines = [line.strip() for line in text.splitlines()]
    assert lines.index('"a": 0.1,') + 1 == lines.index('"b": {"digest": "a", "sum": 1.0}')


@pytest.fixture
def command(monkeypatch, tmp_path):
    """The command on two cases of one number each, with a file of its own; gives exit codes."""
    numbers = {"one": 1.0, "two": 2.0}
    monkeypatch.setenv("MIXEDMIG_RUNS", "off")
    monkeypatch.setattr(golden, "FILE", tmp_path / "golden.json")
    monkeypatch.setattr(golden, "case_names", lambda: list(numbers))
    monkeypatch.setattr(golden, "case_kept", lambda case, folder: {"s": {"x": numbers[case]}})

    def run(*words, **changed):
        numbers.update(changed)
        monkeypatch.setattr("sys.argv", ["golden.py", *words])
        return golden.main()

    return run


def test_the_command_renews_and_compares(command, capsys):
    assert command("--renew") == 0
    capsys.readouterr()
    assert command() == 0
    assert capsys.readouterr().out == "golden: 0 variables, 2 numbers equal\n"
    assert command(two=3.0) == 1
    assert capsys.readouterr().out == "two s x: 2.0 -> 3.0\n"
    assert command("--case", "one") == 0
    assert command("--renew", "--case", "one", one=5.0) == 0
    assert capsys.readouterr().out.endswith("one s x: 1.0 -> 5.0\n")
    assert command("--case", "one") == 0
    assert command() == 1  # the other case kept what it had
    assert [path.name for path in golden.FILE.parent.iterdir()] == ["golden.json"]


def test_a_part_is_not_renewed_in_the_file_of_another_machine(command, monkeypatch):
    command("--renew")
    monkeypatch.setattr(golden, "this_machine", lambda: {"processor": "another"})
    assert command(one=1.0 + 1e-12) == 0
    with pytest.raises(SystemExit):
        command("--renew", "--case", "one")


def test_no_more_lines_than_can_be_read(command, capsys, monkeypatch):
    command("--renew")
    monkeypatch.setattr(golden, "MOST_LINES", 1)
    capsys.readouterr()
    assert command(one=7.0, two=8.0) == 1
    assert capsys.readouterr().out == "one s x: 1.0 -> 7.0\nand 1 more\n"
