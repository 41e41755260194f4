"""A scenario as the text of its file; comments of the text that it began from are kept."""

from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any

from mixedmig_model.inputs.cases.proposed import scenario_record
from mixedmig_model.inputs.reading.fields import iso_day
from mixedmig_model.inputs.schema import Scenario

DATES = ("start", "until")
LISTS = ("levers", "changes")
KEYS = ("schema", "case", "title", "description", "paragraphs", *LISTS, "own_costs")
WIDTH = 118


def scenario_text(scenario: Scenario, begun: str = "", before: Scenario | None = None) -> str:
    """The YAML of a scenario.

    Parameters
    ----------
    scenario
        The scenario, checked.
    begun
        The text of a file that it began from: what is the same there stays, with its comments.
    before
        The scenario of that text.

    Returns
    -------
    str
        A text that reads as the scenario.
    """
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width, yaml.preserve_quotes = WIDTH, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    record = scenario_record(scenario)
    if not begun or before is None:
        made: Any = {key: _dated(record[key]) for key in KEYS if key in record}
    else:
        made = yaml.load(begun)
        known = scenario_record(before)
        for key in ("title", "description"):
            if record[key] != known[key]:
                made[key] = record[key]
        for key in LISTS:
            _follow(made, key, known.get(key, []), record.get(key, []))
        for key in set(record) - set(made):
            made[key] = _dated(record[key])
    text = StringIO()
    yaml.dump(made, text)
    return text.getvalue()


def _follow(made: Any, key: str, known: list[Any], wanted: list[Any]) -> None:
    """Take entries out of a list of a text that are no longer wanted, and add those that are new."""
    rest = list(wanted)
    for index in range(len(known) - 1, -1, -1):
        if known[index] in rest:
            rest.remove(known[index])
        else:
            del made[key][index]
    if rest:
        made.setdefault(key, [])
        for entry in rest:
            made[key].append(_dated(entry))
    elif key in made and not made[key]:
        del made[key]


def _dated(value: Any) -> Any:
    """Plain values with dates as dates, so that they are written without quotes."""
    if isinstance(value, Mapping):
        return {key: _day(one) if key in DATES else _dated(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    return value


def _day(value: Any) -> date | Any:
    return iso_day(value) if isinstance(value, str) else value
