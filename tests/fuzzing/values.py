"""Mutations of single values in YAML files: numbers, units, dates, texts, names."""

import random
import re
from datetime import date, timedelta

from fuzzing.keys import YAML
from fuzzing.mutant import Change, Must, Unfit, changed_file, kind, misspelt, text_of
from fuzzing.spots import Spot, is_number, is_text, replaced, spots
from fuzzing.workspace import HOME, Tree

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HIDDEN = ("\u202e", "\u2066", "\u200b", "\u200d", "\u2060", "\ufeff", "\U000e0041", "\u00ad", "\u061c")
"""Signs that nobody sees, and that change what is read."""
HOSTILE = (
    "../../etc/passwd", "..\\..\\windows", "C:\\case", "/etc/passwd", "con", "nul.csv", "=1+1", "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>", "$x^2$", "${HOME}", "{{ 7*7 }}", "%s%n", "a" * 5000, "\N{GRINNING FACE}", "\u00a0",
    "x" * 64 + ".csv", "~/case", "file:///etc/passwd", "Ｈarbourland", "hаrbourland", "&amp;", "'; drop table",
    "[a](javascript:b)",
)
"""Texts that mean something elsewhere. They are text here, or no valid name."""
UNITS = (
    "day", "days", "hour", "month", "1/day", "1/month", "person", "persons", "person/day", "officer", "share", "%", "1",
    "USD", "USD/person", "m2/person", "place", "day*person", "10**10**10", "km", "week", "1/0", "",
)
OTHERS = ("true", "null", "~", "yes", "no", "[]", "{}", "[1, 2]", "{a: 1}", "'12'", "12", "many", "''", "- 1", "0x1f",
          "1:30", "2018-01-01", "2018-01-01T00:00:00")


def quoted(text: str) -> str:
    """Return text within double quotes of YAML; what nobody could see is written as an escape."""
    signs = (sign if sign.isprintable() and sign not in '"\\' else f"\\U{ord(sign):08x}" for sign in text)
    return f'"{"".join(signs)}"'


def at_one(tree: Tree, file: str, rng: random.Random, fits: object) -> tuple[str, Spot, str]:
    """Return the text of a file, one of its values that fit, and what that value says."""
    text = text_of(tree, file)
    there = [spot for spot in spots(text) if fits(spot)]
    if not there:
        raise Unfit
    spot = rng.choice(there)
    return text, spot, text[spot.value[0] : spot.value[1]]


def set_to(tree: Tree, file: str, text: str, spot: Spot, new: str, must: Must = "be read") -> Change:
    """Return the change of one value."""
    shown = new if len(new) < 60 else f"{new[:57]}..."
    return changed_file(tree, file, replaced(text, spot.value, new), f"{spot.dotted} set to {shown}", spot.name,
                        new.strip("'\""), *map(str, spot.path), must=must)


@kind("a value of another type", YAML)
def another_type(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, _ = at_one(tree, file, rng, lambda spot: True)
    return set_to(tree, file, text, spot, rng.choice(OTHERS))


@kind("a number scaled", YAML)
def scaled(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, old = at_one(tree, file, rng, is_number)
    value = float(old)
    new = rng.choice((value * 1e3, value * 1e15, value * 1e-3, -value, 0.0, -1.0, value * 2, value + 1, 1e15, 1e-300))
    return set_to(tree, file, text, spot, f"{new:g}")


@kind("a number without bounds", YAML)
def unbounded(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, _ = at_one(tree, file, rng, is_number)
    new = rng.choice((".nan", ".inf", "-.inf", "nan", "inf", "1e400", "9" * 400, "9" * 5000, "1e-400"))
    return set_to(tree, file, text, spot, new, must="be read" if new == "1e-400" else "be refused")


WRITTEN = ("{:.3f}", "1,8", "1 800", "1'800", "1_800", "'1800'", "1.800,5", "12e", "80 %", "+{:g}", "0{:g}", "1:30",
           "\u0661\u0662", "\uff11\uff12", "{:g} persons", "~{:g}", "<{:g}", "{:g}k", "\u2212{:g}", "1/2", "{:g}-{:g}")


@kind("a number written in another way", YAML)
def written(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, old = at_one(tree, file, rng, is_number)
    form = rng.choice(WRITTEN)
    return set_to(tree, file, text, spot, form.format(float(old), float(old)))


@kind("a dot for thousands", YAML)
def thousands(tree: Tree, file: str, rng: random.Random) -> Change:
    def large(spot: Spot) -> bool:
        return is_number(spot) and spot.name in ("persons", "value", "set", "add", "harbourland", "northmark")

    if "/reproduce/" in file:  # figures that are only compared: a wrong one is missed by the check itself
        raise Unfit
    text, spot, old = at_one(tree, file, rng, large)
    if not 1000 <= float(old) < 1e6:
        raise Unfit
    return set_to(tree, file, text, spot, f"{float(old):,.0f}".replace(",", "."),
                  must="be refused" if spot.name == "persons" else "be said")


@kind("a change beyond the range of its input", YAML)
def beyond(tree: Tree, file: str, rng: random.Random) -> Change:
    def is_change(spot: Spot) -> bool:
        return spot.path[0] == "changes" and spot.name in ("set", "scale", "add")

    if file != f"{HOME}/scenarios/alt.yaml":
        raise Unfit
    text, spot, _ = at_one(tree, file, rng, is_change)
    must: Must = rng.choice(("be said", "be refused"))
    size = 1e5 if must == "be said" else rng.choice((1e9, 1e15, 1e299))
    return set_to(tree, file, text, spot, f"{size:g}", must=must)


@kind("another unit", YAML)
def another_unit(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, _ = at_one(tree, file, rng, lambda spot: spot.name in ("unit", "per", "currency"))
    return set_to(tree, file, text, spot, f"'{rng.choice(UNITS)}'")


def dates_near(day: str, rng: random.Random) -> str:
    """Return a day written wrongly, one that does not exist, or another one."""
    there = date.fromisoformat(day)
    moved = [(there + timedelta(days=days)).isoformat() for days in (-400, -31, -1, 1, 30, 400, 4000)]
    return rng.choice((*moved, "2018-02-30", "2018-13-01", "2018-00-10", "2018-2-1", "01/02/2018", "1.2.2018",
                       f"{there:%d-%m-%Y}", "2018-01-01T00:00:00", "2018-01", "2018", "0001-01-01", "9999-12-31",
                       "2018-W05-1", "tomorrow", "43101"))


@kind("another date", YAML)
def another_date(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, old = at_one(tree, file, rng, lambda spot: spot.tag == "timestamp" or spot.name in ("start", "end"))
    if not DAY.fullmatch(old):
        raise Unfit
    return set_to(tree, file, text, spot, dates_near(old, rng))


@kind("start and end exchanged", YAML)
def upside_down(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, old = at_one(tree, file, rng, lambda spot: spot.name == "start" and spot.sort == "scalar")
    ends = [other for other in spots(text) if other.path[:-1] == spot.path[:-1] and other.name in ("end", "until")]
    if not ends:
        raise Unfit
    last = text[ends[0].value[0] : ends[0].value[1]]
    first, second = sorted(((spot.value, last), (ends[0].value, old)))
    new = replaced(replaced(text, *second), *first)
    return changed_file(tree, file, new, f"{spot.dotted} and its end exchanged", "start", "end", "until")


@kind("a hidden sign in a text", YAML)
def hidden(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, old = at_one(tree, file, rng, is_text)
    words = old.strip("'\">-|\n ")
    if not words or "\n" in words:
        raise Unfit
    at = rng.randrange(len(words) + 1)
    sign = rng.choice(HIDDEN)
    new = words[:at] + sign + words[at:]
    if rng.random() < 0.5:
        return set_to(tree, file, text, spot, quoted(new), must="be refused")
    return set_to(tree, file, text, spot, f'"{new}"', must="be refused")


@kind("a control sign in a text", YAML)
def control(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, _ = at_one(tree, file, rng, is_text)
    sign = rng.choice(("\\0", "\\e[31m", "\\a", "\\x7f", "\\x85", "\\uD800", "\\uFFFF", "\\r", "\\b", "\\L"))
    return set_to(tree, file, text, spot, f'"a{sign}b"')


@kind("a hostile text", YAML)
def hostile(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, _ = at_one(tree, file, rng, is_text)
    return set_to(tree, file, text, spot, quoted(rng.choice(HOSTILE)))


@kind("a hostile name", YAML)
def hostile_name(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    keyed = [spot for spot in spots(text) if spot.key]
    spot, name = rng.choice(keyed), rng.choice((*HOSTILE, *HIDDEN, "", " ", "\n", "__proto__", "1", "true", "null"))
    return changed_file(tree, file, replaced(text, spot.key, quoted(name)), f"{spot.dotted} called {name[:40]!r}",
                        spot.name, name)


@kind("a name misspelt", YAML)
def name_misspelt(tree: Tree, file: str, rng: random.Random) -> Change:
    text, spot, old = at_one(tree, file, rng, is_text)
    if not re.fullmatch(r"[\w.-]+", old):
        raise Unfit
    slip = misspelt(old, rng)
    return set_to(tree, file, text, spot, f'"{slip}"')
