"""What a mutation is: a workspace with one thing changed, and what may become of it."""

import random
import string
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from fuzzing.workspace import GRIDS, HOME, Entry, Tree

Must = Literal["be refused", "be said", "be read", "be accepted", "keep its numbers"]
"""What a mutant must do.

``be refused``: no reading of it is right. ``be said``: it is refused, or a caution is given. ``be read``: it is
refused, or the change shows. ``be accepted``: it means the same to everybody. ``keep its numbers``: it is refused, or
accepted with the same numbers (rows in another order).
"""


@dataclass(frozen=True)
class Mutant:
    """A changed workspace.

    Attributes: kind, the name of the mutation; tree, all files after it; file, the path that was changed; words, of
    which a refusal names at least one; what, the change in one line; must, what may become of it.
    """

    kind: str
    tree: Tree
    file: str
    words: tuple[str, ...]
    what: str
    must: Must = "be read"

    def told(self) -> "Mutant":
        """Return it without its files: what a summary needs."""
        return replace(self, tree={})


class Unfit(Exception):
    """The file has nothing that this kind of mutation could change."""


Change = tuple[Tree, tuple[str, ...], str, Must]
"""The tree after a change, words that a refusal may name, the change in words, and what it must lead to."""
Kind = Callable[[Tree, str, random.Random], Change]
"""A mutation of one file of a tree. Raises Unfit."""
KINDS: dict[str, tuple[Kind, str]] = {}
"""All mutations by name, each with the ending of the files that it changes (empty: any)."""


def kind(name: str, ending: str = "") -> Callable[[Kind], Kind]:
    """Register a mutation under a name."""
    def add(function: Kind) -> Kind:
        KINDS[name] = function, ending
        return function

    return add


def changed_file(tree: Tree, file: str, content: bytes | str, what: str, *words: str,
                 must: Must = "be read") -> Change:
    """Return the change of one file's content."""
    made: Entry = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    if made == tree[file]:
        raise Unfit
    return {**tree, file: made}, words, what, must


def content_of(tree: Tree, file: str) -> bytes:
    """Return the content of a file."""
    entry = tree[file]
    if not isinstance(entry, bytes):
        raise Unfit
    return entry


def text_of(tree: Tree, file: str) -> str:
    """Return the text of a file."""
    return content_of(tree, file).decode("utf-8")


def weight(name: str) -> float:
    """Return how often a file is changed, relative to others: what users write most is changed most."""
    if name.endswith(".md"):
        return 0.0
    if name.startswith(HOME):
        return 6.0
    return 2.0 if name in GRIDS else 0.5


def make(tree: Tree, seed: int, number: int, only: str = "") -> Mutant:
    """Return the mutant of a number: always the same one for the same seed. Args: only, a kind of mutation."""
    rng = random.Random(f"{seed}:{number}:{only}")
    names = sorted(tree)
    weights = [weight(name) for name in names]
    name = only or rng.choice(sorted(KINDS))
    function, ending = KINDS[name]
    while True:
        file = rng.choices(names, weights)[0]
        if not file.endswith(ending):
            continue
        try:
            after, words, what, must = function(tree, file, rng)
        except Unfit:
            continue
        return Mutant(name, after, file, words=(file, *words), what=f"{file}: {what}", must=must)


def misspelt(word: str, rng: random.Random) -> str:
    """Return a word with one slip of the finger in it."""
    at = rng.randrange(len(word))
    slips = (
        word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + rng.choice(string.ascii_lowercase)
        + word[at + 1 :], word.capitalize(), word.replace("_", "-"), word + "s", word.upper(), word + " ",
    )
    others = [slip for slip in slips if slip not in (word, "")]
    return rng.choice(others)
