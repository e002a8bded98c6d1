"""Strict filters: a bad value is an error beside its field, never a silent guess.

A repeated filter matches any of its values; different filters must all match. The value ``none`` matches records
that do not state the property.
"""

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.constants import LOOKUP_SEP
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.currencies import currency_name, currency_unit_lazy, known_currencies
from gpi_portal.i18n.languages import sort_key
from gpi_portal.models import TORONTO, PublishedTag, PublishedVersion
from gpi_portal.publishing.moments import TODAY, Moment
from gpi_portal.query.fields import (
    NONE,
    AmountField,
    AsOfField,
    CodesField,
    CurrencyField,
    QueryDayField,
    VersionField,
    WholeNumberField,
    WordsField,
)
from gpi_portal.query.sums import CANADIAN

PAGE_SIZES = (10, 25, 50, 100)


def in_unit(words: Any, currency: str) -> Any:
    """A label with the currency of the query: ``At least (Canadian dollars)``."""
    return format_lazy("{} ({})", words, currency_unit_lazy(currency))


class CodesFilter(django_filters.Filter):
    """Narrow by a column of codes; an empty text or null in it means "not stated"."""

    field_class = CodesField

    def __init__(self, column: str, **kwargs: Any) -> None:
        super().__init__(field_name=column, **kwargs)

    def filter(self, queryset: models.QuerySet[Any], codes: list[str]) -> models.QuerySet[Any]:
        if not codes:
            return queryset
        column = self.parent.column(self.field_name)
        condition = Q(**{f"{column}__in": [code for code in codes if code != NONE]})
        if NONE in codes:
            condition |= not_stated(queryset.model, column)
        return queryset.filter(condition)


def not_stated(model: type[models.Model], column: str) -> Q:
    """The condition that a row does not state this column; a missing related row states nothing."""
    table, _separator, name = column.rpartition(LOOKUP_SEP)
    holder: Any = model._meta.get_field(table).related_model if table else model
    field = holder._meta.get_field(name)
    absent = Q(**{f"{column}__isnull": True}) if table or field.null else Q()
    return absent if field.null else absent | Q(**{column: ""})


class TagFilter(django_filters.Filter):
    """Narrow by the tags of a version; it may have several of one kind."""

    field_class = CodesField

    def filter(self, queryset: models.QuerySet[Any], codes: list[str]) -> models.QuerySet[Any]:
        if not codes:
            return queryset
        own = "pk" if queryset.model is PublishedVersion else "version"
        tags = PublishedTag.objects.filter(version=OuterRef(own), kind=self.field_name)
        condition = Q(Exists(tags.filter(value__in=[code for code in codes if code != NONE])))
        if NONE in codes:
            condition |= ~Q(Exists(tags))
        return queryset.filter(condition)


class WordsFilter(django_filters.Filter):
    """Narrow by words, looked up in the search index of the published versions."""

    field_class = WordsField

    def filter(self, queryset: models.QuerySet[Any], query: search.Query | None) -> models.QuerySet[Any]:
        return queryset.filter(search.matching(query)) if query else queryset


class RangeFilter(django_filters.Filter):
    """Narrow by one end of a range; rows that do not state the column are left out."""

    def filter(self, queryset: models.QuerySet[Any], value: Any) -> models.QuerySet[Any]:
        if value is None:
            return queryset
        return queryset.filter(**{f"{self.parent.column(self.field_name)}__{self.lookup_expr}": value})


class DayFilter(RangeFilter):
    field_class = QueryDayField


class VersionFilter(RangeFilter):
    field_class = VersionField


class MomentOfDayFilter(RangeFilter):
    """Narrow a column of moments by a whole day in Toronto: from its start, or to its end."""

    field_class = QueryDayField

    def filter(self, queryset: models.QuerySet[Any], day: datetime.date | None) -> models.QuerySet[Any]:
        ends = self.lookup_expr == "lte"
        if day is None or (ends and day == datetime.date.max):  # no moment is later than the last possible day
            return queryset
        edge = datetime.time.max if ends else datetime.time.min
        return super().filter(queryset, datetime.datetime.combine(day, edge, TORONTO))


class AmountFilter(RangeFilter):
    """Narrow by an amount, in the currency of the query, on a column of cents."""

    field_class = AmountField

    def filter(self, queryset: models.QuerySet[Any], value: Decimal | None) -> models.QuerySet[Any]:
        if value is None:
            return queryset
        in_currency = queryset.filter(**{self.parent.column("currency"): self.parent.cleaned["currency"]})
        return super().filter(in_currency, int(value * 100))


class Option(django_filters.Filter):
    """A choice that does not narrow the list: its order, page or page size."""

    def filter(self, queryset: models.QuerySet[Any], value: Any) -> models.QuerySet[Any]:
        return queryset


class MomentOption(Option):
    """The day as of which the list is read."""

    field_class = AsOfField


class CurrencyOption(Option):
    """The currency of amounts and of orders by amount. ``held``: the currencies that have amounts at a moment."""

    field_class = CurrencyField

    def __init__(self, *, held: Callable[[Moment], Iterable[str]], **kwargs: Any) -> None:
        self.held = held
        super().__init__(**kwargs)


class ChoiceOption(Option):
    """One of a few values; the error for any other does not repeat it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages={"invalid_choice": _("Choose one of the values offered.")}, **kwargs)


class OrderOption(ChoiceOption):
    """The order of the list. ``by_amount``: the orders that sort by an amount in the currency of the query."""

    field_class = forms.ChoiceField

    def __init__(self, *, by_amount: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.by_amount = by_amount
        super().__init__(**kwargs)

    def say(self, currency: str) -> None:
        """Add the currency to the labels of the orders by amount."""
        choices = self.extra["choices"]
        self.extra["choices"] = [
            (code, in_unit(words, currency) if code in self.by_amount else words) for code, words in choices
        ]


class PageOption(Option):
    field_class = WholeNumberField


class PageSizeOption(ChoiceOption):
    field_class = forms.TypedChoiceField

    def __init__(self, **kwargs: Any) -> None:
        choices = [(str(size), str(size)) for size in PAGE_SIZES]
        super().__init__(choices=choices, coerce=int, empty_value=25, **kwargs)


class FilterSet(django_filters.FilterSet):
    """The validated query of one list. A subclass declares its filters."""

    #: Pairs of filters: the first must not be above the second.
    ranges: tuple[tuple[str, str], ...] = ()

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, queryset=self._meta.model._default_manager.all(), **kwargs)
        if "currency" in self.filters and (code := self.data.get("currency") or CANADIAN) in known_currencies():
            self._say(code)

    def currencies(self) -> list[tuple[str, str]]:
        """The currencies to choose from, with their names; empty if there is only one and the query names none."""
        asked, option = self.data.get("currency", ""), self.filters.get("currency")
        codes = {CANADIAN, *known_currencies().intersection([asked]), *(option.held(self.moment) if option else ())}
        if option is None or not (asked or len(codes) > 1):
            return []
        names = [(code, currency_name(code)) for code in codes]
        return sorted(names, key=lambda choice: (choice[0] != CANADIAN, sort_key(choice[1])))

    def _say(self, currency: str) -> None:
        """Add the currency of the query to every label of an amount."""
        for option in self.filters.values():
            if isinstance(option, AmountFilter):
                option.label = in_unit(option.label, currency)
            elif isinstance(option, OrderOption):
                option.say(currency)

    @property
    def cleaned(self) -> dict[str, Any]:
        """The validated values by parameter; only after `is_valid()`."""
        return self.form.cleaned_data

    @property
    def moment(self) -> Moment:
        """The day as of which the list is read; today if the query names none or a bad one."""
        self.is_valid()
        moment: Moment = self.cleaned.get("as_of", TODAY)
        return moment

    def column(self, name: str) -> str:
        """The lookup from a row to the column of this name."""
        return name

    def get_form_class(self) -> type[forms.Form]:
        ranges = self.ranges

        class Form(super().get_form_class()):  # type: ignore[misc]  # made from the filters
            def clean(self) -> Any:
                for low, high in ranges:
                    bounds = (self.cleaned_data.get(low), self.cleaned_data.get(high))
                    if None not in bounds and bounds[0] > bounds[1]:
                        self.add_error(low, _("The lower end of this range is above its upper end."))
                return self.cleaned_data

        return Form

    def narrow(self, queryset: models.QuerySet[Any], *, but: str = "") -> models.QuerySet[Any]:
        """The rows that satisfy every filter, except the one named ``but``."""
        for name, one_filter in self.filters.items():
            if name != but:
                queryset = one_filter.filter(queryset, self.cleaned[name])
        return queryset

    def chips(self, facets: Iterable[Any]) -> list[dict[str, str]]:
        """The filters in force, each with its words and the query string without it; a bad value is not in force."""
        known = {facet.name: facet for facet in facets}
        return [
            {"label": one_filter.label, "value": words, "url": self._without(name, code)}
            for name, one_filter in self.filters.items()
            if not isinstance(one_filter, Option) and self.cleaned.get(name) not in (None, [])
            for code, words in self._chosen(name, known.get(name))
        ]

    def _chosen(self, name: str, facet: Any) -> list[tuple[str, str]]:
        """The values of one filter in force, as (value in the query, its words)."""
        if facet is None:
            return [(self.data[name], self.data[name])]
        return list(facet.labels(self.cleaned[name], self.moment).items())

    def _without(self, name: str, value: str) -> str:
        query = self.data.copy()
        is_repeated = isinstance(self.cleaned[name], list)
        query.setlist(name, [code for code in query.getlist(name) if is_repeated and code != value])
        query.pop("page", None)
        return f"?{query.urlencode()}"
