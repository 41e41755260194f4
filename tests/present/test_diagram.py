"""The diagrams show every stock, stage, place, grade and row; nothing overlaps; the files are those of the source."""

import re
from itertools import combinations

import pytest

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.present.diagram.draw import save_picture
from mixedmig_model.present.diagram.layout import BOX, FRAME
from mixedmig_model.present.diagram.pictures import NUMBER, STYLES, legend_texts, numbers_text, pictures, style_of
from mixedmig_model.vocabulary.labels import GRADES, PLACES, STAGES

ALL = pictures()
by_file = pytest.mark.parametrize("picture", ALL, ids=lambda picture: picture.file)


def test_every_stock_stage_place_and_grade_has_a_box():
    main, places, staff = (set(picture.boxes) for picture in ALL)
    assert {stock.name for stock in STOCKS} - {"people", "staff"} <= main
    assert set(STAGES) <= main
    assert set(PLACES) <= places
    assert set(GRADES) <= staff


def test_every_row_is_drawn_or_listed_as_counting_only():
    drawn = {row.name for picture in ALL for rows in picture.arrows.values() for row in rows}
    assert drawn == {row.name for row in FLOWS if not row.count}
    assert {row.name for picture in ALL for row in picture.counted} == {row.name for row in FLOWS if row.count}


def test_the_legend_names_every_row_by_its_number():
    named = {tuple(text.removesuffix(" *").split()) for picture in ALL for text in legend_texts(picture)}
    assert named == {(str(number), name) for name, number in NUMBER.items()}


@by_file
def test_arrows_have_routes_from_the_edge_of_one_box_to_the_edge_of_another(picture):
    assert set(picture.arrows) == set(picture.routes)
    for (source, sink), route in picture.routes.items():
        for name, point in ((source, route.points[0]), (sink, route.points[-1])):
            if name == FRAME:
                assert point[0] in (picture.frame[0], picture.frame[2])
                continue
            gaps = [abs(abs(p - c) - side / 2) for p, c, side in zip(point, picture.boxes[name], BOX, strict=True)]
            assert min(gaps) <= 0.01, (source, sink, name)
            inside = [abs(p - c) <= side / 2 + 0.01 for p, c, side in zip(point, picture.boxes[name], BOX, strict=True)]
            assert all(inside), (source, sink, name)


@by_file
def test_boxes_and_numbers_never_overlap(picture):
    pieces = [(name, centre, BOX) for name, centre in picture.boxes.items()]
    labels = {(picture.routes[e].label, numbers_text(rows)) for e, rows in picture.arrows.items()}
    pieces += [(text, where, (0.14 + 0.075 * len(text), 0.17)) for where, text in labels]
    for (one, a, size_a), (other, b, size_b) in combinations(pieces, 2):
        apart = [abs(p - q) >= (m + n) / 2 for p, q, m, n in zip(a, b, size_a, size_b, strict=True)]
        assert any(apart), (one, other, a, b)


@by_file
def test_numbers_stand_on_their_arrow(picture):
    for ends, route in picture.routes.items():
        on = [
            all(min(m, n) - 0.06 <= at <= max(m, n) + 0.06 for at, m, n in zip(route.label, a, b, strict=True))
            for a, b in zip(route.points, route.points[1:], strict=False)
        ]
        assert any(on), ends


def test_kinds_of_arrows_differ_in_colour_or_line_within_a_picture():
    for picture in ALL:
        used = {style_of(ends) for ends in picture.arrows}
        assert len({STYLES[style][:2] for style in used}) == len(used)


def texts(file):
    return re.findall(r"<text[^>]*>([^<]*)</text>", file.read_text(encoding="utf-8"))


@by_file
def test_the_files_are_those_of_the_source_and_drawn_the_same_each_time(picture, root, tmp_path):
    """Renew with: python tests/renew_docs.py. Labels are compared: bytes may differ between matplotlib's versions."""
    for name in ("one.svg", "two.svg"):
        save_picture(picture, tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    kept = texts(root / "docs" / "pictures" / picture.file)
    assert len(kept) > len(picture.boxes)
    assert sorted(kept) == sorted(texts(tmp_path / "one.svg"))
