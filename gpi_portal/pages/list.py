"""The page of a list: its filters, its facets, the rows of one page, its reference."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import override

from gpi_portal.addresses import page_address
from gpi_portal.exports.bibliography import Reference, search_key
from gpi_portal.i18n.languages import LANGUAGES
from gpi_portal.pages.base import PageView
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.facets import Facet, FacetValue
from gpi_portal.query.filters import FilterSet

MOST_FACET_VALUES = 100


def shown(values: list[FacetValue]) -> list[FacetValue]:
    """The values that a page offers: the most frequent and the chosen ones."""
    return [value for place, value in enumerate(values) if place < MOST_FACET_VALUES or value.selected]


class ListView(PageView):
    """A list of published records for a validated query. An invalid query shows errors and no rows."""

    filterset_class: type[FilterSet]
    facets: tuple[Facet, ...] = ()
    #: The title of the list in a reference, and the beginning of the reference's key.
    list_title: Any = ""
    reference_key = "search"

    def answer(self, filters: FilterSet) -> Any:
        """The answer to a valid filter set."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(request)

    @cached_property
    def filters(self) -> FilterSet:
        return self.filterset_class(self.request.GET)

    def bad_query(self) -> str:
        """The errors of the query, one per line."""
        return "".join(f"{field}: {error}\n" for field, errors in self.filters.errors.items() for error in errors)

    @property
    def moment(self) -> Moment:
        return self.filters.moment

    def reference(self) -> Reference | None:
        """How to cite this search; None if the query is invalid or nothing is published yet."""
        if not (self.filters.is_valid() and self.registry_version):
            return None
        key = search_key(self.reference_key, self.request.GET)
        return Reference.of(self.request, key, self.titles(), self.moment, self.registry_version)

    def titles(self) -> dict[str, str]:
        """The title of the list in each language, with the filters in force."""
        found: dict[str, str] = {}
        for language in LANGUAGES:
            with override(language):
                chips = [f"{chip['label']} = {chip['value']}" for chip in self.filters.chips(self.facets)]
                found[language] = ", ".join([str(self.list_title), *chips])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = self.filters
        here: Any = self.request.resolver_match  # never None inside a view
        answer = self.answer(filters) if filters.is_valid() else None
        return super().get_context_data(
            filters=filters,
            form=filters.form,
            answer=answer,
            query=filters.cleaned.get("q"),
            currency=filters.cleaned.get("currency", ""),
            currencies=filters.currencies(),
            chips=filters.chips(self.facets),
            clear_url=page_address(here.view_name),
            facets=self.facet_groups(filters, answer),
            kept=[] if answer else self.kept(),
            reference=self.reference(),
            **(self.page(answer) if answer else {}),
            **kwargs,
        )

    def kept(self) -> list[tuple[str, str]]:
        """The choices that have no field on a page without results, so that correcting an error keeps them."""
        options = {name: self.request.GET.get(name) for name in ("order", "page_size")}
        return [(name, value) for name, value in options.items() if value and name not in self.filters.errors]

    def facet_groups(self, filters: FilterSet, answer: Any) -> list[dict[str, Any]]:
        """The values of each facet and its errors; only the chosen values if the query is invalid."""
        return [
            {
                "facet": facet,
                "values": shown(answer.facet(facet)) if answer else facet.chosen(filters.cleaned.get(facet.name, [])),
                "errors": filters.errors.get(facet.name, []),
            }
            for facet in self.facets
        ]

    def page(self, answer: Any) -> dict[str, Any]:
        """The rows of the requested page; a page after the last has none and sets ``beyond``."""
        number, size = answer.filters.cleaned["page"] or 1, answer.filters.cleaned["page_size"]
        paginator = Paginator(range(answer.count), size)
        beyond = number > paginator.num_pages
        start = (number - 1) * size
        page = None if beyond else paginator.page(number)
        return {
            "page": page,
            "beyond": beyond,
            "last_page": paginator.num_pages,
            "pages": [] if beyond else paginator.get_elided_page_range(number, on_each_side=2, on_ends=1),
            "versions": [] if beyond else answer.versions(start, start + size),
        }
