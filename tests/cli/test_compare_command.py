"""The command ``mixedmig compare``: breaches first, options with a breach apart, shares that sum, what it refuses."""

import json
import re
from html import unescape

import pytest
from typer.testing import CliRunner

from mixedmig_model.cli.main import app
from mixedmig_model.record.schema.compared import AttributionPart, QueuesPart, SharingPart
from mixedmig_model.record.words import comparison as words
from mixedmig_model.results.compare import Shift
from mixedmig_model.solve.kernel.native import available

CASE = "generic_surge"
MINUS = "\N{MINUS SIGN}"


def call(*arguments):
    done = CliRunner().invoke(app, ["compare", *(str(a) for a in arguments)])
    assert "Traceback" not in done.output
    if done.exception is not None:
        assert isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def done(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare") / "out"
    found = call(CASE, "--scenarios", "detention_first", "--attribution", "--to", folder, "--workspace", root, "--json",
                 "--draws", 0)
    assert found.exit_code == 0, found.output
    return found, json.loads(found.stdout), folder


def test_help_has_an_example_and_every_option():
    text = call("--help").output
    assert "Example: mixedmig compare generic_surge" in text
    for option in ("--scenarios", "--baseline", "--attribution", "--to", "--draws", "--pairs", "--seed", "--workers",
                   "--workspace", "--json"):
        assert option in text


def test_breaches_and_harms_come_first_and_the_baseline_is_named(done):
    record = done[1]
    assert list(record)[:10] == ["ok", "schema", "notice", "case", "title", "baseline", "breaches", "harms",
                                 "headlines", "details"]
    assert record["baseline"] == "most_likely"
    told = [line for line in done[0].stderr.splitlines() if line.startswith(("breach:", "harm:"))]
    assert len(told) == 2 * (len(record["breaches"]) + len(record["harms"]))
    said = [line for line in done[0].stderr.splitlines()
            if not re.match(r"caution: |(solving|attribution of \w+): \d", line)]
    assert said[0].startswith("Most likely: The baseline has ")
    assert ": Not ranked, because it adds " in said[1]
    assert said[2].startswith("breach:")


def test_an_option_with_a_breach_stands_apart_and_is_not_ranked(done):
    scenario = done[1]["scenarios"][1]
    assert (scenario["apart"], scenario["name"]) == (True, "detention_first")
    assert scenario["judgement"]["sentence"].startswith(
        "Not ranked, because it adds 2 breaches: identified children detained (0")
    assert scenario["judgement"]["ranked"] is False
    page = (done[2] / "compare.html").read_text(encoding="utf-8")
    assert "Options that are not ranked: they add a breach, or make one grow" in page
    assert page.index("What may be said") < page.index("Breaches, harms, indicators and costs")
    assert "<script" not in page


def test_shares_of_measures_sum_to_the_difference(done):
    found = done[1]["attribution"]["detention_first"]
    assert found["measures"] == ["detention", "law", "own_costs"]
    assert found["exact"]
    assert found["path"] == ("reference" if available() else "kernel")
    summed = 0
    for key, row in found["quantities"].items():
        if None not in row["shares"]:
            size = max(abs(row["option"]), abs(row["baseline"]), 1.0)
            assert abs(sum(row["shares"]) - row["difference"]) <= 1e-9 * size, key
            summed += 1
    assert summed > 20
    assert max(row["difference"] or 0.0 for row in found["quantities"].values()) > 100.0


def test_the_page_holds_every_part_and_its_record_lies_beside_it(done):
    page = re.sub(r"<[^>]+>", " ", (done[2] / "compare.html").read_text(encoding="utf-8"))
    for part in ("What differs in the inputs", "What made the difference: Detention first",
                 "Where queues go when one stage gets more staff", "Countries: people moved to a neighbour are seen",
                 "Sharing of responsibility", "Where people are at the end", "Evidence",
                 "They describe this model", "The key is the input sharing.key"):
        assert part in page, part
    beside = json.loads((done[2] / "compare.json").read_text(encoding="utf-8"))
    assert beside == done[1]
    assert sorted(path.name for path in done[2].iterdir()) == ["compare.html", "compare.json"]


def test_what_differs_in_the_inputs_names_source_and_quality(done):
    rows = done[1]["inputs"]["detention_first"]
    limit = next(row for row in rows if row.get("parameter") == "law.detention_limit")
    assert limit["quality"] == "choice of the scenario"
    assert limit["baseline_quality"]
    assert any(row["kind"] == "own_costs" for row in rows)


def test_people_costs_countries_and_key_are_there(done):
    record = done[1]
    assert set(record["regional"]["countries"]) == {"harbourland", "northmark"}
    for name in ("most_likely", "detention_first"):
        assert record["costs"][name]["total"] > 1e6
        shared = record["sharing"][name]
        assert sum(shared["key"].values()) == pytest.approx(1.0)
        assert 0.0 <= shared["index"] <= 1.0
        people = record["people"][name]
        assert sum(row["all"] for row in people.values()) > 5000
    cost = next(shift for shift in record["regional"]["shifts"]["detention_first"] if shift["measure"] == "cost")
    assert set(cost["fell"]) == {"northmark"}


@pytest.mark.parametrize(("arguments", "text"), [
    (("--scenarios", "most_likely"), "--scenarios: there is no scenario to compare with the baseline; found "
                                     "most_likely"),
    (("--scenarios", "early_hiring,early_hiring"), "--scenarios: duplicate scenario; found early_hiring; "
                                                   "allowed: each once"),
    (("--scenarios", "early_hirring"), "did you mean 'early_hiring'?"),
    (("--scenarios", "early_hiring", "--baseline", "worst"), "unknown scenario"),
    (("--scenarios", "early_hiring", "--pairs", 1), "--pairs: not an allowed number of pairs of orders; found 1; "
                                                    "allowed: 2 to 1,000"),
    (("--scenarios", "early_hiring", "--seed", -1), "--seed: the seed is negative; found -1; allowed: 0 or more"),
])
def test_bad_wishes_exit_with_two_and_write_nothing(root, tmp_path, arguments, text):
    found = call(CASE, *arguments, "--to", tmp_path / "new", "--workspace", root)
    assert found.exit_code == 2
    assert text in " ".join(found.output.split())
    assert not (tmp_path / "new").exists()


def test_a_target_that_is_a_file_is_refused_before_anything_is_solved(root, tmp_path):
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    found = call(CASE, "--scenarios", "early_hiring", "--to", tmp_path / "notes", "--workspace", root)
    assert found.exit_code == 2
    assert f"{tmp_path / 'notes'}: this is a file; allowed: a new folder, or one that is there" in found.output
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"


def attribution(shares, difference, baseline=100.0, **more):
    row = {"baseline": baseline, "option": baseline + difference, "difference": difference, "shares": shares,
           "errors": [0.0] * len(shares)}
    names = [f"m{k}" for k in range(len(shares))]
    return AttributionPart.model_validate({
        "titles": names, "measures": names, "quantities": {"deaths": row}, "path": "kernel", "note": "", "exact": True,
        "coalitions": 8, "runs": 5, "pairs_of_orders": 0, "scenario": "option", "baseline": "base", **more})


def test_sentences_of_attribution():
    assert words.attribution_sentence(attribution([-20.0, 3.0, 0.01], -16.99), "deaths") == (
        f"Deaths and missing on the way: {MINUS}17: m0 {MINUS}20; m1 +3; the others hardly anything.")
    many = attribution([-20.0, -9.0, 5.0, 3.0], -21.0)
    assert words.attribution_sentence(many, "deaths").endswith("m2 +5; others the rest.")
    cancel = attribution([-20.0, 20.0], 0.0)
    assert "about the same, because measures cancel" in words.attribution_sentence(cancel, "deaths")
    assert words.how(attribution([1.0], 1.0)) == "1 measure, all 8 combinations (5 runs) on the kernel path: exact."
    sampled = words.how(attribution([1.0], 1.0, exact=False, pairs_of_orders=8, note="no llvmlite", path="reference"))
    assert "8 orders and their reverses were sampled (8 combinations, 5 runs) on the reference path (no llv" in sampled
    assert words.untold(attribution([None, 1.0], 1.0)) == ["deaths"]


def test_sentences_of_queues_countries_and_sharing():
    found = QueuesPart(
        more=0.1, path="kernel", waiting={},
        moved={"screening": {"screening": -60.0, "appeal": 12.0}, "appeal": {"appeal": -0.2},
               "return": {"return": -4.0}},
        went_to={"screening": ("appeal",), "appeal": (), "return": ()},
    )
    assert words.bottleneck_sentence("screening", found) == (
        "10 % more staff in screening: 60 fewer people there on an average day. The queue moves to appeal (+12).")
    assert words.bottleneck_sentence("appeal", found) == "10 % more staff in appeal: its queue hardly changes."
    assert words.bottleneck_sentence("return", found).endswith("No other queue grows by a tenth of that.")
    shift = Shift("hosted_at_end", {"a": -300.0}, {"b": 250.0})
    assert words.shift_sentence(shift, {"a": "Aland", "b": "Bland"}) == (
        f"Hosted at the end: Aland {MINUS}300, but Bland +250. The sum is {MINUS}50.")
    assert words.sharing_sentence(SharingPart(index=None, weights={}, key={}, hosted={}), {}) == (
        "There is no index of responsibility sharing for one country.")


def test_the_words_of_the_report_on_money_and_on_inputs_to_own_are_on_the_page(done):
    option, page = done[1]["scenarios"][1], (done[2] / "compare.html").read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", " ", page))
    assert option["said"].startswith(option["judgement"]["sentence"])
    assert re.search(r" It costs USD\s\d+\sm more than the baseline; the largest part falls to ", option["said"])
    assert re.fullmatch(r"Cost: USD\s.+; gap .+\)\.", option["cost"])
    for words_ in (option["said"], option["cost"], "inputs that this case does not set",
                   "All results rest on a composition that this case did not set"):
        assert words_ in text, words_
    assert option["said"] in done[0].stderr
    if not available():
        assert "rests on Mortality of the crossing, a value for boats in the Bay of Bengal in 2015" in text
