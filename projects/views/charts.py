import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from gpi_portal.addresses import reading
from gpi_portal.drawing.maps import MAPS
from gpi_portal.exports.csv_writer import csv_file
from gpi_portal.i18n.currencies import currency_unit
from gpi_portal.pages.list import ListView
from gpi_portal.query.facets import Facet
from gpi_portal.query.filters import FilterSet
from projects.charts import first_of, map_named, maps, marks, without_place
from projects.facets import CHART_FACETS, PLACES, PROJECT_FACETS
from projects.filters import ProjectFilterSet
from projects.registry import Answer, ProjectAnswer, answer

#: What an SVG file draws one by one; the CSV file holds everything.
MOST_LINES = 200
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class MapView(ListView):
    """The projects of a query at their stated places."""

    template_name = "projects/map.html"
    section = "projects"
    parents = (("projects:list", gettext_lazy("Funded projects")),)
    filterset_class = ProjectFilterSet
    facets = PROJECT_FACETS
    list_title = gettext_lazy("Map of the projects")
    citation_key = "gpi-projects-map"

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


class FigureFile(View):
    """A chart or map of a query as a file. A query that is not valid answers 400 and names its fields."""

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        filters = ProjectFilterSet(request.GET)
        if not filters.is_valid():
            lines = [f"{field}: {error}" for field, errors in filters.errors.items() for error in errors]
            return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")
        self.moment = filters.moment
        with reading(self.moment.as_of):
            return self.file(ProjectAnswer(filters))

    def file(self, answer: ProjectAnswer) -> HttpResponse:
        raise NotImplementedError

    def drawing(self, template: str, name: str, **context: Any) -> HttpResponse:
        request = self.request
        site = f"{request.scheme}://{request.get_host()}"
        registry = f"{site}{reverse('projects:list')}"
        query = request.GET.urlencode()
        source = f"{registry}?{query}" if query else registry
        version = self.moment.registry_version()
        named = {"site": site, "registry": registry, "source": source, "registry_version": version, **context}
        text = render_to_string(template, named, request)
        response = HttpResponse(NOT_XML.sub("", text), content_type="image/svg+xml; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.svg"'
        return response


def known(name: str, facets: tuple[Facet, ...]) -> Facet:
    facet = next((facet for facet in facets if facet.name == name), None)
    if facet is None:
        raise Http404(_("There is no chart of “%(name)s”.") % {"name": name})
    return facet


class ChartDrawing(FigureFile):
    def file(self, answer: ProjectAnswer) -> HttpResponse:
        facet = self.kwargs["facet"]
        chosen = known(facet, CHART_FACETS)
        found = marks(answer, chosen, self.request.GET)
        lines = list(enumerate(found[:MOST_LINES]))
        return self.drawing(
            "projects/drawings/chart.html",
            facet,
            facet=chosen,
            lines=lines,
            left_out=len(found) - len(lines),
            currency=answer.filters.cleaned["currency"],
        )


class ChartTable(FigureFile):
    def file(self, answer: ProjectAnswer) -> HttpResponse:
        facet = self.kwargs["facet"]
        chosen = known(facet, (*CHART_FACETS, PLACES))
        head = (
            _("Code"),
            str(chosen.label),
            _("Projects"),
            _("Amount in %(unit)s") % {"unit": currency_unit(answer.filters.cleaned["currency"])},
            _("Projects without a stated amount"),
            _("Projects with an amount in another currency"),
        )
        rows = [
            (mark.value, mark.label, mark.count, mark.amount, mark.without_amount, mark.in_other_currency)
            for mark in marks(answer, chosen, self.request.GET)
        ]
        return csv_file(f"{facet}.csv", head, rows)


class MapDrawing(FigureFile):
    def file(self, answer: ProjectAnswer) -> HttpResponse:
        sheet = self.kwargs["sheet"]
        if sheet not in MAPS:
            raise Http404(_("There is no chart of “%(name)s”.") % {"name": sheet})
        return self.drawing("projects/drawings/map.html", sheet, map=map_named(sheet, answer, self.request.GET))
