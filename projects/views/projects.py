from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.pages.list import ListView
from gpi_portal.pages.record import RecordView
from gpi_portal.query.answer import Answer
from gpi_portal.query.filters import FilterSet
from projects.charts import charts
from projects.facets import PROJECT_FACETS
from projects.filters import ProjectFilterSet
from projects.registry import answer, projects_where
from projects.timeline import timeline_of

RELATED = 4


class ProjectListView(ListView):
    """The registry."""

    template_name = "projects/project_list.html"
    section = "projects"
    filterset_class = ProjectFilterSet
    facets = PROJECT_FACETS
    list_title = _("Funded projects")
    reference_key = "gpi-projects"

    def answer(self, filters: FilterSet) -> Answer:
        return answer(filters)

    def page(self, answer: Answer) -> dict[str, Any]:
        return {**super().page(answer), "charts": charts(answer, self.request.GET)}


class ProjectView(RecordView):
    noun = "project"
    template_name = "projects/project.html"
    section = "projects"
    parents = (("projects:list", _("Funded projects")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        withdrawn = self.version.withdrawn
        return super().get_context_data(
            related=[] if withdrawn else self.related(), timeline=timeline_of(self.version), **kwargs
        )

    def related(self) -> list[Any]:
        """A few other projects of the same stream, or of the same program if it has none."""
        record = self.version.document
        key = "stream" if record["stream"] else "program"
        others = projects_where(self.moment, **{key: record[key]["code"]}).versions(0, RELATED + 1)
        return [version for version in others if version.code != self.version.code][:RELATED]
