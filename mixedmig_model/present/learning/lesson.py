"""A lesson: predict, run, explain, on a case of the model.

The notebooks of ``workbooks/teaching`` call one ``Lesson``. It asks questions, and shows breaches and
harms before any other number. Each answer is computed from the case when the learner asks.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.cases.proposed import scenario_record, with_scenario
from mixedmig_model.inputs.installed import installed_workspace
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.present.learning.asking import Answer, AskedQuestion
from mixedmig_model.present.learning.progress import GivenAnswer, read_progress, with_answer, write_progress
from mixedmig_model.present.learning.questions import OrderAnswer, Question
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.teaching import lessons as words
from mixedmig_model.results.indicators.judgement import INDICATOR_OF
from mixedmig_model.results.indicators.table import BREACHES, HARMS, INDICATORS
from mixedmig_model.study.teaching.identify import Extent90
from mixedmig_model.study.teaching.numbers import COST, PlanNumbers, judgement_of, plan_numbers, plan_ranges, with_range
from mixedmig_model.vocabulary.numbers import amount, unit_words

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
COST_TITLE = "Cost of the response"


class Lesson:
    """A lesson on a case, with its plans and questions.

    Parameters
    ----------
    name : str
        Name of the lesson.
    case : str
        A case of the workspace.
    workspace : str, default ""
        Its folder; empty: the shipped one.
    progress : str, default ""
        The file of a learner's progress; empty: none is kept.
    draws : int, default 8
        Draws for ranges.
    """

    def __init__(self, name: str, case: str, workspace: str = "", progress: str = "", draws: int = 8) -> None:
        self.inputs = read_case(read_workspace(Path(workspace) if workspace else installed_workspace()), case)
        self.file = Path(progress) if progress else None
        self.progress = read_progress(self.file, name)
        self.draws = draws
        self._numbers: dict[str, PlanNumbers] = {}
        self._ranges: dict[tuple[str, str], np.ndarray] = {}

    @property
    def baseline(self) -> str:
        """The case's own baseline."""
        return self.inputs.case.baseline

    def title(self, plan: str) -> str:
        """Return the title of a plan."""
        return self.inputs.scenario(plan).title

    def plan(
        self, name: str, title: str, values: Mapping[str, float], like: str = "", *, start: str = "",
        countries: Sequence[str] = (),
    ) -> None:
        """Add a plan: another scenario, with some inputs set.

        Parameters
        ----------
        name, title : str
            Name and title of the plan.
        values : Mapping[str, float]
            Values by parameter. Each replaces what the other scenario changes of it.
        like : str, default ""
            The scenario to start from; empty: the baseline.
        start : str, default ""
            The first day of the values; empty: that of the run.
        countries : sequence of str, default ()
            Where they hold; empty: everywhere.

        Raises
        ------
        InputFaultsError
            For unknown names, and values out of bounds.
        """
        whole = self.inputs.scenario(like or self.baseline)
        changes = [change for change in whole.changes if change.parameter not in values]
        record = scenario_record(whole.model_copy(update={"changes": tuple(changes)}))
        where: PlainData = {"countries": list(countries)} if countries else {}
        when = {"start": date.fromisoformat(start)} if start else {}
        kept = record.get("changes", [])
        made = [{"parameter": key, "set": value, "reason": words.REASON, **when, **where}
                for key, value in values.items()]
        self.inputs = with_scenario(self.inputs, name, {
            **record, "title": title, "description": title, "changes": [*kept, *made]})
        self._numbers.pop(name, None)
        self._ranges = {key: found for key, found in self._ranges.items() if key[0] != name}

    def numbers(self, plan: str) -> PlanNumbers:
        """Return the numbers of a plan, solved once."""
        if plan not in self._numbers:
            self._numbers[plan] = plan_numbers(self.inputs, plan)
        return self._numbers[plan]

    def value(self, plan: str, indicator: str) -> Extent90:
        """Return an indicator of a plan with its 90 % range.

        Parameters
        ----------
        plan : str
            A scenario.
        indicator : str
            Key of an indicator, or ``cost``.

        Returns
        -------
        Extent90
            Value and range.

        Raises
        ------
        InputFaultsError
            For unknown names.
        """
        self._check(indicator)
        value = self.numbers(plan).values[indicator]
        return with_range(value, self._drawn([plan], indicator)[plan])

    def _drawn(self, plans: Sequence[str], indicator: str) -> dict[str, np.ndarray]:
        """Return draws of an indicator by plan, solved once; draws are the same for all plans."""
        missing = [plan for plan in plans if (plan, indicator) not in self._ranges]
        if missing:
            found = plan_ranges(self.inputs, missing, indicator, draws=self.draws)
            self._ranges |= {(plan, indicator): drawn for plan, drawn in found.items()}
        return {plan: self._ranges[plan, indicator] for plan in plans}

    def _check(self, indicator: str) -> None:
        known = [*BY_KEY, *([COST] if self.inputs.costs is not None else [])]
        if indicator not in known:
            raise InputFaultsError([Fault("lesson", 0, "", "unknown indicator", found=indicator,
                                          allowed=listed(known), nearest=nearest(indicator, known))])

    def run(self, *plans: str, rows: Sequence[str] = ()) -> Html:
        """Show plans: breaches and harms, then the rows asked for.

        Parameters
        ----------
        *plans : str
            Scenarios; the baseline is always there.
        rows : sequence of str, default ()
            Keys of further indicators, or ``cost``.

        Returns
        -------
        Html
            The tables.
        """
        for key in rows:
            self._check(key)
        names = list(dict.fromkeys((self.baseline, *plans)))
        lead = [one.key for one in BREACHES if any(self.numbers(name).values[one.key] > 0 for name in names)]
        further = [key for key in rows if key not in {one.key for one in (*BREACHES, *HARMS)}]
        head = join([tag("th", words.INDICATOR), *(tag("th", self.title(name)) for name in names)])
        body = [join([tag("th", _title(key)), *(tag("td", self._said(name, key)) for name in names)])
                for key in (*lead, *(one.key for one in HARMS), *further)]
        said = [tag("li", words.STANDING.format(title=self.title(name), finding=self._finding(name)))
                for name in names]
        parts = [tag("h4", words.BREACHES_FIRST), *([] if lead else [tag("p", words.NO_BREACH)]), tag("ul", join(said)),
                 tag("table", join([tag("tr", row) for row in (head, *body)]))]
        return tag("div", join(parts), class_="tex2jax_ignore mathjax_ignore")

    def _finding(self, name: str) -> str:
        """Return what may be said of a plan, breaches first."""
        if name == self.baseline:
            return words.BASELINE
        judged = judgement_of(self.inputs, self.numbers(name), self.numbers(self.baseline), name)
        if breaches := judged.breached("adds", "grows", "grows_by_throughput"):
            return words.ADDS.format(breaches=", ".join(_title(one.key) for one in breaches))
        worse = judged.named("worse")
        return words.WORSE.format(harms=", ".join(_title(INDICATOR_OF[one.key]) for one in worse)) if worse else (
            words.NOT_WORSE)

    def _said(self, name: str, key: str) -> str:
        return _amount(self.numbers(name).values[key], key)

    def number(self, key: str, text: str, plan: str, indicator: str, hint: str) -> Any:
        """Ask for a number with a range.

        Parameters
        ----------
        key, text, plan, indicator, hint : str
            Key and text of the question, what is asked for, and a hint.

        Returns
        -------
        ipywidgets.VBox
            The question.
        """
        self._check(indicator)
        unit = self._unit(indicator)
        return self._asked(Question(key, "number", text, hint, unit), lambda: self.value(plan, indicator), indicator)

    def choice(
        self, key: str, text: str, plans: Sequence[str], indicator: str, hint: str, *, most: bool = False
    ) -> Any:
        """Ask for the plan with the least of an indicator.

        Parameters
        ----------
        key, text : str
            Key and text of the question.
        plans : sequence of str
            Plans to choose from.
        indicator, hint : str
            By which they are compared, and a hint.
        most : bool, default False
            Ask for the most instead.

        Returns
        -------
        ipywidgets.VBox
            The question.
        """
        self._check(indicator)

        def answer() -> tuple[str, ...]:
            order = self._order(plans, indicator, most)
            unsure = [pair for pair in order.unsure if order.order[0] in pair]
            return (order.order[0], *(name for pair in unsure for name in pair if name != order.order[0]))

        return self._asked(Question(key, "choice", text, hint, options=self._options(plans)), answer, indicator)

    def order(self, key: str, text: str, plans: Sequence[str], indicator: str, hint: str) -> Any:
        """Ask for the order of plans, least first.

        Parameters
        ----------
        key, text : str
            Key and text of the question.
        plans : sequence of str
            Plans to put in order.
        indicator, hint : str
            By which, and a hint.

        Returns
        -------
        ipywidgets.VBox
            The question.
        """
        self._check(indicator)
        question = Question(key, "order", text, hint, options=self._options(plans))
        return self._asked(question, lambda: self._order(plans, indicator), indicator)

    def free(self, key: str, text: str) -> Any:
        """Ask for a free text; it is kept, and nobody grades it.

        Parameters
        ----------
        key, text : str
            Key and text of the question.

        Returns
        -------
        ipywidgets.VBox
            The question.
        """
        return self._asked(Question(key, "text", text, ""), lambda: None, "")

    def limits(self) -> Any:
        """Ask the last question, and show what the case says.

        Returns
        -------
        ipywidgets.VBox
            The question, with what the case does not model.
        """
        import ipywidgets

        listing = [tag("li", one) for one in self.inputs.case.not_modelled]
        said = join([tag("p", words.NOT_MODELLED), tag("ul", join(listing))]) if listing else Html("")
        return ipywidgets.VBox([self.free("limits", words.LIMITS), ipywidgets.HTML(str(said))])

    def _asked(self, question: Question, answer: Any, indicator: str) -> Any:
        before = self.progress.questions.get(question.key)
        asked = AskedQuestion(question, answer, lambda found: self._show(found, indicator), self._keep)
        if before:
            asked.refill(before.given, before.tries)
        return asked.widget

    def _keep(self, key: str, given: Any, tries: int, is_right: bool) -> None:
        self.progress = with_answer(self.progress, key, GivenAnswer(given=given, tries=tries, is_right=is_right))
        write_progress(self.file, self.progress)

    def _order(self, plans: Sequence[str], indicator: str, most: bool = False) -> OrderAnswer:
        """Return plans by an indicator; draws say which pairs are sure."""
        values = {name: self.numbers(name).values[indicator] for name in plans}
        order = tuple(sorted(plans, key=lambda name: -values[name] if most else values[name]))
        found = self._drawn(plans, indicator)
        sign = -1.0 if most else 1.0
        return OrderAnswer(order, tuple(
            (one, two) for k, one in enumerate(order) for two in order[k + 1 :]
            if not np.all(sign * (found[two] - found[one]) > 0)))

    def _show(self, answer: Answer, indicator: str) -> Html:
        if answer is None:
            kept = words.KEPT.format(file=self.file.name) if self.file else ""
            return tag("p", kept)
        if isinstance(answer, Extent90):
            value, low, high = (_amount(number, indicator) for number in (answer.value, answer.low, answer.high))
            return tag("p", words.VALUE.format(value=value, draws=self.draws, low=low, high=high))
        if isinstance(answer, OrderAnswer):
            said = [words.IN_ORDER.format(options="; ".join(self.title(name) for name in answer.order))]
            if answer.unsure:
                pairs = "; ".join(f"{self.title(one)} and {self.title(two)}" for one, two in answer.unsure)
                said.append(words.SAME_ORDER.format(pairs=pairs))
            return join([tag("p", one) for one in said])
        return tag("p", words.CHOSEN.format(option="; ".join(self.title(name) for name in answer)))

    def _options(self, plans: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.title(name)) for name in plans)

    def _unit(self, indicator: str) -> str:
        if indicator == COST:
            assert self.inputs.workspace.costs is not None
            return self.inputs.workspace.costs.money.base_currency
        return BY_KEY[indicator].unit


def _title(key: str) -> str:
    return COST_TITLE if key == COST else BY_KEY[key].title


def _amount(value: float, key: str) -> str:
    """Return a number with its unit."""
    if value != value:
        return words.NONE
    if key == COST:
        return f"{value:,.3g}" if abs(value) < 1000 else f"{float(f'{value:.3g}'):,.0f}"
    unit = BY_KEY[key].unit
    return unit_words(amount(value, unit), unit)
