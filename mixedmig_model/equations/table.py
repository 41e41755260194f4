"""The flow table: every stock and every move.

A move is of a person or of a member of staff. Source: ``docs/model.md`` section 2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mixedmig_model.vocabulary.labels import FUNCTIONS, PLACES, STAGES

PEOPLE_AXES = ("stage", "place", "group", "country")
G, GC, PGC, SGC = ("group",), ("group", "country"), ("place", "group", "country"), ("stage", "group", "country")
STAFF_AXES = ("function", "grade", "country")


@dataclass(frozen=True)
class Stock:
    """A stock with its name, axes, meaning and unit.

    A ``counter`` stock is never left again.
    """

    name: str
    axes: tuple[str, ...]
    description: str
    counter: bool = False
    unit: str = "person"


STOCKS = (
    Stock("at_sea", GC, "people at sea or on the way overland, by country they head for"),
    Stock("adrift", G, "people refused disembarkation or abandoned at sea"),
    Stock("moving", GC, "people on the way to another country, by country they left"),
    Stock("people", PEOPLE_AXES, "people ashore in the procedure, by stage, place, group and country"),
    Stock("irregular", GC, "people in the country without being recorded, or who left the procedure"),
    Stock("returned_assisted", GC, "people returned with assistance, by choice, who have not departed again"),
    Stock("returned_induced", GC, "people returned with assistance out of detention or without shelter, who have not "
          "departed again"),
    Stock("returned_enforced", GC, "people returned by force, who have not departed again"),
    Stock("elsewhere", GC, "people who moved on to a country outside the run, by country they left", counter=True),
    Stock("displaced", GC, "people deterred from one route who took another, by country they had headed for",
          counter=True),
    Stock("resettled", GC, "protected people resettled in a third country", counter=True),
    Stock("integrated", GC, "protected people who became self-reliant where they are", counter=True),
    Stock("repatriated", GC, "protected people who went home by choice", counter=True),
    Stock("regularised", GC, "people given a status by regularisation", counter=True),
    Stock("closed", GC, "people whose claim was closed without a decision", counter=True),
    Stock("died_crossing", GC, "deaths and missing on the crossing", counter=True),
    Stock("died_onward", GC, "deaths and missing on the way to another country", counter=True),
    Stock("died_adrift", G, "deaths while refused or abandoned at sea", counter=True),
    Stock("turned_back", G, "people turned back towards the country they left", counter=True),
    Stock("in_own_country", GC, "people who came to their own country, and went home", counter=True),
    Stock("staff", STAFF_AXES, "staff in post, by function, grade and country", unit="officer"),
)


@dataclass(frozen=True)
class Flow:
    """One flow of the flow table.

    ``axes`` are the axes of the flow. ``source`` and ``sink`` name stocks (``None``: outside the model). A flow without
    a source is a rate, not a hazard. Where the stock has an axis that the flow lacks, ``at_source``/``at_sink`` fix its
    label. ``only`` narrows axes to some labels. An axis ``destination`` holds the country that a flow enters. A
    ``count`` flow moves nobody: it keeps a running total of an event that a report needs. Its ``source`` is the stock
    to which the hazard applies.
    """

    name: str
    source: str | None
    sink: str | None
    axes: tuple[str, ...]
    description: str
    basis: str
    at_source: Mapping[str, str] = field(default_factory=dict)
    at_sink: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    count: bool = False
    unit: str = "person"
    marks: tuple[str, ...] = ()


MARKS = {
    "landed": "people landed and recorded, or landed in their own country",
    "entered": "people who come without a journey, and are recorded",
    "home": "arrivals in one's own country",
    "death": "deaths and missing on the way",
    "assisted": "returns with assistance, by free choice",
    "induced": "returns with assistance accepted in detention or without shelter",
    "enforced": "returns by force",
    "summary": "returns by force without an individual decision",
    "granted": "decisions that grant protection",
    "refused": "decisions that refuse it and are final",
    "ordered": "decisions that order a return and are final",
    "carried_out": "returns after such a decision",
    "released": "releases from detention",
    "claimed": "claims of asylum",
    "closed": "claims closed without a decision",
    "counselled": "people who have been counselled",
    "solution": "durable solutions",
    "remigrated": "departures after a return",
    "served": "people with whom a work-limited service finishes; every other way out of its queue is a loss",
    "child_detained": "children identified as such taken into detention",
    "breach": "choices of an authority against a norm",
    "harm": "harms that a report leads with",
}
"""What a flow or counter is, except where it leads.

Results ask for marks and never list names.
"""
FREE = ("alternative", "reception", "community")
PRESSED = ("detention", "unsheltered")
NOT_DETAINED = ("alternative", "reception", "community", "unsheltered")
AT_LARGE = ("reception", "community", "unsheltered")
MAY_LEAVE = tuple(stage for stage in STAGES if stage != "protected")
TRANSFERABLE = ("determination", "appeal", "protected")


Marks = tuple[str, ...]


def _stage_flow(name: str, source: str, sink: str, description: str, basis: str, *, marks: Marks = ()) -> Flow:
    """Return a move along the stage axis.

    Place, group and country stay.
    """
    return Flow(name, "people", "people", PGC, description, basis=basis, at_source={"stage": source},
                at_sink={"stage": sink}, marks=marks)


def _leaving(
    name: str, stage: str, sink: str, description: str, basis: str, *, places: tuple[str, ...] = PLACES,
    marks: Marks = (),
) -> Flow:
    """Return a departure out of one stage.

    It leads to a stock by group and country.
    """
    return Flow(name, "people", sink, PGC, description, basis=basis, at_source={"stage": stage},
                only={"place": places}, marks=marks)


def _place_flow(name: str, source: str, sink: str, description: str, basis: str, *, marks: Marks = ()) -> Flow:
    """Return a move along the place axis.

    Stage, group and country stay.
    """
    return Flow(name, "people", "people", SGC, description, basis=basis, at_source={"place": source},
                at_sink={"place": sink}, marks=marks)


_AT_LANDING = {"stage": "registration"}
_ONWARD = ("place", "group", "country", "destination")

JOURNEY_FLOWS = (
    Flow("departed", None, "at_sea", GC, "departures", basis="dated series times mix; P01-P08"),
    Flow("displaced", None, "displaced", GC, "departures deterred that take another route", basis="P109"),
    Flow("crossing_deaths", "at_sea", "died_crossing", GC, "deaths and missing on the crossing", basis="P10-P13",
         marks=("death", "harm")),
    Flow("abandoned", "at_sea", "adrift", GC, "people abandoned at sea by those who carried them",
         basis="para 12; P108"),
    Flow("refused", "at_sea", "adrift", GC, "people refused disembarkation at the end of a voyage",
         basis="para 12; P17", marks=("breach",)),
    Flow("landed", "at_sea", "people", PGC, "people landed and recorded at the end of a voyage", basis="model.md 3",
         at_sink=_AT_LANDING, marks=("landed",)),
    Flow("landed_unrecorded", "at_sea", "irregular", GC, "people landed without being recorded", basis="model.md 3"),
    Flow("entered_with_claim", None, "people", PGC, "people who enter with a claim of asylum, without a journey",
         basis="model.md 3", at_sink={"stage": "determination"}, marks=("entered", "claimed")),
    Flow("landed_in_own_country", "at_sea", "in_own_country", GC, "people landed in their own country, recorded or not",
         basis="model.md 3", marks=("landed", "home")),
    Flow("deaths_adrift", "adrift", "died_adrift", G, "deaths while adrift", basis="P11", marks=("death", "harm")),
    Flow("turned_back_adrift", "adrift", "turned_back", G, "people turned back from adrift", basis="P17",
         marks=("breach",)),
    Flow("disembarked", "adrift", "people", PGC, "people brought from adrift to a place of safety",
         basis="para 12 c; P16", at_sink=_AT_LANDING, marks=("landed",)),
    Flow("disembarked_in_own_country", "adrift", "in_own_country", GC,
         "people brought from adrift to their own country", basis="para 12 c; model.md 3", marks=("landed", "home")),
    Flow("onward_deaths", "moving", "died_onward", GC, "deaths and missing on the way to another country",
         basis="model.md 3", marks=("death", "harm")),
    Flow("left_region", "moving", "elsewhere", GC, "people who moved on to a country outside the run", basis="P85"),
    Flow("arrived_onward", "moving", "people", _ONWARD, "people arrived from another country of the run and recorded",
         basis="model.md 1; para 28 h", at_sink=_AT_LANDING),
    Flow("arrived_onward_unrecorded", "moving", "irregular", ("group", "country", "destination"),
         "people arrived from another country of the run without being recorded", basis="model.md 1"),
    Flow("arrived_in_own_country", "moving", "in_own_country", ("group", "country", "destination"),
         "people arrived in their own country from another country of the run", basis="model.md 3", marks=("home",)),
    Flow("found", "irregular", "people", PGC, "people without a record found by the authorities", basis="model.md 1",
         at_sink=_AT_LANDING),
)
PROCEDURE_FLOWS = (
    _stage_flow("registered", "registration", "screening", "people registered", "P19-P22", marks=("served",)),
    _stage_flow("screened_to_determination", "screening", "determination", "people whom screening sends to status "
               "determination", "para 12 e; P27, P28", marks=("claimed", "served")),
    _stage_flow("recognised_prima_facie", "screening", "protected", "people recognised prima facie", "P39",
                marks=("granted", "served")),
    _stage_flow("referred", "screening", "referral", "people whom screening refers for specific needs", "P29",
                marks=("served",)),
    _stage_flow("screened_to_counselling", "screening", "counselling", "people whom screening did not refer",
               "model.md 4", marks=("served",)),
    _stage_flow("claimed_asylum", "counselling", "determination", "people who claim asylum after counselling",
               "model.md 4", marks=("claimed", "counselled")),
    _stage_flow("return_decided", "counselling", "return", "individual return decisions after counselling",
               "model.md 4", marks=("ordered", "counselled")),
    _stage_flow("protected_after_referral", "referral", "protected", "people protected after referral", "model.md 4",
                marks=("granted", "served")),
    _stage_flow("referral_to_determination", "referral", "determination", "people sent from referral to status "
               "determination", "para 32", marks=("claimed", "served")),
    _stage_flow("recognised", "determination", "protected", "people recognised at first instance", "P43, P44",
                marks=("granted", "served")),
    _stage_flow("appealed", "determination", "appeal", "refused people who appeal", "P50", marks=("served",)),
    _stage_flow("refused_without_appeal", "determination", "return", "refused people who do not appeal", "P50",
                marks=("refused", "ordered", "served")),
    _stage_flow("withdrawn", "determination", "counselling", "claims withdrawn: never a ground for return", "P46"),
    _stage_flow("appeals_allowed", "appeal", "protected", "appeals allowed", "P51b", marks=("granted", "served")),
    _stage_flow("appeals_dismissed", "appeal", "return", "appeals dismissed", "P51b",
                marks=("refused", "ordered", "served")),
    _stage_flow("heard_before_return", "return", "referral", "children whose return is prepared, to a best-interests "
                "decision first", "model.md 4", marks=("served",)),
    _stage_flow("found_unreturnable", "return", "limbo", "people whose return cannot be carried out", "P92",
                marks=("served",)),
    *(
        _stage_flow(f"disclosed_in_{stage}_to_{sink}", stage, sink, f"people in {stage} who disclose a missed need, to "
                   f"{sink}", "P30")
        for stage in ("counselling", "return", "limbo") for sink in ("determination", "referral")
    ),
)
DEPARTURE_FLOWS = (
    _leaving("assisted_from_counselling", "counselling", "returned_assisted", "assisted returns after counselling",
             "P86, P87", places=FREE, marks=("assisted", "counselled")),
    _leaving("induced_from_counselling", "counselling", "returned_induced", "assisted returns from detention or "
             "without shelter, after counselling", "model.md 4", places=PRESSED, marks=("induced", "counselled")),
    _leaving("returned_after_referral", "referral", "returned_assisted", "voluntary returns after referral",
             "model.md 4", places=FREE, marks=("assisted", "served")),
    _leaving("induced_after_referral", "referral", "returned_induced", "returns after referral from detention or "
             "without shelter", "model.md 4", places=PRESSED, marks=("induced", "served")),
    _leaving("assisted_from_return", "return", "returned_assisted", "assisted returns after a return decision", "P86",
             places=FREE, marks=("assisted", "carried_out")),
    _leaving("induced_from_return", "return", "returned_induced", "assisted returns from detention or without "
             "shelter, after a return decision", "model.md 4", places=PRESSED, marks=("induced", "carried_out")),
    _leaving("enforced", "return", "returned_enforced", "enforced returns after an individual decision", "P91-P93",
             marks=("enforced", "carried_out", "served")),
    _leaving("closed", "determination", "closed", "claims closed without a decision", "model.md 4",
             marks=("closed",)),
    _leaving("enforced_pending_appeal", "appeal", "returned_enforced", "enforced returns while an appeal is pending",
             "breach; P55", marks=("enforced", "breach")),
    _leaving("summarily_returned_from_registration", "registration", "returned_enforced", "enforced returns before "
             "registration, without an individual decision", "breach; model.md 4",
             marks=("enforced", "summary", "breach")),
    _leaving("summarily_returned_from_screening", "screening", "returned_enforced", "enforced returns before "
             "screening, without an individual decision", "breach; model.md 4",
             marks=("enforced", "summary", "breach")),
    _leaving("returned_late", "limbo", "returned_enforced", "enforced returns out of limbo", "model.md 4",
             marks=("enforced", "carried_out")),
    Flow("moved_onward", "people", "moving", PEOPLE_AXES, "onward movement out of the procedure", basis="P85",
         only={"stage": MAY_LEAVE, "place": NOT_DETAINED}),
    Flow("absconded", "people", "irregular", PEOPLE_AXES,
         "people who left the procedure without leave, and stayed in the country", basis="P83, P84",
         only={"stage": MAY_LEAVE, "place": NOT_DETAINED}),
    Flow("moved_onward_irregular", "irregular", "moving", GC, "onward movement of people without a record",
         basis="P85"),
    Flow("transferred", "people", "people", ("stage", "group", "country", "destination"),
         "agreed transfers to another country of the run, the stage kept", basis="model.md 1; para 28 h",
         at_source={"place": "reception"}, at_sink={"place": "reception"}, only={"stage": TRANSFERABLE}),
    _leaving("resettled", "protected", "resettled", "protected people resettled", "P99, P100", marks=("solution",)),
    _leaving("integrated", "protected", "integrated", "protected people who became self-reliant", "P102",
             marks=("solution",)),
    _leaving("repatriated", "protected", "repatriated", "protected people who went home by choice", "model.md 4",
             marks=("solution",)),
    _leaving("regularised_from_limbo", "limbo", "regularised", "people in limbo given a status", "P104"),
    Flow("regularised", "irregular", "regularised", GC, "people without a record given a status", basis="P104"),
    *(
        Flow(f"remigrated_{kind}", f"returned_{kind}", "at_sea", GC, f"people who depart again after {text}",
             basis="P98", marks=("remigrated",))
        for kind, text in (("assisted", "an assisted return"), ("induced", "an induced return"),
                           ("enforced", "an enforced return"))
    ),
)
PLACE_FLOWS = (
    _place_flow("released_to_reception", "detention", "reception", "releases from detention to reception",
                "model.md 5", marks=("released",)),
    _place_flow("released_to_unsheltered", "detention", "unsheltered", "releases from detention without a place",
               "model.md 5", marks=("released",)),
    _place_flow("released_to_alternative", "detention", "alternative", "transfers from detention to an alternative",
               "P82; model.md 5", marks=("released",)),
    _place_flow("alternative_to_reception", "alternative", "reception", "people who leave an alternative for reception",
               "model.md 5"),
    _place_flow("alternative_to_community", "alternative", "community", "people who leave an alternative for a home",
               "model.md 5"),
    _place_flow("lost_alternative", "alternative", "unsheltered", "people who lose their place in an alternative",
               "model.md 5"),
    _place_flow("sheltered", "unsheltered", "reception", "people without shelter given a place", "model.md 5"),
    _place_flow("lost_place", "reception", "unsheltered", "people who lose their place in a closure", "model.md 5"),
    Flow("support_withdrawn", "people", "people", GC, "people in limbo who lose their place for lack of a status",
         basis="breach; para 33", at_source={"stage": "limbo", "place": "reception"},
         at_sink={"stage": "limbo", "place": "unsheltered"}, marks=("breach",)),
    Flow("detained_before_return", "people", "people", PGC, "people detained in view of return", basis="model.md 5",
         at_source={"stage": "return"}, at_sink={"stage": "return", "place": "detention"}, only={"place": AT_LARGE}),
    _place_flow("moved_on", "reception", "community", "people who move from reception to homes", "model.md 5"),
)
STAFF_FLOWS = (
    Flow("hired", None, "staff", ("function", "country"), "staff hired", basis="P21, P35",
         at_sink={"grade": "training"}, unit="officer"),
    Flow("posted", None, "staff", ("function", "country"), "staff added to a given number in post",
         basis="model.md 4", at_sink={"grade": "active"}, unit="officer"),
    Flow("trained", "staff", "staff", ("function", "country"), "staff whose training is complete", basis="P36",
         at_source={"grade": "training"}, at_sink={"grade": "novice"}, unit="officer"),
    Flow("became_experienced", "staff", "staff", ("function", "country"), "novices who reach full output",
         basis="P36", at_source={"grade": "novice"}, at_sink={"grade": "active"}, unit="officer"),
    Flow("staff_left", "staff", None, STAFF_AXES, "staff who left, or whose posts ended", basis="P37",
         unit="officer"),
)
COUNTERS = (
    Flow("identified_children_detained_at_landing", "at_sea", None, GC, "identified children detained at landing",
         basis="breach; P80", count=True, marks=("child_detained", "breach")),
    Flow("identified_children_detained_with_claim", None, None, GC, "identified children detained as they enter with "
         "a claim", basis="breach; P80", count=True, marks=("child_detained", "breach")),
    Flow("identified_children_detained_from_adrift", "adrift", None, GC, "identified children detained at "
         "disembarkation", basis="breach; P80", count=True, marks=("child_detained", "breach")),
    Flow("identified_children_detained_on_arrival", "moving", None, ("group", "country", "destination"), "identified "
         "children detained on arrival from another country of the run", basis="breach; P80", count=True,
         marks=("child_detained", "breach")),
    Flow("identified_children_detained_when_found", "irregular", None, GC, "identified children detained when found",
         basis="breach; P80", count=True, marks=("child_detained", "breach")),
    Flow("identified_children_detained_before_return", "people", None, PGC, "identified children detained in view of "
         "return", basis="breach; P80", at_source={"stage": "return"}, only={"place": AT_LARGE}, count=True,
         marks=("child_detained", "breach")),
    Flow("needs_missed", "people", None, PGC, "people with a need that screening did not see", basis="harm; P27-P29",
         at_source={"stage": "screening"}, count=True, marks=("harm",)),
    Flow("children_separated", None, None, GC, "children whose detained parent or carer is taken from them, by the "
         "group of the adult", basis="harm; model.md 5", count=True, marks=("harm",)),
    Flow("separation_days", None, None, GC, "days of children whose parent or carer is in detention, by the group of "
         "the adult", basis="harm; model.md 5", count=True, unit="person-day", marks=("harm",)),
    Flow("children_returned_unheard", None, None, GC, "identified children returned by force without a best-interests "
         "decision", basis="breach; model.md 4", count=True, marks=("breach",)),
    Flow("released_by_limit", "people", None, SGC, "releases because the limit of detention was reached", basis="P78",
         at_source={"place": "detention"}, count=True),
)
FLOWS = JOURNEY_FLOWS + PROCEDURE_FLOWS + DEPARTURE_FLOWS + PLACE_FLOWS + STAFF_FLOWS + COUNTERS
ENTERS_THE_MODEL = ("departed", "displaced", "entered_with_claim", "hired", "posted")
"""Rows without a source.

People who set out or enter with a claim, and staff who are hired or given.
"""
LEAVES_THE_MODEL = ("staff_left",)
"""Rows without a sink.

Only staff leave; people never leave the model unseen.
"""


def flows_marked(*marks: str) -> tuple[str, ...]:
    """Return the flows and counters that carry all marks given.

    Parameters
    ----------
    *marks : str
        Keys of ``MARKS``.

    Returns
    -------
    tuple[str, ...]
        Names in the order of the table.

    Raises
    ------
    KeyError
        For an unknown mark.
    """
    for mark in marks:
        if mark not in MARKS:
            raise KeyError(f"no mark '{mark}'; these are: {', '.join(MARKS)}")
    return tuple(flow.name for flow in FLOWS if set(marks) <= set(flow.marks))


SERVED = {
    stage: tuple(flow.name for flow in FLOWS if "served" in flow.marks and flow.at_source["stage"] == stage)
    for stage in FUNCTIONS
}
"""Flows by which each work-limited service ends."""
