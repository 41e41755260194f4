"""Files are written, workers started and years measured in one place each."""

import pytest
from structure import places
from structure.source import PACKAGE, none, planted


def test_one_file_writes():
    none(places.second_writers(PACKAGE))


def test_no_exception_outlives_its_call():
    none(places.stale_exceptions(PACKAGE))


@pytest.mark.parametrize(("text", "call"), [
    ("path.write_text('a', encoding='utf-8')", "write_text"),
    ("path.write_bytes(b'')", "write_bytes"),
    ("open(path, 'w')", "open"),
    ("open(path, mode=how)", "open"),
    ("with path.open('ab') as stream:\n    stream.write(b'')", "open"),
    ("table.to_csv(path, index=False)", "to_csv"),
    ("table.to_csv(path_or_buf=path)", "to_csv"),
    ("ds.to_netcdf(path)", "to_netcdf"),
    ("figure.savefig(path, format='png')", "savefig"),
    ("import os\nos.replace(a, b)", "replace"),
    ("from os import replace\nreplace(a, b)", "replace"),
    ("partial.replace(target)", "replace"),
    ("partial.rename(target)", "rename"),
    ("import shutil\ndef f():\n    shutil.copyfile(a, b)", "copyfile"),
    ("from shutil import move as moved", "move"),
    ("from tempfile import NamedTemporaryFile", "NamedTemporaryFile"),
    ("import tempfile\ntempfile.mkstemp()", "mkstemp"),
    ("spreadsheet.save(path)", "save"),
    ("json.dump(record, stream)", "dump"),
    ("nbformat.write(notebook, path)", "write"),
    ("zipfile.ZipFile(path, 'w')", "ZipFile"),
])
def test_a_second_writer_is_reported(text, call, tmp_path):
    package = planted(tmp_path, {"record/a.py": text, "storage/atomic.py": text})
    assert places.second_writers(package) == [f"one writer: record/a.py: {call}"]


def test_reading_and_work_in_memory_are_not_reported(tmp_path):
    package = planted(tmp_path, {"record/a.py": """
from io import BytesIO
from shutil import rmtree
stream, names = BytesIO(), []
zipfile.ZipFile(stream, "w")
zipfile.ZipFile(BytesIO(parcel))
figure.savefig(stream, format="png")
text = table.to_csv(index=False)
content = ds.to_netcdf(engine="scipy")
with path.open("rb") as lines, open(path, encoding="utf-8") as more:
    name = name.replace("_", " ")
    moment = day.replace(day=1)
    array = array.rename(destination="country")
"""})
    assert places.second_writers(package) == []


def test_one_file_starts_workers():
    none(places.second_workers(PACKAGE))


@pytest.mark.parametrize(("text", "name"), [
    ("from concurrent.futures import ProcessPoolExecutor", "concurrent"),
    ("def f():\n    import multiprocessing.pool", "multiprocessing"),
    ("import subprocess", "subprocess"),
    ("from threading import Thread", "Thread"),
    ("import threading\nthreading.Thread(target=f)", "Thread"),
    ("import os\nos.fork()", "fork"),
])
def test_a_second_place_for_workers_is_reported(text, name, tmp_path):
    lock = "from threading import Lock"
    package = planted(tmp_path, {"study/a.py": text, "storage/workers.py": text, "solve/b.py": lock})
    assert places.second_workers(package) == [f"one place for workers: study/a.py: {name}"]


def test_one_file_knows_how_long_a_year_is():
    none(places.year_lengths(PACKAGE))


@pytest.mark.parametrize("number", [365, 365.0, 365.2425, 365.25, 366, 730.0, 731, 30.4, 30.44, 30.436875])
def test_a_second_length_of_a_year_is_reported(number, tmp_path):
    text = f"\nDAYS = {number}\nx = (360, 30, 31, 12, 52, '365')"
    package = planted(tmp_path, {"results/costs/a.py": text, "vocabulary/calendar.py": text})
    assert places.year_lengths(package) == [f"one year: results/costs/a.py: line 2, {number}"]


def test_a_length_of_a_year_in_a_text_is_reported(tmp_path):
    package = planted(tmp_path, {"inputs/a.py": 'UNITS = "year = 365.25 * day"\nNOTE = "over 365 days"'})
    assert places.year_lengths(package) == ["one year: inputs/a.py: line 1, 365.25"]
