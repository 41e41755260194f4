"""Mutations of the keys and the structure of YAML files."""

import random

from fuzzing.mutant import Change, Unfit, changed_file, kind, misspelt, text_of
from fuzzing.spots import Spot, column, entry, replaced, spots
from fuzzing.workspace import Tree

YAML = ".yaml"
DEEP = 40
UNKNOWN = (
    "colour: red", "enabled: true", "comment: see the annex", "happiness: up", "unit: person", "value: 3",
    "until: 2018-04-01", "countries: [harbourland]", "range: [0, 1]", "x-note: mine", "Title: twice", "scale: 2",
    "exclude: [interpreters]", "moves: {happiness: up}", "levers: []", "currency: EUR",
)
"""Entries that mean nothing in most places."""


def chosen(text: str, rng: random.Random, keyed: bool = False) -> Spot:
    """Return any value of a text. Args: keyed, one with a key."""
    there = [spot for spot in spots(text) if spot.key or not keyed]
    if not there:
        raise Unfit
    return rng.choice(there)


def before(text: str, spot: Spot, new: str) -> str:
    """Return the text with an entry put before another one, in its mapping or list."""
    at = entry(text, spot)[0]
    between = ", " if spot.flow else "\n" + " " * column(text, at)
    return text[:at] + new + between + text[at:]


@kind("an entry deleted", YAML)
def deleted(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    spot = chosen(text, rng)
    start, end = entry(text, spot)
    return changed_file(tree, file, text[:start] + text[end:], f"{spot.dotted} deleted", spot.name,
                        *map(str, spot.path))


@kind("a key twice", YAML)
def twice(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    spot = chosen(text, rng, keyed=True)
    start, end = entry(text, spot)
    return changed_file(tree, file, before(text, spot, text[start:end].rstrip(", \n")), f"{spot.dotted} twice",
                        must="be refused")


@kind("an item of a list twice", YAML)
def item_twice(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    items = [spot for spot in spots(text) if spot.key is None]
    if not items:
        raise Unfit
    spot = rng.choice(items)
    start, end = entry(text, spot)
    return changed_file(tree, file, before(text, spot, text[start:end].rstrip(", \n")), f"{spot.dotted} twice")


@kind("a key misspelt", YAML)
def key_misspelt(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    spot = chosen(text, rng, keyed=True)
    slip = misspelt(spot.name, rng)
    return changed_file(tree, file, replaced(text, spot.key, slip), f"{spot.dotted} called {slip!r}", spot.name, slip)


@kind("two keys exchanged", YAML)
def exchanged(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    spot = chosen(text, rng, keyed=True)
    beside = [other for other in spots(text) if other.key and other.path[:-1] == spot.path[:-1] and other != spot]
    if not beside:
        raise Unfit
    first, second = sorted((spot, rng.choice(beside)), key=lambda one: one.key)
    new = replaced(replaced(text, second.key, first.name), first.key, second.name)
    return changed_file(tree, file, new, f"{first.dotted} and {second.name} exchanged", first.name, second.name)


@kind("an unknown entry", YAML)
def unknown(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    spot, new = chosen(text, rng, keyed=True), rng.choice(UNKNOWN)
    return changed_file(tree, file, before(text, spot, new), f"{new!r} put before {spot.dotted}", new.split(":")[0])


@kind("an entry in the wrong place", YAML)
def misplaced(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    spot, place = chosen(text, rng, keyed=True), chosen(text, rng, keyed=True)
    if spot.sort != "scalar" or "\n" in text[spot.value[0] : spot.value[1]]:
        raise Unfit
    start, end = entry(text, spot)
    return changed_file(tree, file, before(text, place, text[start:end].rstrip(", \n")),
                        f"{spot.dotted} copied before {place.dotted}", spot.name)


@kind("an indentation changed", YAML)
def indented(tree: Tree, file: str, rng: random.Random) -> Change:
    lines = text_of(tree, file).split("\n")
    at = rng.randrange(len(lines))
    if not lines[at].strip() or lines[at].lstrip().startswith("#"):
        raise Unfit
    line = lines[at]
    lines[at] = rng.choice((line.removeprefix("  "), f"  {line}", f" {line}", "\t" + line.lstrip()))
    return changed_file(tree, file, "\n".join(lines), f"line {at + 1} indented in another way", *line.split(":")[:1])


@kind("an anchor, alias or tag", YAML)
def reference(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    spot = chosen(text, rng)
    if spot.sort != "scalar" or text[spot.value[0]] in "|>":
        raise Unfit
    mark = rng.choice(("&a ", "!!str ", "!!python/object/apply:os.system ", "!mine ", "!!float ", "*a #"))
    new = text[: spot.value[0]] + mark + text[spot.value[0] :]
    return changed_file(tree, file, new, f"{mark.strip()} at {spot.dotted}", must="be refused")


@kind("a YAML document of another form", YAML)
def another_form(tree: Tree, file: str, rng: random.Random) -> Change:
    text = text_of(tree, file)
    what, new = rng.choice((
        ("a directive", f"%YAML 1.1\n---\n{text}"), ("two documents", f"{text}\n---\nschema: 1\n"),
        ("a merge key", f"{text}\n<<: {{schema: 1}}\n"), ("a list", f"- {text.splitlines()[-1].strip()}\n"),
        ("deep lists", f"{text}\ndeep: {'[' * DEEP}{']' * DEEP}\n"),
        ("deep mappings", f"{text}\ndeep: {'{a: ' * DEEP}1{'}' * DEEP}\n"),
        ("very deep lists", f"{text}\ndeep: {'[' * 100_000}\n"),
        ("very many values", f"{text}\nmany: [{'0, ' * 60_000}0]\n"), ("text alone", "nothing here\n"),
        ("a key of a list", f"{text}\n? [a, b]\n: 1\n"),
    ))
    return changed_file(tree, file, new, what, must="be refused")
