"""The answer to a validated query: which rows, how many, and how many for each value of a facet.

Every list asks here, so that no two disagree and none knows how rows are stored.
"""

import functools
from typing import Any

from django.db.models import F, QuerySet

from gpi_portal import search
from gpi_portal.i18n.languages import active_language
from gpi_portal.models import Publishable, PublishedVersion
from gpi_portal.query.facets import Facet, FacetValue, facets_of
from gpi_portal.query.filters import FilterSet


class Answer:
    """The answer to one valid filter set. A subclass declares its rows, facets and order."""

    facets: tuple[Facet, ...] = ()
    #: The facets whose values have sums: only those that are drawn, as sums take time.
    summed: tuple[Facet, ...] = ()
    #: The order if none is chosen and there are no words to search for.
    usual_order: str

    def __init__(self, filters: FilterSet) -> None:
        self.filters = filters
        self.moment = filters.moment
        self._facets: dict[str, list[FacetValue]] = {}

    def base(self) -> QuerySet[Any]:
        raise NotImplementedError

    def ordering(self) -> list[Any]:
        raise NotImplementedError

    @functools.cached_property
    def rows(self) -> QuerySet[Any]:
        """The rows that satisfy the query, in its order."""
        return self.ordered(self.filters.narrow(self.base()))

    @functools.cached_property
    def count(self) -> int:
        return self.rows.count()

    def ordered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.order_in_force == "relevance":
            rows = rows.annotate(relevance=search.rank(self.filters.cleaned["q"]))
        return rows.order_by(*self.ordering(), "code")

    @property
    def default_order(self) -> str:
        """The order of the rows if none is chosen."""
        return "relevance" if self.filters.cleaned["q"] else self.usual_order

    @property
    def order_in_force(self) -> str:
        """The order of the rows, chosen or not."""
        chosen = self.filters.cleaned.get("order", "")
        return chosen if chosen not in ("", "relevance") else self.default_order

    def versions(self, start: int, stop: int) -> list[PublishedVersion]:
        """The published versions of the rows from ``start`` up to ``stop``."""
        return list(self.rows[start:stop])

    def facet(self, facet: Facet) -> list[FacetValue]:
        """The facet's values under every filter but its own."""
        if facet.name not in self._facets:
            rows = self.filters.narrow(self.base(), but=facet.name)
            currency = self.filters.cleaned["currency"] if facet in self.summed else ""
            self._facets[facet.name] = facet.values(rows, self.filters.cleaned[facet.name], currency, self.moment)
        return self._facets[facet.name]

    def breakdown(self, facet: Facet) -> list[FacetValue]:
        """The facet's values in the answer: all of them or, if its own filter is in force, those chosen.

        All rows of a chosen value are in the answer, so its figures are those of the facet. Other values of these
        rows are left out, as no link could lead to exactly their rows.
        """
        values = self.facet(facet)
        return [value for value in values if value.selected] or values


class RecordAnswer(Answer):
    """The public records of one noun, whose facets are those that its columns declare."""

    usual_order = "title"

    def __init__(self, filters: FilterSet, model: type[Publishable]) -> None:
        super().__init__(filters)
        self.model = model
        self.facets = tuple(facets_of(model).values())

    def base(self) -> QuerySet[PublishedVersion]:
        return PublishedVersion.objects.public_at(self.moment).noun(self.model.noun)

    def ordering(self) -> list[Any]:
        name = f"sort_{active_language()}"
        return [F("relevance").desc(), name] if self.order_in_force == "relevance" else [name]
