"""The plan of the room, as a drawing."""

from html import escape

from mixedmig_model.present.html.builders import Html, tag
from mixedmig_model.record.words.teaching import pack

WIDTH, HEIGHT = 720, 420
TEAMS, SEATS = 3, 10
TABLE = (150, 92)
"""Width and height of a team's table."""


def room_plan(teams: int = TEAMS, seats: int = SEATS) -> Html:
    """Return the plan of the room.

    Parameters
    ----------
    teams : int, default TEAMS
        Tables of teams, at most 4.
    seats : int, default SEATS
        Seats at each.

    Returns
    -------
    Html
        An SVG drawing with a description.
    """
    parts = [_box(8, 8, WIDTH - 16, HEIGHT - 16, "room"), _box(210, 16, 300, 26, "wall", words=pack.ROOM_PROJECTOR),
             _box(275, 66, 170, 44, "staff", words=pack.ROOM_FACILITATOR),
             _box(24, 66, 150, 44, "staff", words=pack.ROOM_SAFEGUARDS),
             _box(546, 66, 150, 44, "staff", words=pack.ROOM_PRESS)]
    gap = (WIDTH - 60 - teams * TABLE[0]) / max(teams - 1, 1)
    for number in range(teams):
        parts.append(_table(30 + number * (TABLE[0] + gap), number + 1, seats))
    parts += [_box(24, 330, 400, 62, "quiet", words=pack.ROOM_QUIET),
              _box(600, 374, 90, 22, "wall", words=pack.ROOM_DOOR)]
    title = f"<title>{escape(pack.ROOM_ALT.format(teams=teams))}</title>"
    return Html(f'<svg class="plan" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg">'
                f"{title}{''.join(parts)}</svg>")


def _table(left: float, number: int, seats: int) -> str:
    """Return a team's table with its seats, and an observer."""
    top, (width, height) = 170, TABLE
    side = seats // 2
    places = "".join(
        f'<circle class="seat" cx="{left + width * (seat + 0.5) / side:.0f}" cy="{where}" r="7"/>'
        for seat in range(side) for where in (top - 13, top + height + 13))
    middle = left + width / 2
    words = (_text(middle, top + 40, pack.ROOM_TEAM.format(number=number), "name")
             + _text(middle, top + 60, pack.ROOM_SEATS.format(number=seats)))
    observer = (f'<circle class="watch" cx="{left + width - 12:.0f}" cy="{top + height + 40}" r="7"/>'
                + _text(left + width - 26, top + height + 44, pack.ROOM_OBSERVER, "last"))
    table = _box(left, top, width, height, "table")
    return f"{table}{places}{words}{observer}"


def _box(left: float, top: float, width: float, height: float, kind: str, words: str = "") -> str:
    box = f'<rect class="{kind}" x="{left:.0f}" y="{top}" width="{width}" height="{height}" rx="6"/>'
    return box + (_text(left + width / 2, top + height / 2 + 5, words) if words else "")


def _text(middle: float, base: float, words: str, kind: str = "plain") -> str:
    return f'<text class="{kind}" x="{middle:.0f}" y="{base:.0f}">{escape(words)}</text>'


def room_section() -> Html:
    """Return the plan within its figure."""
    return tag("figure", room_plan(), class_="room")
