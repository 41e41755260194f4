"""The three sheets of a team as a page to print.

Rights lead; craft and what happened follow. Nothing is added up.
"""

from collections.abc import Mapping, Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path

from mixedmig_model.present.exercise.pack.style import Paper, pack_style
from mixedmig_model.present.exercise.printed.multiples import MULTIPLES_STYLE, multiples, tops
from mixedmig_model.present.html.builders import Html, join, paragraphs, table, tag
from mixedmig_model.present.html.page import PAGE, STYLE
from mixedmig_model.record.exercise.after_schema import PrintedSheets
from mixedmig_model.record.exercise.schema import PlayedLine
from mixedmig_model.record.words.exercise import printed as said
from mixedmig_model.record.words.exercise import templates as words
from mixedmig_model.storage.atomic import write_together

PRINTED_STYLE = """
.rights { border-left: 5px solid var(--breach); padding-left: 12px; }
.listed li { max-width: none; margin: 0.15em 0; }
.own { border: 1.5px solid var(--soft); border-radius: 4px; padding: 6px 12px; font-size: 1.06em; }
.sheet-part > h4 { margin: 0.5em 0 0; font-size: 0.95em; }
.plan-rows, .own { break-inside: avoid; }
.injects table th:first-child { width: 16%; }
.injects td:last-child { width: 38%; }
.injects td p { margin: 0 0 0.2em; }
@media print {
  body { font-size: 12px; line-height: 1.36; }
  h1 { margin: 0; }
  h2 { margin: 0.9em 0 0.3em; }
  h4 { break-after: avoid; }
  .listed { margin: 0.2em 0; }
  .sheet-part h3 { margin: 0.5em 0 0.1em; }
  .sheet-part p { margin: 0.3em 0; }
}
"""


def sheet_files(teams: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the pages of teams."""
    return tuple(f"sheets-{team}.html" for team in teams)


def write_sheets(records: Sequence[PrintedSheets], folder: Path, paper: Paper = "a4") -> tuple[Path, ...]:
    """Write a page of sheets for each team, all or none.

    Parameters
    ----------
    records : sequence of PrintedSheets
        The sheets.
    folder : Path
        Where the pages are written.
    paper : Paper, default 'a4'
        Size of the paper.

    Returns
    -------
    tuple of Path
        The pages.

    Raises
    ------
    OSError
        Where a page cannot be written.
    """
    files = [folder / name for name in sheet_files([one.sheets.team for one in records])]
    write_together({file: sheets_page(one, paper) for file, one in zip(files, records, strict=True)})
    return tuple(files)


def printed_style(paper: Paper) -> str:
    """Return the style of printed sheets for a size of paper."""
    return pack_style(paper) + MULTIPLES_STYLE + PRINTED_STYLE


def sheets_page(record: PrintedSheets, paper: Paper) -> str:
    """Return the page of a team."""
    title = said.SHEETS_TITLE.format(title=record.title, team=record.sheets.team)
    body = join([tag("h1", title), tag("p", record.facts, class_="note"),
                 tag("p", record.sheets.happened.text, class_="note"), rights_part(record),
                 happened_part(record, tops([record.pictures])), craft_part(record),
                 tag("h2", record.sheets.question), tag("div", "", class_="lines"), tag("div", "", class_="lines")])
    return PAGE.format(title=escape(title), style=STYLE + printed_style(paper), body=body,
                       footer=escape(footer_of(record.title, record.licence, record.sheets.notice)), estimate="")


def footer_of(title: str, licence: str, notice: str) -> str:
    """Return the foot of a printed page."""
    return said.FOOTER.format(title=title, licence=licence, version=version("mixedmig"), notice=notice)


def rights_part(record: PrintedSheets, whole: bool = True) -> Html:
    """Return each breach, who signed, and when it ended.

    ``whole``: with the heading of the sheet, else with that of the team.
    """
    rights = record.sheets.rights
    lines = [one.text for one in rights.breaches]
    unsigned = [one.text for one in (*rights.held, *rights.lapsed)]
    parts = [tag("h2", words.RIGHTS) if whole else tag("h3", record.sheets.team)]
    parts += [tag("p", rights.text)] if rights.text else []
    parts += [_lines(lines)] if lines else []
    parts += [tag("p", said.HELD_OR_LAPSED), _lines(unsigned)] if unsigned else []
    return tag("section", join(parts), class_="sheet-part rights")


def sentences(lines: Sequence[PlayedLine]) -> Html:
    """Return what may be said of runs."""
    return _lines([join([tag("strong", f"{one.title}: "), one.sentence]) for one in lines])


def happened_part(record: PrintedSheets, top: Mapping[str, tuple[float, str]], whole: bool = True) -> Html:
    """Return the team's run next to no action, plan, hindsight.

    ``whole``: with the heading of the sheet, and words on the references.
    """
    happened = record.sheets.happened
    heads = ["", *record.run_titles]
    rows = [[said.WITH_UNIT.format(title=one.title, unit=one.unit), *one.cells] for one in record.rows]
    own = [one for one in happened.runs if one.name == record.sheets.team]
    numbers = table(heads, rows, said.TABLE_CAPTION.format(round=record.sheets.round),
                    row_classes=[one.kind for one in record.rows], numeric=range(1, len(heads)))
    return tag("section", join([
        tag("h2", words.HAPPENED) if whole else tag("h3", record.sheets.team),
        *([tag("h3", said.WHAT_MAY_BE_SAID)] if whole else []), sentences(happened.runs if whole else own),
        multiples(record.pictures, top), *([tag("p", said.CONTEXT, class_="note")] if whole else []), numbers,
        tag("h3", said.OWN_SENTENCE), tag("p", happened.own_sentence, class_="own"),
    ]), class_="sheet-part")


def craft_part(record: PrintedSheets, whole: bool = True) -> Html:
    """Return decisions, forecasts, injects and objectives.

    ``whole``: with the heading of the sheet, injects, and objectives that nobody observed.
    """
    craft = record.sheets.craft
    parts = [tag("h2", words.CRAFT), paragraphs(craft.text)] if whole else [tag("h3", record.sheets.team)]
    seen = [one.text for one in craft.objectives if whole or one.mark]
    listed = [(said.DECISIONS, [one.text for one in craft.decisions], said.NONE_GIVEN),
              (said.FORECASTS, [one.text for one in craft.forecasts], said.NONE_GIVEN),
              (said.INJECTS, [one.text for one in craft.injects], said.NONE_GIVEN),
              (said.OBJECTIVES, seen, said.NOTHING_OBSERVED)]
    for title, texts, nothing in listed:
        if whole or title != said.INJECTS:
            parts += [tag("h3" if whole else "h4", title), _lines(texts) if texts else tag("p", nothing)]
    return tag("section", join(parts), class_="sheet-part")


def _lines(texts: Sequence[str]) -> Html:
    return tag("ul", join([tag("li", one) for one in texts]), class_="listed")
