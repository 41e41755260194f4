"""The page's record of a case, and its compiled program."""

import dataclasses
import datetime
import typing
from bisect import bisect_right
from collections.abc import Mapping
from functools import partial
from typing import Any

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.parameters.catalogue import CATALOGUE
from mixedmig_model.inputs.reading.units import conversion_factor
from mixedmig_model.inputs.resolving import changes
from mixedmig_model.inputs.resolving.ranges import range_of
from mixedmig_model.inputs.resolving.request import Request
from mixedmig_model.inputs.resolving.run_inputs import RunInputs
from mixedmig_model.present.explorer import answers, settings
from mixedmig_model.present.explorer.compiled.program import Program
from mixedmig_model.present.explorer.page import (
    PageCase,
    PageFacts,
    PageInputs,
    PageLayout,
    PageMember,
    PageParameter,
    PagePreset,
    PageRun,
    PageTitle,
    PageWorkspace,
)
from mixedmig_model.record.panel import said
from mixedmig_model.results.indicators.facts import find_waits
from mixedmig_model.results.waits.stays import detention_stays
from mixedmig_model.results.waits.waiting import stage_waits
from mixedmig_model.solve import dataset
from mixedmig_model.solve.answer import Answer
from mixedmig_model.solve.kernel.runs import layout_of
from mixedmig_model.solve.problem import incidence
from mixedmig_model.solve.run_arrays import SumsWhenRead, over_weeks
from mixedmig_model.solve.schedule import group_arrays
from mixedmig_model.study.responses import judged_run

WHO_DEPARTS = ("arrivals.", "responses.", "work.persons_per_case")
"""Inputs that say who sets out.

No setting of the page moves them.
"""
WAITS = "$.refused('waits are not in this file')"
BINDS = "funding.binds"
UNMOVED = (BINDS,)
MARKS = ("child", "alone", "trafficked", "vulnerable", "in_need")


def movable(run: RunInputs) -> frozenset[str]:
    """Return the inputs that a setting of the page can move."""
    return frozenset(
        name for name, need in CATALOGUE.items()
        if need.rule not in ("constant", "cited") and not name.startswith(WHO_DEPARTS) and name not in UNMOVED)


def page_of(inputs: CaseInputs, run: RunInputs) -> PageFacts:
    """Return what the page knows of a case."""
    request = Request(inputs, inputs.case.baseline, (), values={}, faults=[])
    parameters = {}
    for name, base in inputs.workspace.parameters.items():
        factor = conversion_factor(base.unit, CATALOGUE[name].unit)
        low, high = range_of(request, name)
        parameters[name] = PageParameter(base.unit, (low / factor, high / factor))
    countries = {name: PageTitle(one.title) for name, one in inputs.case.countries.items()}
    groups = {name: PageTitle(one.title, one.need, tuple(one.flags), one.origin) for name, one in inputs.groups.items()}
    case = PageCase(inputs.case.baseline, inputs.case.route, inputs.case.coming, tuple(inputs.case.ways),
                    dict(inputs.case.routes), countries=countries, parameters={})
    layout = layout_of(tuple(run.groups), run.countries)
    marks = group_arrays(run.groups)
    moves = movable(run)
    levers = {name: one for name, one in inputs.workspace.levers.items() if usable(one, moves)}
    presets = {name: PagePreset(tuple(PageMember(member.lever, member.intensity) for member in one.levers))
               for name, one in inputs.workspace.presets.items()
               if all(member.lever in levers for member in one.levers)}
    return PageFacts(
        PageInputs(case, PageWorkspace(parameters), groups, run.days), dict(run.parameters), moves, levers=levers,
        presets=presets,
        titles={name: one.title for name, one in inputs.workspace.parameters.items()},
        layout=PageLayout(layout.labels, layout.flows, layout.stock_at, layout.flow_at),
        groups={name: tuple((getattr(marks, name) > 0).tolist()) for name in MARKS},
    )


def usable(lever: Any, moves: frozenset[str]) -> bool:
    """Return whether a setting can use a lever.

    The page must be able to do all that it does.
    """
    if lever.effects or lever.start is not None or lever.until is not None:
        return False
    return all(one.parameter in moves for one in lever.changes) and not any(
        side.parameter for side in lever.side_effects)


def base_run(page: PageFacts, run: RunInputs) -> PageRun:
    """Return the run of the case itself."""
    return PageRun(run.digest, page.inputs.case.baseline, run.days, run.countries, groups=page.inputs.groups,
                   parameters=page.base)


def program_of(page: PageFacts, run: RunInputs) -> str:
    """Return the program of a page, in JavaScript."""
    program = Program({
        conversion_factor: "$.page.factor", changes.run_day: "((inputs, day) => day)",
        changes.calendar_day: "$.page.today", datetime.timedelta: "$.page.days", dataclasses.replace: "$.replace",
        typing.cast: "((kind, value) => value)", partial: "$.partial", bisect_right: "$.bisect",
        judged_run: "((run) => run)", said.change_parts: "(() => [])", detention_stays: "$.page.stays",
        stage_waits: WAITS, find_waits: WAITS,
        incidence: "$.refused('stocks are given')", dataset.flow_marks: "(() => $.dict([]))",
        answers.made_when_read: "$.page.arrays", over_weeks: "((moves) => moves.whole())",
        SumsWhenRead: "$.page.sums",
    })
    program.same(said.shown_indicators, answers.shown_here)
    for name, function in (
        ("resolved", settings.resolved), ("columns", settings.columns), ("fronts", settings.fronts_of),
        ("fault", settings.said_fault), ("arrays", answers.arrays_of), ("counted", answers.counted),
        ("said", answers.said), ("numbers", answers.numbers), ("lines", answers.lines),
        ("answer", Answer),
    ):
        program.add(name, function)
    program.constant("page", page)
    program.constant("base", base_run(page, run))
    return program.text()


def factors(inputs: CaseInputs) -> Mapping[str, float]:
    """Return the factors between units.

    They lead from those of base files to those of the equations.
    """
    pairs = {(one.unit, CATALOGUE[name].unit) for name, one in inputs.workspace.parameters.items()}
    return {f"{unit} {base}": conversion_factor(unit, base) for unit, base in sorted(pairs)}
