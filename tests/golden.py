"""Every number of the shipped cases beside those kept in golden.json: python tests/golden.py [--renew] [--case NAME]

Kept are, of each scenario, all variables of its netCDF (digest, sum, largest size) and all numbers of report.json and
indicators.csv by what they mean, wherever they stand; costs.csv by item; and a few draws. The kernel solves all runs,
because it takes the same steps on every machine; how far it lies from scipy is no part of it. On the machine and
libraries that made the file variables must be equal to the bit and numbers to 1e-12, of draws to 1e-9; elsewhere
numbers must be equal to 1e-8. Each report.json is also held against its published schema.
"""

import argparse
import csv
import hashlib
import json
import math
import os
import platform
import re
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

import numpy as np
import scipy
from jsonschema import Draft202012Validator
from scipy.io import netcdf_file

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.handbook.schemas import REPORT_FILE
from mixedmig_model.record.files import RECORD_FILE
from mixedmig_model.record.finished import COSTS_FILE, DATA_FOLDER, make_comparison, ordered
from mixedmig_model.solve.run import choose_solver
from mixedmig_model.study.ensemble.run import Design, run_ensemble

FILE = Path(__file__).with_name("golden.json")
SCHEMA = Path(__file__).parents[1] / "docs" / REPORT_FILE
DRAWN_CASE, DRAWS, SEED, LONGEST, MOST_LINES = "generic_surge", 6, 1, 24, 200
CLOSE, NEAR, ELSEWHERE = 1e-12, 1e-9, 1e-8
WHOLE, DRAWN = "(case)", "(draws)"  # they stand where scenarios do: for numbers of none in particular, and of draws
NAMED_BY = (
    ("scenario", "item"), ("scenario",), ("item", "where"), ("item",), ("key",), ("name", "where", "when"), ("name",),
    ("quantity", "country", "start", "end", "kind", "group"), ("title", "country", "first", "last", "group"),
    ("parameter", "where", "when"), ("parameter",), ("year", "payer"),
    ("country", "start", "end"), ("stage", "class"), ("function", "country"), ("country",), ("payer",), ("part",),
)
"""Fields that name an entry of a list: the first of these sets that it has."""
Known = namedtuple("Known", "scenarios countries")  # with years, names that mean the same wherever they stand


def case_names():
    """Names of the shipped cases."""
    return sorted(path.name for path in (installed_workspace() / "parameters" / "cases").iterdir() if path.is_dir())


def make_results(case, folder):
    """Write the comparison of all scenarios of a case, and of one case a few draws of its baseline; names in it."""
    inputs = read_case(read_workspace(installed_workspace()), case)
    names = ordered(inputs, None)
    make_comparison(inputs, names, folder, workers=2, path="kernel")
    if case == DRAWN_CASE:
        solver = choose_solver("kernel")
        design = Design((inputs.case.baseline,), DRAWS, SEED, block=DRAWS, together=solver.together)
        run_ensemble(inputs, design, folder / DRAWN, workers=2, solver=solver.solve)
    return Known(names, list(inputs.case.countries))


def sums(values):
    """The sum and the largest size of the numbers of an array, and how many are NaN; nothing of text."""
    if values.dtype.kind not in "biuf":
        return {}
    numbers = values[~np.isnan(values)].astype(float)
    found = {"sum": float(numbers.sum()), "largest": float(np.abs(numbers).max(initial=0.0))}
    return found | ({"nan": values.size - numbers.size} if numbers.size < values.size else {})


def variables(file, exact=True):
    """What is kept of all variables of a netCDF file as they are stored; without digests where not ``exact``."""
    kept = {}
    with netcdf_file(file, mmap=False) as stored:
        for name, one in stored.variables.items():
            content = f"{one.data.dtype.str} {one.data.shape}".encode() + one.data.tobytes()
            digest = {"digest": hashlib.sha256(content).hexdigest()[:16]} if exact else {}
            kept[f"variable {name}"] = digest | sums(one.data)
    return kept


def cost_lines(file):
    """The lines of costs.csv by item, in the way of ``numbers_in``: their digest, how many, their sum and largest."""
    lines = {}
    for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()):
        line = row["country"], row["year"], row["payer"], float(row["cost"])
        lines.setdefault((f"={row['item']}", f"={row['scenario']}"), []).append(line)
    for names, found in lines.items():
        kept = {"digest": hashlib.sha256(repr(sorted(found)).encode()).hexdigest()[:16], "count": len(found)}
        yield (file.name, *names), (), kept | sums(np.array([line[-1] for line in sorted(found)]))


def indicator_rows(file):
    """The rows of indicators.csv as they stand in report.json, which has other words for the runs."""
    sides = {"default": "value", "low": "low_run", "high": "high_run"}
    for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()):
        value = {sides.get(row["need_share_run"], row["need_share_run"]): float(row["value"] or "nan")}
        yield {"key": row["indicator"], "values": {row["scenario"]: value}}


def labels(items, path, known):
    """Parts of the path to each entry of a list: its names after an equals sign; its place where nothing names it."""
    if len(items) == len(known.countries) and {"billed_by_country", "ledger", "between"} & set(path):
        way = ("from " if isinstance(items[0], list) else "to ") if "between" in path else ""
        return [(f"={way}{country}",) for country in known.countries]
    return [tuple(f"={name}" for name in named(entry)) or (str(at),) for at, entry in enumerate(items)]


def named(entry):
    """The names of an entry of a list, if it has any."""
    if isinstance(entry, list):
        return [text for text in entry[:1] if isinstance(text, str)]
    for fields in NAMED_BY if isinstance(entry, dict) else ():
        if all(isinstance(entry.get(field, 0.0), str | None) for field in fields):
            return [entry[field] for field in fields if entry[field]]
    return []


def numbers_in(value, known, path=(), split=None):
    """All numbers of plain data (of a long list its sums) by two paths: to an entry of a list, and within it."""
    long = isinstance(value, list) and len(value) > LONGEST and all(isinstance(one, int | float) for one in value)
    if long or isinstance(value, int | float):
        kept = {"count": len(value), **sums(np.array(value, dtype=float))} if long else value
        yield path[:split], path[split:] if split else (), kept if kept == kept else "nan"
    elif isinstance(value, dict):
        for word, part in value.items():
            is_name = word in known.scenarios or word in known.countries or re.fullmatch(r"\d{4}", word)
            more = () if word in ("services", "values") else (f"={word}" if is_name else word,)  # these say nothing
            yield from numbers_in(part, known, (*path, *more), split)
    elif isinstance(value, list):
        for own, part in zip(labels(value, path, known), value, strict=True):
            entry = len(path) + (len(own) if isinstance(part, dict | list) else 0)
            is_scenario = len(own) == 1 and own[0][1:] in known.scenarios
            yield from numbers_in(part, known, (*path, *own), split or (None if is_scenario else entry))


def in_words(path, scenario):
    """The words of a path, and its names in alphabetical order, so that it does not matter what stands within what."""
    names = sorted(part[1:] for part in path if part.startswith("=") and part[1:] != scenario)
    return ".".join(part for part in path if not part.startswith("=")), ", ".join(names)


def by_key(found, known):
    """Numbers by scenario, line of the file, and within it; a stroke marks another number of a like key."""
    kept = {}
    for line, rest, value in found:
        scenario = next((part[1:] for part in (*line, *rest) if part[1:] in known.scenarios), WHOLE)
        (words, names), part = in_words(line, scenario), kept.setdefault(scenario, {})
        *outer, key = filter(None, (f"{words} [{names}]" if names else words, *in_words(rest, scenario)))
        for word in outer:
            part = part.setdefault(word, {})
        while part.setdefault(key, value) != value:
            key += "'"
    return kept


def case_kept(case, folder):
    """All that is kept of a case, by scenario and line; what it is made from is written to the folder."""
    known = make_results(case, folder)
    record = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(record)
    rows = numbers_in({"indicators": list(indicator_rows(folder / "indicators.csv"))}, known)
    record.pop("agreement", None)  # scipy takes another step now and then where a processor rounds another way
    kept = by_key([*numbers_in(record, known), *rows, *cost_lines(folder / COSTS_FILE)], known)
    for scenario in known.scenarios:
        kept[scenario] |= variables(folder / DATA_FOLDER / f"{scenario}.nc")
    for file in (folder / DRAWN).glob("*.nc"):  # one
        kept[DRAWN] = {f"{file.stem} {name}": one for name, one in variables(file, exact=False).items()}
    return kept


def this_machine():
    """What decides the last digits of a number."""
    info = Path("/proc/cpuinfo")
    models = re.findall(r"model name\s*: (.+)", info.read_text(encoding="utf-8")) if info.exists() else []
    return {"processor": (*models, platform.processor() or platform.machine())[0],
            "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__}


def flat(cases):
    """Kept values by case, scenario and line."""
    return {(case, s, line): value for case, kept in cases.items() for s in kept for line, value in kept[s].items()}


def size(value):
    """How many numbers are kept in a line."""
    return sum(map(size, value.values())) if isinstance(value, dict) else 1


def changed(old, new, near):
    """How two kept values differ, in words; none where they are equal. Args: near, how far numbers may be apart."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = {*old, *new} - (set() if near == CLOSE or "sum" not in old else {"digest"})
        found = {key: changed(old.get(key, "new"), new.get(key, "gone"), near) for key in sorted(keys)}
        if found.get("digest") and not found.get("sum", "text"):
            found["sum"] = f"{old['sum']} as before"
        return ", ".join(f"{key} {words}" for key, words in found.items() if words)
    numbers = isinstance(old, int | float) and isinstance(new, int | float)
    equal = math.isclose(old, new, rel_tol=near, abs_tol=near) if numbers else old == new
    return "" if equal else f"{old} -> {new}"


def differences(old, new, exact):
    """One line for each line of the file that is new, gone or another."""
    before, after = flat(old), flat(new)
    nears = {True: NEAR, False: CLOSE if exact else ELSEWHERE}
    found = {place: changed(before.get(place, "new"), after.get(place, "gone"), nears[place[1] == DRAWN])
             for place in sorted({*before, *after})}
    return [f"{' '.join(place)}: {words}" for place, words in found.items() if words]


def as_text(value, depth=0):
    """JSON with sorted keys and one line for each kept value."""
    if depth == 4 or not isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    lines = [f"{' ' * depth} {json.dumps(key)}: {as_text(value[key], depth + 1)}" for key in sorted(value)]
    return "{\n" + ",\n".join(lines) + f"\n{' ' * depth}}}"


def main():
    """Compare or renew; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--renew", action="store_true", help="write golden.json anew, and say what changed")
    parser.add_argument("--case", action="append", choices=case_names(), help="only this case; may be given again")
    asked = parser.parse_args()
    os.environ["MIXEDMIG_RUNS"] = "off"
    stored = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"machine": this_machine(), "cases": {}}
    exact = stored["machine"] == this_machine()
    if asked.renew and asked.case and not exact:
        parser.error("golden.json is of another machine or other libraries: renew all cases")
    new = {}
    for case in asked.case or case_names():
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            new[case] = case_kept(case, Path(folder))
        sys.stderr.write(f"{case}: {time.perf_counter() - start:.0f} s\n")
    old = {case: kept for case, kept in stored["cases"].items() if case in new or not asked.case}
    lines = differences(old, new, exact)
    more = [f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []
    sys.stdout.writelines(f"{line}\n" for line in [*lines[:MOST_LINES], *more])
    if asked.renew:
        whole = {"machine": this_machine(), "cases": {**(stored["cases"] if asked.case else {}), **new}}
        partial = FILE.with_name(f".{FILE.name}.partial")  # written under another name, so never half-written
        partial.write_text(as_text(whole) + "\n", encoding="utf-8")
        partial.replace(FILE)
    sizes = [size(value) for place, value in flat(new).items() if "variable " not in place[2]]
    sys.stdout.write("" if lines else f"golden: {len(flat(new)) - len(sizes)} variables, {sum(sizes)} numbers equal\n")
    return 1 if lines and not asked.renew else 0


if __name__ == "__main__":
    sys.exit(main())
