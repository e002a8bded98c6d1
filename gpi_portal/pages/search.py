"""The search over the records of every noun."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gpi_portal.models import PublishedVersion
from gpi_portal.pages.list import ListView
from gpi_portal.query.answer import Answer
from gpi_portal.query.filters import FilterSet, MomentOption, PageOption, PageSizeOption, WordsFilter


class SiteFilterSet(FilterSet):
    """The query of the search over every noun."""

    q = WordsFilter(label=_("Words"))
    as_of = MomentOption(label=_("As it stood on"))
    page = PageOption(label=_("Page"))
    page_size = PageSizeOption(label=_("Results per page"))

    class Meta:
        model = PublishedVersion
        fields: list[Any] = []


class SiteAnswer(Answer):
    """The public records of every noun that match the words, the best match first."""

    def base(self) -> QuerySet[PublishedVersion]:
        return PublishedVersion.objects.public_at(self.moment)

    def ordering(self) -> list[Any]:
        return ["-relevance", "noun"]


class SearchView(ListView):
    template_name = "search.html"
    filterset_class = SiteFilterSet
    list_title = _("Search")

    def answer(self, filters: FilterSet) -> SiteAnswer | None:
        """The answer; None if there are no words to search for."""
        return SiteAnswer(filters) if filters.cleaned["q"] else None
