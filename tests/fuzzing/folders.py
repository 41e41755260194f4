"""Mutations of files and folders themselves: names, places, links, what is missing and what is too much."""

import random
from pathlib import PurePosixPath

from fuzzing.mutant import Change, Must, Unfit, content_of, kind
from fuzzing.workspace import CASE, HOME, Entry, Link, Special, Tree

EXTRA = (
    "costs.yml", "case.yml", "presets.yml", "notes.txt", "case.yaml.txt", "case.yaml~", "arrivals (1).csv",
    "Copy of costs.yaml", "arrivals.CSV", "costs.YAML", "~$costs.xlsx", "data.json", "old.zip", "script.py",
    "arrivals.xlsx", "base.yaml.bak",
)
"""Files that somebody might put beside others and take for read."""
UNSEEN = (".DS_Store", ".gitkeep", "README.md", ".~lock.arrivals.csv#")
"""Files that nobody takes for read."""


def is_unseen(name: str) -> bool:
    """Tell whether a file is a note, or one that systems and editors keep: nobody takes it for read."""
    return name in UNSEEN or name.startswith(("~$", ".~")) or name.endswith(".md")


def near_names(file: str, rng: random.Random) -> str:
    """Return a name that looks like that of a file and is another one, in the same folder."""
    path = PurePosixPath(file)
    stem, ending = path.stem, path.suffix
    name = rng.choice((
        f"{stem}{'.yml' if ending == '.yaml' else '.txt'}", f"{path.name}.txt", f"{stem}{ending.upper()}",
        f"{stem.capitalize()}{ending}",
        f"{path.name}.bak", f"{path.name}~", f"{stem} (1){ending}", f"Copy of {path.name}", f" {path.name}", f"{stem}",
        f"{stem}.new{ending}", f"{stem}s{ending}", f"{stem[:-1]}{ending}", f"{stem}\u200b{ending}", f"con{ending}",
        f"{stem}-2{ending}", f"{stem}.csv" if ending == ".yaml" else f"{stem}.yaml", f"{stem}\u202e{ending}",
    ))
    if not name or name == path.name:
        raise Unfit
    return str(path.with_name(name))


def at_home(tree: Tree, file: str) -> Entry:
    """Return a file's content; only files below parameters are read whatever a command is given."""
    if not file.startswith("parameters/"):
        raise Unfit
    return content_of(tree, file)


def _without(tree: Tree, *files: str) -> dict[str, Entry]:
    return {name: entry for name, entry in tree.items() if name not in files}


def _add(tree: Tree, name: str, entry: Entry, what: str, must: Must = "be read") -> Change:
    if name in tree or any(other.startswith(f"{name}/") for other in tree):
        raise Unfit
    above = [str(folder) for folder in PurePosixPath(name).parents if str(folder).count("/") > 0]
    return {**tree, name: entry}, (name, PurePosixPath(name).name, *above), what, must


@kind("a file renamed")
def renamed(tree: Tree, file: str, rng: random.Random) -> Change:
    content, name = at_home(tree, file), near_names(file, rng)
    words = (name, PurePosixPath(name).name, PurePosixPath(file).name, PurePosixPath(file).stem)
    return {**_without(tree, file), name: content}, words, f"renamed to {name!r}", "be read"


@kind("a file copied")
def copied(tree: Tree, file: str, rng: random.Random) -> Change:
    return _add(tree, near_names(file, rng), at_home(tree, file), "copied to a near name")


@kind("a file missing")
def missing(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    words = (PurePosixPath(file).name, PurePosixPath(file).stem)
    return _without(tree, file), words, "missing", "be read"


@kind("a folder missing")
def folder_missing(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    folder = rng.choice([str(above) for above in PurePosixPath(file).parents if len(above.parts) >= 1])
    gone = [name for name in tree if name.startswith(f"{folder}/")]
    words = (folder, PurePosixPath(folder).name, PurePosixPath(folder).name.rstrip("s"), *gone)
    return _without(tree, *gone), words, f"the folder {folder} is missing", "be read"


@kind("a folder renamed")
def folder_renamed(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    above = [folder for folder in PurePosixPath(file).parents if len(folder.parts) >= 2]
    if not above:
        raise Unfit
    old = rng.choice(above)
    new = old.with_name(rng.choice((
        f"{old.name}s", old.name.capitalize(), f"{old.name} (1)", f"{old.name}.old", f"_{old.name}", old.name[:-1],
        "con", f"{old.name}\u200b",
    )))
    moved = {name.replace(f"{old}/", f"{new}/", 1) if name.startswith(f"{old}/") else name: entry
             for name, entry in tree.items()}
    return moved, (str(new), new.name, str(old), old.name, old.name.rstrip("s")), f"{old} renamed to {new}", "be read"


@kind("one more file")
def extra_file(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    folder = rng.choice([PurePosixPath(file).parent, PurePosixPath("parameters")])
    entry = rng.choice((content_of(tree, file), b"schema: 1\n", b""))
    name = rng.choice((*EXTRA, *UNSEEN))
    return _add(tree, str(folder / name), entry, f"one more file {name!r} in {folder}")


@kind("one more folder")
def extra_folder(tree: Tree, file: str, rng: random.Random) -> Change:
    content = at_home(tree, file)
    parts = PurePosixPath(file)
    folder = parts.parent / rng.choice(("old", "scenarios", "drafts", "costs", "archive 2017", "base"))
    if rng.random() < 0.3:
        return _add(tree, str(folder), Special("folder"), f"an empty folder {folder}")
    return _add(tree, str(folder / parts.name), content, f"one more folder {folder} with a file")


@kind("a second case")
def second_case(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    name = rng.choice(("tiny2", "Tiny", "tiny copy", "tiny.old", "con", "draft"))
    parts = rng.choice((("case.yaml",), ("arrivals.csv", "scenarios/base.yaml"), ("case.yaml", "arrivals.csv"), ()))
    made = {f"{HOME[: -len(CASE)]}{name}/{part}": tree[f"{HOME}/{part}"] for part in parts}
    folder = f"{HOME[: -len(CASE)]}{name}"
    return {**tree, **(made or {folder: Special("folder")})}, (folder, name), f"a case {name!r} of {parts}", "be read"


@kind("a link in its place")
def link(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    name = PurePosixPath(file).name
    target, what = rng.choice((
        (name, "itself"), ("nowhere.yaml", "nothing"), ("/dev/zero", "a device"), ("..", "a folder"),
        ("/etc/passwd", "another file"),
    ))
    return {**tree, file: Link(target)}, (name, PurePosixPath(file).stem), f"a link to {what}", "be read"


@kind("one more link")
def extra_link(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    folder = PurePosixPath(file).parent
    name = rng.choice(("loop", "more.yaml", "linked", "zero.yaml"))
    target = {"loop": "..", "more.yaml": "nowhere", "linked": "/etc", "zero.yaml": "/dev/zero"}[name]
    return _add(tree, str(folder / name), Link(target), f"a link {name} to {target} in {folder}")


@kind("no file in its place")
def no_file(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    sort = rng.choice(("folder", "pipe"))
    words = (PurePosixPath(file).name, PurePosixPath(file).stem)
    return {**tree, file: Special(sort)}, words, f"a {sort} in its place", "be refused"


@kind("a file that may not be read")
def locked(tree: Tree, file: str, rng: random.Random) -> Change:
    at_home(tree, file)
    return {**tree, file: Special("locked")}, (PurePosixPath(file).name,), "its owner may not read it", "be read"
