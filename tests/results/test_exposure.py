"""What a judgement reads of a run: harms by hand, the places of all who lived, and what changes nothing."""

import dataclasses

import numpy as np
import pytest
from hand_dataset import GROUPS, ROW, Hand
from test_split_groups import split

from mixedmig_model.equations.table import FLOWS, STOCKS
from mixedmig_model.results.indicators.decision import BREACHES
from mixedmig_model.results.indicators.exposure import (
    AWAITED,
    BEYOND,
    FLAT_NAMES,
    HARM_KEYS,
    JudgedCounts,
    judged_counts,
)
from mixedmig_model.results.indicators.judgement import INDICATOR_OF
from mixedmig_model.results.indicators.spent import NOT_ON_RECORD, TimeSpent
from mixedmig_model.results.indicators.table import indicator_table
from mixedmig_model.results.measures import DEATHS
from mixedmig_model.vocabulary.labels import STAGES

DAYS = 28


def wandering(seed, days=DAYS):
    """A run in which people of all groups go every way there is, some of them each day, while there are any."""
    rng = np.random.default_rng(seed)
    hand = Hand(days, ("north", "south"))
    for group in GROUPS:
        for country in ("north", "south"):
            for stage in STAGES:
                for place in ("reception", "detention", "unsheltered"):
                    hand.open("people", 40.0, stage=stage, place=place, group=group, country=country)
            for stock in ("irregular", "moving", "at_sea", "returned_enforced", "returned_induced"):
                hand.open(stock, 60.0, group=group, country=country)
        hand.open("adrift", 30.0, group=group)
    for flow in FLOWS:
        if "function" not in flow.axes:
            moved = rng.uniform(0.0, 0.02, (days, *hand.shape(flow.axes)))
            for axis, names in flow.only.items():
                allowed = np.array([label in names for label in hand.labels[axis]])
                shape = [1] * moved.ndim
                shape[1 + flow.axes.index(axis)] = len(allowed)
                moved = moved * allowed.reshape(shape)
            hand.flows[flow.name] += moved
    return hand


def summed(values, axes):
    """Numbers summed over all axes but days and groups."""
    return values.sum(axis=tuple(n for n, axis in enumerate(axes) if axis not in ("day", "group")))


def by_group(hand, *names):
    """What some rows move each day, ``[D, G]``."""
    return sum(summed(hand.flows[name], ("day", *ROW[name].axes)) for name in names)


@pytest.mark.parametrize("seed", range(4))
def test_potential_time_is_the_sum_of_its_places_by_group(seed):
    """The ledger says the same: who set out, less who died, less who is still at sea or adrift."""
    hand = wandering(seed)
    ds = hand.dataset()
    spent = TimeSpent(ds)
    opening = sum(summed(hand.opening[stock.name], stock.axes) for stock in STOCKS if "group" in stock.axes)
    change = by_group(hand, "departed", "entered_with_claim") - by_group(hand, *DEATHS)
    living = opening + np.concatenate([np.zeros((1, len(GROUPS))), np.cumsum(change, axis=0)])
    stocks = ds["daily_stock"].sel(stock=["at_sea", "adrift"]).sum("stock").values
    np.testing.assert_allclose(spent.potential, np.trapezoid(living - stocks, axis=0), rtol=1e-12)
    survivors = spent.people(-1, STAGES, ("at_sea", "adrift", *NOT_ON_RECORD))
    np.testing.assert_allclose(spent.set_out - spent.moved(*DEATHS), survivors, rtol=1e-12)
    counts = judged_counts(ds)
    assert counts.harms["unsheltered"].exposure == pytest.approx(spent.potential.sum(), rel=1e-12)
    assert counts.survivors == pytest.approx(counts.harms["deaths"].exposure - counts.harms["deaths"].seen, rel=1e-12)


def test_what_may_be_is_at_least_what_is_seen_and_no_more_than_could_suffer_it():
    for seed in range(4):
        for key, harm in judged_counts(wandering(seed).dataset()).harms.items():
            assert 0.0 < harm.seen <= harm.exposure, key
            assert all(term > 0.0 for term in harm.beyond.values()), key
            assert harm.seen <= harm.possible <= harm.exposure * (1.0 + 1e-12), key


def test_counts_agree_with_the_indicators_that_count_the_same():
    ds = wandering(5).dataset()
    counts, table = judged_counts(ds), indicator_table(ds)
    assert {key: counts.breaches[key] for key in counts.breaches} == {one.key: table[one.key] for one in BREACHES}
    assert judged_counts(ds, table) == counts
    for key, indicator in {
        "deaths": "deaths", "sent_back": "wrongly_returned", "unsheltered": "without_shelter_days",
        "detention": "detention_days", "children_detained": "child_detention_days", **INDICATOR_OF,
    }.items():
        assert counts.harms[key].seen == pytest.approx(table[indicator], rel=1e-12), key
    assert counts.children_taken_into_detention == pytest.approx(table["children_detained"], rel=1e-12)
    assert counts.outside["unsheltered_peak"] == pytest.approx(table["without_shelter_peak"], rel=1e-12)
    for key, by_country in counts.in_countries.items():
        whole = (counts.breaches[key] if key in counts.breaches
                 else counts.harms[key].seen - (counts.adrift_deaths if key == "deaths" else 0.0))
        assert list(by_country) == ["north", "south"]
        assert sum(by_country.values()) == pytest.approx(whole, rel=1e-12), key


def test_children_of_adults_removed_out_of_detention_stay_separated():
    """Ten days of two adults inside with a child each, and one of them removed at noon of the fifth day."""
    hand = Hand(10, groups={"child": ("other", "child"), "migrant": ("none",)})
    hand.open("people", 2.0, stage="return", place="detention", group="migrant")
    hand.open("people", 3.0, stage="return", place="reception", group="child")
    hand.move("enforced", 4, 1.0, group="migrant", place="detention").move("separation_days", slice(None), 1.45)
    counts = judged_counts(hand.dataset())
    harm = counts.harms["children_separated"]
    assert (harm.seen, harm.exposure) == (pytest.approx(14.5), pytest.approx(30.0))
    assert harm.beyond == {"in_cells": 0.0, "after_removal": pytest.approx(5.5)}  # a child for each adult inside
    assert (harm.waiting, harm.settled) == (0.0, 3.0)
    assert counts.in_countries["children_separated"] == {"here": pytest.approx(14.5)}


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_people_without_a_record_who_are_housed_may_not_be_without_shelter(share):
    """Ten days of six people without a record, of whom four are found during the fifth, and of one closed claim."""
    hand = Hand(10, ("north", "south"), groups={"migrant": ("none",)}, irregular__housed_share=share)
    hand.open("irregular", 6.0, country="north").open("closed", 1.0, country="north")
    hand.move("found", 4, 4.0, place="unsheltered", country="north")
    harms = judged_counts(hand.dataset()).harms
    assert harms["unsheltered"].seen == pytest.approx(22.0)
    assert harms["unsheltered"].beyond["unrecorded"] == pytest.approx(38.0 * (1.0 - share) + 10.0)
    assert harms["without_status"].seen == pytest.approx(48.0)


def test_every_harm_by_hand():
    """Five groups of one person, each at one place from the first day to the last, and one who moves."""
    hand = Hand(10, groups={"refugee": ("international",), "child": ("other", "child", "ill"), "migrant": ("none",)})
    hand.open("people", 10.0, stage="determination", place="unsheltered", group="refugee")
    hand.open("people", 4.0, stage="return", place="detention", group="child")
    hand.open("people", 3.0, stage="limbo", place="reception", group="migrant")
    hand.open("irregular", 2.0, group="migrant").open("adrift", 1.0, group="migrant")
    hand.open("people", 5.0, stage="protected", place="community", group="refugee")
    hand.move("departed", 4, 8.0, group="migrant").move("crossing_deaths", 4, 1.0, group="migrant")
    hand.move("enforced", 4, 2.0, group="child", place="detention")  # half of the fifth day and five more
    hand.move("moved_onward", 4, 1.0, group="refugee", stage="determination", place="unsheltered")
    hand.move("left_region", 6, 1.0, group="refugee")
    hand.move("resettled", 9, 1.0, group="refugee", place="community")
    counts = judged_counts(hand.dataset())
    harms = counts.harms
    assert (harms["deaths"].seen, harms["deaths"].exposure) == (1.0, 33.0)
    assert (harms["adrift"].seen, harms["adrift"].exposure) == (10.0, 32.0)
    assert (counts.adrift_entries, counts.adrift_deaths) == (1.0, 0.0)
    sent = harms["sent_back"]
    assert (sent.seen, sent.exposure, sent.settled, sent.waiting) == (2.0, 19.0, 5.0, 11.0)
    owed = harms["unprotected"]
    assert owed.exposure == pytest.approx(190.0)
    assert owed.seen == pytest.approx(94.5 + 40.0)  # nine and a half in determination, and the children sent back too
    assert owed.beyond == {"elsewhere": pytest.approx(5.5)}
    unseen = harms["needs_unseen"]
    assert (unseen.seen, unseen.exposure) == (pytest.approx(29.0), pytest.approx(40.0))
    assert unseen.beyond == {"sent_back": pytest.approx(11.0), "elsewhere": 0.0}
    shelter = harms["unsheltered"]
    assert (shelter.seen, shelter.exposure) == (pytest.approx(94.5), pytest.approx(240.0))
    assert shelter.beyond == {"in_cells": pytest.approx(29.0), "unrecorded": pytest.approx(20.0),
                              "sent_back": pytest.approx(11.0), "elsewhere": pytest.approx(5.5)}
    for key, exposure in (("detention", 240.0), ("children_detained", 40.0)):
        assert (harms[key].seen, harms[key].exposure) == (pytest.approx(29.0), pytest.approx(exposure))
        assert harms[key].beyond == {"after_removal": pytest.approx(11.0)}
    assert (harms["detention"].waiting, harms["detention"].settled) == (9.0, 12.0)
    assert (harms["children_detained"].waiting, harms["children_detained"].settled) == (0.0, 4.0)
    status = harms["without_status"]
    assert status.seen == pytest.approx(29.0 + 30.0 + 20.0)
    assert status.beyond == {"sent_back": pytest.approx(11.0), "elsewhere": pytest.approx(5.5)}
    solved = harms["without_solution"]
    assert (solved.exposure, solved.seen) == (pytest.approx(184.5), pytest.approx(184.0))
    assert (counts.survivors, counts.child_survivors) == (32.0, 4.0)


def test_who_was_removed_out_of_detention_is_told_from_who_was_not():
    """Early removals out of cells count for the days since, and whose way back says that their need was seen apart."""
    hand = Hand(70, groups={"ill": ("other", "ill")})
    hand.open("people", 40.0, stage="return", place="detention").open("people", 40.0, stage="return")
    hand.open("people", 20.0, stage="referral")
    hand.move("enforced", 3, 10.0, place="detention").move("enforced", 66, 30.0)
    hand.move("returned_after_referral", 10, 20.0)
    harms = judged_counts(hand.dataset()).harms
    assert harms["detention"].beyond["after_removal"] == pytest.approx(10.0 * 66.5, rel=1e-9)
    assert harms["needs_unseen"].beyond["sent_back"] == pytest.approx(10.0 * 66.5 + 30.0 * 3.5, rel=1e-9)
    assert harms["unsheltered"].beyond["sent_back"] == pytest.approx(10.0 * 66.5 + 30.0 * 3.5, rel=1e-9)


def test_people_sent_back_before_the_run_are_not_taken_for_people_out_of_its_cells():
    hand = Hand(28, groups={"migrant": ("none",)}).open("returned_enforced", 90.0)
    hand.open("people", 10.0, stage="return", place="detention").move("enforced", 3, 10.0, place="detention")
    assert judged_counts(hand.dataset()).harms["detention"].beyond["after_removal"] == pytest.approx(10.0 * 24.5)


def test_services_are_those_seen_and_reception_takes_in_from_everywhere_else():
    hand = Hand(7, ("north", "south")).move("landed", 0, 12.0).move("landed", 0, 5.0, place="detention")
    hand.move("sheltered", 1, 3.0, stage="registration").move("released_to_reception", 2, 2.0, stage="screening")
    hand.move("registered", 3, 7.0, place="reception").move("moved_on", 4, 1.0, stage="screening")
    hand.move("transferred", 5, 4.0, stage="protected", country="north", destination="south")
    served = judged_counts(hand.dataset()).served
    assert served == {"registration": 7.0, "screening": 0.0, "referral": 0.0, "determination": 0.0, "appeal": 0.0,
                      "return": 0.0, "reception": 17.0}


def test_dividing_a_group_or_renaming_a_country_changes_no_count():
    ds = wandering(6).dataset()
    whole = judged_counts(ds)
    for group in GROUPS:
        for key, value in judged_counts(split(ds, group)).flat().items():
            assert value == pytest.approx(whole.flat()[key], rel=1e-9), (group, key)
    renamed = judged_counts(ds.assign_coords(country=["aland", "zetaland"], destination=["aland", "zetaland"]))
    assert renamed.flat() == whole.flat()
    assert {key: list(table.values()) for key, table in renamed.in_countries.items()} == {
        key: list(table.values()) for key, table in whole.in_countries.items()}


def test_flat_numbers_are_the_counts_without_countries():
    counts = judged_counts(wandering(7).dataset())
    assert tuple(counts.flat()) == FLAT_NAMES
    assert len(set(FLAT_NAMES)) == len(FLAT_NAMES)
    assert JudgedCounts.of_flat(counts.flat()) == dataclasses.replace(counts, in_countries={})
    assert tuple(counts.harms) == HARM_KEYS
    assert {key: tuple(harm.beyond) for key, harm in counts.harms.items() if harm.beyond} == BEYOND
    assert {key for key, harm in counts.harms.items() if harm.settled} == set(AWAITED)
    with pytest.raises(KeyError, match=r"sent_back\.waiting"):
        JudgedCounts.of_flat({key: 0.0 for key in FLAT_NAMES if key != "sent_back.waiting"})
