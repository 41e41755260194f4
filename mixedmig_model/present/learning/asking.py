"""A question on the screen.

It has fields with labels, two buttons and words. It can be used by keyboard alone. The model answers when a button is
pressed, not before.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from traitlets import TraitError

from mixedmig_model.inputs.reading.faults import InputFaultsError
from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.present.learning.questions import (
    Mark,
    OrderAnswer,
    Question,
    hint_of,
    mark_choice,
    mark_number,
    mark_order,
    mark_text,
)
from mixedmig_model.record.words.teaching import lessons as words
from mixedmig_model.study.teaching.identify import Extent90

WIDE = "640px"
Answer = Extent90 | OrderAnswer | tuple[str, ...] | None
Kept = Callable[[str, Any, int, bool], None]


class AskedQuestion:
    """A question with its fields.

    Parameters
    ----------
    question : Question
        What is asked.
    answer : Callable
        Computes the model's answer; called when a button is pressed.
    show : Callable
        Returns the model's answer in words.
    kept : Callable
        Called with key, what was given, tries, and whether it was right.
    """

    def __init__(
        self, question: Question, answer: Callable[[], Answer], show: Callable[[Answer], Html], kept: Kept
    ) -> None:
        import ipywidgets

        self.question, self.answer, self.show, self.kept, self.tries = question, answer, show, kept, 0
        self.fields = self._fields()
        self.said = ipywidgets.HTML()
        check = ipywidgets.Button(description=words.CHECK, button_style="primary")
        check.on_click(lambda _: self.check())
        buttons = [check]
        if question.kind != "text":
            shown = ipywidgets.Button(description=words.SHOW)
            shown.on_click(lambda _: self.reveal())
            buttons.append(shown)
        unit = [ipywidgets.HTML(str(tag("small", words.UNIT.format(unit=question.unit))))] if question.unit else []
        title = ipywidgets.HTML(str(tag("p", tag("strong", question.text))))
        self.widget = ipywidgets.VBox([title, *self.fields, *unit, ipywidgets.HBox(buttons), self.said])

    def _fields(self) -> list[Any]:
        import ipywidgets

        layout, style = ipywidgets.Layout(width=WIDE), {"description_width": "120px"}
        kind, options = self.question.kind, [(title, key) for key, title in self.question.options]
        choose = [(words.CHOOSE, ""), *options]
        if kind == "number":
            return [ipywidgets.FloatText(0.0, description=label, style=style) for label in (words.LOW, words.HIGH)]
        if kind == "text":
            return [ipywidgets.Textarea("", description=words.YOUR_ANSWER, placeholder=words.NO_PERSON, layout=layout,
                                        style=style)]
        if kind == "choice":
            return [ipywidgets.Dropdown(options=choose, value="", description=words.YOUR_ANSWER, layout=layout,
                                        style=style)]
        return [ipywidgets.Dropdown(options=choose, value="", description=words.PLACE.format(number=k + 1),
                                    layout=layout, style=style) for k in range(len(options))]

    def given(self) -> Any:
        """Return what stands in the fields."""
        values = [field.value for field in self.fields]
        return values if self.question.kind in ("number", "order") else values[0]

    def refill(self, given: Any, tries: int) -> None:
        """Put into the fields what was given before.

        What no field takes, such as an option that is no longer there, is left out.

        Parameters
        ----------
        given : Any
            What ``given`` returned.
        tries : int
            How often the question was answered.
        """
        self.tries = tries
        values = given if isinstance(given, list) else [given]
        for field, value in zip(self.fields, values, strict=False):
            with suppress(TraitError):
                field.value = value
        self._say(tag("p", words.REFILLED.format(tries=tries)))

    def check(self) -> None:
        """Mark what was given, and keep it."""
        self.tries += 1
        try:
            mark = self._mark()
            self.kept(self.question.key, self.given(), self.tries, mark.is_right)
        except (InputFaultsError, OSError) as error:
            self._say(tag("strong", str(error)))
            return
        hint = hint_of(self.question, self.tries, mark.is_right)
        lines = [mark.said, hint] if not mark.is_right else []
        if mark.is_right:
            self._say(tag("p", words.RIGHT.format(answer="")), self.show(self.answer()))
        else:
            self._say(*(tag("p", line) for line in lines if line))

    def _mark(self) -> Mark:
        given, kind = self.given(), self.question.kind
        if kind == "text":
            return mark_text(given)
        answer = self.answer()
        if isinstance(answer, Extent90):
            return mark_number((given[0], given[1]), answer, self.tries)
        if isinstance(answer, OrderAnswer):
            return mark_order(given, answer, self.tries)
        return mark_choice(given, answer or (), self.tries)

    def reveal(self) -> None:
        """Show the model's answer, after a first try."""
        self._say(self.show(self.answer()) if self.tries else tag("p", words.UNANSWERED))

    def _say(self, *parts: Html) -> None:
        self.said.value = str(join(parts))
