"""Facets: the values of one property among the rows of a list, each with its exact count and sum."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.languages import capitalized, capitalized_lazy, sort_key
from gpi_portal.models import Column, Publishable, PublishedTag, PublishedVersion, columns_of
from gpi_portal.publishing.moments import TODAY, Moment
from gpi_portal.query.fields import NONE, Known, known_choices, known_records, known_tags
from gpi_portal.query.filters import CodesFilter, TagFilter
from gpi_portal.query.sums import CANADIAN, NOTHING, CurrencySum, aggregates

NOT_STATED = _("Not stated")

#: Codes → their names in the page's language at a moment.
Names = Callable[[list[str], Moment], dict[str, str]]


class Values(NamedTuple):
    """The values of a facet: what names them, and which of some codes there are."""

    names: Names
    known: Known


@dataclass(frozen=True)
class FacetValue:
    """A value, how many rows have it and, if sums are asked for, the sum of their amounts in one currency.

    ``in_other_currency``: how many of the rows have an amount in another currency. The count is None for an invalid
    query, which has no rows to count.
    """

    value: str
    label: str
    count: int | None
    selected: bool
    money: CurrencySum = NOTHING
    in_other_currency: int = 0
    currency: str = CANADIAN


@dataclass(frozen=True)
class Counted:
    """The rows of one value of a facet, as in `FacetValue`."""

    count: int = 0
    money: CurrencySum = NOTHING
    in_other_currency: int = 0

    @classmethod
    def of(cls, group: Mapping[str, Any]) -> "Counted":
        is_summed = "in_other_currency" in group
        rows = group["rows"]
        return cls(rows, CurrencySum.of(group), group["in_other_currency"]) if is_summed else cls(rows)

    def __add__(self, other: "Counted") -> "Counted":
        in_other_currency = self.in_other_currency + other.in_other_currency
        return Counted(self.count + other.count, self.money + other.money, in_other_currency)


@dataclass(frozen=True)
class Facet:
    """One property to filter by. ``column``: where a row holds its value, which is a tag of the version elsewhere.

    ``overlaps``: a record may have several values, so the counts do not add up. ``over_time``: the values are years,
    which a chart shows in order. ``none``: the name for a record without a value.
    """

    name: str
    label: Any
    among: Values
    column: str = ""
    overlaps: bool = False
    over_time: bool = False
    none: Any = NOT_STATED

    def filter(self) -> CodesFilter | TagFilter:
        """The filter that narrows a list to some of its values."""
        words: Any = {"label": self.label, "known": self.among.known}
        return CodesFilter(self.column, **words) if self.column else TagFilter(self.name, **words)

    def values(
        self, rows: QuerySet[Any], selected: Iterable[str], currency: str = "", moment: Moment = TODAY
    ) -> list[FacetValue]:
        """The values among these rows, the most frequent first; a selected value is included even at zero.

        ``currency``: add to each value the sum of its amounts in this currency.
        """
        counts = self._tag_counts(rows, currency) if not self.column else self._column_counts(rows, currency)
        for value in selected:
            counts.setdefault(value, Counted())
        labels = self.labels(counts, moment)
        found = [
            FacetValue(value, labels[value], own.count, value in selected, own.money, own.in_other_currency, currency)
            for value, own in counts.items()
        ]
        return sorted(found, key=lambda value: (value.value == NONE, -(value.count or 0), sort_key(value.label)))

    def chosen(self, codes: Iterable[str], moment: Moment = TODAY) -> list[FacetValue]:
        """The chosen values of the facet, without counts."""
        labels = self.labels(codes, moment)
        return [FacetValue(code, labels[code], None, selected=True) for code in codes]

    def labels(self, codes: Iterable[str], moment: Moment) -> dict[str, str]:
        """The name of each value; its code if it has none."""
        names = {**self.among.names([code for code in codes if code != NONE], moment), NONE: self.none}
        return {code: str(names.get(code, code)) for code in codes}

    def _column_counts(self, rows: QuerySet[Any], currency: str) -> dict[str, Counted]:
        found: dict[str, Counted] = defaultdict(Counted)
        for group in rows.order_by().values(self.column).annotate(**_aggregates(currency)):
            value = group[self.column]
            found[NONE if value in ("", None) else str(value)] += Counted.of(group)
        return found

    def _tag_counts(self, rows: QuerySet[Any], currency: str) -> dict[str, Counted]:
        # The primary key of a row is the id of its published version.
        tags = PublishedTag.objects.filter(kind=self.name, version__in=rows.order_by().values("pk"))
        row = f"version__{_owner(rows.model)}__" if currency else ""
        groups = tags.values("value").annotate(**_aggregates(currency, row))
        counts = {group["value"]: Counted.of(group) for group in groups}
        silent = rows.exclude(pk__in=tags.values("version")).order_by()
        none = Counted.of(silent.aggregate(**_aggregates(currency)))
        return {**counts, NONE: none} if none.count else counts


def _aggregates(currency: str, row: str = "") -> dict[str, Aggregate]:
    """The count and, for a currency, the sum of its amounts: currencies are never added to each other."""
    counted: dict[str, Aggregate] = {"rows": Count("pk")}
    if not currency:
        return counted
    in_other_currency = Count(f"{row}cents", filter=~Q(**{f"{row}currency": currency}))
    return {**counted, "in_other_currency": in_other_currency, **aggregates(row, currency=currency)}


def _owner(model: type[Model]) -> str:
    """The query name from a published version to its row of this model."""
    link: Any = model._meta.get_field("version")
    return str(link.related_query_name())


def records(noun: str) -> Values:
    """The records of a noun."""
    return Values(record_names(noun), known_records(noun))


def choices(labels: Iterable[tuple[str, Any]]) -> Values:
    """The values of a column of codes."""
    known = dict(labels)
    return Values(choice_names(known.items()), known_choices(known))


def facet_of(own: Column, rows: Any) -> Facet:
    """The facet of a column. ``rows``: the filterable rows of its noun, where it has any."""
    columns = {field.name for field in rows._meta.fields} if rows else set()
    column = own.parameter if own.parameter in columns and not own.is_many else ""
    if own.noun:
        words, among = capitalized_lazy(own.noun._meta.verbose_name), records(own.noun.noun)
    else:
        words, among = own.term, coded(own)
    return Facet(own.parameter, words, among, column, overlaps=own.is_many)


def coded(own: Column) -> Values:
    """The values of a column of codes, by its choices or by what else says one in words."""
    names: Names = lambda codes, moment: {code: capitalized(own.said(code)) for code in codes}  # noqa: E731
    return Values(names, known_choices(own.choices) if own.has_choices else known_tags(own.parameter))


def facets_of(model: type[Publishable], **labels: Any) -> dict[str, Facet]:
    """The facets of a noun by name, as its columns declare them; ``labels``: other words for some of them."""
    filtered = (own for own in columns_of(model).values() if own.traits.filtered)
    found = {own.parameter: facet_of(own, model.row_model) for own in filtered}
    return {name: replace(facet, label=labels.get(name, facet.label)) for name, facet in found.items()}


def record_names(noun: str) -> Names:
    """The names of public records by code."""

    def names(codes: list[str], moment: Moment) -> dict[str, str]:
        found = PublishedVersion.objects.at(moment).filter(noun=noun, code__in=codes).names()
        return {code: name for (_noun, code), name in found.items()}

    return names


def choice_names(choices: Iterable[tuple[str, Any]]) -> Names:
    labels = dict(choices)
    return lambda codes, moment: {code: capitalized(labels[code]) for code in codes if code in labels}
