from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.pages.list import ListView
from gpi_portal.query.answer import Answer
from gpi_portal.query.filters import FilterSet
from projects.charts import first_of, maps, without_place
from projects.facets import PLACES, PROJECT_FACETS
from projects.filters import ProjectFilterSet
from projects.registry import ProjectAnswer, answer


class MapView(ListView):
    """The projects of a query at their stated places."""

    template_name = "projects/map.html"
    section = "projects"
    parents = (("projects:list", _("Funded projects")),)
    filterset_class = ProjectFilterSet
    facets = PROJECT_FACETS
    list_title = _("Map of the projects")
    reference_key = "gpi-projects-map"

    def answer(self, filters: FilterSet) -> Answer:
        return answer(filters)

    def page(self, answer: ProjectAnswer) -> dict[str, Any]:
        query = self.request.GET
        unplaced = without_place(answer, query)
        return {
            "maps": maps(answer, query),
            "without_place": unplaced,
            "unplaced": first_of(unplaced),
            "places": PLACES,
        }
