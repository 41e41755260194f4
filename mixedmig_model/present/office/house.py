"""Styles of Word documents.

A template restyles a document by the names of its styles. Standard names must be in it. Names of our own are added to
it where it lacks them, with the looks that they have here.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError
from mixedmig_model.record.words.pages import templates as said

TITLE, HEADER = "Title", "Header"
STANDARD = ("Normal", TITLE, "Heading 1", "Heading 2", "List Bullet", "Caption", HEADER, "Footer")
"""Styles that a template must have, by their English names."""
INK, SOFT, BREACH, LINE = "1C2430", "5B6573", "8C1D18", "D5DAE1"
"""Colours, as the pages have them."""
WORD_2013, LANGUAGE = "15", "en-GB"
"""The way to lay out pages that Word has had since 2013."""
BODY_FONT, LINES, INDENT = "Calibri", 1.0, 14.0
"""Font, height of a line, and an indent (points).

The indent is that of the second level of contents.
"""


class OwnStyle(NamedTuple):
    """A style of our own.

    It says on what it is based. Size and the space below and above are in points.
    """

    name: str
    base: str
    size: float
    colour: str = ""
    bold: bool = False
    after: float = 4.0
    before: float = 0.0


QUESTION, NOTE, ALERT, ALERT_ITEM, BANNER = (
    "Report Question", "Report Note", "Report Breach", "Report Breach Item", "Report Banner")
CELL, CELL_ITEM = "Report Cell", "Report Cell Item"
GRID = "Report Table"
CONTENTS, CONTENTS_TITLE = ("toc 1", "toc 2"), "Report Contents"
"""Word shows these names in capitals."""
OWN = (
    OwnStyle(QUESTION, "Normal", 12.0, SOFT),
    OwnStyle(NOTE, "Normal", 9.0, SOFT),
    OwnStyle(ALERT, "Normal", 10.5, BREACH, bold=True, after=2.0),
    OwnStyle(ALERT_ITEM, "List Bullet", 10.5, BREACH, after=2.0),
    OwnStyle(BANNER, "Normal", 9.0, BREACH, bold=True),
    OwnStyle(CELL, "Normal", 8.5, after=0.0),
    OwnStyle(CELL_ITEM, "List Bullet", 8.5, after=0.0),
    OwnStyle(CONTENTS_TITLE, "Normal", 14.0, bold=True),
    OwnStyle(CONTENTS[0], "Normal", 10.5, after=2.0),
    OwnStyle(CONTENTS[1], "Normal", 10.0, after=0.0),
)
"""Styles that are added where a template lacks them."""
HOUSE = (
    OwnStyle("Normal", "", 10.0, INK), OwnStyle(TITLE, "", 18.0, INK, bold=True, after=6.0),
    OwnStyle("Heading 1", "", 14.0, INK, bold=True, before=12.0), OwnStyle("Caption", "", 9.0, SOFT, after=6.0),
    OwnStyle("Heading 2", "", 11.5, INK, bold=True, after=3.0, before=9.0),
    OwnStyle("List Bullet", "", 10.0, INK, after=2.0), OwnStyle(HEADER, "", 8.5, BREACH, bold=True, after=0.0),
    OwnStyle("Footer", "", 8.0, SOFT, after=0.0),
)
"""Standard styles as they are without a template."""


def check_template(template: Path) -> None:
    """Refuse a template that cannot be used.

    It is tried before anything is solved.

    Parameters
    ----------
    template : Path
        A Word file.

    Raises
    ------
    InputFaultsError
        Where there is no such file, where it is no Word document, and where it lacks standard styles.
    """
    opened(template)


def opened(template: Path | None, scale: float = 1.0) -> Any:
    """Return a document to fill, with all styles.

    It is the template without its text, or an empty document in the style of the house. ``scale`` is that of all sizes
    of our own. Raises InputFaultsError.
    """
    document = _house_document(scale) if template is None else _from_template(template)
    for style in OWN:
        _add(document, style, scale)
    _add_grid(document)
    return document


def _from_template(template: Path) -> Any:
    """Return a template without its text; its headers, footers and page stay. Raises InputFaultsError."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(BytesIO(template.read_bytes()))
    except FileNotFoundError:
        raise _fault(said.TEMPLATE_MISSING, str(template)) from None
    except OSError as error:
        raise _fault(said.TEMPLATE_UNREADABLE.format(why=error.strerror), str(template)) from None
    except (OpcError, BadZipFile, KeyError, ValueError, SyntaxError):  # no package, or a package of another program
        raise _fault(said.TEMPLATE_NO_WORD, str(template)) from None
    names = {style.name for style in document.styles}
    if lacking := [name for name in STANDARD if name not in names]:
        raise _fault(said.TEMPLATE_LACKS.format(styles=_quoted(lacking)), str(template), said.TEMPLATE_STYLES)
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("}sectPr"):
            body.remove(child)
    return document


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _fault(problem: str, found: str, allowed: str = said.TEMPLATE_ALLOWED) -> InputFaultsError:
    return InputFaultsError([Fault("--template", 0, "", problem, found=found, allowed=allowed)])


def _house_document(scale: float) -> Any:
    """Return an empty document in the style of the house."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    document = docx.Document()
    for own in HOUSE:
        _dress(document.styles[own.name], own, scale)
        _set_font(document.styles[own.name])
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].paragraph_format.keep_with_next = True
    form = document.styles[TITLE].element.pPr
    for border in form.xpath("w:pBdr"):
        form.remove(border)
    document.styles[HEADER].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for mode in document.settings.element.xpath('.//w:compatSetting[@w:name="compatibilityMode"]'):
        mode.set(qn("w:val"), WORD_2013)
    for language in document.styles.element.xpath(".//w:docDefaults//w:lang"):
        language.set(qn("w:val"), LANGUAGE)
    return document


def _set_font(style: Any) -> None:
    """Give a style the font of the house, by its name and not by that of a theme."""
    from docx.oxml.ns import qn

    style.font.name = BODY_FONT
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        style.element.rPr.rFonts.attrib.pop(qn(kind), None)


def _dress(style: Any, own: OwnStyle, scale: float) -> None:
    """Give a style its size, colour, weight and space."""
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold = Pt(round(own.size * scale * 2) / 2), own.bold or None
    if own.name in ("Caption", "Normal"):
        style.font.bold = False
    if own.colour:
        style.font.color.rgb = RGBColor.from_string(own.colour)
    form = style.paragraph_format
    form.space_after, form.space_before = Pt(own.after * scale), Pt(own.before * scale)
    form.line_spacing = LINES


def _add(document: Any, own: OwnStyle, scale: float) -> None:
    """Add a style of our own, unless the document has it."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    if own.name in {style.name for style in document.styles}:
        return
    style = document.styles.add_style(own.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[own.base]
    _dress(style, own, scale)
    if own.name in (ALERT, ALERT_ITEM):
        edge = parse_xml(ALERT_EDGE.format(names=nsdecls("w"), colour=BREACH))
        style.element.get_or_add_pPr().insert_element_before(edge, *AFTER_BORDERS)
    if own.name == CONTENTS[-1]:
        style.paragraph_format.left_indent = Pt(INDENT)
    style.quick_style = True


def _add_grid(document: Any) -> None:
    """Add the style of tables, unless the document has it: thin lines between rows, and bold heads."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    if GRID not in {style.name for style in document.styles}:
        style = GRID_STYLE.format(names=nsdecls("w"), name=GRID, line=LINE, soft=SOFT)
        document.styles.element.append(parse_xml(style))


AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
"""What comes after borders in the form of a paragraph."""
ALERT_EDGE = """
<w:pBdr {names}><w:left w:val="single" w:sz="24" w:space="6" w:color="{colour}"/></w:pBdr>
"""
GRID_STYLE = """
<w:style {names} w:type="table" w:customStyle="1" w:styleId="ReportTable">
<w:name w:val="{name}"/><w:uiPriority w:val="59"/><w:qFormat/>
<w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{soft}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{soft}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{line}"/>
</w:tblBorders><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>
<w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{soft}"/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>
"""
