"""Levers of a scenario in words: how far, where, when, on what evidence, and what comes with them."""

from typing import Any

from mixedmig_model.present.html.builders import Html, bullets, join, tag
from mixedmig_model.record.levers import STRENGTHS
from mixedmig_model.vocabulary.numbers import percent

COMES_WITH = "Comes with it, and cannot be dropped: "


def lever_words(lever: dict[str, Any]) -> Html:
    """One lever in words: how far, when, evidence, and what cannot be dropped."""
    how = "" if lever["intensity"] == 1.0 else f" at {percent(lever['intensity'])} of its strength"
    evidence = lever["evidence"]
    itself = f" ({lever['switched']})" if lever.get("switched") else ""
    parts: list[Any] = [
        tag("strong", lever["title"]), f"{how}, {lever['where']}, {lever['when']}{itself}: {lever['description']} ",
        f"({STRENGTHS[evidence['strength']]}: {evidence['text']})",
    ]
    extra = [f"{COMES_WITH}{text}" for text in lever["side_effects"]]
    extra += [f"Not modelled: {text}" for text in lever["not_modelled"]]
    return join([*parts, bullets(extra)] if extra else parts)
