"""What the front end is given to begin with.

It has the form of the panel's first message.
"""

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.present.explorer.answers import LATER
from mixedmig_model.present.explorer.page import PageFacts
from mixedmig_model.present.panel.engine import Engine
from mixedmig_model.present.panel.hello import case_events
from mixedmig_model.present.panel.messages import VERSION
from mixedmig_model.present.panel.ranking import FIRST
from mixedmig_model.present.panel.sliders import Slider, slider_message, use_messages
from mixedmig_model.record.panel.said import COST, panel_rows
from mixedmig_model.record.panel.views import COSTS, views
from mixedmig_model.record.schema.base import strict_data
from mixedmig_model.record.schema.plain import PlainData
from mixedmig_model.record.words.panel import explorer
from mixedmig_model.record.words.panel import templates as words
from mixedmig_model.solve.dataset import SCHEMA

FIRST_VIEW = "people"
NOWHERE = {"source": "", "address": ""}
"""A page leads nowhere: sources are named in words alone."""


def hello_data(engine: Engine, page: PageFacts, order: tuple[Slider, ...], ranked: bool) -> PlainData:
    """Return the header of ``hello`` without the baseline's words.

    Parameters
    ----------
    engine : Engine
        The case and its runs.
    page : PageFacts
        What the page can move.
    order : tuple of Slider
        The sliders.
    ranked : bool
        Whether they are in the order of their effect.

    Returns
    -------
    dict
        The header.
    """
    inputs, case = engine.inputs, engine.inputs.case
    sliders = [one for one in order if one.name in page.movable]
    uses = use_messages(inputs, {})
    return {
        "version": VERSION, "schema": SCHEMA, "digest": engine.base.digest, "case": inputs.name, "title": case.title,
        "question": case.question, "summary": case.summary, "start": case.start.isoformat(),
        "end": case.end.isoformat(), "days": inputs.days, "route": case.route, "baseline": case.baseline,
        "scenario": case.baseline, "solver": "", "kernel": True,
        "may": {"save": False, "report": False, "open": False, "copy": False, "drives": False},
        "countries": [{"name": name, "title": country.title} for name, country in case.countries.items()],
        "scenarios": [_baseline(inputs)], "groups": _groups(sliders), "cases": [],
        "inputs": [_slider(inputs, one, k + 1 if ranked and k < FIRST else None) for k, one in enumerate(sliders)],
        "levers": [one | NOWHERE for one in uses.get("levers", []) if one.get("name") in page.levers],
        "presets": [one | NOWHERE for one in uses.get("presets", []) if one.get("name") in page.presets],
        "rows": [strict_data(row) for row in panel_rows(inputs, engine.base.numbers, None)
                 if row.key not in (*LATER, COST)],
        "views": [strict_data(view) for view in views(inputs) if view.key != COSTS], "first_view": FIRST_VIEW,
        "events": case_events(inputs), "published": [], "words": {"whole_run": explorer.WHOLE_RUN},
    }


def _baseline(inputs: CaseInputs) -> PlainData:
    name = inputs.case.baseline
    record = inputs.scenarios[name]
    return {"name": name, "title": record.title, "description": record.description, "digest": "",
            "state": {"scenario": name, "levers": [], "changes": []}}


def _slider(inputs: CaseInputs, one: Slider, rank: int | None) -> PlainData:
    return slider_message(inputs, one, rank, "", None) | {"address": ""}


def _groups(sliders: list[Slider]) -> list[dict[str, str]]:
    used = {one.name.split(".")[0] for one in sliders} | {"levers", "presets"}
    return [{"name": name, "title": title} for name, title in words.GROUPS.items() if name in used]
