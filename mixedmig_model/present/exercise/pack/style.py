"""How a print pack looks on screen and on paper.

A card is never split; a sheet begins on a page of its own. Black on white is legible on any printer.
"""

from typing import Literal

Paper = Literal["a4", "letter"]
PAPER_TITLES: dict[Paper, str] = {"a4": "A4", "letter": "Letter"}
PACK_STYLE = """
main { max-width: 900px; }
h1 { margin-top: 0; }
.card, .sheet { border: 1.5px solid var(--soft); border-radius: 6px; padding: 10px 16px; margin: 0 0 18px; }
.card h2, .sheet h2 { margin: 0 0 0.3em; }
.card h3, .sheet h3 { margin: 0.7em 0 0.2em; font-size: 1em; }
.card p, .card li, .sheet p, .sheet li { max-width: none; margin: 0.25em 0; }
.card ul, .sheet ul { margin: 0.2em 0; padding-left: 1.3em; }
.card .text { font-size: 1.12em; border-left: 4px solid var(--line); padding-left: 10px; margin: 0.5em 0; }
.card dl { display: grid; grid-template-columns: 9.5em 1fr; gap: 3px 10px; margin: 0.5em 0 0; }
.card dt { color: var(--soft); }
.card dd { margin: 0; }
.secret { color: var(--breach); font-weight: 700; margin: 0 0 0.4em; }
.warning { border: 1.5px solid var(--breach); border-radius: 4px; padding: 4px 10px; font-weight: 700; }
.blank table { table-layout: fixed; }
.blank th:first-child { width: 34%; }
.blank .scroll { overflow: visible; }
.blank td, .blank th { height: 2.3em; border: 1px solid var(--soft); }
.blank thead th { height: auto; }
.lines { border-bottom: 1px solid var(--soft); height: 2em; }
.contents ul { columns: 1; }
.room svg { width: 100%; max-width: 720px; height: auto; display: block; margin: 0 auto; }
.plan rect { fill: #fff; stroke: #5b6573; stroke-width: 1.5; }
.plan .room { fill: none; }
.plan .staff { fill: #eef1f5; }
.plan .table { fill: #f7f3e8; }
.plan .quiet { fill: #e9f3ec; }
.plan .seat { fill: #fff; stroke: #5b6573; stroke-width: 1.5; }
.plan .watch { fill: #5b6573; }
.plan text { font: 12px sans-serif; text-anchor: middle; fill: #1c2430; }
.plan .name { font-weight: 700; font-size: 14px; }
.plan .last { text-anchor: end; }
@media print {
  @page { size: PAPER; margin: 14mm; }
  body { font-size: 13px; line-height: 1.42; }
  h1 { font-size: 1.5em; }
  table { font-size: 0.92em; }
  th, td { padding: 3px 6px; }
  .card { break-inside: avoid; }
  .sheet { break-before: page; break-inside: avoid; border: none; padding: 0; }
  .sheet:first-of-type { break-before: auto; }
  section { break-inside: auto; }
  section.whole { break-inside: avoid; }
  footer { padding-top: 8px; }
}
"""


def pack_style(paper: Paper) -> str:
    """Return the style of a pack for a size of paper."""
    return PACK_STYLE.replace("PAPER", paper)
