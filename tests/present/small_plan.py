"""A small workspace with every kind of cost, two currencies, and titles that try to be formulas."""

import shutil
from pathlib import Path

from mixedmig_model.inputs.cases.case import CaseInputs, read_case
from mixedmig_model.inputs.workspace import read_workspace

SOURCE = "source: assumption, quality: assumption"
CASE = f"""schema: 1
title: '=A small & quiet case'
question: '@What does it cost?'
summary: Two countries, four months.
start: 2017-11-01
end: 2018-03-01
countries: {{here: {{title: Here}}, there: {{title: There}}}}
baseline: plain
departures: arrivals.csv
opening:
  - {{stage: determination, place: reception, country: here, persons: 40}}
parameters:
  journey.disembarkation_share: {{by_country: {{here: 0.6, there: 0.4}}, {SOURCE}}}
  detention.detained_share: {{value: 0.3, {SOURCE}}}
  detention.places: {{value: 200, {SOURCE}}}
"""
ARRIVALS = """start,end,country,persons,source,quality,note
2017-11-01,2018-02-01,here,900,assumption,assumption,
2017-12-01,2018-02-01,there,300,assumption,assumption,
"""
SCENARIO = f"""schema: 1
case: small
title: '+Plain'
description: As it is.
own_costs:
  campaign:
    title: '-Recruitment campaign'
    activity: '=HYPERLINK("http://example.org","click")'
    stage: determination
    sector: asylum
    phase: preparedness
    behaviour: fixed
    price: {{value: 999.995, range: [500, 2000], currency: EUR, price_year: 2016, {SOURCE}}}
    countries: [here]
    payers: {{donor: 0.333, ngo: 0.333, host_central: 0.334}}
"""
COSTS = f"""schema: 1
fiscal_year_start: {{here: 1, there: 2}}
sectors:
  detention_day: {{shares: {{detention: 0.8, health: 0.125, food: 0.075}}, source: assumption, quality: published,
    note: '=1+1'}}
not_costed: ['=What schools cost.']
projects: projects.csv
exchange_rates:
  EUR: {{for_one: 0.9, on: 2017-06-01, {SOURCE}}}
ceilings:
  - {{payer: host_central, fiscal_year: 2018, amount: 20000.005, {SOURCE}, note: '=2+2'}}
  - {{payer: donor, fiscal_year: 2017, country: here, amount: 1234.56, currency: EUR, prices: base_year, {SOURCE}}}
  - {{payer: donor, fiscal_year: 2018, country: there, amount: 900, currency: EUR, {SOURCE}}}
  - {{payer: private, fiscal_year: 2019, amount: 7, prices: base_year, {SOURCE}}}
"""
PROJECTS = """project,title,agency,sector,country,amount,currency,year,note
A-1,=Tents for here,Agency,shelter,here,10000,EUR,2016,
A-2,More tents,Other agency,shelter,here,2500.5,USD,2017,@see annex
A-3,Schools,Agency,education,there,700,USD,2017,
"""
ASSUMED = "source: assumption, quality: assumption"
RATE, SHARE, YEARLY = f"unit: '1', {ASSUMED}", f"unit: share, {ASSUMED}", f"unit: 1/year, {ASSUMED}"
MONEY = f"""schema: 1
base_currency: USD
base_year: 2017
deflators:
  EUR: {{'2016': {{value: 1.0137, range: [1, 1.1], {RATE}}}}}
  USD: {{'2011': {{value: 1.09, range: [1, 1.2], {RATE}}}}}
exchange_rates: {{EUR: {{value: 1.1297, range: [1, 1.3], {RATE}}}}}
inflation: {{value: 0.02, range: [0, 0.05], {YEARLY}}}
discount_rate: {{value: 0.03, range: [0, 0.07], {YEARLY}}}
contingency: {{value: 0.1, range: [0.05, 0.2], {SHARE}}}
support_cost: {{value: 0.07, range: [0.04, 0.12], {SHARE}}}
supported_payers: [donor, un_agency, ngo]
exchange_rate_spread: {{value: 0.15, range: [0, 0.3], {SHARE}}}
assumed_share_limit: {{value: 0.25, range: [0, 1], {SHARE}}}
funding_coverage: {{donor: {{value: 0.55, range: [0.3, 0.9], {SHARE}}}}}
disbursement_delay: {{donor: {{value: 3, range: [1, 8], unit: month, {ASSUMED}}}}}
small_cell: {{value: 5, range: [5, 5], unit: person, {ASSUMED}}}
"""
HALVES = "{host_central: 0.5, donor: 0.5}"
THIRDS = "{host_central: 0.1, host_local: 0.2, donor: 0.35, un_agency: 0.05, ngo: 0.1, migrant: 0.2}"
BED_SECTORS = "{shelter: 0.3, food: 0.5, water_sanitation: 0.2}"
ITEMS = {
    "bed_day": ("reception", BED_SECTORS, "variable", "people_in_reception", "person*day", "", 2.5, THIRDS),
    "tent": ("reception", "shelter", "capital", "reception_places", "place", "life_years: 2, lead_days: 10", 155.005,
             HALVES),
    "registration_kit": ("registration", "documentation", "variable", "registrations", "person", "", 1.005, HALVES),
    "screener": ("screening", "border_management", "variable", "screening_staff", "officer*year", "", 12345.67, THIRDS),
    "decision": ("determination", "asylum", "variable", "first_decisions", "case", "", 0.35, "{donor: 0.7, ngo: 0.3}"),
    "supervisor": ("determination", "asylum", "step", "determination_staff", "month", "step: 8", 1234.5, HALVES),
    "detention_day": ("detention", "detention", "variable", "people_in_detention", "person*day", "", 7.15,
                      "{host_central: 1}"),
    "alternative_day": ("alternative", "protection", "variable", "people_in_alternatives", "person*day", "", 3.3,
                        HALVES),
    "care": ("referral", "protection", "variable", "referrals", "person", "", 12.345, THIRDS),
    "task_force": ("whole_response", "coordination", "fixed", "response_active", "month", "", 2000, HALVES),
    "law": ("whole_response", "coordination", "one_off", "response_active", "1", "", 5000.005, "{un_agency: 1}"),
    "donated_land": ("host", "shelter", "variable", "reception_places", "place*day", "view: economic", 0.125,
                     "{host_local: 1}"),
}
"""Stage, sector or sectors, behaviour, driver, per, more, price in the middle tier, payers."""


def item(name: str) -> str:
    """One item of the cost book."""
    stage, sector, behaviour, driver, per, more, price, payers = ITEMS[name]
    currency, year = ("EUR", 2016) if name in ("care", "decision") else ("USD", 2017)
    quality = "published" if name == "bed_day" else "assumption"
    prices = "\n".join(
        f"      {tier}: {{value: {price * factor:.10g}, range: [{price * factor / 2:.10g}, {price * factor * 2:.10g}],"
        f" currency: {currency}, price_year: {year}, source: assumption, quality: {quality}, note: '=1+1'}}"
        for tier, factor in (("low_income", 0.5), ("middle_income", 1.0), ("high_income", 3.0))
    )
    belongs = f"sector: {sector}" if "{" not in sector else (
        f"sectors: {sector}\n    sectors_source: assumption\n    sectors_quality: assumption")
    extra = "".join(f"    {part.strip()}\n" for part in more.split(",") if part)
    return (
        f"  {name}:\n    title: '=title of {name}'\n    activity: '@activity of {name}'\n    stage: {stage}\n"
        f"    {belongs}\n    phase: response\n    behaviour: {behaviour}\n    driver: {driver}\n"
        f"    per: {per!r}\n"
        f"{extra}    component: {name}\n    prices:\n{prices}\n    payers: {payers}\n"
    )


def small_workspace(root: Path, folder: Path) -> Path:
    """A workspace in ``folder`` with the base files of ``root`` and one small case."""
    parameters = folder / "parameters"
    shutil.copytree(root / "parameters" / "base", parameters / "base")
    shutil.copy(root / "parameters" / "sources.yaml", parameters)
    files = {
        "cases/small/case.yaml": CASE, "cases/small/arrivals.csv": ARRIVALS, "cases/small/costs.yaml": COSTS,
        "cases/small/projects.csv": PROJECTS, "cases/small/scenarios/plain.yaml": SCENARIO,
        "costs/money.yaml": MONEY, "costs/items.yaml": "schema: 1\nitems:\n" + "".join(item(name) for name in ITEMS),
    }
    for name, text in files.items():
        path = parameters / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def small_inputs(root: Path, folder: Path) -> CaseInputs:
    """The small case, read."""
    return read_case(read_workspace(small_workspace(root, folder)), "small")
