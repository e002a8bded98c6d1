from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.pages.list import ListView
from gpi_portal.publishing.differences import differences_of
from gpi_portal.query.answer import Answer
from gpi_portal.query.filters import FilterSet
from projects.facets import CHANGE_FACETS
from projects.filters import ChangeFilterSet
from projects.registry import answer


class ChangeListView(ListView):
    """What changed for the public, the newest first, field by field."""

    template_name = "projects/change_list.html"
    section = "about"
    filterset_class = ChangeFilterSet
    facets = CHANGE_FACETS
    list_title = _("What changed")
    reference_key = "gpi-changes"

    def answer(self, filters: FilterSet) -> Answer:
        return answer(filters)

    def page(self, answer: Answer) -> dict[str, Any]:
        page = super().page(answer)
        return {**page, "entries": differences_of(page["versions"])}
