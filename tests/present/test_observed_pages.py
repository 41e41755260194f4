"""Observed series next to the model on pages, the ledger of the data, and inputs that were fitted."""

from types import SimpleNamespace

import pytest
from results.hand_dataset import Hand
from small_case import SHARES, write_small

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.observations.quantities import COUNTED, FLOWS, NAMES, SECTORS
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.report.sections import decision
from mixedmig_model.present.report.sections.observed import MOST, observed_in_annex, observed_section
from mixedmig_model.present.tables.reproduced import total_lines
from mixedmig_model.record.parameters import parameter_rows
from mixedmig_model.record.published import balance_rows, published_rows
from mixedmig_model.record.words.pages.observed import quantity_title, stands
from mixedmig_model.results.published import compare_case
from mixedmig_model.vocabulary.observed import STOCK_AXES

HEAD = ("quantity,start,end,country,group,value,low,high,unit,counts,bound,rounding,as_of,reliability,use,source,note,"
        "fits")
ARRIVALS = "2030-01-01,2030-02-10,north,590,assumption,assumption,"
ROWS = (
    "awaiting_first_decision,2030-01-10,,all,,125,,,,,,,,,fitted,assumption,counted,determination.officers onward.rate",
    "awaiting_first_decision,2030-01-20,,all,,90,,,,,,,,weak,predicted,assumption,,",
    "decided_first,2030-01-11,2030-01-21,all,,18,,,,,,,,,predicted,assumption,,",
    "determination_staff,2030-01-10,,north,,12,10,15,officer,,,,,,input,assumption,,",
    "in_reception,2030-01-14,,north,refugee,100,,,,,at_most,,,,predicted,assumption,,",
    "decided_first,2030-01-01,2030-01-31,all,,70,,,,,,10,,,predicted,assumption,,",
    "without_shelter,2030-01-10,,all,,40,,,,,,,,doubtful,predicted,assumption,,",
)


def made(root, *rows):
    """The case with a table of observations, a run by hand, and what a page reads of both."""
    folder = write_small(root, ARRIVALS, start="2030-01-01", end="2030-02-10", more=f"parameters:\n  {SHARES}\n")
    if rows:
        (folder / "observations").mkdir()
        (folder / "observations" / "held.csv").write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    inputs = read_case(read_workspace(root), "small")
    groups = {name: (group.need, *group.flags) for name, group in inputs.groups.items()}
    hand = Hand(40, ("north", "south"), groups).open("people", 140.0, stage="determination", group="refugee")
    hand.open("staff", 12.0, function="determination", grade="active")
    hand.move("recognised", slice(None), 2.0, group="refugee")
    ds = hand.dataset()
    record = SimpleNamespace(published=published_rows(inputs, ds, "base"), balances=balance_rows(inputs), coming="sea",
                             countries={"north": "North", "south": "South"})
    return inputs, ds, SimpleNamespace(record=record)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return made(tmp_path_factory.mktemp("small"), *ROWS)


def test_each_observation_stands_next_to_the_model_with_use_reliability_and_source(small):
    page = str(observed_section(small[2]))
    for text in ("Waiting for a first decision", "10 Jan 2030", "fitted", "125", "weak", "counted",
                 "Fitted to it: determination.officers, onward.rate.", "In reception, North, refugee",
                 "11 Jan 2030 to before 21 Jan 2030"):
        assert text in page


def test_the_model_is_inside_or_outside_in_words(small):
    assert [stands(one) for one in small[2].record.published] == [
        "4 % below the figure", "missed: 11 % above the figure", "missed: 11 % above the figure", "inside its range",
        "missed: 40 % above its bound", "8 % below its rounding", "100 % below the figure"]


def test_the_values_are_those_of_the_run(small):
    ours = [one.ours for one in small[2].record.published]
    assert ours == pytest.approx([120.0, 100.0, 20.0, 12.0, 140.0, 60.0, 0.0])
    assert [one.missed for one in small[2].record.published] == [False, True, True, False, True, False, False]


def test_the_ledger_of_the_data_prints_what_flows_do_not_explain(small):
    (row,) = small[2].record.balances
    assert (row.change, row.unexplained) == (-35.0, -17.0)
    page = str(observed_section(small[2]))
    assert "Ledger of the data" in page
    assert "10 Jan 2030 to 20 Jan 2030" in page
    assert "Given a first decision: 18" in page
    assert "\N{MINUS SIGN}17" in page


def test_an_input_names_the_figures_that_it_was_fitted_to(small):
    rows = {row.name: row for row in parameter_rows(small[0])}
    said = ("Waiting for a first decision (10 Jan 2030)",)
    assert {name: row.fitted_to for name, row in rows.items() if row.fitted_to} == {
        "determination.officers": said, "onward.rate": said}
    assert "Fitted to: Waiting for a first decision (10 Jan 2030)." in str(
        decision._inputs_table([rows["onward.rate"]]))


def test_without_observations_pages_are_as_they_were(tmp_path):
    inputs, _, comparison = made(tmp_path)
    assert comparison.record.published == comparison.record.balances == ()
    assert str(observed_section(comparison)) == str(observed_in_annex(comparison)) == ""
    assert "nothing here is validated" in decision.published_table(comparison)
    assert not any(row.fitted_to for row in parameter_rows(inputs))


def test_a_long_table_stands_in_the_annex_and_the_report_lists_the_misses(small):
    rows = small[2].record.published * 2
    assert len(rows) > MOST
    record = SimpleNamespace(**{**vars(small[2].record), "published": rows})
    report, annex = (str(part(SimpleNamespace(record=record))) for part in (observed_section, observed_in_annex))
    assert report.count('<tr class="miss"') == 6 == report.count("<tr") - 1
    assert "Only misses are listed here. The annex has all 14 figures." in report
    assert annex.count("<tr") == 1 + 14 + 2
    assert str(observed_in_annex(small[2])) == ""


def test_the_command_prints_levels_and_groups(small):
    inputs, ds, _ = small
    text = "\n".join(total_lines(compare_case(ds, inputs, "base")))
    assert "In reception" in text
    assert "north, refugee" in text
    assert "2030-01-10 " in text
    assert "2030-01-11 to 2030-01-21" in text


def test_every_quantity_has_a_title_that_begins_with_a_capital():
    names = [*NAMES, *COUNTED, *(f"flow:{name}" for name in FLOWS), *(f"stock:{name}" for name in STOCK_AXES), "cost",
             "money_received", *(f"cost:{name}" for name in SECTORS)]
    titles = [quantity_title(name) for name in names]
    assert all(title[:1] == title[:1].upper() for title in titles)
    assert quantity_title("waiting_over:appeal:183d") == "Waiting in appeal for over 183 days"
    assert quantity_title("stock:people[stage=appeal,place=detention]") == (
        "People ashore in the procedure: appeal, detention")
    assert quantity_title("stock:staff[function=return]") == "Staff in post: return"
    assert quantity_title("claims")[1:] == DRIVERS["claims"].title[1:]
