"""Charts of a batch: lines over one axis, cells over two, breaches marked, and words where there is no chart."""

import math
import re
from html import unescape

import pytest

from mixedmig_model.inputs.batch import read_batch
from mixedmig_model.present.batch import charts
from mixedmig_model.record.commands.varied import varied
from mixedmig_model.record.schema.commands import BatchAxis, BatchCost, BatchIndex, BatchRunRow, BatchValue
from mixedmig_model.record.words.charts.batches import MOST_PANELS, charted

HEAD = "schema: 1\ntitle: T\ncase: andaman_sea_2015\n"
LEVER = BatchAxis(kind="lever", key="sar", title="Rescue, intensity", unit="%", values=(0.0, 50.0, 100.0),
                  labels=("0", "50", "100"))
SHARE = BatchAxis(kind="input", key="x", title="Detained", unit="share", values=(0.1, 0.2), labels=("0.1", "0.2"))
SCENARIOS = BatchAxis(kind="scenario", key="", title="Scenario", unit="", values=(0.0, 1.0), labels=("Plain", "Other"))


def value(number, *, base=100.0, unit="person", title="Deaths", differs=True):
    return BatchValue(title=title, unit=unit, baseline=base, value=number, low=number, high=number, differs=differs)


def run(name, at, deaths, *, total=2e6, is_worse=False, **more):
    """A run that is done: deaths, a harm that never differs, one breach, and a cost."""
    given = {
        "title": f"Run {name}", "digest": name, "status": "done", "failure": "", "at": at, "apart": is_worse,
        "breaches": {"refused": value(10.0, base=10.0, title="Refused", differs=False)},
        "harms": {"deaths": value(deaths), "wrongly_returned": value(3.0, base=3.0, title="Returned", differs=False)},
        "cost": BatchCost(total=total, low=total, high=total, currency="USD", baseline=1e6)}
    return BatchRunRow(name=name, **given | more)


def index(*runs, axes=(LEVER,), why=""):
    return BatchIndex(notice="", title="T", case="c", case_title="C", baseline="plain", baseline_title="Plain",
                      runs=runs, axes=axes, uncharted=why)


def lines(**more):
    return index(run("c", (100.0,), 60.0, is_worse=True, **more), run("a", (0.0,), 100.0), run("b", (50.0,), 80.0))


def cells(*left_out):
    runs = [run(f"r{row}{column}", (SHARE.values[row], LEVER.values[column]), 90.0 + 10 * row - 20 * column,
                is_worse=(row, column) == (1, 2))
            for row in range(2) for column in range(3) if (row, column) not in left_out]
    lost = [BatchRunRow(name="lost", title="Lost", digest="l", status="failed", failure="why", at=(0.1, 0.0))]
    return index(*runs, *lost[: len(left_out)], axes=(SHARE, LEVER))


def alt(html):
    return unescape(re.search(r'<img alt="([^"]*)"', html)[1]).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def drawn(monkeypatch):
    """The figure of a chart, as it is before it becomes a picture."""
    kept = []

    def keep(picture, chart, numbers):
        picture.settle(chart)
        kept.append((picture, chart, numbers))
        return ""

    monkeypatch.setattr(charts, "figure_html", keep)
    return kept


def test_lines_have_the_numbers_of_the_index_the_baseline_and_stars_where_a_breach_grows(drawn):
    charts.batch_charts(lines())
    picture, chart, numbers = drawn[0]
    assert [(one.at, one.value) for one in picture.drawn if one.panel == "Deaths"] == [
        ("0.0", 100.0), ("50.0", 80.0), ("100.0", 60.0)], "in the order of the axis, not of the file"
    panel, costs = picture.panels
    assert (panel.get_title(loc="left"), panel.get_ylabel(), panel.get_xlabel()) == (
        "Deaths", "people", "Rescue, intensity (%)")
    assert costs.get_ylabel() == "million USD"
    dashed = [one for one in panel.lines if one.get_linestyle() == "--" and len(one.get_xdata()) == 2]
    assert list(dashed[0].get_ydata()) == [100.0, 100.0]
    stars = next(one for one in panel.lines if one.get_marker() == "*")
    assert (list(stars.get_xdata()), list(stars.get_ydata())) == ([100.0], [60.0])
    assert panel.get_ylim()[0] == 0.0, "a small change must look small"
    assert [one.get_text() for one in panel.texts] == ["100", "80", "60"]
    legend, = picture.figure.legends
    assert [one.get_text() for one in legend.get_texts()] == [
        "adds a breach or makes one grow: not ranked", "adds no breach", "baseline"]
    assert chart.title == "1 of 3 runs adds a breach or makes one grow; Deaths: 60 to 100 people; Cost of the " \
        "response: USD\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}m"
    assert chart.subtitle == "Each panel in its unit, by Rescue, intensity (%). Dashed: Plain (the baseline)"
    assert re.findall(r"<th[^>]*>Plain</th><td[^>]*>100</td>", numbers), "the table has the baseline first"


def test_a_page_has_the_lines_with_an_alt_text_and_what_stands_below():
    page = charts.batch_charts(lines())
    assert alt(page) == (
        "1 of 3 runs adds a breach or makes one grow; Deaths: 60 to 100 people; Cost of the response: USD 2 m. Each "
        "panel in its unit, by Rescue, intensity (%). Dashed: Plain (the baseline). Marked: Run c. Deaths (people): "
        "100 at 0 %, 60 at 100 %; baseline 100. Cost of the response: USD 2 m at 0 %, USD 2 m at 100 %; baseline "
        "USD 1 m. The table gives the numbers. Stars: runs that add a breach or make one grow. They are not ranked. "
        "3 of 3 runs have breaches; the list below counts them. No material difference in any run: Returned.")
    assert "src=\"data:image/png;base64," in page
    assert "http" not in page


def test_a_run_without_a_result_has_no_point_and_that_is_said(drawn):
    made = lines()
    lost = BatchRunRow(name="d", title="D", digest="d", status="failed", failure="why", at=(50.0,))
    charts.batch_charts(made.model_copy(update={"runs": (*made.runs[:2], lost)}))
    picture, chart, _ = drawn[0]
    assert [one.at for one in picture.drawn if one.panel == "Deaths"] == ["0.0", "100.0"]
    assert "Runs without a result have no point." in chart.caption


def test_cells_have_their_numbers_colours_around_the_baseline_and_hatches(drawn):
    charts.batch_charts(cells())
    picture, chart, _ = drawn[0]
    panel = picture.panels[0]
    assert (panel.get_xlabel(), panel.get_ylabel()) == ("Rescue, intensity (%)", "Detained (share)")
    assert [one.get_text() for one in panel.get_xticklabels()] == ["0", "50", "100"]
    assert [one.get_text() for one in panel.texts] == ["90", "70", "50", "100", "80", "60"]
    assert panel.get_ylim() == (0.0, 2.0), "numbers rise upwards"
    mesh = panel.collections[0]
    assert (mesh.norm.vmin + mesh.norm.vmax) / 2.0 == 100.0, "the middle of the colours is the baseline"
    hatched = [one for one in panel.patches if one.get_hatch()]
    assert [one.get_xy() for one in hatched] == [(2, 1)]
    legend = [one.get_text() for one in picture.figure.legends[0].get_texts()]
    assert legend == ["adds a breach or makes one grow: not ranked", "baseline on each colour bar"]
    assert "Hatched: runs that add a breach or make one grow." in chart.caption
    assert "Each place is named by Rescue, intensity, then by Detained. Deaths (people): lowest 50 at (100 %, 0.1), " \
        "highest 100 at (0 %, 0.2); baseline 100." in chart.alt
    assert "White: as in Plain (the baseline). Blue: less. Orange: more" in chart.subtitle


def test_a_cell_without_a_result_is_grey_and_that_is_said(drawn):
    charts.batch_charts(cells((0, 0)))
    picture, chart, _ = drawn[0]
    assert len(picture.panels[0].texts) == 5
    assert "no result" in [one.get_text() for one in picture.figure.legends[0].get_texts()]
    assert "Grey: runs without a result." in chart.caption


def test_many_cells_have_no_numbers_and_that_is_said(drawn, monkeypatch):
    monkeypatch.setattr(charts, "MOST_CELLS", 5)
    charts.batch_charts(cells())
    picture, chart, _ = drawn[0]
    assert not picture.panels[0].texts
    assert "There are too many runs for numbers within the cells" in chart.caption


def test_numbers_that_fit_no_cell_are_left_out(drawn, monkeypatch):
    monkeypatch.setattr(charts, "ROOM", 0.001)
    charts.batch_charts(cells())
    assert not drawn[0][0].panels[0].texts


def test_scenarios_are_rows_by_their_titles(drawn):
    runs = [run(f"{row}{column}", (float(row), LEVER.values[column]), 80.0 + row + column)
            for row in range(2) for column in range(3)]
    charts.batch_charts(index(*runs, axes=(SCENARIOS, LEVER)))
    panel = drawn[0][0].panels[0]
    assert [one.get_text() for one in panel.get_yticklabels()] == ["Plain", "Other"]
    assert panel.get_ylim() == (2.0, 0.0), "the first scenario is the first row"


def test_breaches_that_differ_come_first_cost_last_and_the_rest_is_named():
    found = {name: value(float(place), base=0.0, title=name) for place, name in enumerate("abcdefghij")}
    drawn, same = charted(index(run("a", (0.0,), 90.0, breaches=found)))
    assert len(drawn) == MOST_PANELS
    assert ([one.kind for one in drawn], [one.title for one in same]) == (
        [*["breach"] * (MOST_PANELS - 1), "cost"], ["Returned"])


def test_a_number_that_is_none_is_left_out_of_spans_and_alt_texts():
    found = index(run("a", (0.1, 0.0), math.nan), run("b", (0.2, 50.0), 80.0), axes=(SHARE, LEVER))
    page = charts.batch_charts(found)
    assert "Deaths: 80 people" in alt(page)
    assert "lowest 80 at (50 %, 0.2), highest 80 at (50 %, 0.2)" in alt(page)


@pytest.mark.parametrize(("found", "words"), [
    (index(run("a", (), 1.0), axes=(), why="Too <many>."), "<p>Too &lt;many&gt;.</p>"),
    (index(run("a", (), 1.0), axes=()), ""),
    (index(BatchRunRow(name="d", title="D", digest="d", status="failed", failure="why", at=(0.0,))), ""),
    (index(run("a", (0.0,), 1.0, harms={}, total=1e6)),
     "<p>No main indicator differs materially between these runs and the baseline: there is no chart.</p>"),
])
def test_where_there_is_no_chart_the_page_says_why(found, words):
    assert charts.batch_charts(found) == words


# ---- what a batch varies --------------------------------------------------------------------------------------------


@pytest.fixture
def axes_of(tmp_path, workspace):
    def read(text):
        (tmp_path / "b.yaml").write_text(HEAD + text, encoding="utf-8")
        return varied(read_batch(tmp_path / "b.yaml", workspace))

    return read


def test_a_grid_has_an_axis_for_each_input_or_lever_with_several_values(axes_of):
    found = axes_of("grid:\n  levers: {sar: [1, 0.5]}\n  values: {detention.detained_share: [0.2, 0.1], "
                    "detention.places: [100]}\n")
    lever, share = found.axes
    assert (lever.title, lever.unit, lever.values, lever.labels) == (
        "Search and rescue, intensity", "%", (50.0, 100.0), ("50", "100"))
    assert (share.key, share.unit, share.values) == ("detention.detained_share", "share", (0.1, 0.2))
    assert found.places == ((100.0, 0.2), (100.0, 0.1), (50.0, 0.2), (50.0, 0.1))


def test_a_scenario_is_an_axis_next_to_another(axes_of):
    found = axes_of("grid:\n  scenarios: [as_it_happened, disembark_within_two_days]\n  levers: {sar: [0, 1]}\n")
    assert [axis.kind for axis in found.axes] == ["scenario", "lever"]
    assert found.axes[0].labels == ("As it happened", "Disembark within two days")
    assert found.places == ((0.0, 0.0), (0.0, 100.0), (1.0, 0.0), (1.0, 100.0))


def test_a_list_whose_runs_set_the_same_inputs_has_axes_too(axes_of):
    found = axes_of("runs:\n  - {name: a, levers: {sar: 1}}\n  - {name: b, levers: {sar: 0.2}}\n")
    assert (found.axes[0].values, found.places) == ((20.0, 100.0), ((100.0,), (20.0,)))


@pytest.mark.parametrize(("text", "why"), [
    ("grid:\n  levers: {sar: [0, 1], screening: [0, 1]}\n  values: {detention.detained_share: [0.1, 0.2]}\n",
     r"These runs vary 3 things: Search and rescue, .*\. Charts show one or two; the tables have all runs\."),
    ("runs:\n  - {name: a, levers: {sar: 1}}\n  - {name: b}\n",
     r"Not all runs of this file set the same levers and inputs, so no chart can place them on an axis\."),
    ("grid:\n  scenarios: [as_it_happened, disembark_within_two_days]\n",
     r"These runs vary the scenario alone, which is no axis of a chart; the tables compare them\."),
    ("grid: {}\n", ""),
])
def test_what_no_chart_can_show_is_said(axes_of, text, why):
    found = axes_of(text)
    assert (found.axes, set(found.places)) == ((), {()})
    assert re.fullmatch(why, found.why)
