"""What pages say of services.

They have standards, classes that wait differently, and services near capacity.
"""

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.schema.services import WaitRow
from mixedmig_model.record.words import templates
from mixedmig_model.vocabulary.numbers import amount, number, unit_words
from mixedmig_model.vocabulary.titles import CLASS_TITLES, FUNCTION_TITLES

ALIKE = 0.05
"""Difference from which a class of waits is shown separately.

Its median or 90th percentile differs by more than this from everybody's.
"""
LEAST_ADRIFT = 1.0
"""Persons below which nobody is adrift.

An empty picture says less than words.
"""
NO_QUEUE = 0.5
"""Share served outside congestion that a median mentions."""


def service_title(comparison: Comparison, stage: str) -> str:
    """Return a service with its time standard, if it has one."""
    standard, title = comparison.record.standards.get(stage), FUNCTION_TITLES[stage]
    if not standard:
        return title
    return templates.WAITS_STANDARD.format(service=title, days=unit_words(number(standard), "day"))


def shown_waits(comparison: Comparison, name: str, stage: str) -> list[WaitRow]:
    """Return the waits of a stage that a page shows.

    They are everybody's, and those of classes that wait differently.
    """
    whole, *classes = [row for row in comparison.record.services[name].waits if row.stage == stage]
    return [whole, *(row for row in classes if _differs(row, whole))]


def _differs(row: WaitRow, whole: WaitRow) -> bool:
    """Return whether a class waits differently from everybody."""
    pairs = ((row.median, whole.median), (row.p90, whole.p90))
    return any(abs(own - all_) > ALIKE * max(abs(all_), 1.0) for own, all_ in pairs)


def class_title(title: str, row: WaitRow) -> str:
    """Return an option, or a class of its people."""
    return title if row.members == "all" else f"{title}: {CLASS_TITLES[row.members]}"


def no_queue_mark(row: WaitRow) -> str:
    """Return a mark next to a median.

    Most people were served by a service with capacity to spare.
    """
    return " (no queue)" if row.at_minimum > NO_QUEUE else ""


def busy_services(comparison: Comparison, name: str) -> str:
    """Return services of an option near capacity.

    The text is empty where there are none.
    """
    return "; ".join(
        templates.BUSY_SERVICE.format(
            service=FUNCTION_TITLES[one.function].lower(), country=comparison.countries[one.country],
            share=amount(one.share, "share"), team=unit_words(number(one.team, 2), "officer"),
        )
        for one in comparison.record.services[name].warnings
    )


def anybody_adrift(comparison: Comparison) -> bool:
    """Return whether anybody is adrift in any option."""
    return max(float(run["daily_adrift"].max()) for run in comparison.runs.values()) >= LEAST_ADRIFT
