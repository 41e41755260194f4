"""An executed notebook as one self-contained page.

It has no script and no outside address, and is readable on paper.
"""

import re
from html import escape
from pathlib import Path

from mixedmig_model.present.html.loading import without_grammars
from mixedmig_model.storage.atomic import write_file

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}</title><style>{style}</style></head>
<body>{estimate}<main>{body}</main>
<footer>{footer}</footer></body></html>
"""

CONTENTS = '<div class="contents"></div>'
"""Where a page has its list of contents."""
STDERR = re.compile(r'<div class="[^"]*\boutput_stderr\b[^"]*">\s*<pre>.*?</pre>\s*</div>', re.DOTALL)
"""What programs print while a notebook runs.

matplotlib does so the first time, when it looks for fonts. The executed notebook keeps it.
"""
HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)

STYLE = """
:root { --ink: #1c2430; --soft: #5b6573; --line: #d5dae1; --breach: #8c1d18; --harm: #7a4b00; }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif; color: var(--ink); margin: 0; }
main, footer { max-width: 1120px; margin: 0 auto; padding: 16px 24px; }
h1 { font-size: 1.7em; line-height: 1.2; margin: 0.4em 0; }
h2 { font-size: 1.25em; margin: 1.6em 0 0.4em; border-bottom: 2px solid var(--line); padding-bottom: 0.15em; }
h3 { font-size: 1.05em; }
p.question { font-size: 1.15em; max-width: 46em; }
p, li { max-width: 62em; }
p.note, figcaption, footer, .unit { color: var(--soft); font-size: 0.88em; }
.unit { white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.86em; margin: 0.6em 0; }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid var(--line); }
tbody th { font-weight: normal; }
thead th { border-bottom: 2px solid var(--soft); }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
th.section { font-weight: 700; background: #eef1f5; }
tr.breach th:first-child { border-left: 5px solid var(--breach); }
tr.harm th:first-child { border-left: 5px solid var(--harm); }
td.number { white-space: nowrap; }
.standing li { max-width: none; }
tr.words td.number { white-space: normal; }
tr.miss td, tr.miss th { background: #fff4e5; }
tr.assumed td:nth-child(5) { background: #fff4e5; }
.estimate, p.banner { color: var(--breach); font-weight: 700; font-size: 0.88em; }
.estimate { text-align: center; padding: 4px 24px; border-bottom: 1px solid var(--line); }
.flag { color: var(--breach); font-weight: 700; }
.gap { color: var(--soft); font-size: 0.92em; }
.second { color: var(--soft); font-size: 0.92em; white-space: nowrap; }
figure { margin: 1em 0 0.3em; }
figure img { max-width: 100%; height: auto; }
p.files { font-size: 0.8em; margin: 0 0 0.4em; color: var(--soft); }
.front { max-width: 900px; }
.front h1 { font-size: 1.35em; margin: 0 0 0.2em; }
.front h2 { font-size: 1.05em; margin: 0.7em 0 0.2em; }
.front p.question { font-size: 1.05em; margin: 0.2em 0 0.4em; max-width: none; }
.front .breaches { border-left: 5px solid var(--breach); padding: 1px 10px; margin: 0.4em 0; color: var(--breach); }
.front ul { margin: 0.2em 0; padding-left: 1.2em; }
.front li { max-width: none; }
.front p { margin: 0.25em 0; }
.front table { margin: 0.3em 0; table-layout: fixed; }
.front table th:first-child { width: 24%; }
.front td.number { white-space: normal; }
.front figure { margin: 0.3em 0 0; }
.front .grade { border: 1px solid var(--line); padding: 2px 8px; margin: 0.4em 0; max-width: none; }
.questions ul { margin: 0; padding-left: 1.2em; }
.questions th:first-child { width: 18%; }
.one { max-width: 900px; }
.one h1 { font-size: 1.35em; margin: 0 0 0.2em; }
.one h2 { font-size: 1.05em; margin: 0.6em 0 0.2em; }
.one p, .one li { max-width: none; margin: 0.2em 0; }
.one td.number { white-space: normal; }
.one table th:first-child { width: 34%; }
nav.contents { break-inside: avoid; }
nav.contents ul { columns: 2; margin: 0.3em 0 0.6em; padding-left: 1.2em; font-size: 0.9em; }
details { margin: 0 0 1em; }
summary { cursor: pointer; color: var(--soft); font-size: 0.88em; }
p.onpaper { display: none; }
code { font-size: 0.9em; overflow-wrap: anywhere; }
@media print {
  @page { size: A4; margin: 14mm; }
  body { font-size: 10.5px; }
  main, footer { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  thead { display: table-header-group; }
  tr:has(th.section) { break-after: avoid; }
  details > *:not(summary) { display: block; }
  details::details-content { content-visibility: visible; display: block; }
  summary { display: none; }
  details.onscreen, p.files { display: none; }
  .scroll { overflow: visible; }
  td.number { white-space: normal; }
  table { font-size: 0.82em; }
  th, td { padding: 2px 5px; }
  p.links { display: none; }
  p.onpaper { display: block; }
  .one { font-size: 9px; line-height: 1.25; }
  .one table { font-size: 0.95em; line-height: 1.15; margin: 0.2em 0; }
  .one th, .one td { padding: 1px 4px; }
}
"""


ON_PAPER = """
@media print {{
  @page {{ @top-center {{ content: "{words}"; font: 700 8px sans-serif; color: #8c1d18; }} }}
  @page :first {{ @top-center {{ content: ""; }} }}
}}
"""
"""The estimate's words in the margin of pages on paper.

The first page has them as its first line instead.
"""


def _css_text(text: str) -> str:
    """Return text for a CSS string.

    Signs that could end the string are left out.
    """
    return "".join(sign for sign in text if sign.isalnum() or sign in " ,.:()%")


def export(
    notebook: Path, target: Path, title: str, footer: str, estimate: str = "", *, further: str = ""
) -> None:
    """Write an executed notebook as one HTML page.

    It has outputs and prose; code is left out.

    Parameters
    ----------
    notebook : Path
        The executed notebook.
    target : Path
        File of the page.
    title : str
        Title of the page.
    footer : str
        Foot of the page.
    estimate : str, default ''
        Words at the head of the page, and of every page on paper.
    further : str, default ''
        Style that follows the house style.
    """
    with without_grammars():
        from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="basic", exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True
    )
    exporter.mathjax_url = exporter.require_js_url = exporter.jquery_url = ""
    body, _ = exporter.from_filename(str(notebook))
    body = STDERR.sub("", re.sub(r'<a class="anchor-link".*?</a>', "", body))
    body = body.replace(CONTENTS, contents(body), 1)
    style = STYLE + further + (ON_PAPER.format(words=_css_text(estimate)) if estimate else "")
    page = PAGE.format(title=escape(title), style=style, body=body, footer=escape(footer),
                       estimate=estimate_head(estimate))
    write_file(target, page)


def estimate_head(estimate: str) -> str:
    """Return the words at the head of a page with costs.

    They are empty where there are none.
    """
    return f'<div class="estimate" role="note">{escape(estimate)}</div>' if estimate else ""


def contents(body: str) -> str:
    """Return the list of contents of a page.

    It has a link to each heading that can be reached.
    """
    items = "".join(f'<li><a href="#{where}">{title}</a></li>' for where, title in HEADING.findall(body))
    return f'<nav class="contents"><ul>{items}</ul></nav>' if items else ""
