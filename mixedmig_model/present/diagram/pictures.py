"""The stock-and-flow diagrams, drawn from the flow table.

They show journey and procedure, places, and staff. Boxes are stocks, stages, places and grades. Arrows are rows, by
number, and a legend names them. Layouts are data in ``layout.py``. Text stays text in the SVG, which is the same each
time it is drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mixedmig_model.equations.table import FLOWS, MAY_LEAVE, Flow
from mixedmig_model.present.diagram.layout import (
    ABROAD,
    ARRIVING,
    FRAME,
    HIRING,
    LEFT,
    OUTSIDE,
    PLACE_BOXES,
    PLACE_ROUTES,
    PLACE_SIZE,
    STAFF_BOXES,
    STAFF_ROUTES,
    STAFF_SIZE,
    STOCK_BOXES,
    STOCK_FRAME,
    STOCK_ROUTES,
    STOCK_SIZE,
    Point,
    Route,
)
from mixedmig_model.record.words import templates
from mixedmig_model.vocabulary.labels import FUNCTIONS, GRADES, PLACES

Ends = tuple[str, str]
NUMBER = {row.name: number for number, row in enumerate(FLOWS, 1)}
"""Number of each row in the diagrams.

It is its place in the flow table.
"""
STYLES = {
    "journey": ("#0072B2", "-", "on the way"),
    "procedure": ("#333333", "-", "in the procedure"),
    "onward": ("#AA4499", (0, (5, 2)), "onward, or out of the procedure without leave"),
    "return": ("#D55E00", "-", "returned, and departing again"),
    "solution": ("#117733", (0, (7, 2, 1.5, 2)), "solutions"),
    "harm": ("#000000", (0, (1, 1.5)), "deaths, and people turned back"),
    "arriving": ("#0072B2", "-", "arriving"),
    "detained": ("#D55E00", "-", "into detention"),
    "place": ("#333333", "-", "between places"),
    "staff": ("#333333", "-", "staff"),
}
"""Colour, line and meaning of each kind of arrow.

They can be distinguished in all common forms of colour blindness, and in grey.
"""


@dataclass(frozen=True)
class Picture:
    """A diagram.

    It has its file, what it shows in words, boxes, arrows by ends with their rows, and how they stand.
    """

    file: str
    alt: str
    boxes: Mapping[str, Point]
    routes: Mapping[Ends, Route]
    arrows: Mapping[Ends, tuple[Flow, ...]]
    size: tuple[float, float]
    frame: tuple[float, float, float, float] | None = None
    counted: tuple[Flow, ...] = ()
    notes: tuple[str, ...] = ()


def stock_ends(row: Flow) -> list[Ends]:
    """Return the boxes between which a row moves people.

    They are along stages and stocks; none for a move within a stage.
    """

    def box(stock: str | None, fixed: Mapping[str, str]) -> str:
        if stock != "people":
            return stock or OUTSIDE
        if "stage" in fixed:
            return fixed["stage"]
        return FRAME if row.only.get("stage") == MAY_LEAVE else ""

    ends = box(row.source, row.at_source), box(row.sink, row.at_sink)
    return [] if "" in ends or ends[0] == ends[1] else [ends]


def place_ends(row: Flow) -> list[Ends]:
    """Return the boxes between which a row moves by place.

    They are doors of arrival, and moves within a stage.
    """
    if row.sink != "people":
        return []
    if row.source != "people":
        return [(ARRIVING, place) for place in PLACES]
    if row.at_source.get("stage") != row.at_sink.get("stage"):
        return []
    sink = row.at_sink["place"]
    sources = (row.at_source["place"],) if "place" in row.at_source else row.only["place"]
    return [(source, ABROAD if source == sink else sink) for source in sources]


def staff_ends(row: Flow) -> list[Ends]:
    """Return the boxes between which a row moves staff.

    They are along grades.
    """
    sources = (row.at_source["grade"],) if row.at_source else GRADES if row.source else (HIRING,)
    return [(source, row.at_sink["grade"] if row.sink else LEFT) for source in sources]


def _by_ends(rows: Sequence[Flow], ends: Callable[[Flow], list[Ends]]) -> dict[Ends, tuple[Flow, ...]]:
    """Return rows gathered by the boxes that they join."""
    found: dict[Ends, tuple[Flow, ...]] = {}
    for row in rows:
        for pair in ends(row):
            found[pair] = (*found.get(pair, ()), row)
    return found


def pictures() -> tuple[Picture, ...]:
    """Return the three diagrams: stocks and stages, places, staff."""
    people = [row for row in FLOWS if row.unit == "person" and not row.count]
    staff = [row for row in FLOWS if row.unit == "officer"]
    return (
        Picture("stocks_and_flows.svg",
                "Stocks and stages, and every flow of people between them; flows are listed below", STOCK_BOXES,
                routes=STOCK_ROUTES, arrows=_by_ends(people, stock_ends), size=STOCK_SIZE, frame=STOCK_FRAME,
                counted=tuple(row for row in FLOWS if row.count)),
        Picture("places.svg", "The five places, doors of arrival, and moves between places; flows are listed below",
                PLACE_BOXES, routes=PLACE_ROUTES, arrows=_by_ends(people, place_ends), size=PLACE_SIZE,
                notes=(templates.PLACES_NOTE,)),
        Picture("staff.svg",
                "Staff of each function: hired, in training, novice, active, or left; flows are listed below",
                STAFF_BOXES, routes=STAFF_ROUTES, arrows=_by_ends(staff, staff_ends), size=STAFF_SIZE,
                notes=(f"For each function: {', '.join(FUNCTIONS)}.",)),
    )


def style_of(ends: Ends) -> str:
    """Return the kind of an arrow."""
    source, sink = ends
    if source in PLACES or source == ARRIVING:
        return "detained" if sink == "detention" else "place" if source in PLACES else "arriving"
    if source in GRADES or HIRING in ends:
        return "staff"
    if sink.startswith("died") or sink == "turned_back":
        return "harm"
    if sink in ("resettled", "integrated", "repatriated", "regularised"):
        return "solution"
    if "returned" in source or "returned" in sink:
        return "return"
    if {source, sink} & {"moving", "irregular", "elsewhere"}:
        return "onward"
    return "journey" if {source, sink} & {OUTSIDE, "at_sea", "adrift"} else "procedure"


def numbers_text(rows: Sequence[Flow]) -> str:
    """Return the numbers of an arrow's rows."""
    return ", ".join(str(NUMBER[row.name]) for row in rows)


def legend_texts(picture: Picture) -> list[str]:
    """Return the legend.

    It has number and name of every row, in the order of the flow table; a star where it only counts.
    """
    moved = {row.name for rows in picture.arrows.values() for row in rows}
    counted = {row.name for row in picture.counted}
    return [
        f"{number}  {name}{' *' if name in counted else ''}"
        for name, number in NUMBER.items() if name in moved | counted
    ]
