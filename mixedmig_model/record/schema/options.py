"""What a report says of its options.

It has what each changes, what may be said of it, and its indicators.
"""

from typing import Literal

from mixedmig_model.record.schema.base import Frozen, Number
from mixedmig_model.record.schema.judged import JudgementPart

Kind = Literal["breach", "harm", "headline", "detail"]


class ChangeRow(Frozen):
    """One change of an option in words.

    It has the levels of the baseline that it replaces. ``cited`` is the source that a scenario cites for an effect on
    departures, empty for any other change.
    """

    parameter: str
    title: str
    unit: str
    before: str
    operation: str
    where: str
    when: str
    reason: str
    cited: str = ""


class EvidenceRow(Frozen):
    """What is known of a lever's effect.

    It has how strong it is, and where it stands.
    """

    text: str
    strength: Literal["strong", "moderate", "weak", "none"]
    source: str
    source_title: str
    address: str


class LeverRow(Frozen):
    """A lever of an option.

    It says how far (share of its strength), where, when, on what evidence, and what comes with it. ``switched`` says
    when a lever that switches itself was on in the main run; it is empty for any other.
    """

    name: str
    title: str
    description: str
    paragraphs: tuple[str, ...]
    intensity: float
    where: str
    when: str
    switched: str
    evidence: EvidenceRow
    side_effects: tuple[str, ...]
    not_modelled: tuple[str, ...]
    changes: tuple[ChangeRow, ...]


class OptionPart(Frozen):
    """One option; the baseline comes first in a report.

    It has its words, what may be said of it, and what it changes. ``same_people``: as many and the same people depart
    as in the baseline. Where they do not, ``judgement`` is that of runs in which they do.
    """

    name: str
    title: str
    description: str
    paragraphs: tuple[str, ...]
    judgement: JudgementPart
    same_people: bool
    levers: tuple[LeverRow, ...] = ()
    changes: tuple[ChangeRow, ...]


class IndicatorValues(Frozen):
    """An indicator of one option, in its unit.

    ``value`` is the main run's. ``low_run`` and ``high_run`` are those with the true-need share at the ends of its
    range. ``low`` and ``high`` are the least and the largest of the three.
    """

    value: Number
    low: Number
    high: Number
    low_run: Number
    high_run: Number


class IndicatorPart(Frozen):
    """One indicator.

    It has what it counts, its unit, which way is better, and its values by option.
    """

    key: str
    title: str
    unit: str
    kind: Kind
    better: str
    description: str
    basis: str
    protection: bool
    values: dict[str, IndicatorValues]


class ResponseRow(Frozen):
    """An option in which departures respond to policy.

    It has which inputs respond, and indicators with them and without.
    """

    scenario: str
    responses: tuple[str, ...]
    values: dict[str, tuple[Number, Number]]


class EventRow(Frozen):
    """A day on which inputs change.

    They are inputs of the case where ``scenario`` is empty, or of a scenario. ``titles`` name what changes; ``ends``
    says that it ends on that day.
    """

    day: str
    scenario: str
    titles: tuple[str, ...]
    ends: bool = False
