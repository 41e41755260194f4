"""Words that the program says follow the countable rules of ``tests/plain_words.py``: pages, help, messages.

A slot of a template counts as one word. Sentences of a rendered page may have 35 words, because numbers, ranges and
names of options in brackets make them longer; a list whose entries are parted by semicolons is read entry by entry.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from plain_words import MOST_WORDS, WORDS, blocks, faults, length, sentences
from structure import words as rooms
from structure.source import PACKAGE, planted, sources

from mixedmig_model.cli.main import app

ROOMS = ("inputs", "storage", "study", "solve", "results", "record", "present", "api", "cli")
CODE = ("solve/kernel/", "present/handbook/", "present/html/", "present/diagram/draw.py", "results/browser/",
        "inputs/reading/units.py", "inputs/starting/texts.py", "study/teaching/case_files.py")
"""Texts for a compiler, a browser or a table of units. Docs and comments of a new case have a test elsewhere."""
AT_MOST, MOST_RENDERED = 60, 35
LABELS = ("{ends}; {payers}; gap {gap}",
          "% of the baseline; to the left is better; only harms with a material difference; bars end at 100 %")
"""A cell and an axis: labels in a row, no prose."""
BASIS = re.compile(r"^[\w\-/,; ]*\b(I-\d+|P\d+|para \d+)[\w\-/,; ]*$")
"""Where an indicator comes from: a list of rows and paragraphs."""
SLOT = re.compile(r"\{[^{}]*\}")
FOUND = re.compile(r"; (?=found |allowed: |did you mean)")
"""Parts of a message about an input: what is wrong, what was found, what is allowed."""
OLD = re.compile(r"\b(there is )?no such\b|\bstands? (there )?twice\b|\bnothing reads\b|\bupside down\b",
                 re.IGNORECASE)
"""Other wordings of faults that have one: unknown, duplicate, does not exist, low is above high."""
VERBS = {"Bring", "Compare", "Cost", "Find", "List", "Open", "Read", "Recompute", "Run", "Show", "Solve", "Write"}
COMMANDS = typer.main.get_command(app)


def plain(text: str) -> str:
    """Return a template with a word in place of each slot."""
    return SLOT.sub("Name", text)


def said(file_texts: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield texts of two words or more that are no markup."""
    for line, text in file_texts:
        if " " not in text.strip() or "<" in text or "@media" in text:
            continue
        if text not in LABELS and not BASIS.match(text):
            yield line, FOUND.sub(". ", plain(text))


def bad(package: Path) -> list[str]:
    """List the faults of all texts of the rooms, and faults with a wording of their own."""
    found = []
    for room in ROOMS:
        for file, module in sources(package, room):
            if file.startswith(CODE):
                continue
            for line, text in said(rooms.texts(module, "Name", rooms.docstrings(module))):
                found += [f"{file}: line {line}: {one}" for one in faults(text)]
                found += [f"{file}: line {line}: {hit[0]!r} has one wording" for hit in OLD.finditer(text)]
    return found


def test_pages_messages_and_titles_follow_the_rules():
    assert bad(PACKAGE) == []


def test_a_text_that_breaks_a_rule_is_reported(tmp_path):
    package = planted(tmp_path, {
        "inputs/a.py": 'x = "there is no such lever"\ny = f"found {x}; allowed: {x}; did you mean {x}"\n',
        "record/words/b.py": '"""It stands beside it."""\nX = "Costs, beside {people}; one; two."\n',
        "cli/c.py": 'def f(n):\n    say(f"{n} of them were told ' + "word " * 25 + '.")\n',
        "present/handbook/d.py": 'x = "Pages of docs, beside it."', "solve/kernel/e.py": 'x = "load beside it"',
        "results/f.py": 'x = "I-16; P78; para 4"\ny = "People put out, services apart."',
    })
    assert [re.split(r" \(better|: Name of", one)[0] for one in bad(package)] == [
        "inputs/a.py: line 1: 'there is no such' has one wording", "results/f.py: line 2: 'apart'",
        "record/words/b.py: line 2: 'beside'", "record/words/b.py: line 2: 2 semicolons: Costs, beside Name; one; two.",
        "cli/c.py: line 2: 30 words", "cli/c.py: line 2: 'told'",
    ]


# ---- help -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(COMMANDS.commands))
def test_help_begins_with_a_verb_has_an_example_and_follows_the_rules(name):
    command = COMMANDS.commands[name]
    first, _, rest = command.help.partition("\n")
    assert len(first) <= AT_MOST
    assert first.split()[0] in VERBS
    assert first.endswith(".")
    assert f"Example: mixedmig {name}" in rest
    texts_of_help = [command.help.split("Example:")[0], *(one.help for one in command.params if one.help)]
    assert [fault for text in texts_of_help for fault in faults(text)] == []
    for one in command.params:
        if isinstance(one, click.Option) and "--help" not in one.opts:
            assert one.help
            assert one.help.endswith(".")


# ---- a rendered page ------------------------------------------------------------------------------------------------


def rendered(html: str) -> Iterator[str]:
    """Yield the sentences of a page; the entries of a list are read one by one."""
    from html import unescape

    for block in re.split(r"</?(?:p|li|h\d|td|th|div|span|summary|figcaption|tr|table)\b[^>]*>", html):
        text = " ".join(unescape(re.sub(r"<[^>]+>", " ", block)).split())
        for paragraph in blocks(text):
            for sentence in sentences(paragraph):
                yield from sentence.split("; ")


def test_sentences_of_a_rendered_page_are_short_and_plain(book, monkeypatch):
    from mixedmig_model.present import workbook
    from mixedmig_model.record.front.summary import summary_of

    comparison, shown = book[0], []
    page = comparison.record.model_copy(update={"first_page": summary_of(comparison)})
    monkeypatch.setattr(workbook, "show", lambda *parts: shown.extend(str(part) for part in parts))
    monkeypatch.setattr(workbook.service_figures, "backlog_figure", lambda *_: "")
    monkeypatch.setattr(workbook.service_figures, "staff_figure", lambda *_: "")
    made = type(comparison)(page, comparison.runs)
    for part in (workbook.first_page, workbook.waits, workbook.staff, workbook.countries, workbook.responses,
                 workbook.answers, workbook.published, workbook.limits):
        part(made)
    said_here = list(dict.fromkeys(one for html in shown for one in rendered(html)))
    assert len(said_here) > 100
    assert [one for one in said_here if length(one) > MOST_RENDERED] == []
    assert [hit[0] for one in said_here for word in WORDS.values() for hit in word.finditer(one)] == []
    assert sum(length(one) > MOST_WORDS for one in said_here) <= len(said_here) / 20
