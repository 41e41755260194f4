"""What the notebooks call: open or make a comparison, and show its parts."""

import tempfile
from pathlib import Path

from mixedmig_model.inputs.cases.case import read_case
from mixedmig_model.inputs.workspace import read_workspace
from mixedmig_model.present.figures import costs as cost_plots
from mixedmig_model.present.figures import people as plots
from mixedmig_model.present.figures import services as service_plots
from mixedmig_model.present.html.builders import Html, join, tag
from mixedmig_model.present.report.sections import costs as cost_sections
from mixedmig_model.present.report.sections import decision as sections
from mixedmig_model.present.report.sections import draws as ensemble_sections
from mixedmig_model.present.report.sections import regional, services
from mixedmig_model.present.report.sections import trace as trace_sections
from mixedmig_model.record.finished import Comparison, make_comparison, open_comparison, ordered


def names_of(scenarios: str) -> list[str]:
    """Scenario names out of a comma-separated list."""
    return [name.strip() for name in scenarios.split(",") if name.strip()]


def load(results: str, workspace: str, case: str, scenarios: str = "") -> Comparison:
    """Open the comparison in the folder ``results``; if that is empty, solve it now, here, one run after the other.

    Raises InputFaultsError for bad input, ComparisonError where a scenario fails.
    """
    if results:
        return open_comparison(Path(results), names_of(scenarios))
    inputs = read_case(read_workspace(Path(workspace)), case)
    names = ordered(inputs, names_of(scenarios))
    with tempfile.TemporaryDirectory() as folder:
        return make_comparison(inputs, names, Path(folder), workers=1)


def show(*parts: Html) -> None:
    """Display parts of a report in a notebook."""
    from IPython.display import HTML, display

    for part in parts:
        display(HTML(str(part)))


def first_page(book: Comparison) -> None:
    """Question, breaches and harms, headline indicators."""
    show(sections.question(book), tag("h2", "Decision table"), sections.decision_table(book), sections.evidence(book),
         ensemble_sections.evidence_text(book))


def people(book: Comparison) -> None:
    """Adrift, ashore by stage, without shelter, in detention."""
    show(adrift(book), plots.stages_figure(book))


def adrift(book: Comparison) -> Html:
    """People adrift over time, or in words that nobody is: an empty picture says less."""
    if max(float(run["daily_adrift"].max()) for run in book.runs.values()) < 1.0:
        return tag("p", "Nobody is adrift in any option: nobody is refused disembarkation or abandoned at sea.")
    return plots.lines_figure(book, "daily_adrift", "People adrift: refused disembarkation or abandoned.", "persons")


def places(book: Comparison) -> None:
    """Occupancy against places, by country."""
    show(plots.occupancy_figure(book))


def waits(book: Comparison) -> None:
    """Waiting times by class, warnings of services near capacity, and the age of the backlog."""
    show(services.warnings(book), services.waits_table(book), service_plots.backlog_figure(book))


def staff(book: Comparison) -> None:
    """Staff and places against need."""
    show(service_plots.staff_figure(book), services.staff_table(book), services.places_table(book))


def countries(book: Comparison) -> None:
    """The ledger of countries: who came to each and where they went."""
    show(regional.ledger_table(book))


def elsewhere(book: Comparison) -> None:
    """The model beside figures observed elsewhere."""
    show(regional.checks_table(book))


def responses(book: Comparison) -> None:
    """Results with and without responses of departures to policy."""
    show(regional.responses_table(book))


def costs(book: Comparison) -> None:
    """What each option costs, who pays, what it buys, and what delay costs."""
    if not cost_sections.costs_of(book):
        show(tag("p", "This workspace has no cost book.", class_="note"))
        return
    show(
        tag("p", cost_sections.banner(book), class_="banner"), cost_sections.stage_table(book),
        cost_plots.waterfall_figure(book), tag("h3", "Against what it buys"), cost_sections.plane_table(book),
        tag("h3", "Who pays"), cost_sections.payer_table(book), cost_plots.cash_figure(book),
        tag("h3", "Detention, beside what it does"), cost_sections.detention_table(book),
        tag("h3", "Cost of delay"), cost_sections.delay_section(book),
        tag("h3", "What would change the answer"), cost_sections.break_even_section(book),
    )


def uncertainty(book: Comparison) -> None:
    """Ranges over all uncertain inputs, fans over time, what would change the answer, what the spread rests on."""
    if not ensemble_sections.ensemble_of(book):
        show(ensemble_sections.ranges_table(book))
        return
    show(
        ensemble_sections.ranges_table(book), ensemble_sections.evidence_text(book),
        *(ensemble_sections.fan_figure(book, key) for key in ensemble_sections.FANS),
        tag("h3", "What would change the answer"), ensemble_sections.answers(book),
        tag("h3", "What spreads the results"), ensemble_sections.drivers_table(book),
    )


def costing_page(book: Comparison) -> None:
    """The first page of the costing workbook."""
    show(tag("h1", join([book.record["title"], ": costs"])), tag("p", cost_sections.banner(book), class_="banner"),
         tag("h2", "Decision table"), sections.decision_table(book))


def cost_views(book: Comparison) -> None:
    """Stages, views, years, countries; people in need, targeted and reached."""
    show(cost_sections.stage_table(book), cost_sections.views_table(book),
         tag("h3", "People in need, targeted, reached"), cost_sections.people_table(book))


def cost_items(book: Comparison) -> None:
    """Every item by stage, side by side; then sectors and phases of each option."""
    show(cost_sections.items_table(book))
    for name in book.names:
        show(tag("h3", f"Sectors and phases: {book.title(name)}"), cost_sections.sector_table(book, name))


def cost_swings(book: Comparison) -> None:
    """The prices that matter most for the baseline, and break-evens."""
    base = book.names[0]
    show(cost_plots.swings_figure(book, base), cost_sections.swings_table(book, base),
         cost_sections.break_even_section(book), cost_plots.plane_figure(book))


def prices(book: Comparison) -> None:
    """The book of unit costs."""
    show(cost_sections.prices_table(book))


def details(book: Comparison) -> None:
    """All further indicators."""
    show(sections.details_table(book))


def cohort(book: Comparison) -> None:
    """Outcomes of all who departed, by true need, and low, default and high runs of the need share."""
    show(plots.outcomes_figure(book), sections.need_table(book))


def inputs(book: Comparison) -> None:
    """What differs in the inputs."""
    show(sections.input_differences(book))


def published(book: Comparison) -> None:
    """Published totals beside the model's."""
    show(sections.published_table(book))


def limits(book: Comparison) -> None:
    """What is not modelled, and what the founding document asks beside what is."""
    show(sections.not_modelled(book), tag("h3", "What the founding document asks"), trace_sections.trace_section(book))


def provenance(book: Comparison) -> None:
    """Every input with its source, and what made the results."""
    show(sections.provenance(book))


def scenario_page(book: Comparison, scenario: str) -> None:
    """The first page of one scenario beside the baseline."""
    show(
        tag("h1", join([book.record["title"], ": ", book.title(scenario)])),
        tag("p", next(s["description"] for s in book.record["scenarios"] if s["name"] == scenario)),
        tag("h2", "Decision table"),
        sections.decision_table(book),
        sections.evidence(book),
    )
