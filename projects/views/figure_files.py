"""The charts and maps of a query as files: drawings as SVG, figures as CSV."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from gpi_portal.drawing.maps import MAPS
from gpi_portal.exports.csv_writer import csv_file
from gpi_portal.i18n.currencies import currency_unit
from gpi_portal.pages.base import DataView
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.facets import Facet
from projects.charts import map_named, marks
from projects.facets import CHART_FACETS, PLACES
from projects.filters import ProjectFilterSet
from projects.registry import ProjectAnswer

#: How many values an SVG file draws; the CSV file has all.
MOST_LINES = 200
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class FigureFile(DataView):
    """A chart or map of a query as a file. An invalid query answers 400 and names its fields."""

    @cached_property
    def filters(self) -> ProjectFilterSet:
        return ProjectFilterSet(self.request.GET)

    @property
    def moment(self) -> Moment:
        return self.filters.moment

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        if not self.filters.is_valid():
            lines = [f"{field}: {error}" for field, errors in self.filters.errors.items() for error in errors]
            return HttpResponse("\n".join(lines), status=400, content_type="text/plain; charset=utf-8")
        return self.file(ProjectAnswer(self.filters))

    def file(self, answer: ProjectAnswer) -> HttpResponse:
        raise NotImplementedError

    def drawing(self, template: str, name: str, **context: Any) -> HttpResponse:
        request = self.request
        site = f"{request.scheme}://{request.get_host()}"
        list_url = f"{site}{reverse('projects:list')}"
        query = request.GET.urlencode()
        source = f"{list_url}?{query}" if query else list_url
        version = self.moment.registry_version()
        named = {"site": site, "list_url": list_url, "source": source, "registry_version": version, **context}
        text = render_to_string(template, named, request)
        response = HttpResponse(NOT_XML.sub("", text), content_type="image/svg+xml; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.svg"'
        return response


def known(code: str, facets: tuple[Facet, ...]) -> Facet:
    facet = next((facet for facet in facets if facet.name == code), None)
    if facet is None:
        raise Http404(_("There is no chart of “%(name)s”.") % {"name": code})
    return facet


class ChartDrawing(FigureFile):
    def file(self, answer: ProjectAnswer) -> HttpResponse:
        code = self.kwargs["facet"]
        facet = known(code, CHART_FACETS)
        found = marks(answer, facet, self.request.GET)
        lines = list(enumerate(found[:MOST_LINES]))
        return self.drawing(
            "projects/svg_files/chart.html",
            code,
            facet=facet,
            lines=lines,
            left_out=len(found) - len(lines),
            currency=answer.filters.cleaned["currency"],
        )


class ChartTable(FigureFile):
    def file(self, answer: ProjectAnswer) -> HttpResponse:
        code = self.kwargs["facet"]
        facet = known(code, (*CHART_FACETS, PLACES))
        head = (
            _("Code"),
            str(facet.label),
            _("Projects"),
            _("Amount in %(unit)s") % {"unit": currency_unit(answer.filters.cleaned["currency"])},
            _("Projects without a stated amount"),
            _("Projects with an amount in another currency"),
        )
        rows = [
            (mark.value, mark.label, mark.count, mark.amount, mark.without_amount, mark.in_other_currency)
            for mark in marks(answer, facet, self.request.GET)
        ]
        return csv_file(f"{code}.csv", head, rows)


class MapDrawing(FigureFile):
    def file(self, answer: ProjectAnswer) -> HttpResponse:
        sheet = self.kwargs["sheet"]
        if sheet not in MAPS:
            raise Http404(_("There is no chart of “%(name)s”.") % {"name": sheet})
        return self.drawing("projects/svg_files/map.html", sheet, map=map_named(sheet, answer, self.request.GET))
