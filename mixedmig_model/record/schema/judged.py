"""What may be said of an option, as a record.

It has a word for each harm and breach, the numbers behind it, and the sentence.
"""

from pydantic import Field

from mixedmig_model.record.schema.base import Frozen
from mixedmig_model.results.indicators.bounds import Sign
from mixedmig_model.results.indicators.breaches import BreachWord
from mixedmig_model.results.indicators.judgement import Word


class BoundPart(Frozen):
    """One count of a harm.

    It has the baseline's, the option's, and the difference split into risk and exposure.
    """

    baseline: float
    option: float
    risk: float
    exposed: float


class JudgedHarm(Frozen):
    """What may be said of one harm.

    ``key`` is that of the indicator. ``size`` is the risk part of the bound nearer to zero, in persons or person-days.
    ``threshold`` is the least that is material, ``own`` that of the harm alone. ``sides`` has the sign of each run by
    side. ``reason`` and ``moved`` say what keeps a harm from being named. ``text`` is what tables print.
    """

    key: str
    title: str
    word: Word
    text: str
    size: float
    seen: BoundPart
    possible: BoundPart
    threshold: float
    own: float
    sides: dict[str, Sign]
    reason: str = ""
    moved: float = 0.0
    stayed: float = 0.0

    @property
    def weight(self) -> float:
        """Size relative to the baseline, as a share.

        It is the order of lists (``HarmReading.weight``).
        """
        return abs(self.size) / max(self.seen.baseline, self.threshold)


class JudgedBreach(Frozen):
    """What may be said of one breach, in persons.

    ``side`` is the run that says so, ``place`` where it rises most.
    """

    key: str
    title: str
    word: BreachWord
    text: str
    baseline: float
    option: float
    risk: float
    threshold: float
    side: str
    place: str = ""


class FewerPart(Frozen):
    """A service that sees less than half of the baseline's people."""

    service: str
    baseline: float
    option: float


class MovedPart(Frozen):
    """A harm that fell in some countries and rose in others.

    ``key`` is that of the indicator.
    """

    key: str
    amount: float
    fell_in: tuple[str, ...]
    rose_in: tuple[str, ...]


class JudgementPart(Frozen):
    """What may be said of an option.

    Of the baseline it has the breaches. ``ranked``: no breach is added, and none grows by what the option changes.
    ``lived``: people more who lived.
    """

    sentence: str
    ranked: bool = True
    better_on_all: bool = False
    harms: tuple[JudgedHarm, ...] = ()
    breaches: tuple[JudgedBreach, ...] = ()
    serves_fewer: tuple[FewerPart, ...] = ()
    moved: tuple[MovedPart, ...] = ()
    lived: float = 0.0

    def harm(self, key: str) -> JudgedHarm | None:
        """Return what may be said of a harm.

        The key is that of its indicator; None for any other.
        """
        return next((one for one in self.harms if one.key == key), None)

    def breach(self, key: str) -> JudgedBreach | None:
        """Return what may be said of a breach.

        The key is that of its indicator; None for any other.
        """
        return next((one for one in self.breaches if one.key == key), None)

    @property
    def any_worse(self) -> bool:
        """Whether any harm is worse, or a breach grows."""
        return any(one.word == "worse" for one in self.harms) or any(
            one.word == "grows_by_throughput" for one in self.breaches)

    @property
    def any_doubt(self) -> bool:
        """Whether any harm is unclear.

        It may depend on how many are due protection.
        """
        return any(one.word in ("unclear", "depends") for one in self.harms)


class DrawSharesPart(Frozen):
    """How often draws say a word of a harm.

    They are shares of the draws by key of an indicator.
    """

    draws: int
    better: dict[str, float] = Field(default_factory=dict)
    worse: dict[str, float] = Field(default_factory=dict)
    any_worse: float
    adds: float
    sentence: str
