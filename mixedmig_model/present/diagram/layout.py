"""Where the boxes and arrows of the diagrams stand.

It is in inches: data for ``draw.py``, and a test checks that it is complete.
"""

from typing import NamedTuple

Point = tuple[float, float]
BOX = (1.36, 0.42)
"""Width and height of a box."""
FRAME = "any of these stages"
OUTSIDE = "departures"
ARRIVING, ABROAD = "arriving", "another country"
HIRING, LEFT = "hiring", "left"
BEYOND = (OUTSIDE, ARRIVING, ABROAD, HIRING, LEFT)
"""Boxes of a picture that stand for what is beyond it."""


class Route(NamedTuple):
    """An arrow.

    It has its corners from the edge of one box to the edge of another, and where its numbers stand.
    """

    points: tuple[Point, ...]
    label: Point


STOCK_BOXES: dict[str, Point] = {
    OUTSIDE: (8.8, 10.6),
    "displaced": (11.1, 10.6),
    "at_sea": (8.8, 9.4),
    "died_crossing": (11.1, 9.4),
    "adrift": (5.6, 9.4),
    "died_adrift": (3.2, 9.75),
    "turned_back": (3.2, 9.05),
    "in_own_country": (0.95, 9.4),
    "irregular": (0.95, 7.4),
    "moving": (0.95, 5.4),
    "elsewhere": (0.95, 4.3),
    "died_onward": (0.95, 3.4),
    "registration": (7.0, 7.8),
    "screening": (7.0, 6.9),
    "referral": (3.7, 5.8),
    "counselling": (9.5, 5.8),
    "determination": (7.0, 5.2),
    "appeal": (7.0, 4.2),
    "return": (9.4, 3.4),
    "limbo": (6.3, 3.1),
    "closed": (0.95, 2.7),
    "protected": (2.0, 1.95),
    "resettled": (0.95, 0.9),
    "integrated": (2.45, 0.9),
    "repatriated": (3.95, 0.9),
    "regularised": (5.45, 0.9),
    "returned_assisted": (7.7, 0.9),
    "returned_induced": (9.3, 0.9),
    "returned_enforced": (10.9, 0.9),
}
STOCK_FRAME = (2.25, 2.55, 11.3, 8.25)
"""Frame around the stages from which people can leave.

It is left, bottom, right and top.
"""
STOCK_SIZE = (12.6, 10.95)

STOCK_ROUTES: dict[tuple[str, str], Route] = {
    (OUTSIDE, "at_sea"): Route(((8.8, 10.39), (8.8, 9.61)), (8.8, 10.12)),
    (OUTSIDE, "displaced"): Route(((9.48, 10.6), (10.42, 10.6)), (9.9, 10.6)),
    (OUTSIDE, "determination"): Route(((8.12, 10.6), (7.85, 10.6), (7.85, 5.2), (7.68, 5.2)), (7.85, 9.9)),
    ("at_sea", "died_crossing"): Route(((9.48, 9.4), (10.42, 9.4)), (9.9, 9.4)),
    ("at_sea", "adrift"): Route(((8.12, 9.4), (6.28, 9.4)), (7.2, 9.4)),
    ("at_sea", "registration"): Route(((8.8, 9.19), (8.8, 8.55), (7.3, 8.55), (7.3, 8.01)), (8.0, 8.55)),
    ("at_sea", "irregular"): Route(((8.4, 9.19), (8.4, 8.8), (0.95, 8.8), (0.95, 7.61)), (4.5, 8.8)),
    ("adrift", "died_adrift"): Route(((4.92, 9.5), (4.4, 9.5), (4.4, 9.75), (3.88, 9.75)), (4.4, 9.75)),
    ("adrift", "turned_back"): Route(((4.92, 9.3), (4.4, 9.3), (4.4, 9.05), (3.88, 9.05)), (4.4, 9.05)),
    ("adrift", "in_own_country"): Route(((5.2, 9.19), (5.2, 8.68), (1.1, 8.68), (1.1, 9.19)), (3.2, 8.68)),
    ("at_sea", "in_own_country"): Route(((8.6, 9.19), (8.6, 8.92), (0.8, 8.92), (0.8, 9.19)), (6.6, 8.92)),
    ("moving", "in_own_country"): Route(
        ((0.27, 5.4), (0.12, 5.4), (0.12, 9.4), (0.27, 9.4)), (0.12, 8.2)
    ),
    ("adrift", "registration"): Route(((5.6, 9.19), (5.6, 8.55), (6.7, 8.55), (6.7, 8.01)), (6.15, 8.55)),
    ("irregular", "registration"): Route(((1.63, 7.5), (1.85, 7.5), (1.85, 7.92), (6.32, 7.92)), (4.3, 7.92)),
    ("moving", "registration"): Route(((1.63, 5.5), (2.02, 5.5), (2.02, 7.68), (6.32, 7.68)), (3.6, 7.68)),
    ("irregular", "moving"): Route(((0.7, 7.19), (0.7, 5.61)), (0.7, 6.4)),
    ("moving", "irregular"): Route(((1.2, 5.61), (1.2, 7.19)), (1.2, 6.4)),
    ("moving", "elsewhere"): Route(((1.0, 5.19), (1.0, 4.51)), (1.0, 4.9)),
    ("moving", "died_onward"): Route(((1.4, 5.19), (1.4, 4.75), (1.9, 4.75), (1.9, 3.4), (1.63, 3.4)), (1.9, 3.9)),
    ("irregular", "regularised"): Route(
        ((0.27, 7.4), (0.08, 7.4), (0.08, 0.3), (5.45, 0.3), (5.45, 0.69)), (3.2, 0.3)
    ),
    (FRAME, "irregular"): Route(((2.25, 7.3), (1.63, 7.3)), (1.85, 7.3)),
    (FRAME, "moving"): Route(((2.25, 5.3), (1.63, 5.3)), (1.95, 5.3)),
    ("registration", "screening"): Route(((7.0, 7.59), (7.0, 7.11)), (7.0, 7.38)),
    ("screening", "referral"): Route(((6.32, 6.82), (3.7, 6.82), (3.7, 6.01)), (4.6, 6.82)),
    ("screening", "protected"): Route(((6.32, 6.98), (2.5, 6.98), (2.5, 2.16)), (3.9, 6.98)),
    ("screening", "determination"): Route(((7.0, 6.69), (7.0, 5.41)), (7.0, 6.35)),
    ("screening", "counselling"): Route(((7.68, 6.82), (9.5, 6.82), (9.5, 6.01)), (8.6, 6.82)),
    ("counselling", "determination"): Route(((9.0, 5.59), (9.0, 5.3), (7.68, 5.3)), (8.4, 5.3)),
    ("determination", "counselling"): Route(((7.68, 5.08), (9.25, 5.08), (9.25, 5.59)), (8.4, 5.08)),
    ("counselling", "referral"): Route(((8.82, 5.95), (4.38, 5.95)), (5.6, 5.95)),
    ("counselling", "return"): Route(((9.75, 5.59), (9.75, 3.61)), (9.75, 4.75)),
    ("counselling", "returned_assisted"): Route(
        ((10.18, 5.8), (10.4, 5.8), (10.4, 1.85), (7.9, 1.85), (7.9, 1.11)), (8.8, 1.85)
    ),
    ("counselling", "returned_induced"): Route(
        ((10.18, 5.8), (10.4, 5.8), (10.4, 1.85), (9.75, 1.85), (9.75, 1.11)), (9.75, 1.55)
    ),
    ("referral", "protected"): Route(((3.2, 5.59), (3.2, 2.08), (2.68, 2.08)), (3.2, 4.6)),
    ("referral", "determination"): Route(((4.38, 5.7), (5.2, 5.7), (5.2, 5.3), (6.32, 5.3)), (5.6, 5.3)),
    ("referral", "returned_assisted"): Route(
        ((3.5, 5.59), (3.5, 1.55), (7.4, 1.55), (7.4, 1.11)), (6.9, 1.55)
    ),
    ("referral", "returned_induced"): Route(
        ((3.5, 5.59), (3.5, 1.55), (8.9, 1.55), (8.9, 1.11)), (8.5, 1.55)
    ),
    ("determination", "protected"): Route(((6.32, 5.1), (4.75, 5.1), (4.75, 1.95), (2.68, 1.95)), (4.75, 4.7)),
    ("determination", "closed"): Route(((6.32, 5.2), (5.5, 5.2), (5.5, 2.38), (0.95, 2.38), (0.95, 2.49)), (5.5, 4.0)),
    ("determination", "appeal"): Route(((7.0, 4.99), (7.0, 4.41)), (7.0, 4.7)),
    ("determination", "return"): Route(((7.25, 4.99), (7.25, 4.6), (8.95, 4.6), (8.95, 3.61)), (7.9, 4.6)),
    ("appeal", "protected"): Route(((6.32, 4.2), (4.95, 4.2), (4.95, 1.82), (2.68, 1.82)), (5.4, 4.2)),
    ("appeal", "return"): Route(((7.68, 4.1), (8.4, 4.1), (8.4, 3.5), (8.72, 3.5)), (8.05, 4.1)),
    ("appeal", "returned_enforced"): Route(((7.68, 4.3), (11.1, 4.3), (11.1, 1.11)), (10.75, 4.3)),
    ("return", "limbo"): Route(((8.72, 3.25), (6.98, 3.25)), (7.7, 3.25)),
    ("return", "determination"): Route(((9.2, 3.61), (9.2, 4.8), (7.5, 4.8), (7.5, 4.99)), (8.5, 4.8)),
    ("return", "referral"): Route(((8.9, 3.19), (8.9, 2.72), (3.85, 2.72), (3.85, 5.59)), (7.7, 2.72)),
    ("return", "returned_assisted"): Route(((9.2, 3.19), (9.2, 2.4), (8.1, 2.4), (8.1, 1.11)), (8.55, 2.4)),
    ("return", "returned_induced"): Route(((9.5, 3.19), (9.5, 1.11)), (9.5, 2.85)),
    ("return", "returned_enforced"): Route(((9.85, 3.19), (9.85, 2.4), (10.9, 2.4), (10.9, 1.11)), (10.15, 2.4)),
    ("limbo", "determination"): Route(((5.8, 3.31), (5.8, 4.75), (6.6, 4.75), (6.6, 4.99)), (5.8, 3.75)),
    ("limbo", "referral"): Route(((5.62, 3.1), (4.15, 3.1), (4.15, 5.59)), (4.4, 3.1)),
    ("limbo", "regularised"): Route(((5.85, 2.89), (5.85, 1.11)), (5.85, 2.15)),
    ("limbo", "returned_enforced"): Route(((6.6, 2.89), (6.6, 2.12), (10.7, 2.12), (10.7, 1.11)), (7.3, 2.12)),
    ("registration", "returned_enforced"): Route(((7.68, 7.8), (11.75, 7.8), (11.75, 0.9), (11.58, 0.9)), (11.75, 7.0)),
    ("screening", "returned_enforced"): Route(((7.68, 6.98), (11.5, 6.98), (11.5, 1.11)), (10.6, 6.98)),
    ("protected", "resettled"): Route(((2.0, 1.74), (2.0, 1.42), (0.95, 1.42), (0.95, 1.11)), (1.3, 1.42)),
    ("protected", "integrated"): Route(((2.0, 1.74), (2.0, 1.42), (2.45, 1.42), (2.45, 1.11)), (2.45, 1.3)),
    ("protected", "repatriated"): Route(((2.0, 1.74), (2.0, 1.42), (3.95, 1.42), (3.95, 1.11)), (3.2, 1.42)),
    ("returned_assisted", "at_sea"): Route(
        ((7.7, 0.69), (7.7, 0.3), (12.35, 0.3), (12.35, 10.0), (9.2, 10.0), (9.2, 9.61)), (8.4, 0.3)
    ),
    ("returned_induced", "at_sea"): Route(
        ((9.3, 0.69), (9.3, 0.3), (12.35, 0.3), (12.35, 10.0), (9.2, 10.0), (9.2, 9.61)), (10.1, 0.3)
    ),
    ("returned_enforced", "at_sea"): Route(
        ((10.9, 0.69), (10.9, 0.3), (12.35, 0.3), (12.35, 10.0), (9.2, 10.0), (9.2, 9.61)), (11.6, 0.3)
    ),
}

PLACE_BOXES: dict[str, Point] = {
    ARRIVING: (6.3, 4.1),
    "detention": (1.4, 2.8),
    "alternative": (3.85, 2.8),
    "reception": (6.3, 2.8),
    "unsheltered": (8.75, 2.8),
    "community": (11.2, 2.8),
    ABROAD: (6.3, 0.35),
}
PLACE_SIZE = (12.6, 4.4)
_DOORS: Point = (6.3, 3.7)
_SEIZED = 3.27
PLACE_ROUTES: dict[tuple[str, str], Route] = {
    **{
        (ARRIVING, place): Route(((6.3, 3.89), (6.3, 3.5), (x, 3.5), (x, 3.01)), _DOORS)
        for place, x in (("alternative", 3.85), ("unsheltered", 8.9), ("community", 11.35))
    },
    (ARRIVING, "detention"): Route(((6.3, 3.89), (6.3, 3.5), (1.2, 3.5), (1.2, 3.01)), (2.6, 3.5)),
    (ARRIVING, "reception"): Route(((6.3, 3.89), (6.3, 3.01)), _DOORS),
    **{
        (place, "detention"): Route(((x, 3.01), (x, _SEIZED), (1.7, _SEIZED), (1.7, 3.01)), (x, _SEIZED))
        for place, x in (("reception", 5.9), ("unsheltered", 8.5), ("community", 10.9))
    },
    ("detention", "alternative"): Route(((2.08, 2.8), (3.17, 2.8)), (2.6, 2.8)),
    ("alternative", "reception"): Route(((4.53, 2.8), (5.62, 2.8)), (5.05, 2.8)),
    ("reception", "unsheltered"): Route(((6.98, 2.88), (8.07, 2.88)), (7.45, 2.93)),
    ("unsheltered", "reception"): Route(((8.07, 2.7), (6.98, 2.7)), (7.6, 2.66)),
    ("reception", "community"): Route(((6.65, 2.59), (6.65, 2.2), (11.0, 2.2), (11.0, 2.59)), (9.9, 2.2)),
    ("alternative", "community"): Route(((4.1, 2.59), (4.1, 1.85), (11.4, 1.85), (11.4, 2.59)), (9.9, 1.85)),
    ("alternative", "unsheltered"): Route(((3.6, 2.59), (3.6, 1.5), (8.6, 1.5), (8.6, 2.59)), (5.0, 1.5)),
    ("detention", "reception"): Route(((1.7, 2.59), (1.7, 1.15), (5.95, 1.15), (5.95, 2.59)), (3.85, 1.15)),
    ("detention", "unsheltered"): Route(((1.3, 2.59), (1.3, 0.8), (8.9, 0.8), (8.9, 2.59)), (3.85, 0.8)),
    ("reception", ABROAD): Route(((6.3, 2.59), (6.3, 0.56)), (6.3, 1.17)),
}

STAFF_BOXES: dict[str, Point] = {
    HIRING: (1.6, 1.5), "training": (4.2, 1.5), "novice": (6.8, 1.5), "active": (9.4, 1.5), LEFT: (6.8, 0.4),
}
STAFF_SIZE = (12.6, 2.1)
STAFF_ROUTES: dict[tuple[str, str], Route] = {
    (HIRING, "training"): Route(((2.28, 1.5), (3.52, 1.5)), (2.85, 1.5)),
    (HIRING, "active"): Route(((1.6, 1.71), (1.6, 1.93), (9.4, 1.93), (9.4, 1.71)), (5.45, 1.93)),
    ("training", "novice"): Route(((4.88, 1.5), (6.12, 1.5)), (5.45, 1.5)),
    ("novice", "active"): Route(((7.48, 1.5), (8.72, 1.5)), (8.05, 1.5)),
    ("training", LEFT): Route(((4.2, 1.29), (4.2, 0.4), (6.12, 0.4)), (5.1, 0.4)),
    ("novice", LEFT): Route(((6.8, 1.29), (6.8, 0.61)), (6.8, 0.98)),
    ("active", LEFT): Route(((9.4, 1.29), (9.4, 0.4), (7.48, 0.4)), (8.5, 0.4)),
}
