"""Small multiples: a breach or a harm a picture, by round.

Runs differ by dash and by mark, not by colour alone, so that black-and-white paper tells them.
"""

from collections.abc import Mapping, Sequence
from html import escape

from mixedmig_model.present.figures.base import folded
from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.record.exercise.after_schema import SmallMultiple
from mixedmig_model.record.words.exercise import printed as said

WIDTH, HEIGHT = 176, 104
LEFT, RIGHT, TOP, BOTTOM = 12, 12, 22, 18
DASHES = ("", "5 3", "1.5 2.5", "8 3 2 3")
COLOURS = ("#6ea3d8", "#1c2430", "#7a4b00", "#6b3a8f")
LEAST = 1e-9
MULTIPLES_STYLE = """
.multiples { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px 12px; margin: 0.4em 0; }
.multiples figure { margin: 0; break-inside: avoid; display: flex; flex-direction: column; }
.multiples h4 { margin: 0 0 auto; font-size: 0.86em; }
.multiples h4 { border-left: 4px solid var(--harm); padding-left: 6px; }
.multiples .breach h4 { border-color: var(--breach); }
.multiples svg, .key svg { display: block; width: 100%; height: auto; }
.key { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0.3em 0; padding: 0; font-size: 0.86em; }
.key { list-style: none; break-after: avoid; }
.key li { display: flex; align-items: center; gap: 6px; }
.key svg { width: 44px; }
@media (max-width: 640px) { .multiples { grid-template-columns: 1fr 1fr; } }
@media print { .multiples { gap: 5px 12px; } .multiples details { display: none; } }
"""


def tops(parts: Sequence[Sequence[SmallMultiple]]) -> dict[str, tuple[float, str]]:
    """Return the largest value of each picture over all teams.

    It comes as a number and in words.
    """
    found: dict[str, tuple[float, str]] = {}
    for part in parts:
        for one in part:
            most = max(value for values in one.runs.values() for value in values)
            found[one.key] = max(found.get(one.key, (0.0, one.top)), (most, one.top))
    return found


def multiples(pictures: Sequence[SmallMultiple], top: Mapping[str, tuple[float, str]]) -> Html:
    """Return small multiples with their key.

    Parameters
    ----------
    pictures : sequence of SmallMultiple
        Breaches, then harms.
    top : mapping
        Value at the top of each picture by key, as a number and in words.

    Returns
    -------
    Html
        Pictures with alt text and numbers.
    """
    if not pictures:
        return Html("")
    return join([_key(tuple(pictures[0].runs)), tag("div", join([_picture(one, top[one.key]) for one in pictures]),
                                                    class_="multiples")])


def _picture(one: SmallMultiple, top: tuple[float, str]) -> Html:
    """Return one picture, with its numbers folded below."""
    alt = said.MULTIPLE_ALT.format(title=one.title, runs="; ".join(
        said.MULTIPLE_RUN.format(name=name, values=", ".join(values)) for name, values in one.texts.items()))
    head = ["", *(said.TABLE_HEAD.format(round=number) for number in one.rounds)]
    numbers = folded(head, [[name, *values] for name, values in one.texts.items()])
    title = tag("h4", said.WITH_UNIT.format(title=one.title, unit=one.unit))
    return tag("figure", join([title, _drawing(one, top, alt), numbers]), class_=one.kind)


def _drawing(one: SmallMultiple, largest: tuple[float, str], alt: str) -> Html:
    """Return the lines of all runs.

    The team's own is wide and lies below, so that a line on it is seen.
    """
    count, (most, top) = len(one.rounds), largest

    def across(index: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (index / (count - 1) if count > 1 else 0.5)

    def up(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / max(most, LEAST)

    base = up(0.0)
    axis = (f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{base}" y2="{base}" stroke="#5b6573"/>'
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{TOP}" y2="{TOP}" stroke="#d5dae1"/>'
            + _text(LEFT, TOP - 5, top, "start")
            + "".join(_text(across(index), HEIGHT - 4, str(number), "middle")
                      for index, number in enumerate(one.rounds)))
    lines = [_line([(across(index), up(value)) for index, value in enumerate(values)], place)
             for place, values in enumerate(one.runs.values())]
    return Html(f'<svg role="img" viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg" '
                f'aria-label="{escape(alt, quote=True)}">{axis}{"".join(lines)}</svg>')


def _line(points: Sequence[tuple[float, float]], place: int) -> str:
    """Return the line of one run, with its marks."""
    colour, dash = COLOURS[place % len(COLOURS)], DASHES[place % len(DASHES)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    line = (f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{4 if place == 0 else 1.3}"'
            f"{dashed}/>")
    return line + "".join(_mark(x, y, place % len(COLOURS), colour) for x, y in points)


def _mark(x: float, y: float, place: int, colour: str) -> str:
    """Return a mark: full circle, empty square, triangle, cross."""
    if place == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
    if place == 1:
        return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="none" stroke="{colour}"/>'
    if place == 2:
        points = f"{x:.1f},{y - 3.6:.1f} {x - 3.4:.1f},{y + 2.8:.1f} {x + 3.4:.1f},{y + 2.8:.1f}"
        return f'<polygon points="{points}" fill="none" stroke="{colour}"/>'
    return (f'<path d="M{x - 3:.1f} {y - 3:.1f}L{x + 3:.1f} {y + 3:.1f}M{x - 3:.1f} {y + 3:.1f}L{x + 3:.1f} '
            f'{y - 3:.1f}" stroke="{colour}" fill="none" stroke-width="1.4"/>')


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="11" '
            f'font-family="sans-serif" fill="#5b6573">{escape(words)}</text>')


def _key(names: Sequence[str]) -> Html:
    """Return which line is which run."""
    items = []
    for place, name in enumerate(names):
        line = _line([(4.0, 6.0), (40.0, 6.0)], place)
        drawn = Html(f'<svg viewBox="0 0 44 12" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">{line}</svg>')
        items.append(tag("li", join([drawn, name])))
    return tag("ul", join(items), class_="key")
