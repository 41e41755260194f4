"""Levers of a scenario in words.

They say how far, where, when, on what evidence, and what comes with them.
"""

from typing import Any

from mixedmig_model.present.html.builders import Html, bullets, join, tag
from mixedmig_model.record.schema.options import LeverRow
from mixedmig_model.record.words.pages.inputs import lever_acts, lever_evidence, lever_extra


def lever_words(lever: LeverRow) -> Html:
    """Return one lever in words.

    It says how far, when, evidence, and what cannot be dropped.
    """
    parts: list[Any] = [tag("strong", lever.title), lever_acts(lever), lever_evidence(lever)]
    extra = lever_extra(lever)
    return join([*parts, bullets(extra)] if extra else parts)
