"""The page docs/levers.md.

It has every lever and preset of the shipped workspace, from its files.
"""

from mixedmig_model.inputs.levers.conditions import QUANTITIES
from mixedmig_model.inputs.levers.schema import Lever, LeverChange, LeverEffect, Preset
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.present.handbook.reference import markdown_table, page
from mixedmig_model.record.levers import STRENGTHS
from mixedmig_model.results.indicators.table import INDICATORS
from mixedmig_model.vocabulary.numbers import DASH, number

INTRODUCTION = """# Levers and presets

A lever is a policy that can be chosen. It says what it changes, how sure its effect is, what it costs, and which side
effects it always has. `parameters/levers/` has the levers in YAML, to read, change and add to. This page is generated
from those files. A scenario uses levers by name, before its own changes:

```yaml
schema: 1
case: generic_surge
title: Screening, rescue and a framework
description: More screeners from March on, half of the rescue, a framework at a third of its strength.
levers:
  - {lever: screening, start: 2018-03-01}
  - {lever: sar, intensity: 0.5, until: 2019-01-01}
  - {preset: crrf, intensity: 0.3}
changes:
  - {parameter: screening.agency_access, set: 0.8, reason: The scenario's own change overrides what levers made.}
```

* **Intensity** runs from 0, nothing, to 1, all of the lever. A value set is approached in proportion; a factor and an
  amount are scaled. At 0 a lever leaves the case as it is, to the last bit.
* **Dates**: `start` and `until` are dates, or days after the first day of the run; a change begins `lead_days` later.
* A parameter under levers is (its level, or the level that a lever sets) x the product of factors + the sum of
  amounts. The order in the file does not matter, to the last bit.
* Two levers that set one parameter at one time are refused. So is a lever used twice at a time, also by a preset. The
  faults of a file are listed together. A scenario's own changes act on the result of the levers.
* **Bounds** stop a lever and take nothing back: where the case is beyond them already, it stays there.
* **Effects on departures** (information, enforcement, pathways, drivers) are none unless a scenario gives `effects:
  [{parameter: ..., value: ..., source: ..., reason: ...}]` with a source of `sources.yaml` that is not an assumption.
  They never count in favour of an option.
* **Side effects** go with the lever wherever it is used, and reports print them. The share of boats abandoned under
  enforcement against smuggling has a least value: a scenario that sets it lower is refused.
* **Rights are no lever.** With the switches of law on, no set of levers detains children identified as such or returns
  anybody by force without an individual decision. No stay exceeds the limit by more than a day. Children wrongly
  assessed adult and detained are counted.
* **Own costs** are those of the lever alone, scaled by its intensity. People, staff and places that it adds cost
  the usual prices.
* **Moves** says which indicators the lever moves, and which way, in the worst case of `generic_surge`. A test holds
  each to it, those with effects on departures with a value given for the test.

## Levers that switch themselves

A use of a lever can have a condition instead of dates, or within them:

    levers:
      - lever: screening
        when: {quantity: waiting_screening, op: '>', on_at: 300, off_at: 200}

The lever is on from the day on which the quantity passes `on_at`. It is off again from the day on which the quantity
passes `off_at` on its way back. Changes come with their lead time. The condition looks at the start of each day, in
the countries of the use, at one of these quantities:

QUANTITIES

A condition is a record and never an expression. A run is solved once more for each switch, on either path; more than
60 switches are refused. The own costs of a lever are paid as long as it may switch, because it is kept ready. Reports
say when each was on in the main run. Levers on departures, and on inputs that hold for the whole run, cannot switch
themselves.

## How to write one

Add a lever to a file of `parameters/levers`, or a file of your own:

```yaml
schema: 1
levers:
  night_shifts:
    title: Night shifts at registration
    description: A second shift, so that people who land in the evening are registered before they sleep.
    paragraphs: ['47(b)']
    changes:
      - parameter: registration.officers
        scale: 1.5
        bounds: [0, 200]
        lead_days: 14
        ramp_days: 7
        reason: Half as many officers again, after two weeks, over a week.
    side_effects:
      - {text: 'Officers who work at night may leave sooner; attrition is not changed here.'}
    own_costs:
      night_transport:
        title: Transport at night
        activity: Buses from the coast to the registration centre after dark
        stage: registration
        sector: logistics
        phase: response
        behaviour: fixed
        price:
          {value: 2000, range: [800, 5000], currency: USD, price_year: 2017, source: assumption, quality: assumption}
        payers: {host_central: 1}
    evidence: {text: No source gives what a second shift brings., source: assumption, strength: none}
    moves: {wait_registration_p90: down}
    not_modelled: [Landings by the hour.]
```

* A change has one of `set`, `scale`, `add`, in the unit of the base file. A lever is used in any case, so prefer
  `scale` and `add`. A change begins `lead_days` after the start of the lever, and is phased in over `ramp_days`.
* `own_costs` are a month (`fixed`) or once (`one_off`), in each country, at full intensity.
* `evidence` says what is known, where it stands and how far it carries: `strong`, `moderate`, `weak`, or `none`.
* `side_effects` are words, or the least value of an input (`parameter`, `least`) while the lever acts.
* An input that says who departs cannot stand under `changes`. Under `effects` it has no size: a scenario cites one."""


def levers_page(workspace: Workspace) -> str:
    """Return the page.

    Raises KeyError for an evidence source that is not there.
    """
    named = "\n".join(f"* `{name}`: {words}" for name, words in QUANTITIES.items())
    lines = [INTRODUCTION.replace("QUANTITIES", named)]
    for name, lever in workspace.levers.items():
        lines += _lever(workspace, name, lever)
    lines += ["", "## Presets"]
    for name, preset in workspace.presets.items():
        lines += _preset(workspace, name, preset)
    return page(lines)


def _lever(workspace: Workspace, name: str, lever: Lever) -> list[str]:
    titles = {indicator.key: indicator.title for indicator in INDICATORS}
    moves = ", ".join(f"{titles[key]} {way}" for key, way in lever.moves.items())
    source = workspace.sources[lever.evidence.source].title
    lines = [
        "", f"## {lever.title} (`{name}`)", "", lever.description, "",
        f"Paragraphs {', '.join(lever.paragraphs)} of the founding document.", "",
        *markdown_table(["input", "what", "when", "why"], [_entry(workspace, one) for one in _entries(lever)]), "",
        f"* **Evidence** ({STRENGTHS[lever.evidence.strength]}). {lever.evidence.text} Source: {source}.",
        f"* **Moves.** {moves}.",
    ]
    lines += [f"* **Comes with it.** {side.text}" for side in lever.side_effects]
    lines += [f"* **Own cost.** {cost.title}, {number(cost.price.value)} {cost.price.currency} "
              f"{'a month' if cost.behaviour == 'fixed' else 'once'} a country ({cost.price.quality})."
              for cost in lever.own_costs.values()]
    return lines + [f"* **Not modelled.** {text}" for text in lever.not_modelled]


def _entries(lever: Lever) -> list[LeverChange | LeverEffect]:
    return [*lever.changes, *lever.effects]


def _entry(workspace: Workspace, one: LeverChange | LeverEffect) -> list[str]:
    unit = workspace.parameters[one.parameter].unit
    when = "immediately" if not one.lead_days else f"after {one.lead_days} days"
    when += f", phased in over {one.ramp_days} days" if one.ramp_days else ""
    if isinstance(one, LeverEffect):
        return [f"`{one.parameter}`", f"none unless cited ({unit})", when, one.reason]
    size = {"set": one.set, "scale": one.scale, "add": one.add}[one.operation]
    assert size is not None  # the schema asks for one of the three
    what = {"set": f"set to {number(size)} {unit}", "scale": f"x {number(size)}",
            "add": f"{'+' if size > 0 else ''}{number(size)} {unit}"}[one.operation]
    what += f", within {number(one.bounds[0])}{DASH}{number(one.bounds[1])}" if one.bounds else ""
    return [f"`{one.parameter}`", what, when, one.reason]


def _preset(workspace: Workspace, name: str, preset: Preset) -> list[str]:
    listed = [
        f"{workspace.levers[one.lever].title}" + ("" if one.intensity == 1.0 else f" at {one.intensity:g}")
        for one in preset.levers
    ]
    lines = ["", f"### {preset.title} (`{name}`)", "", preset.description, "",
             f"Paragraphs {', '.join(preset.paragraphs)}. Levers:", "", *(f"* {one}" for one in listed)]
    if preset.left_out:
        lines += ["", "Left out:", ""]
    return lines + [f"* {text}" for text in preset.left_out]
