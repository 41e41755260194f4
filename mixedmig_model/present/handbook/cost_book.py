"""The cost book on one page.

It has drivers, rules of money, and every item with its prices, written from the files.
"""

from collections import Counter

from mixedmig_model.inputs.costs.book import CostBook
from mixedmig_model.inputs.costs.case import default_economy
from mixedmig_model.inputs.costs.drivers import DRIVERS
from mixedmig_model.inputs.costs.economies import economy_of
from mixedmig_model.inputs.costs.money import money_factor
from mixedmig_model.inputs.costs.placed import pay_factor
from mixedmig_model.inputs.costs.schema import WORLD, CostItem, Price
from mixedmig_model.inputs.costs.sectors import sector_shares, split_of
from mixedmig_model.inputs.workspace import Workspace
from mixedmig_model.present.handbook.reference import markdown_table, page
from mixedmig_model.vocabulary.numbers import DASH, number
from mixedmig_model.vocabulary.titles import PAYER_WORDS, sector_title

ITEM_HEAD = ("item", "behaves", "driver", "for a", "moves with pay", "prices", "payers", "sectors", "notes")
SHARES = (
    "A price that holds several sectors is shared among them. The shares rest on a publication, or are an assumption. "
    "A case states its own under `sectors` in `costs.yaml`."
)


def price_text(price: Price) -> str:
    """Return a price with currency, year, range and source.

    It says so where there is no source.
    """
    span = f"{number(price.range[0])}{DASH}{number(price.range[1])}"
    rests = "assumption" if price.quality == "assumption" else f"{price.quality}, {price.source}"
    row = f", {price.row}" if price.row else ""
    return f"{price.currency} {number(price.value)} of {price.price_year} ({span}); {rests}{row}"


def item_cells(name: str, item: CostItem, book: CostBook) -> list[str]:
    """Return the cells of one item."""
    behaves = item.behaviour.replace("_", "-") + (f", one for each {number(item.step)}" if item.step else "")
    behaves += f", life {number(item.life_years)} years" if item.life_years else ""
    behaves += f", at least {number(100 * item.contract_minimum)} % of places" if item.contract_minimum else ""
    use = f"`{item.driver}`" + (f" x {number(item.use)}" if item.use != 1.0 else "")
    payers = ", ".join(f"{PAYER_WORDS[payer]} {number(100 * share)} %" for payer, share in item.payers.items() if share)
    notes = [item.activity, item.note, f"Includes {', '.join(item.covers)}." if item.covers else "",
             "Only where a case includes it." if item.optional else "",
             f"{item.view.capitalize()} view only." if item.view != "both" else ""]
    places = {code: "Everywhere" if code == WORLD else economy_of(code, book.economies).title for code in item.prices}
    prices = "; ".join(f"{places[code]}: {price_text(price)}" for code, price in item.prices.items())
    moves = "no" if not item.pay_share else f"{number(100 * item.pay_share)} %"
    words = " ".join(text if text.endswith(".") else f"{text}." for text in notes if text)
    return [f"`{name}`: {item.title}", behaves, use, item.per, moves, prices, payers, sectors_text(item), words]


def sectors_text(item: CostItem) -> str:
    """Return the sectors of an item, with shares of several."""
    shares = sector_shares(item)
    if item.sectors is None:
        return ", ".join(sector_title(name) for name in shares)
    return ", ".join(f"{sector_title(name)} {number(100 * share)} %" for name, share in shares.items())


def shared(book: CostBook) -> list[list[str]]:
    """Return items of several sectors with their shares.

    It says what the shares rest on.
    """
    return [
        [f"`{name}`", sectors_text(item), split.quality, split.source, split.note]
        for name, item in book.items.items() if (split := split_of(item)) is not None
    ]


def counts(book: CostBook) -> str:
    """Return how many items and prices there are.

    It says what they rest on.
    """
    qualities = Counter(price.quality for item in book.items.values() for price in item.prices.values())
    optional = sum(item.optional for item in book.items.values())
    by_quality = ", ".join(f"{count} {name}" for name, count in sorted(qualities.items()))
    return (f"{len(book.items)} items, of which {optional} count only where a case includes them by name. "
            f"{sum(qualities.values())} prices: {by_quality}.")


def rates(book: CostBook) -> list[list[str]]:
    """Return rules of money: name, value, range, source, note."""
    found = []
    for name in type(book.stated).model_fields:
        value = getattr(book.stated, name)
        entries = value.items() if isinstance(value, dict) else [("", value)]
        for key, entry in entries:
            for last, rate in entry.items() if isinstance(entry, dict) else [("", entry)]:
                if hasattr(rate, "quality"):
                    label = ".".join(part for part in (name, key, last) if part)
                    span = f"{number(rate.range[0])}{DASH}{number(rate.range[1])}"
                    row = rate.row or "none"
                    found.append([f"`{label}`", f"{number(rate.value)} {rate.unit}", span, row, rate.source, rate.note])
    return found


def published_rates(book: CostBook) -> list[list[str]]:
    """Return rates of the table with which prices are converted.

    They have currency, price year, factor to the base, range and source of the deflator, and source of the rate.
    """
    used = {(price.currency, price.price_year) for item in book.items.values() for price in item.prices.values()}
    rows = []
    for currency, year in sorted(used - {(book.money.base_currency, book.money.base_year)}):
        deflator = book.money.deflators.get(currency, {}).get(str(year))
        rate = book.money.exchange_rates.get(currency)
        span = f"{number(deflator.range[0])}{DASH}{number(deflator.range[1])}" if deflator else "none"
        rows.append([currency, str(year), number(money_factor(book.money, currency, year)),
                     number(deflator.value) if deflator else "1", span, deflator.source if deflator else "none",
                     number(rate.value) if rate else "1", rate.source if rate else "none"])
    return rows


def economies(book: CostBook) -> list[list[str]]:
    """Return the countries with their pay over that of Malaysia."""
    base = default_economy(book)
    return [[code, one.title, number(one.gdp_per_head), f"{pay_factor(book.money, one, base):.2f}"]
            for code, one in book.economies.items()]


def cost_book_page(workspace: Workspace) -> str:
    """Return Markdown of the cost book of a workspace.

    Raises ValueError where it has none.
    """
    book = workspace.costs
    if book is None:
        raise ValueError("the workspace has no cost book")
    lines = [
        "# The cost book", "",
        "Generated from `parameters/costs` and `inputs/costs/drivers.py`. [costs.md](costs.md) says how it is used.",
        "",
        f"**{counts(book)}** A price stands in the country where it is known. "
        "[costs.md](costs.md#from-country-to-country) says what it is in another. A case sets its own prices where it "
        "knows better. [price_evidence.md](price_evidence.md) lists what was found, and how it was used.", "",
        "## Drivers: what a cost can attach to", "",
        *markdown_table(("driver", "unit", "kind", "what it counts"), [
            [f"`{name}`", driver.unit, driver.kind, driver.title] for name, driver in DRIVERS.items()]), "",
        "## Rules of money", "",
        f"Base: {book.money.base_currency} of {book.money.base_year}. Support cost is charged on money of "
        f"{', '.join(PAYER_WORDS[payer] for payer in book.money.supported_payers)}.", "",
        *markdown_table(("rule", "value", "range", "row", "source", "note"), rates(book)), "",
        "## From prices to the base", "",
        "A price is multiplied by the deflator of its own currency first, then by the exchange rate of the base year. "
        f"`rates.csv` has {len(book.money.exchange_rates) + 1} currencies. These are the ones that prices here need. "
        "The range of a deflator has consumer prices at one end and the GDP deflator at the other.", "",
        *markdown_table(("currency", "price year", "factor", "deflator", "its range", "its source", "exchange rate",
                         "its source"), published_rates(book)),
    ]
    lines += ["", "## Pay from country to country", "",
              "GDP for each person in USD of 2017, and pay over that of Malaysia.", "",
              *markdown_table(("code", "country", "GDP for each person", "pay"), economies(book))]
    lines += ["", "## Prices of several sectors", "", SHARES, "",
              *markdown_table(("item", "shares", "quality", "source", "note"), shared(book))]
    for stage in dict.fromkeys(item.stage for item in book.items.values()):
        rows = [item_cells(name, item, book) for name, item in book.items.items() if item.stage == stage]
        title = stage.replace("_", " ").capitalize()
        lines += ["", f"## {title}", "", *markdown_table(ITEM_HEAD, rows)]
    return page(lines)
