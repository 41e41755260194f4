"""Figures: titles that say what they show, lines that can be seen and are named, dates with room, files that last."""

import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from changed_report import changed

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.present.figures import costs, fans, people, picture, services
from mixedmig_model.present.figures.base import date_axis, style, wrapped
from mixedmig_model.present.figures.files import Chart, saved
from mixedmig_model.present.figures.front import front_figure
from mixedmig_model.present.figures.lines import DASHES, Curve, draw_lines, even
from mixedmig_model.present.figures.marks import grouped
from mixedmig_model.present.figures.picture import Plot, figure_html
from mixedmig_model.present.figures.thinning import TOLERANCE, kept
from mixedmig_model.present.html.builders import Html
from mixedmig_model.record.finished import make_comparison, ordered
from mixedmig_model.record.schema.options import EventRow
from mixedmig_model.record.words.charts import templates
from mixedmig_model.record.words.charts.titles import cash_title, costs_title, people_title, staff_title

FIGURES = {
    "stages": people.stages_figure, "adrift": people.adrift_figure, "occupancy": people.occupancy_figure,
    "outcomes": people.outcomes_figure, "staff": services.staff_figure, "backlog": services.backlog_figure,
    "cost_steps": costs.waterfall_figure, "cash": costs.cash_figure,
    "prices": lambda made: costs.swings_figure(made, made.names[0]), "cost_and_protection": costs.plane_figure,
}
TIMED = ("stages", "adrift", "occupancy", "staff", "backlog", "cash")
SHIPPED = (
    "aegean_2014_2016", "afghan_returns_2016", "andaman_sea_2015", "comprehensive_plan_of_action_1989_1996",
    "generic_surge", "japan_2011", "libya_2011_evacuation", "pacific_climate_mobility",
)
LEAST_PIXELS = 6
"""Of its own colour that a series must have."""
CLOSE = 10
"""Of 255: how far a pixel's colour may be from that of a series."""


@pytest.fixture
def pictures(monkeypatch):
    """Pictures as they are when they are saved, with their words and their pixels."""
    kept_ones = []

    def keep(comparison, name, figure, drawn):
        image, links = saved(comparison, name, figure, drawn)
        figure.draw_without_rendering()  # texts are measured as they were drawn last, which is for a file
        kept_ones[-1]["pixels"] = np.rint(255 * style().imread(io.BytesIO(image))[..., :3]).astype(int)
        return image, links

    def told(one, chart, numbers, comparison=None):
        kept_ones.append({"picture": one, "chart": chart})
        html = figure_html(one, chart, numbers, comparison)
        kept_ones[-1]["html"] = html
        return html

    monkeypatch.setattr(picture, "saved", keep)
    for module in (people, services, costs, fans):
        monkeypatch.setattr(module, "figure_html", told)
    return kept_ones


def colour_of(artist):
    """The colour of a line or of an area, as it is drawn."""
    from matplotlib.colors import to_rgb

    found = artist.get_color() if hasattr(artist, "get_color") else artist.get_facecolor()[0][:3]
    return np.array(to_rgb(found)) * 255


def pixels_of(found, artist):
    """How many pixels of the artist's panel have its colour."""
    whole, box = artist.axes.figure.bbox, artist.axes.get_window_extent()
    scale = found["pixels"].shape[0] / whole.height
    edges = [round(scale * one) for one in (whole.y1 - box.y1, whole.y1 - box.y0, box.x0, box.x1)]
    part = found["pixels"][max(edges[0] - 4, 0) : edges[1] + 4, max(edges[2] - 4, 0) : edges[3] + 4]
    return int((np.abs(part - colour_of(artist)).max(axis=2) <= CLOSE).sum())


def check_seen(found):
    """Assert that each series of a picture can be seen, or that the figure's words say why it cannot."""
    one, said = found["picture"], found["picture"].said(found["chart"])
    series = {(row.panel, row.series) for row in one.drawn}
    assert set(one.artists) <= series
    for panel, name in sorted(series):
        nobody = max(row.value for row in one.drawn if (row.panel, row.series) == (panel, name)) < 0.5
        few = any(part.startswith(f"{name} in ") and panel in part for part in one.unseen)
        if (panel, name) in one.artists and not (few or (nobody and one.figure.legends)):
            assert pixels_of(found, one.artists[panel, name]) >= LEAST_PIXELS, (found["chart"].name, panel, name)
    for panel, groups in one.equal.items():
        for names in groups:
            assert templates.EQUAL.join(names) in said, (panel, names)
            assert panel in said
    for name in one.unseen:
        assert name in said
    legend = [text.get_text() for found in one.figure.legends for text in found.get_texts()]
    assert not set(legend) & set(one.unseen)
    hidden = {key for key in series if key not in one.artists and one.artists}
    equal = {panel: sum(len(names) - 1 for names in groups) for panel, groups in one.equal.items()}
    bands = {key for key in hidden if key[1] in (templates.RANGE, templates.PUBLISHED)}
    for panel in {panel for panel, _ in hidden - bands}:
        assert sum(1 for title, _ in hidden - bands if title == panel) == equal.get(panel, 0), panel


@pytest.mark.parametrize("name", TIMED)
def test_each_named_series_can_be_seen_or_is_said_to_be_equal(name, book, pictures):
    FIGURES[name](book[0])
    check_seen(pictures[0])


@pytest.mark.slow
@pytest.mark.parametrize("case", SHIPPED)
def test_each_series_of_shipped_cases_can_be_seen(case, workspace, tmp_path, pictures):
    inputs = read_case(workspace, case)
    made = make_comparison(inputs, ordered(inputs, None), tmp_path, workers=1)
    for name in TIMED:
        if name != "adrift" or made.record.route == "sea":
            FIGURES[name](made)
    for found in pictures:
        check_seen(found)
        check_inside(found)


def check_inside(found):
    """Assert that titles and labels lie within the picture, and that no label of an axis covers another."""
    figure = found["picture"].figure
    for text in (figure._suptitle, *figure.texts):
        box = text.get_window_extent()
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1
        assert box.y1 <= figure.bbox.y1 + 1
    for panel in found["picture"].panels:
        assert apart(panel.get_xticklabels())


def apart(labels):
    """Whether texts stand clear of each other."""
    boxes = sorted((label.get_window_extent() for label in labels if label.get_visible() and label.get_text()),
                   key=lambda box: box.x0)
    return all(one.x1 < other.x0 for one, other in pairwise(boxes))


@pytest.mark.parametrize("name", FIGURES)
def test_titles_say_what_is_shown_and_stay_within_the_picture(name, book, pictures):
    FIGURES[name](book[0])
    found = pictures[0]
    title = found["picture"].figure._suptitle.get_text()
    assert any(sign.isdigit() for sign in title)
    assert title.split() == found["chart"].title.split()
    assert found["chart"].title.split(";")[0] in found["html"].replace("&#x27;", "'")
    box = found["picture"].figure._suptitle.get_window_extent()
    assert 0 <= box.x0 <= box.x1 <= found["picture"].figure.bbox.x1


@pytest.mark.parametrize("columns", [1, 3])
def test_dates_have_room_in_runs_of_3_to_120_months(columns):
    plt = style()
    figure, panel = plt.subplots(figsize=(7.0 / columns, 2.5))
    for months in range(3, 121):
        for start in ("2015-01", "2015-11"):
            first = np.datetime64(start, "M")
            date_axis(panel, first.astype("datetime64[ns]"), (first + months).astype("datetime64[ns]"))
            assert apart(panel.get_xticklabels()), (months, start)
            assert 2 <= len(panel.get_xticks()) <= 7, (months, start)
    plt.close(figure)


@pytest.mark.parametrize("days", [10, 20, 31, 45, 60, 75, 89])
def test_dates_of_short_runs_are_weeks_or_days(days):
    plt = style()
    figure, panel = plt.subplots(figsize=(5.0, 2.5))
    first = np.datetime64("2019-01-01", "ns")
    date_axis(panel, first, first + np.timedelta64(days, "D"))
    labels = [label.get_text() for label in panel.get_xticklabels()]
    assert labels[0] in ("1 Jan 2019", "Jan 2019")
    assert len(labels) >= 2
    assert apart(panel.get_xticklabels())
    plt.close(figure)


@pytest.mark.parametrize("months", [3, 6, 12, 24, 48, 96, 120])
def test_dates_have_room_once_a_figure_is_laid_out(months):
    first = np.datetime64("2015-01", "M")
    days = np.arange(first.astype("datetime64[D]"), (first + months).astype("datetime64[D]"))
    one = Plot(6, 3, height=2.5, dates=(days[0], days[-1]))
    for panel in one.panels:
        draw_lines(one, panel, [Curve(days, np.linspace(0.0, 1.0, len(days)), "a line with a name", (0, 0, 1))],
                   title="", unit="person", scale=even(1.0))
    one.settle(Chart("x", "Title", "Subtitle", "Alt"))
    assert all(apart(panel.get_xticklabels()) for panel in one.panels)
    style().close(one.figure)


def lines_of(*ends, names="abcdefgh"):
    days = np.arange(np.datetime64("2015-01-01"), np.datetime64("2015-07-01"))
    rise = np.linspace(0.0, 1.0, len(days))
    return [Curve(days, end * rise, f"option {name}", (0.1, 0.2, 0.1 * k), DASHES[k % 4])
            for k, (end, name) in enumerate(zip(ends, names, strict=False))]


def drawn_lines(*ends):
    lines = lines_of(*ends)
    one = Plot(1, 1, dates=(lines[0].days[0], lines[0].days[-1]))
    draw_lines(one, one.panels[0], lines, title="", unit="person", scale=even(1.0))
    one.panels[0].set_ylim(0.0, 1.0)
    one.settle(Chart("x", "Title", "Subtitle", "Alt"))
    return one


def test_equal_lines_are_drawn_once_and_named_together():
    one = drawn_lines(0.5, 1.0, 0.5 + 1e-12, 0.5005)
    shown = [line for line in one.panels[0].get_lines() if len(line.get_xdata()) > 1]
    assert len(shown) == 2
    assert one.equal == {"": [("option a", "option c", "option d")]}
    words = one.said(Chart("x", "", "", ""))
    assert words == "Equal lines are drawn once: option a = option c = option d."
    texts = {" ".join(text.get_text().split()) for text in one.panels[0].texts}
    assert texts == {"option a = option c = option d", "option b"}
    style().close(one.figure)


def test_lines_that_can_be_told_apart_are_drawn_each():
    one = drawn_lines(0.5, 0.51)
    assert one.equal == {}
    style().close(one.figure)


@pytest.mark.parametrize("ends", [
    (0.5, 0.51, 0.52, 0.53), (0.0, 0.01, 1.0, 0.99, 0.98), (1.0, 0.995, 0.99, 0.985, 0.98),
])
def test_names_of_lines_never_cover_each_other(ends):
    from matplotlib.text import Text

    one = drawn_lines(*ends)
    one.figure.canvas.draw()
    boxes = [Text.get_window_extent(text) for text in one.panels[0].texts]
    assert len(boxes) == len(ends)
    assert not any(left.overlaps(right) for left, right in combinations(boxes, 2))
    assert all(box.x1 <= one.figure.bbox.x1 for box in boxes)
    style().close(one.figure)


def test_published_totals_and_dated_events_stand_on_the_axis(book, pictures):
    page = people.adrift_figure(book[0])
    one = pictures[0]["picture"]
    points = [row for row in one.drawn if row.series == templates.PUBLISHED]
    assert [(row.value, row.low, row.high) for row in points] == [(5000.0, 4500.0, 8500.0)]
    letters = [text for text in one.panels[0].texts if len(text.get_text()) == 1]
    assert 2 <= len(letters) <= 6
    boxes = [text.get_window_extent() for text in letters]
    assert not any(left.overlaps(right) for left, right in combinations(boxes, 2))
    assert "Marks on the axis: a 1 May 2015, " in page
    assert "Diamonds are published totals" in page


def test_events_that_are_near_each_other_share_a_mark():
    rows = [EventRow(day=f"2015-{month:02}-01", scenario="", titles=("x",)) for month in range(1, 13)]
    assert [len(group) for group in grouped(rows[:3], 365, 1)] == [1, 1, 1]
    groups = grouped(rows, 365, 1)
    assert len(groups) <= 6
    assert sum(len(group) for group in groups) == 12


def test_the_run_as_planned_is_a_line_in_the_fan(book, pictures):
    made, names = book[0], book[0].names
    days = [str(day)[:10] for day in made.runs[names[0]]["time"].values[::13]]
    band = {name: [[0.0] * len(days), [40.0] * len(days), [9000.0] * len(days)] for name in names}
    ensemble = {
        "draws": 5, "wanted": 5, "seed": 1, "method": "latin_hypercube", "baseline": names[0], "scenarios": names,
        "failed": {}, "judged": {}, "currency": "USD", "ranges": {}, "differences": {}, "beats": {}, "drivers": {},
        "changes": [], "evidence": {"inputs": 1, "assumed": 1, "variance": {}},
        "time": {"days": days, "without_shelter": band, "waiting": band},
    }
    fans.fan_figure(changed(made, ensemble=ensemble), "waiting")
    check_seen(pictures[0])
    for name in names:
        line = pictures[0]["picture"].artists[made.title(name), templates.PLANNED]
        waiting = made.runs[name]["daily_people"].sel(stage=list(fans.WAITING)).sum(("stage", "place", "country"))
        assert max(line.get_ydata()) == pytest.approx(float(waiting.max()))
        assert templates.PLANNED in {text.get_text() for text in line.axes.texts}


@pytest.mark.parametrize("name", [*FIGURES, "summary"])
def test_a_figure_is_written_as_svg_png_and_csv_the_same_each_time(name, book, tmp_path):
    texts = []
    for folder in ("one", "two"):
        made = replace(book[0], figures=tmp_path / folder)
        page = saved(made, "summary", *front_figure(made, made.names))[1] if name == "summary" else FIGURES[name](made)
        for ending in ("svg", "png", "csv"):
            assert f'href="figures/{name}.{ending}"' in page
        texts.append({file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()})
    assert texts[0] == texts[1]
    assert sorted(texts[0]) == [f"{name}.csv", f"{name}.png", f"{name}.svg"]
    root = ET.fromstring(texts[0][f"{name}.svg"])
    assert any(element.tag.endswith("}text") for element in root.iter())
    assert b"<dc:date>" not in texts[0][f"{name}.svg"]
    rows = list(csv.DictReader(io.StringIO(texts[0][f"{name}.csv"].decode("utf-8-sig"))))
    assert list(rows[0]) == ["panel", "series", "at", "value", "low", "high", "unit"]
    assert all(float(row["value"]) == float(row["value"]) and row["unit"] for row in rows)


def test_a_page_of_some_scenarios_has_files_of_its_own_names(book, tmp_path):
    page = costs.cash_figure(replace(book[0], figures=tmp_path / "figures", part="an_option"))
    assert 'href="figures/cash_an_option.svg"' in page
    assert (tmp_path / "figures" / "cash_an_option.csv").is_file()


def test_titles_of_a_user_are_no_formulas_and_no_markup_in_files(book, tmp_path):
    titles = ("=cmd|' /C calc'!A0", "<script>alert('$x$')</script> & _so")
    pairs = zip(book[0].record.scenarios, titles, strict=True)
    made = changed(book[0], scenarios=[one.model_copy(update={"title": title}) for one, title in pairs])
    people.adrift_figure(replace(made, figures=tmp_path))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "adrift.csv").read_text(encoding="utf-8-sig"))))
    assert {row["series"] for row in rows} >= {f"'{titles[0]}"}
    assert not any(row["series"].startswith("=") for row in rows)
    ET.fromstring((tmp_path / "adrift.svg").read_bytes())
    assert "<script" not in (tmp_path / "adrift.svg").read_text(encoding="utf-8")


def test_a_line_without_the_points_that_are_left_out_looks_the_same():
    at = np.arange(731.0)
    heights = np.stack([np.clip((at - 120) / 40, 0, 1) * np.exp(-np.maximum(at - 160, 0) / 90), (at > 300) * 0.7])
    keep = kept(at, heights)
    assert len(keep) < 150
    for height in heights:
        assert np.abs(np.interp(at, at[keep], height[keep]) - height).max() <= TOLERANCE
        assert height.argmax() in keep


def test_long_words_and_titles_are_set_in_lines_that_fit():
    plt = style()
    figure = plt.figure(figsize=(4.0, 2.0))
    text = f"A title with {'verylongword' * 12} in it and $5 to $6"
    lines = wrapped(figure, text, 0.9 * figure.bbox.width, 11.0, "bold")
    assert lines.replace("\n", "").replace(" ", "") == text.replace(" ", "")
    drawn = figure.text(0.0, 0.5, lines, fontsize=11.0, fontweight="bold")
    assert drawn.get_window_extent().width <= figure.bbox.width
    plt.close(figure)


def test_titles_in_words():
    some = people_title("At the peak", "adrift", {"A": 3040.0, "B": 0.0})
    assert some == "At the peak 3,040 people are adrift in A; in B nobody"
    same = people_title("At the peak", "adrift", {"A": 1.0, "B": 1.0})
    assert same == "At the peak 1 person is adrift in every option"
    assert people_title("At the end", "waiting", {"A": 0.0}) == "At the end nobody is waiting in A"
    many = people_title("At the end", "waiting", {"A": 5.0, "B": 9.0, "C": 7.0, "D": 2.0})
    assert many == "At the end between 2 people (D) and 9 people (B) are waiting"
    assert staff_title({("Screening", "A"): (3.0, 4.0)}) == templates.STAFF_ENOUGH
    short = staff_title({("Screening", "A"): (30.0, 4.0), ("Appeal", "A"): (5.0, 1.0)})
    assert short == (
        "Screening is furthest behind: at the peak the work that waits would occupy 30 officers; 4 are in post (A)")
    assert costs_title({"A": 5e6, "B": 4e6}, "EUR").replace("\xa0", " ") == "B costs EUR 1 m less than A"
    assert cash_title({"A": (5.0, 5.0)}, "EUR") == templates.CASH_FUNDED
    gaps = {"A": (5e6, 4e6), "B": (5e6, 4e6), "C": (5e6, 5e6), "D": (9e6, 2e6)}
    assert "; in D EUR 7 m of EUR 9 m" in cash_title(gaps, "EUR").replace("\xa0", " ")


def test_a_figure_without_a_report_has_no_links(book):
    assert "href" not in costs.cash_figure(book[0])
    one = Plot(1, 1)
    assert figure_html(one, Chart("x", "T", "S", "A"), Html("")).count("<img") == 1
