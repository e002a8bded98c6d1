"""Facets: the values of one property among the rows of a list, each with its exact count and sum."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from gpi_portal.fields import NONE
from gpi_portal.languages import capitalized
from gpi_portal.models import PublishedTag, PublishedVersion
from gpi_portal.moments import TODAY, Moment

#: Codes → their names in the page's language at a moment.
Names = Callable[[list[str], Moment], dict[str, str]]


@dataclass(frozen=True)
class FacetValue:
    """A value, how many rows have it, and what their Canadian amounts come to in cents (None without amounts).

    The count is None where a query that is not valid has no rows to count.
    """

    value: str
    label: str
    count: int | None
    cents: int | None
    selected: bool


@dataclass(frozen=True)
class Facet:
    """One property to filter by. ``overlaps``: a record may have several values, so the counts do not add up.

    ``over_time``: the values are years and stand in their order in a chart.
    """

    name: str
    label: Any
    names: Names
    column: str = ""
    overlaps: bool = False
    over_time: bool = False

    def values(
        self, rows: QuerySet, selected: Iterable[str], cents: str = "", moment: Moment = TODAY
    ) -> list[FacetValue]:
        """The values among these rows, the most frequent first; a selected value is there even at zero."""
        counts = self._tag_counts(rows, cents) if self.overlaps else self._column_counts(rows, cents)
        for value in selected:
            counts.setdefault(value, (0, None))
        labels = self._labels(counts, moment)
        found = [
            FacetValue(value, str(labels.get(value, value)), count, total, value in selected)
            for value, (count, total) in counts.items()
        ]
        return sorted(found, key=lambda each: (each.value == NONE, -each.count, each.label))

    def chosen(self, codes: Iterable[str], moment: Moment = TODAY) -> list[FacetValue]:
        """What is chosen of the facet, without counts."""
        labels = self._labels(codes, moment)
        return [FacetValue(code, str(labels.get(code, code)), None, None, selected=True) for code in codes]

    def _labels(self, codes: Iterable[str], moment: Moment) -> dict[str, str]:
        return {**self.names([code for code in codes if code != NONE], moment), NONE: str(_("Not stated"))}

    def _column_counts(self, rows: QuerySet, cents: str) -> dict[str, tuple[int, int | None]]:
        groups = rows.order_by().values_list(self.column).annotate(number=Count("pk"), **self._sum(cents))
        found: dict[str, tuple[int, int | None]] = {}
        for value, count, *total in groups:
            key = NONE if value in ("", None) else str(value)
            known, sum_known = found.get(key, (0, None))
            found[key] = (known + count, added(sum_known, *total))
        return found

    def _tag_counts(self, rows: QuerySet, cents: str) -> dict[str, tuple[int, int | None]]:
        # The key of a row is the id of its published version.
        tags = PublishedTag.objects.filter(kind=self.name, version__in=rows.order_by().values("pk"))
        sums = self._sum(cents, f"version__{_owner(rows.model)}__") if cents else {}
        groups = tags.values_list("value").annotate(number=Count("pk"), **sums)
        counts = {value: (count, *total, None)[:2] for value, count, *total in groups}
        silent = rows.exclude(pk__in=tags.values("version")).order_by()
        count, *total = silent.aggregate(number=Count("pk"), **self._sum(cents)).values()
        if count:
            counts[NONE] = (count, *total, None)[:2]
        return counts

    @staticmethod
    def _sum(cents: str, row: str = "") -> dict[str, Sum]:
        """The sum of the Canadian amounts: currencies are never added to each other."""
        return {"total": Sum(f"{row}{cents}", filter=Q(**{f"{row}currency": "CAD"}))} if cents else {}


def added(*sums: int | None) -> int | None:
    """The sum of those that are there; None where none is."""
    stated = [each for each in sums if each is not None]
    return sum(stated) if stated else None


def _owner(model: type[Model]) -> str:
    """The name under which a published version knows its row of this model."""
    return model._meta.get_field("version").remote_field.related_name


def record_names(noun: str) -> Names:
    """The names of public records by code."""

    def names(codes: list[str], moment: Moment) -> dict[str, str]:
        found = PublishedVersion.objects.at(moment).filter(noun=noun, code__in=codes).names()
        return {code: name for (_noun, code), name in found.items()}

    return names


def choice_names(choices: Iterable[tuple[str, Any]]) -> Names:
    labels = dict(choices)
    return lambda codes, moment: {code: capitalized(labels[code]) for code in codes if code in labels}
