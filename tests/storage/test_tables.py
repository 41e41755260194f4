"""Tables for sharing: letters survive in Excel, no text becomes a formula, and our own reader reads them back."""

import csv
import io

import pandas as pd
import pytest

from mixedmig_model.inputs.reading.tables import table_rows
from mixedmig_model.storage.tables import BYTE_ORDER_MARK, harmless, shared_cell, table_text, write_frame, write_table

FORMULAS = (
    "=1+1", "+1+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "   +cmd", "\u00a0=1", "\u3000@x",
    "\uff1d1+1", " \uff1d1", "\uff0b1x", "\uff0d1x", "\uff20x", "\u200b=1", "\ufeff=1", "\ufe66x", "\tplain",
)
PLAIN = ("plain = text", "a-b", "5 %", "-5.00", "+3", "1e-6", "", "'quoted", "x@y.org", "Österreich", "日本")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"
    assert next(csv.reader(io.StringIO(table_text(("a",), [(text,)]).split("\r\n", 1)[1], newline="")))[0][0] == "'"


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_and_numbers_stay_as_they_are(text):
    assert harmless(text) == shared_cell(text) == text


@pytest.mark.parametrize(("text", "shared"), [
    ("Tents;=cmd", "Tents;'=cmd"), ("a\n=1", "a\n'=1"), ("a; \uff1d1", "a;' \uff1d1"), ("a\t@x", "a\t'@x"),
    ("Tents; kits", "Tents; kits"), ("two\nlines", "two\nlines"),
])
def test_a_spreadsheet_that_splits_at_other_signs_finds_no_formula_either(text, shared):
    assert shared_cell(text) == shared


def test_a_table_begins_with_a_byte_order_mark_and_our_reader_reads_it(tmp_path):
    columns = ("start", "country", "note")
    rows = [("2017-01-01", "here", "Zürich, 東京"), ("2017-02-01", "there", "=1+1"), ("2017-03-01", "here", "x;y")]
    write_table(tmp_path / "t.csv", columns, rows)
    assert (tmp_path / "t.csv").read_bytes().startswith(BYTE_ORDER_MARK.encode())
    faults = []
    read = table_rows(tmp_path / "t.csv", "t.csv", columns, faults)
    assert [one.cells["start"] for one in read] == [row[0] for row in rows]
    assert [one.cells["note"] for one in read][:2] == ["Zürich, 東京", "'=1+1"]


def test_a_data_frame_keeps_its_numbers_and_dates_and_loses_its_formulas(tmp_path):
    frame = pd.DataFrame({
        "scenario": ["-x", "base"], "when": pd.to_datetime(["2017-01-01", "2017-01-08"]), "cost": [-5.0, 2.5],
        "kind": pd.Categorical(["=a", "b"]),
    })
    write_frame(tmp_path / "f.csv", frame, "%.2f")
    assert (tmp_path / "f.csv").read_bytes().startswith(BYTE_ORDER_MARK.encode())
    assert (tmp_path / "f.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "scenario,when,cost,kind", "'-x,2017-01-01,-5.00,'=a", "base,2017-01-08,2.50,b"]
    assert pd.read_csv(tmp_path / "f.csv")["scenario"].tolist() == ["'-x", "base"]
