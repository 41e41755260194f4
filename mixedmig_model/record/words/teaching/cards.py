"""What cards of an exercise say of roles and injects.

Templates are those of ``pack``; titles and units are those of the exercise, its case and the base files.
"""

from collections.abc import Mapping

from mixedmig_model.inputs.exercises.reading import ExerciseInputs
from mixedmig_model.inputs.exercises.schema import EVERYONE, ExerciseRole, Inject, InjectChange, Ordered, RoleLever
from mixedmig_model.record.words.pages.observed import quantity_title
from mixedmig_model.record.words.teaching import pack
from mixedmig_model.vocabulary.numbers import given, number, unit_word
from mixedmig_model.vocabulary.titles import PAYER_TITLES

SHARE = "share"
"""The unit of a part of a whole; a number of it needs no unit."""


def country_titles(inputs: ExerciseInputs) -> Mapping[str, str]:
    """Return titles of the countries of the case."""
    return {name: country.title for name, country in inputs.case.case.countries.items()}


def ordered_title(inputs: ExerciseInputs, ordered: Ordered) -> str:
    """Return the title of what a role may order."""
    if ordered.input is not None:
        return inputs.case.workspace.parameters[ordered.input].title
    return inputs.case.workspace.levers[ordered.key].title


def limit_words(inputs: ExerciseInputs, one: RoleLever) -> str:
    """Return the limits of an order, with their unit."""
    unit = pack.INTENSITY if one.input is None else inputs.case.workspace.parameters[one.input].unit
    most = given(one.most)
    shown = unit_word(most, unit).replace("_", " ") if unit[:1].isalpha() else unit
    return pack.LIMITS.format(least=given(one.least), most=most, unit=shown).strip()


def sees_words(role: ExerciseRole) -> str:
    """Return what a role sees."""
    return pack.BETWEEN.join(quantity_title(name) for name in role.sees)


def late_words(role: ExerciseRole) -> str:
    """Return the age of what a role sees, and what it misses."""
    if not role.sees:
        return pack.SEES_NOTHING
    lag = pack.LAG_WORDS.get(role.lag_days, pack.LAG.format(days=role.lag_days))
    share = round(100.0 * role.undercount)
    missed = pack.MISSED.get(share, pack.MISSING.format(share=share))
    return pack.SEES_WORDS.format(lag=lag, missed=missed)


def money_words(inputs: ExerciseInputs, role: ExerciseRole) -> str:
    """Return the money of a role by payer, empty for none."""
    book = inputs.case.workspace.costs
    currency = book.money.base_currency if book is not None else ""
    return pack.BETWEEN.join(
        pack.MONEY_WORDS.format(payer=PAYER_TITLES[payer], currency=currency, amount=f"{amount:,.0f}")
        for payer, amount in role.money.items())


def countries_words(inputs: ExerciseInputs, role: ExerciseRole) -> str:
    """Return in which countries a role acts."""
    titles = country_titles(inputs)
    names = [titles[name] for name in role.countries or tuple(titles)]
    return pack.CARD_COUNTRIES.format(countries=", ".join(names))


def to_words(inputs: ExerciseInputs, inject: Inject) -> str:
    """Return the roles that get an inject."""
    titles = {role.name: role.title for role in inputs.exercise.roles}
    return ", ".join(pack.EVERYBODY if name == EVERYONE else titles[name] for name in inject.to)


def time_words(inputs: ExerciseInputs, inject: Inject) -> str:
    """Return when an inject comes."""
    if inject.at is not None:
        return pack.AT.format(round=inject.at.round, minute=inject.at.minute)
    if inject.when is None:
        return pack.RELEASED
    when, titles = inject.when, country_titles(inputs)
    where = titles[when.country] if when.country is not None else pack.ALL_COUNTRIES
    return pack.WHEN.format(quantity=_lower(quantity_title(when.quantity)), op=pack.WHEN_SIGNS[when.op],
                            value=number(when.value), country=where)


def change_words(inputs: ExerciseInputs, change: InjectChange) -> str:
    """Return what a change does, where and for how long."""
    parameter = inputs.case.workspace.parameters[change.parameter]
    unit = "" if parameter.unit == SHARE else parameter.unit
    value = float(getattr(change, change.operation))
    sign = "+" if change.operation == "add" and value > 0.0 else ""
    what = pack.CHANGE_WORDS[change.operation].format(
        title=parameter.title, value=f"{sign}{given(value)}", unit=unit).strip()
    length = pack.TO_THE_END if change.days is None else pack.FOR_DAYS.format(days=change.days)
    begins = pack.FROM_DAY.format(day=change.after_days + 1) if change.after_days else pack.FROM_ROUND
    titles = country_titles(inputs)
    where = "" if change.countries is None else pack.IN_COUNTRIES.format(
        countries=", ".join(titles[name] for name in change.countries))
    return f"{what}{where}: {pack.CHANGE_TIME.format(length=length, begins=begins)}"


def _lower(title: str) -> str:
    """Return a title within a sentence."""
    return title if title[:2].isupper() else f"{title[:1].lower()}{title[1:]}"
