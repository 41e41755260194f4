"""What the notebooks call.

They open or solve a comparison, and show its parts.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.figures import costs as cost_figures
from mixedmig_model.present.figures import fans as fan_figures
from mixedmig_model.present.figures import people as people_figures
from mixedmig_model.present.figures import services as service_figures
from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.present.report.front import breaches_and_rows, front_section, page_links
from mixedmig_model.present.report.option import option_page
from mixedmig_model.present.report.sections import arrivals, decision, delay, draws, items, plane, regional, services
from mixedmig_model.present.report.sections import costs as cost_sections
from mixedmig_model.present.report.sections.cautions import cautions, resting, resting_short
from mixedmig_model.present.report.sections.delivered import delivered_table
from mixedmig_model.present.report.sections.observed import observed_in_annex
from mixedmig_model.present.report.sections.trace import trace_section
from mixedmig_model.record.finished import FIGURES_FOLDER, Comparison, make_comparison, open_comparison, ordered
from mixedmig_model.record.priced import banner, costs_of
from mixedmig_model.record.words import templates
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.services import anybody_adrift
from mixedmig_model.storage.atomic import scratch_folder
from mixedmig_model.storage.sums import SUMS_FILE
from mixedmig_model.vocabulary.routes import on_route

NO_FORMULAS = "tex2jax_ignore mathjax_ignore"
"""Classes that keep MathJax from reading text as formulas.

Notebooks run MathJax over what they show.
"""


def names_of(scenarios: str) -> list[str]:
    """Return scenario names out of a comma-separated list."""
    return [name.strip() for name in scenarios.split(",") if name.strip()]


def load(results: str, workspace: str, case: str, scenarios: str = "") -> Comparison:
    """Open the comparison in the folder ``results``.

    If that is empty, solve it now, here, one run after the other. Raises InputFaultsError for bad input,
    ComparisonError where a scenario fails.
    """
    if results:
        return with_figures(open_comparison(Path(results), names_of(scenarios)), Path(results), names_of(scenarios))
    case_inputs = read_case(read_workspace(Path(workspace)), case)
    names = ordered(case_inputs, names_of(scenarios))
    with scratch_folder() as folder:
        return make_comparison(case_inputs, names, folder, workers=1)


def with_figures(comparison: Comparison, folder: Path, part: Sequence[str]) -> Comparison:
    """Return a comparison whose figures are written as files.

    They are written while its report is being made. A finished report is left as it is. ``part`` has the scenarios that
    the page shows, all if empty.
    """
    if (folder / SUMS_FILE).exists():
        return comparison
    return replace(comparison, figures=folder / FIGURES_FOLDER, part="_".join(part))


def show(*parts: Html) -> None:
    """Display parts of a report in a notebook.

    No dollar sign in them begins a formula.
    """
    from IPython.display import HTML, display

    for part in parts:
        display(HTML(str(tag("div", part, class_=NO_FORMULAS))))


def first_page(comparison: Comparison) -> None:
    """Show the summary, then the first page.

    It has question, breaches and harms, and headline indicators.
    """
    page = comparison.record.first_page
    summary = [tag("div", front_section(comparison, page), class_="front")] if page else []
    show(
        *summary,
        page_links(comparison, "report"),
        decision.five_questions(comparison),
        decision.question(comparison, page is None),
        decision.compared(comparison),
        tag("h2", "Decision table"),
        decision.decision_table(comparison),
        decision.evidence(comparison),
        cautions(comparison),
        resting_short(comparison),
    )


def people(comparison: Comparison) -> None:
    """Show people adrift, and by stage of the procedure.

    People adrift are shown where people come by sea.
    """
    show(*([adrift(comparison)] if comparison.record.coming == "sea" else []), people_figures.stages_figure(comparison))


def adrift(comparison: Comparison) -> Html:
    """Return people adrift over time.

    Words say that nobody is: an empty picture says less.
    """
    if not anybody_adrift(comparison):
        return tag("p", templates.ADRIFT_NOBODY)
    return people_figures.adrift_figure(comparison)


def places(comparison: Comparison) -> None:
    """Show occupancy against places, by country."""
    show(people_figures.occupancy_figure(comparison))


def waits(comparison: Comparison) -> None:
    """Show waiting times by class, warnings and backlog.

    Warnings are of services near capacity; the backlog has its age.
    """
    show(
        services.warnings(comparison),
        services.waits_table(comparison),
        service_figures.backlog_figure(comparison),
    )


def staff(comparison: Comparison) -> None:
    """Show staff and places against need."""
    show(
        service_figures.staff_figure(comparison),
        services.posts_table(comparison),
        services.places_table(comparison),
    )


def countries(comparison: Comparison) -> None:
    """Show the ledger of countries.

    It says who came to each and where they went.
    """
    show(regional.ledger_table(comparison), regional.returns_table(comparison))


def elsewhere(comparison: Comparison) -> None:
    """Show the model next to figures observed elsewhere.

    Observed series that the report leaves out follow.
    """
    show(regional.checks_table(comparison), *([found] if (found := observed_in_annex(comparison)) else []))


def responses(comparison: Comparison) -> None:
    """Show results with and without responses to policy.

    Responses are of departures.
    """
    show(regional.responses_table(comparison))


def costs(comparison: Comparison) -> None:
    """Show what each option costs, who pays, what it buys.

    What delay costs follows.
    """
    if not costs_of(comparison):
        show(tag("p", templates.COSTS_NONE, class_="note"))
        return
    show(
        tag("p", banner(comparison), class_="banner"),
        cost_sections.stage_table(comparison),
        tag("h3", "Cost next to results"),
        plane.plane_table(comparison),
        tag("h3", "Who pays"),
        cost_sections.payer_table(comparison),
        cost_sections.ceiling_table(comparison),
        tag("h3", "Detention, next to its effects"),
        cost_sections.detention_table(comparison),
        tag("h3", "Cost of delay"),
        delay.delay_section(comparison),
    )


def uncertainty(comparison: Comparison) -> None:
    """Show ranges over all uncertain inputs.

    Fans over time, and what spreads the results, follow.
    """
    if comparison.record.ensemble is None:
        show(draws.ranges_table(comparison))
        return
    show(
        draws.ranges_table(comparison),
        *(fan_figures.fan_figure(comparison, key) for key in fan_figures.FANS),
        tag("h3", "Inputs behind the uncertainty"),
        draws.drivers_table(comparison),
    )


def answers(comparison: Comparison) -> None:
    """Show what would change the answer.

    It is prices, and inputs that are drawn; without draws it says why there are none.
    """
    prices = [delay.break_even_section(comparison)] if costs_of(comparison) else []
    if comparison.record.ensemble is None:
        show(*prices, draws.ranges_table(comparison))
        return
    show(*prices, draws.evidence_text(comparison), draws.answers(comparison))


def basis(comparison: Comparison) -> None:
    """Show results that rest on inputs that are not set.

    They are those that the case does not set, one by one.
    """
    show(resting(comparison) or tag("p", templates.RESTS_NOTHING))


def costing_page(comparison: Comparison) -> None:
    """Show the head of the costing workbook.

    Breaches and harms stand above every cost.
    """
    page = comparison.record.first_page
    show(
        tag("h1", join([comparison.record.title, ": costs"])),
        page_links(comparison, "costing"),
        tag("p", banner(comparison), class_="banner"),
        breaches_and_rows(comparison, page) if page else decision.decision_table(comparison),
    )


def cost_views(comparison: Comparison) -> None:
    """Show stages, views, years, countries and people.

    People are in need, targeted and reached.
    """
    show(
        cost_sections.stage_table(comparison),
        delivered_table(comparison),
        cost_figures.waterfall_figure(comparison),
        cost_figures.cash_figure(comparison),
        cost_sections.views_table(comparison),
        cost_sections.ceiling_table(comparison),
        cost_sections.year_payer_table(comparison),
        tag("h3", "People in need, targeted, reached"),
        cost_sections.people_table(comparison),
    )


def cost_items(comparison: Comparison) -> None:
    """Show every item by stage, next to each other.

    Sectors and phases of each option follow: folded, and not on paper.
    """
    sectors = [part for name in comparison.names for part in (
        tag("h3", f"Sectors and phases: {comparison.title(name)}"), items.sector_table(comparison, name))]
    shares = [items.split_table(comparison)] if comparison.record.splits else []
    show(items.on_screen(said.ITEMS_FOLDED, items.items_table(comparison), *sectors, *shares))


def cost_swings(comparison: Comparison) -> None:
    """Show the prices that matter most, and break-evens.

    They are those of the baseline.
    """
    base = comparison.names[0]
    show(
        cost_figures.swings_figure(comparison, base),
        items.swings_table(comparison, base),
        delay.break_even_section(comparison),
        cost_figures.plane_figure(comparison),
    )


def prices(comparison: Comparison) -> None:
    """Show the book of unit costs: folded, and not on paper."""
    count = len(comparison.record.prices)
    show(items.on_screen(said.PRICES_FOLDED.format(count=count), items.prices_table(comparison)))


def details(comparison: Comparison) -> None:
    """Show all further indicators."""
    show(decision.details_table(comparison))


def cohort(comparison: Comparison) -> None:
    """Show outcomes of all who departed, by true need.

    Low, default and high runs of the need share follow.
    """
    show(people_figures.outcomes_figure(comparison), decision.need_table(comparison))


def inputs(comparison: Comparison) -> None:
    """Show what differs in the inputs."""
    show(decision.input_differences(comparison))


def published(comparison: Comparison) -> None:
    """Show published totals next to the model's."""
    show(decision.published_table(comparison))


def limits(comparison: Comparison) -> None:
    """Show what is not modelled."""
    show(decision.not_modelled(comparison))


def founding(comparison: Comparison) -> None:
    """Show what the founding document asks.

    It stands next to what is modelled.
    """
    show(trace_section(comparison))


def annex_page(comparison: Comparison) -> None:
    """Show the head of the annex."""
    show(tag("h1", join([comparison.record.title, ": annex"])), page_links(comparison, "annex"))


def provenance(comparison: Comparison) -> None:
    """Show every input with its source.

    People who depart or are there at the opening are included, and what made the results.
    """
    show(
        tag("h3", on_route("People who depart", comparison.record.coming)),
        arrivals.departures_section(comparison),
        tag("h3", "People who are there when the run opens"),
        arrivals.opening_section(comparison),
        arrivals.landing_section(comparison),
        tag("h3", "All other inputs"),
        decision.provenance(comparison),
    )


def scenario_page(comparison: Comparison, scenario: str) -> None:
    """Show the page of one option."""
    show(option_page(comparison, scenario))
