"""Money, dates and fiscal years in words, in Canadian style and in both languages."""

import datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gpi_portal.i18n.languages import active_language

NBSP = "\u00a0"
MINUS = "\u2212"
MILLION = Decimal(1_000_000)


class AmountQualifier(models.TextChoices):
    """How a source qualifies an amount."""

    EXACT = "exact", _("as stated")
    UP_TO = "up_to", _("up to")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")


QUALIFIED: dict[str, Any] = {
    AmountQualifier.UP_TO: pgettext_lazy("amount", "up to %(amount)s"),
    AmountQualifier.ABOUT: pgettext_lazy("amount", "about %(amount)s"),
    AmountQualifier.MORE_THAN: pgettext_lazy("amount", "more than %(amount)s"),
}


def digits(value: Decimal, language: str) -> str:
    """165300 → ``165,300`` or ``165 300``; cents only if they are not zero."""
    places = 0 if value == value.to_integral_value() else 2
    text = f"{abs(value):,.{places}f}"
    if language == "fr":
        text = text.replace(",", NBSP).replace(".", ",")
    return MINUS + text if value < 0 else text


def number(value: Any) -> str:
    """A whole number with its thousands grouped in the style of the page's language."""
    return digits(Decimal(value), active_language())


def money(value: Decimal | int | str, currency: str = "CAD", rounded_to: int = 1, language: str = "") -> str:
    """An amount as precise as its source: ``$165,300``, ``US$6.4 million``, ``6,4 millions de dollars US``.

    ``rounded_to`` is the unit to which the source rounds: an amount of a million or more, rounded to ten thousand or
    coarser, is written in millions. Canadian dollars have no country prefix.
    """
    value, language = Decimal(value), language or active_language()
    in_millions = abs(value) >= MILLION and rounded_to >= 10_000
    if in_millions:
        text = f"{(value / MILLION).normalize():f}".replace("-", MINUS)
        text = text.replace(".", ",") if language == "fr" else text
    else:
        text = digits(value, language)
    return (_money_fr if language == "fr" else _money_en)(text, currency, in_millions)


def _money_en(text: str, currency: str, in_millions: bool) -> str:
    sign = {"CAD": "$", "USD": "US$"}.get(currency, f"{currency}{NBSP}")
    minus = MINUS if text.startswith(MINUS) else ""
    return f"{minus}{sign}{text.removeprefix(MINUS)}" + (f"{NBSP}million" if in_millions else "")


def _money_fr(text: str, currency: str, in_millions: bool) -> str:
    country = {"CAD": "", "USD": f"{NBSP}US"}.get(currency)
    if not in_millions:
        return f"{text}{NBSP}{currency}" if country is None else f"{text}{NBSP}${country}"
    # In French a number below two is singular: 1,95 million.
    noun = "million" if Decimal(text.removeprefix(MINUS).replace(",", ".")) < 2 else "millions"
    unit = f"de dollars{country}" if country is not None else f"de{NBSP}{currency}"
    return f"{text}{NBSP}{noun} {unit}"


def qualified(amount: str, qualifier: str) -> str:
    """``up to $7.5 million``: the amount in words with its qualifier."""
    return str(QUALIFIED[qualifier]) % {"amount": amount} if qualifier in QUALIFIED else amount


def as_date(value: datetime.date | str) -> datetime.date:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def long_date(value: datetime.date | str, language: str = "") -> str:
    """``October 9, 2024`` or ``9 octobre 2024``; in French the first of a month is ``1er``."""
    date, language = as_date(value), language or active_language()
    if language == "en":
        return format_date(date, f"MMMM'{NBSP}'d, y", locale="en_CA")
    first = "1er" if date.day == 1 else str(date.day)
    return f"{first}{NBSP}{format_date(date, 'MMMM y', locale='fr_CA')}"


def day_in_words(value: datetime.date | str | None) -> str:
    """The day in the page's language; empty if there is none."""
    return long_date(value) if value else ""


#: The fiscal years of the days from 1900 to 2100; January 1900 is in that of 1899.
FISCAL_YEARS = range(1899, 2101)


def fiscal_year_of(day: datetime.date) -> int:
    """The year in which a day's federal fiscal year begins: 1 April 2024 to 31 March 2025 is 2024."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_name(year: int) -> str:
    return str(_("%(first)s to %(last)s") % {"first": year, "last": year + 1})
