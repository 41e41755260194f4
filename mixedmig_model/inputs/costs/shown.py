"""The second currency in which amounts are shown.

It is that of ``--currency``, or of the case's budget. A rate of the case's own wins over the published one. Prices and
totals stay in the base currency; only what is shown is converted.
"""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from mixedmig_model.inputs.cases.case import CaseInputs
from mixedmig_model.inputs.costs.book import CostBook
from mixedmig_model.inputs.costs.case import CaseCosts
from mixedmig_model.inputs.reading.faults import Fault, InputFaultsError, listed, nearest, printable
from mixedmig_model.inputs.reading.fields import Quality

OPTION = "--currency"
NO_BOOK = "this workspace has no cost book, so nothing has a cost"
NO_RATE = "no exchange rate for the currency in {year}"
WHERE = (
    "state it in costs.yaml of the case (exchange_rates: {{{code}: {{for_one: ..., on: ..., source: ..., "
    "quality: ...}}}}), or add a row of {year} to parameters/costs/rates.csv"
)


class ShownCurrency(NamedTuple):
    """A currency with its rate, the day or year of it, and source."""

    currency: str
    for_one: float
    on: date | None  # None: the average of the base year
    source: str
    quality: Quality


def shown_currency(costs: CaseCosts, book: CostBook) -> ShownCurrency | None:
    """Return the second currency of a case.

    It is None where the case names none, or the base currency. The file was checked: there is a rate.
    """
    code = costs.file.currency
    if code is None or code == book.money.base_currency:
        return None
    own = costs.file.exchange_rates.get(code)
    if own is not None:
        return ShownCurrency(code, own.for_one, own.on, own.source, own.quality)
    rate = book.money.exchange_rates[code]
    return ShownCurrency(code, 1.0 / rate.value, None, rate.source, rate.quality)


def in_currency(inputs: CaseInputs, code: str | None) -> CaseInputs:
    """Return the inputs of a case, with another second currency.

    Parameters
    ----------
    inputs : CaseInputs
        The case.
    code : str or None
        The code of the currency (ISO 4217); None leaves the case as it is.

    Returns
    -------
    CaseInputs
        The case.

    Raises
    ------
    InputFaultsError
        Where nothing gives the rate; the message says where to state it.
    """
    if code is None:
        return inputs
    book, costs = inputs.workspace.costs, inputs.costs
    if book is None or costs is None:
        raise InputFaultsError([Fault(OPTION, 0, "", NO_BOOK, found=repr(printable(code)[:80]),
                                      allowed="parameters/costs of a new workspace (mixedmig init DIR)")])
    known = sorted({book.money.base_currency, *book.money.exchange_rates, *costs.file.exchange_rates})
    if code not in known:
        year, shown = book.money.base_year, printable(code)[:80]
        raise InputFaultsError([Fault(
            OPTION, 0, "", NO_RATE.format(year=year), found=repr(shown),
            allowed=f"{listed(known)}; or {WHERE.format(code=shown.upper()[:3], year=year)}",
            nearest=code.upper() if code.upper() in known else nearest(code.upper(), known))])
    file = costs.file.model_copy(update={"currency": code})
    return replace(inputs, costs=replace(costs, file=file))
