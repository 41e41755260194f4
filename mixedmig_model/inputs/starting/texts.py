"""The files of a new case as text.

They are commented, and valid as they stand. Inputs that the case must set itself are written as comments, with the
value that holds until then. Nothing is set by accident, and ``check`` warns of each until somebody sets it.
"""

import csv
import io
from collections.abc import Iterator

from mixedmig_model.inputs.cases.departures import DEPARTURE_COLUMNS, ON_ROUTE
from mixedmig_model.inputs.cases.placeholders import QUESTION, SUMMARY
from mixedmig_model.inputs.costs.case import DEFAULT_ECONOMY
from mixedmig_model.inputs.costs.schema import TIERS
from mixedmig_model.inputs.parameters.catalogue import AT_SEA, OWNED_BY_CASE
from mixedmig_model.inputs.parameters.routes import on_routes, parts_by_route
from mixedmig_model.inputs.schema import HOST, Parameter
from mixedmig_model.inputs.starting.wanted import NewCase
from mixedmig_model.inputs.workspace import Workspace

BASELINE = "as_it_is"
UNSOURCED = "source: assumption, quality: assumption"
CASE = """\
# A new case. Replace title, question and summary; then set the inputs below, each with its source.
schema: 1
title: {title}
question: {question}
summary: {summary}
start: {start}
end: {end}  # the first day after the run
route: {route}
countries: {{{countries}}}
baseline: {baseline}
departures: arrivals.csv
# People present on the first day; "opening: []" means nobody.
# opening:
#   - {{stage: determination, place: community, country: {first}, persons: 100}}
parameters:
  arrivals.scale: {{value: 1, {unsourced}}}  # 1 keeps the numbers of arrivals.csv
{needed}\
  # Inputs that this case must set itself. Remove "# ". Write your value, and the key of its source in
  # parameters/sources.yaml. Quality is measured, published or assumption. Until then the value shown is used. It holds
  # for {host}, unless its line names another.
{inputs}\
"""
COSTS = """\
# The costs of this case. docs/costs.md lists what else you can set here.
schema: 1
{currency}  # the currency of the budget; parameters/costs/rates.csv has the rates
{economies}  # whose pay and prices hold: a code of parameters/costs/economies.csv
fiscal_year_start: {{{years}}}  # month in which the fiscal year starts
# prices:
#   - {{item: registration_staff, value: 9000, range: [6000, 14000], currency: USD, price_year: 2017, {unsourced}}}
"""
SCENARIO = """\
# The baseline: the case as it is. An option is another file in this folder, with levers and dated changes:
#   levers:
#     - {{lever: registration_surge, start: {start}}}
schema: 1
case: {name}
title: As it is
description: The case without any change.
"""


def title_of(name: str) -> str:
    """Return a title made from a name."""
    words = name.replace("_", " ").replace("-", " ").strip() or name
    return words[:1].upper() + words[1:]


def files_of(workspace: Workspace, case: NewCase) -> dict[str, str]:
    """Return the texts of a new case by file.

    Names of files are relative to its folder.
    """
    files = {"case.yaml": _case_text(workspace, case), "arrivals.csv": _arrivals_text(case)}
    if workspace.costs is not None:
        files["costs.yaml"] = _costs_text(workspace, case)
    files[f"scenarios/{BASELINE}.yaml"] = SCENARIO.format(start=case.start, name=case.name)
    return files


def _quoted(text: str) -> str:
    """Return a text in double quotes.

    YAML then takes it for text whatever it is: no, 1990, 2015-01-01.
    """
    return f'"{text}"'


def _case_text(workspace: Workspace, case: NewCase) -> str:
    """Return ``case.yaml``."""
    return CASE.format(
        title=_quoted(title_of(case.name)), question=QUESTION, summary=SUMMARY, start=case.start, end=case.end,
        route=case.route, baseline=BASELINE,
        countries=", ".join(f"{_quoted(name)}: {{title: {_quoted(title_of(name))}}}" for name in case.countries),
        first=case.countries[0], host=HOST, unsourced=UNSOURCED, needed=_needed(case),
        inputs="".join(f"  # {line}\n" for line in _inputs(workspace, case)),
    )


def _needed(case: NewCase) -> str:
    """Return inputs that several countries at sea cannot lack.

    They say where people adrift land: evenly.
    """
    by_sea = [country for country, route in case.routes.items() if route == "sea"]
    if not by_sea or len(case.countries) == 1:
        return ""
    count = len(by_sea)
    parts = [10**6 // count] * count
    parts[0] += 10**6 - sum(parts)
    shares = ", ".join(f"{_quoted(name)}: {part / 10**6:g}" for name, part in zip(by_sea, parts, strict=True))
    return (f"  journey.disembarkation_share: {{by_country: {{{shares}}}, {UNSOURCED}}}"
            "  # where people adrift land: evenly, until you know better\n")


def inputs_to_own(workspace: Workspace, case: NewCase) -> Iterator[tuple[str, Parameter]]:
    """Yield parameters that a new case must set itself.

    They can act on its routes, and are given as they are there.
    """
    parameters = on_routes(workspace.parameters, case.routes)
    for name in OWNED_BY_CASE:
        if ("sea" in case.routes.values() or name not in AT_SEA) and parameters[name].range[1] > 0.0:
            yield name, parameters[name]


def _inputs(workspace: Workspace, case: NewCase) -> Iterator[str]:
    """Yield a line for each input that the case must set.

    It has its value as it would be written, and what the value is.
    """
    parts = parts_by_route(workspace.parameters, case.routes)
    for name, parameter in inputs_to_own(workspace, case):
        low, high = parameter.range
        if parameter.by_group is not None:
            value = f"by_group: {{{', '.join(f'{key}: {number}' for key, number in parameter.by_group.items())}}}"
        elif parameter.by_country is not None:
            table = (f"{_quoted(key)}: {one}" for key, one in parameter.by_country.items())
            value = f"by_country: {{{', '.join(table)}}}"
        else:
            value = f"value: {parameter.value:g}"
        about = f"{parameter.title}, {parameter.unit}, {low:g} to {high:g}"
        on_each = parts.get(name, {case.route: parameter})
        places = dict.fromkeys(one.holds_for for one in on_each.values() if one.holds_for != HOST)
        about += f"; for {'; for '.join(places)}" if places else ""
        yield f"{name}: {{{value}, {UNSOURCED}}}  # {about}"


def _costs_text(workspace: Workspace, case: NewCase) -> str:
    """Return ``costs.yaml``."""
    assert workspace.costs is not None
    currency, code = case.currency or workspace.costs.money.base_currency, case.economy or DEFAULT_ECONOMY
    economies = ", ".join(f"{_quoted(name)}: {code}" for name in case.countries)
    key = "tiers" if code in TIERS else "economies"
    return COSTS.format(
        currency=f"{'' if case.currency else '# '}currency: {currency}",
        economies=f"{'' if case.economy else '# '}{key}: {{{economies}}}",
        years=", ".join(f"{_quoted(name)}: 1" for name in case.countries), unsourced=UNSOURCED,
    )


def _arrivals_text(case: NewCase) -> str:
    """Return ``arrivals.csv``."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    named = any(row.route for row in case.arrivals)
    writer.writerow([*DEPARTURE_COLUMNS, *(ON_ROUTE if named else ())])
    for row in case.arrivals:
        persons = f"{row.persons:.0f}" if row.persons == round(row.persons) else repr(row.persons)
        writer.writerow([row.start, row.end, row.country, persons, row.source, row.quality, row.note,
                         *((row.route or case.route,) if named else ())])
    return text.getvalue()
