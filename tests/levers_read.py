"""What the product says of each lever alone, in each shipped case: python tests/levers_read.py [--case NAME]

Writes docs/levers_read.md: the sentence, the signs expected of it (tests/data/judgement_expected.csv), the signs found,
and why they differ where they do, or why they follow from the case. With cases only their parts are made anew.
"""

import argparse
import csv
from functools import cache
from pathlib import Path

from judged_options import BASELINES, base_of, case, counted, differing, signs, with_lever

from mixedmig_model.record.verdicts import largest_outside, speeds_up
from mixedmig_model.record.words.judged.sentence import About, judgement_sentence
from mixedmig_model.results.indicators.judgement import judge
from mixedmig_model.study.responses import judged_run, made_breaches

EXPECTED = Path(__file__).with_name("data") / "judgement_expected.csv"
PAGE = Path(__file__).parents[1] / "docs" / "levers_read.md"
HEAD = """# Levers as they read

Made by `python tests/levers_read.py`; do not edit. The page has what the product says of each lever alone, at full
intensity, added to one scenario of each shipped case. Each sentence is that of the default run, without draws.

Signs: `+` better, `-` worse, `?` unclear, `.` no harm differs. Letters: D deaths, A time adrift, S owed
protection and sent back, U owed protection and without it, N needs not seen, H without shelter, T detention, C children
detained, F children separated from a detained parent, L without any status, X owed protection without a durable
solution. Breaches: `b!` adds, `b^` grows, `b~` only seen better or less, `br` ends, `bs` shrinks.

Expected signs come from a prototype of the rule on an earlier version of the model. In it everybody came by sea. In
four cases people now come by land or air, so that enforcement against smuggling adds no danger at sea there. Expected
signs of a case that was added later were read off its runs. The last column says from what each follows. Signs of F and
of returns without a best-interests decision were read off too: F moves with the detention of adults. Sizes below 2 % of
the baseline may be silent. Effects on departures have test values: information -10 %, substitution 0.5, drivers 0.9,
enforcement -30 %.
"""
CASE = """
## {title}

Added to the scenario `{scenario}`.

| lever | what may be said | expected | found | why they differ, or follow |
|---|---|---|---|---|
"""
SMALL = "sizes below 2 % or none, or a breach that falls by less than 1 %"


@cache
def expected():
    """Expected signs, and why ours differ, by option and case."""
    return {key: (row["signs"], row["why"]) for key, row in expected_rows().items()}


@cache
def expected_rows():
    """The rows of expected signs by option and case, with what they follow from where a run is their only source."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return {(row["option"], row["case"]): row for row in csv.DictReader(file)}


def readings(name):
    """Each lever of a case: its judgement and its sentence."""
    base = base_of(name)
    runs = {lever: with_lever(name, lever) for lever in case(name).workspace.levers}
    judged = {lever: judged_run(run, base) for lever, run in runs.items()}
    own = judged_run(base, base)
    counts, tables = counted({"": own, **judged}, tables=True)
    countries = {key: country.title for key, country in case(name).case.countries.items()}
    for lever, run in runs.items():
        found = judge({"default": counts[lever]}, {"default": counts[""]}, made_breaches(run, base))
        outside = largest_outside(tables[lever], tables[""], case(name).case.coming)
        about = About(countries, outside, judged[lever] is not run, speeds_up(run, base), case(name).case.coming)
        yield lever, found, judgement_sentence(found, about)


def part(name):
    """The part of a case."""
    lines = [CASE.format(title=case(name).case.title, scenario=BASELINES[name])]
    for lever, found, sentence in readings(name):
        wanted, why = expected()[lever, name]
        ours, follows = signs(found), expected_rows()[lever, name]["follows"]
        reason = why if differing(wanted, found) else follows or ("" if ours == wanted else SMALL)
        lines.append(f"| {lever} | {sentence} | `{wanted}` | `{ours}` | {reason} |\n")
    return "".join(lines)


def page(names=tuple(BASELINES)):
    """The whole page; parts of cases that are not named are kept as they are."""
    kept = {}
    if set(names) != set(BASELINES):
        parts = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
        kept = {one: f"\n## {text}" for one, text in zip(BASELINES, parts, strict=True)}
    return "".join([HEAD, *(part(one) if one in names else kept[one] for one in BASELINES)])


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--case", action="append", choices=list(BASELINES), help="only this case; may be given again")
    PAGE.write_text(page(reader.parse_args().case or tuple(BASELINES)), encoding="utf-8")
