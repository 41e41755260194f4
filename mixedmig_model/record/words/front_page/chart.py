"""What the chart of the first page shows, and its title."""

from collections.abc import Sequence

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.words.front_page import templates as front
from mixedmig_model.record.words.judged import templates as judged
from mixedmig_model.results.indicators.judgement import HARM_OF, INDICATOR_OF
from mixedmig_model.vocabulary.numbers import MINUS, percent

MOST = 100.0
"""Percent at which a bar ends.

Beyond it, the bar says only that it is more.
"""
TOLD = ("better", "worse")


def changes_of(comparison: Comparison, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return changes in percent of the baseline.

    They are by harm and option, of harms that differ materially in any option.
    """
    found: dict[str, dict[str, float]] = {}
    for name in names:
        for one in comparison.record.option(name).judgement.harms:
            if one.word in TOLD:
                share = 100.0 * one.size / one.seen.baseline if one.seen.baseline > 0.0 else MOST
                found.setdefault(one.key, {})[name] = max(min(share, MOST), -MOST)
    order = [key for key in INDICATOR_OF.values() if key in found]
    return {key: found[key] for key in order}


def harm_titles(keys: Sequence[str]) -> list[str]:
    """Return harms in a word or two, for the axis."""
    return [judged.SHORT[HARM_OF[key]] for key in keys]


def chart_title(comparison: Comparison, options: Sequence[str]) -> str:
    """Return what the chart shows."""
    baseline = comparison.title(options[0])
    if len(options) == 1:
        return front.CHART_ALONE.format(baseline=baseline)
    if not changes_of(comparison, options[1:]):
        return front.CHART_NONE.format(baseline=baseline)
    if len(options) > 2:
        return front.CHART_SEVERAL.format(baseline=baseline)
    words = [one.word for one in comparison.record.option(options[1]).judgement.harms]
    return front.CHART_BETTER.format(option=comparison.title(options[1]), better=words.count("better"),
                                     worse=words.count("worse"), harms=len(words), baseline=baseline)


def chart_alt(comparison: Comparison, options: Sequence[str]) -> str:
    """Return the chart in words: each bar with its number."""
    changes = changes_of(comparison, options[1:])
    parts = [
        front.CHART_BAR.format(harm=title, option=comparison.title(name), sign="+" if value > 0.0 else MINUS,
                               share=percent(abs(value) / 100.0))
        for (key, by_option), title in zip(changes.items(), harm_titles(list(changes)), strict=True)
        for name, value in by_option.items()
    ]
    return front.CHART_ALT.format(title=chart_title(comparison, options), bars="; ".join(parts) or front.CHART_NO_BAR)
