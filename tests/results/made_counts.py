"""Made-up counts of runs for tests of the judgement: a baseline in which every harm is there, and changes of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mixedmig_model.results.indicators.exposure import HARM_KEYS, HarmCount, JudgedCounts
from mixedmig_model.results.indicators.table import BREACHES

PEOPLE, DAYS = 10_000.0, 2_000_000.0
SEEN = {"deaths": 300.0, "sent_back": 400.0}
SERVICES = ("registration", "screening", "referral", "determination", "appeal", "return", "reception")


def harm(key: str, **given: Any) -> HarmCount:
    """One harm: 300 deaths, 400 sent back, 100,000 person-days of others; some of what is possible in two places."""
    in_persons = key in ("deaths", "sent_back")
    made = HarmCount(
        SEEN.get(key, 100_000.0), PEOPLE if in_persons or key == "adrift" else DAYS,
        beyond={"in_cells": 20_000.0, "elsewhere": 50_000.0} if key == "unsheltered" else {},
        settled=5_000.0, waiting=0.0,
    )
    return replace(made, **given)


def counts(harms: Mapping[str, Mapping[str, Any]] | None = None, breaches: Mapping[str, float] | None = None,
           **given: Any) -> JudgedCounts:
    """Counts of a run. Args: what differs from the baseline, by harm and by breach, and in the rest."""
    made = JudgedCounts(
        harms={key: harm(key, **(harms or {}).get(key, {})) for key in HARM_KEYS},
        breaches={one.key: 0.0 for one in BREACHES} | dict(breaches or {}),
        survivors=PEOPLE - 300.0, child_survivors=2_000.0, children_taken_into_detention=1_000.0, adrift_deaths=50.0,
        adrift_entries=1_000.0, served=dict.fromkeys(SERVICES, 8_000.0), in_countries={}, outside={},
    )
    return replace(made, **given)


def scaled(one: JudgedCounts, factor: float) -> JudgedCounts:
    """The same run with ``factor`` times as many people."""
    def times(table: Mapping[str, float]) -> dict[str, float]:
        return {key: factor * value for key, value in table.items()}

    harms = {
        key: HarmCount(factor * found.seen, factor * found.exposure, times(found.beyond),
                       waiting=factor * found.waiting, settled=factor * found.settled)
        for key, found in one.harms.items()
    }
    return replace(
        one, harms=harms, breaches=times(one.breaches), survivors=factor * one.survivors,
        child_survivors=factor * one.child_survivors, adrift_deaths=factor * one.adrift_deaths,
        children_taken_into_detention=factor * one.children_taken_into_detention, served=times(one.served),
        adrift_entries=factor * one.adrift_entries,
    )
