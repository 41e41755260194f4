"""The print pack of an exercise, as a folder of pages."""

from html import escape
from importlib.metadata import version
from pathlib import Path

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.present.exercise.pack.cards import inject_cards, role_cards, testimony
from mixedmig_model.present.exercise.pack.forms import evaluation_form, observer_form, team_forms
from mixedmig_model.present.exercise.pack.guide import guide
from mixedmig_model.present.exercise.pack.style import PAPER_TITLES, Paper, pack_style
from mixedmig_model.present.html.builders import Html, join, paragraphs, tag
from mixedmig_model.present.html.page import PAGE, STYLE
from mixedmig_model.record.words.teaching import pack
from mixedmig_model.storage.atomic import write_together

INDEX = "index.html"
SECRET = ("guide", "answers", "testimony")
"""Pages that no table gets."""


def write_pack(inputs: ExerciseInputs, folder: Path, paper: Paper = "a4") -> Path:
    """Write the pages of a pack into a folder, all or none.

    Parameters
    ----------
    inputs : ExerciseInputs
        The exercise.
    folder : Path
        Where the pages are written.
    paper : Paper, default 'a4'
        Size of the paper: ``a4`` or ``letter``.

    Returns
    -------
    Path
        The page that leads to all others.

    Raises
    ------
    OSError
        Where a page cannot be written.
    """
    pages = {folder / f"{name}.html": _page(inputs, name, body, paper) for name, body in pack_pages(inputs).items()}
    write_together({**pages, folder / INDEX: _index(inputs, paper)})
    return folder / INDEX


def pack_files() -> tuple[str, ...]:
    """Return the names of the files of a pack."""
    return (*(f"{name}.html" for name in pack.PAGES), INDEX)


def pack_pages(inputs: ExerciseInputs) -> dict[str, Html]:
    """Return the body of each page of a pack, by name."""
    return {
        "guide": guide(inputs), "roles": role_cards(inputs), "injects": inject_cards(inputs, answers=False),
        "answers": inject_cards(inputs, answers=True), "testimony": testimony(inputs.testimony),
        "forms": team_forms(inputs), "observer": observer_form(inputs), "evaluation": evaluation_form(),
    }


def _page(inputs: ExerciseInputs, name: str, body: Html, paper: Paper) -> str:
    secret = [tag("p", pack.FACILITATOR_ONLY, class_="secret")] if name in SECRET else []
    head = [tag("h1", pack.PAGES[name]), *secret, tag("p", pack.PAGE_NOTES[name], class_="note")]
    return _whole(inputs, pack.PAGES[name], join([*head, body]), paper)


def _index(inputs: ExerciseInputs, paper: Paper) -> str:
    """Return the page that leads to all others."""
    items = [tag("li", join([tag("a", title, href=f"{name}.html"), ". ", pack.PAGE_NOTES[name]]))
             for name, title in pack.PAGES.items()]
    title = pack.PACK_TITLE.format(title=inputs.exercise.title)
    parts = [tag("h1", title), paragraphs(inputs.exercise.summary),
             paragraphs(pack.PRINT_FIRST.format(paper=PAPER_TITLES[paper])), tag("ul", join(items))]
    return _whole(inputs, title, join(parts), paper)


def _whole(inputs: ExerciseInputs, title: str, body: Html, paper: Paper) -> str:
    exercise = inputs.exercise
    footer = pack.FOOTER.format(title=exercise.title, licence=exercise.licence, version=version("mixedmig"))
    return PAGE.format(title=escape(title), style=STYLE + pack_style(paper), body=body, footer=escape(footer),
                       estimate="")
