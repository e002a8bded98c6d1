"""Strict form fields: a bad value is an error in the visitor's language, never a silent guess."""

import datetime
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.currencies import known_currencies
from gpi_portal.i18n.figures import FISCAL_YEARS, long_date
from gpi_portal.i18n.text import has_stack, normalised
from gpi_portal.models import PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.models.typed import TOO_MANY_MARKS
from gpi_portal.publishing.moments import TODAY, Moment, today
from gpi_portal.query.sums import CANADIAN

#: The value that stands for "not stated".
NONE = "none"
MOST_VALUES = 100

forbid_nul = ProhibitNullCharactersValidator()

#: A function that returns the codes that exist, of those given.
Known = Callable[[list[str]], Iterable[str]]


class Normalised(forms.CharField):
    """A text field that compares, measures and keeps the normalised form of what is typed."""

    lines = False

    def to_python(self, value: Any) -> Any:
        typed = "" if value in self.empty_values else str(value)
        forbid_nul(typed)
        if has_stack(typed):
            raise forms.ValidationError(TOO_MANY_MARKS)
        return super().to_python(normalised(typed, lines=self.lines))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(normalised(initial or "", lines=self.lines), data)


class LineField(Normalised):
    """Text of one line."""


class LinesField(Normalised):
    """Text of several lines, each line end counted as one character, as people count it."""

    widget = forms.Textarea
    lines = True


def known_records(noun: str) -> Known:
    """The codes that the public has ever seen for a noun."""
    return lambda codes: set(PublishedVersion.objects.filter(noun=noun, code__in=codes).values_list("code", flat=True))


def known_tags(kind: str) -> Known:
    """The values that the public has ever seen of a kind of tag."""
    return lambda codes: set(PublishedTag.objects.filter(kind=kind, value__in=codes).values_list("value", flat=True))


def known_choices(values: Iterable[str]) -> Known:
    return frozenset(values).intersection


def known_years(model: type[models.Model], column: str) -> Known:
    """The fiscal years that a record may have, and any others that older rows still have."""

    def known(codes: list[str]) -> set[str]:
        years = {int(code) for code in codes if re.fullmatch(r"0|[1-9]\d{0,3}", code, re.ASCII)}
        rare = years.difference(FISCAL_YEARS)
        held = model._default_manager.filter(**{f"{column}__in": rare}).values_list(column, flat=True) if rare else ()
        return {str(year) for year in (years - rare).union(held)}

    return known


def quoted(code: str) -> str:
    return _("“%(code)s”") % {"code": code[:40]}


class CodesField(forms.Field):
    """Zero or more codes of one kind; ``none`` is always one of them."""

    widget = forms.SelectMultiple

    def __init__(self, *, known: Known, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known

    def clean(self, value: list[str] | None) -> Any:
        codes = list(dict.fromkeys(code for code in value or [] if code))
        if len(codes) > MOST_VALUES:
            raise forms.ValidationError(_("Choose %(number)s values at most.") % {"number": MOST_VALUES})
        plausible = [code for code in codes if re.fullmatch(r"[A-Za-z0-9_-]{1,120}", code)]
        known = {NONE, *self.known(plausible)}
        unknown = [code for code in codes if code not in known]
        if unknown:
            shown = ", ".join(map(quoted, unknown[:3]))
            raise forms.ValidationError(_("There is no such value: %(values)s") % {"values": shown})
        return codes


class QueryDayField(forms.Field):
    """One day as YYYY-MM-DD, the same in both languages."""

    widget = forms.DateInput(attrs={"type": "date"})

    def clean(self, value: str | None) -> Any:
        text = (value or "").strip()
        if not text:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                raise ValueError
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise forms.ValidationError(_("Write an existing day as YYYY-MM-DD, for example 2024-10-09.")) from None


WRITE_AN_AMOUNT = _("Write the amount in digits, for example 165300 or 165300.50.")


def amount_in(text: str) -> Decimal | None:
    """An amount, the same in both languages: digits, thousands grouped or not, cents after a point or comma.

    A comma before the last one or two digits separates cents; before three digits it groups thousands.
    """
    text = re.sub(r"[\s\u00a0\u202f$]", "", text)
    if not text:
        return None
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text, re.ASCII):
        text = text.replace(",", "")
    elif re.fullmatch(r"-?\d+,\d{1,2}", text, re.ASCII):
        text = text.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,13}(\.\d{1,2})?", text, re.ASCII):
        raise forms.ValidationError(WRITE_AN_AMOUNT)
    return Decimal(text)


class AmountField(forms.Field):
    """An amount as `amount_in` reads it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean(self, value: str | None) -> Decimal | None:
        return amount_in(value or "")


class CurrencyField(forms.ChoiceField):
    """The code of a currency, Canadian dollars by default. Codes other than its choices are valid too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(CANADIAN, "")], **kwargs)

    def clean(self, value: str | None) -> str:
        code = value or CANADIAN
        if code not in known_currencies():
            raise forms.ValidationError(_("There is no such value: %(values)s") % {"values": quoted(code)})
        return code


class WordsField(forms.CharField):
    """A search in words, as a `search.Query`; empty when nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, **kwargs)

    def clean(self, value: str | None) -> search.Query | None:
        text = super().clean(value)
        if not text:
            return None
        query = search.parse(text)
        if query.is_empty:
            raise forms.ValidationError(_("Type at least one word or number to search for."))
        return query


class WholeNumberField(forms.IntegerField):
    """A whole number, 1 or more, in plain digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=10**9, **kwargs)


class VersionField(WholeNumberField):
    """The number of an existing data version."""

    def clean(self, value: str | None) -> int | None:
        number: int | None = super().clean(value)
        if number is not None and not RegistryVersion.objects.filter(number=number).exists():
            raise forms.ValidationError(_("There is no such value: %(values)s") % {"values": number})
        return number


class AsOfField(QueryDayField):
    """A day from the first publication to today, as a `Moment`; today by default.

    A data version may follow a point: ``2026-11-24.15``. The version alone then decides what is read, so the address
    always shows the same, even if the clock was or is wrong.
    """

    def clean(self, value: str | None) -> Moment:
        text, point, version = (value or "").strip().partition(".")
        day: datetime.date | None = super().clean(text if text or not point else value)
        if day is None:
            return TODAY
        if point:
            return Moment(known_version(version), day, is_exact=True)
        if day > today() and day > RegistryVersion.objects.last_day():
            raise forms.ValidationError(_("This day has not come yet."))
        last = RegistryVersion.objects.on(day).latest_number()
        if not last:
            raise forms.ValidationError(before_the_beginning())
        return Moment(last, day)


def known_version(text: str) -> int:
    """The number of an existing data version."""
    number = int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0
    if not RegistryVersion.objects.filter(number=number).exists():
        raise forms.ValidationError(_("On this day there was no data version “%(number)s”.") % {"number": text[:20]})
    return number


def before_the_beginning() -> Any:
    first = RegistryVersion.objects.order_by("number").first()
    if first is None:
        return _("Nothing was public yet on that day.")
    return _("Nothing was public yet on that day: the registry begins on %(day)s.") % {"day": long_date(first.day)}


class MomentForm(forms.Form):
    """The day as of which a page is read."""

    as_of = AsOfField(label=_("As it stood on"), required=False)
