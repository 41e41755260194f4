"""What the page of one option says.

It has what it changes, what it does, what it costs and who pays.
"""

from mixedmig_model.record.finished import Comparison
from mixedmig_model.record.priced import costs_of
from mixedmig_model.record.rows import cost_row, indicator_row
from mixedmig_model.record.schema.options import ChangeRow, IndicatorPart, OptionPart
from mixedmig_model.record.words.front_page.answer import payer_shares
from mixedmig_model.record.words.pages import templates as said
from mixedmig_model.record.words.pages.costs import gap_words
from mixedmig_model.record.words.pages.decision import cell_text
from mixedmig_model.record.words.pages.posts import whole_officers
from mixedmig_model.results.services import ON_TIME
from mixedmig_model.vocabulary.numbers import unit_word

MOST_CHANGES = 9
"""Changes that the page names, so that it stays one page."""
SHOWN_KINDS = ("breach", "harm")
WAIT = "wait_determination"


def change_lines(option: OptionPart) -> list[str]:
    """Return the levers and the changes of an option.

    It also has how many more there are.
    """
    lines = [said.OPTION_LEVER.format(title=one.title, where=one.where, when=one.when, description=one.description)
             for one in option.levers]
    lines += [_change(one) for one in option.changes]
    rest = len(lines) - MOST_CHANGES
    more = [said.OPTION_MORE.format(count=rest)] if rest > 0 else []
    return [*lines[:MOST_CHANGES], *more] or [said.OPTION_NO_CHANGE]


def _change(one: ChangeRow) -> str:
    unit = f" ({one.unit})" if one.unit else ""
    return said.OPTION_CHANGE.format(title=one.title, unit=unit, operation=one.operation, before=one.before,
                                     where=one.where, when=one.when, reason=one.reason)


def option_indicators(comparison: Comparison, name: str) -> list[IndicatorPart]:
    """Return harms, breaches that happen, and a wait.

    The wait is that for a decision.
    """
    base = comparison.names[0]
    return [
        one for one in comparison.record.shown_indicators
        if one.kind == "harm" or one.key == WAIT
        or (one.kind == "breach" and max(one.values[name].value, one.values[base].value) > 0.0)
    ]


def option_row(comparison: Comparison, indicator: IndicatorPart, name: str) -> list[str]:
    """Return an indicator in the baseline and in the option.

    It also has what may be said of the difference.
    """
    row, base = indicator_row(comparison, indicator), comparison.names[0]
    values = [indicator.values[one].value for one in (base, name)]
    said = cell_text(comparison, indicator, name, row.difference(values[1]))
    unit = unit_word("2", indicator.unit)
    title = f"{indicator.title}, {unit}" if unit else indicator.title
    return [title, *(row.value(one) for one in values), row.difference(values[1]) if said is None else said]


def money_rows(comparison: Comparison, name: str) -> list[list[str]]:
    """Return cost, payers, gap and team.

    They are those of the baseline and of the option.
    """
    tables, base = costs_of(comparison), comparison.names[0]
    rows = []
    if tables:
        row, own = cost_row(comparison), [tables[one] for one in (base, name)]
        rows.append([said.OPTION_COST, *(row.with_ends(one.total, one.low, one.high) for one in own),
                     row.difference(tables[name].total)])
        rows.append([said.OPTION_PAID, *("; ".join(payer_shares(one)) for one in own), ""])
        rows.append([said.OPTION_GAP, *(gap_words(one) for one in own), ""])
    if base in comparison.record.teams and name in comparison.record.teams:
        rows.append([said.OPTION_TEAM, *(_team(comparison, one) for one in (base, name)), ""])
    return rows


def _team(comparison: Comparison, name: str) -> str:
    found = comparison.record.teams[name]
    if any(one < ON_TIME for shares in found.on_time.values() for one in shares.values()):
        return said.OPTION_TEAM_NONE
    return f"{sum(whole_officers(one) for sizes in found.teams.values() for one in sizes.values()):,}"
