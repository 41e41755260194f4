"""Countable rules for every text that a person meets: short sentences, plain words, few semicolons.

``faults`` checks a text in plain words or Markdown. It splits the text into paragraphs, list items and cells of tables.
It leaves out code, addresses, formulas, comments and citations in brackets. A name in backticks counts as one word.
"""

import re
from collections.abc import Iterator

MOST_WORDS = 25
MOST_SEMICOLONS = 1
PLAIN = {
    r"apart": "separately, except",
    r"but for": "except",
    r"(?:stands? )?beside": "next to",
    r"side by side": "next to each other",
    r"told": "known, distinguished",
    r"a hair": "slightly",
    r"nought": "zero",
    r"whoever": "people who, anyone who",
    r"by itself": "automatically, alone",
    r"at once": "immediately, at the same time",
    r"in place of": "instead of",
    r"made of": "made from, consists of",
    r"are asked": "must, request",
    r"(?:is|are) owed": "has a right to, owes",
    r"1 (?:persons|people)": "1 person",
}
"""Words that a native reader stumbles over, with better ones."""
OTHERWISE = re.compile(
    r"(?<!^)(?<![,;:.(–] )(?<!\bor )(?<!\band )(?<!unless )(?<!unless stated )\botherwise\b", re.IGNORECASE)
"""``otherwise`` for "in another way"; for "if not" it starts a clause or follows ``unless``."""
WORDS = {better: re.compile(rf"(?<![\w.,-]){word}(?![\w-])", re.IGNORECASE) for word, better in PLAIN.items()}
LEFT_OUT = (
    (re.compile(r"^---\n.*?\n---\n", re.DOTALL), ""),  # front matter
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"^ *(```|~~~).*?^ *\1 *$", re.DOTALL | re.MULTILINE), ""),
    (re.compile(r"\$\$.*?\$\$", re.DOTALL), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[[\w/]+\.\w+\]\([^)]*\)"), "Name"),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"``.+?``|`[^`]+`", re.DOTALL), "Name"),
    (re.compile(r"\$[^$\n]+\$"), "Formula"),
    (re.compile(r"<?https?://[^\s>)]+>?"), ""),
    (re.compile(r"</?[a-zA-Z][^<>]*>"), " "),
    (re.compile(r"\([^()]*\b(?:1[89]|20)\d\d\b[^()]*\)|\((?:see|para|art|p|pp)\b[^()]*\)", re.IGNORECASE), ""),
)
"""What is no prose, with what it leaves behind."""
CODE = re.compile(r"(?:(?<=\n\n)|\A)(?: {4,}|\t)(?! *(?:[-*+]|\d+\.) )[^\n]*"
                  r"(?:\n(?: {4,}|\t)[^\n]*|\n(?=\n(?: {4,}|\t)))*")
"""Lines set in by four blanks after an empty line."""
ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)]|#+|>) +", re.MULTILINE)
SHORT = re.compile(r"\b(e\.g|i\.e|cf|vs|approx|Nos?|[Aa]rts?|paras?|pp?|[Vv]ol|[Cc]h|[Ff]ig|St|Mr|Ms|Dr|et al|"
                   r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=[\s,;)])")
"""Words that end with a full stop within a sentence."""
END = re.compile(r"(?<=[.!?])[\"”’')*_]*\s+(?=[\"“‘'(*_]*[A-Z0-9+−-])")


def blocks(text: str) -> Iterator[str]:
    """Yield paragraphs, list items, headings and entries of cells, without what is no prose.

    A cell is a list: its entries end with semicolons.
    """
    text = text.replace("\r\n", "\n")
    for pattern, left in LEFT_OUT[:3]:
        text = pattern.sub(left, text)
    text = CODE.sub("", text)
    for pattern, left in LEFT_OUT[3:]:
        text = pattern.sub(left, text)
    text = ITEM.sub("\n\n", text)
    for block in re.split(r"\n\s*\n", text):
        if block.lstrip().startswith("|"):
            for entry in re.split(r"(?<!\\)\||\n|;", block):
                if re.search(r"\w", entry):
                    yield " ".join(entry.split())
        elif block.strip():
            yield " ".join(block.split())


def sentences(block: str) -> list[str]:
    """Split a paragraph into its sentences."""
    return END.split(SHORT.sub(lambda found: found[1].replace(".", "\u2024") + "\u2024", block))


def length(sentence: str) -> int:
    """Count the words of a sentence; signs without letter or digit count nothing."""
    return sum(1 for word in sentence.split() if re.search(r"\w", word))


def faults(text: str, allowed: tuple[str, ...] = ()) -> list[str]:
    """List the faults of a text.

    Parameters
    ----------
    text : str
        Plain words or Markdown.
    allowed : tuple of str
        Phrases that stay as they are: titles, quotations.

    Returns
    -------
    list of str
        One line a fault: the rule, then the words.
    """
    for phrase in allowed:
        text = text.replace(phrase, "Title")
    found = []
    for block in blocks(text):
        for sentence in sentences(block):
            if (count := length(sentence)) > MOST_WORDS:
                found.append(f"{count} words: {sentence}")
        for better, word in WORDS.items():
            found += [f"{hit[0]!r} (better: {better}): {around(block, hit)}" for hit in word.finditer(block)]
        found += [f"'otherwise' (better: in another way): {around(block, hit)}" for hit in OTHERWISE.finditer(block)]
        if (count := block.count(";")) > MOST_SEMICOLONS:
            found.append(f"{count} semicolons: {block}")
    return found


def around(block: str, hit: re.Match[str]) -> str:
    """Return a match with some words on both sides."""
    return f"...{block[max(hit.start() - 40, 0):hit.end() + 40]}..."
