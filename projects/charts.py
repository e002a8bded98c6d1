"""The charts and maps of an answer: the registry gives the figures, this module makes the marks."""

from decimal import Decimal

from django.http import QueryDict

from gpi_portal.drawing.charts import Chart, Mark, all_marks, chart_of
from gpi_portal.drawing.maps import MAPS, Map, Site, map_of
from gpi_portal.i18n.languages import Record
from gpi_portal.models import PublishedVersion
from gpi_portal.query.answer import Answer
from gpi_portal.query.facets import Facet
from gpi_portal.query.fields import NONE
from projects.facets import CHART_FACETS, PLACES
from projects.filters import ProjectFilterSet
from projects.models import Location
from projects.registry import ProjectAnswer

#: How many projects with coordinates a map draws one by one.
MOST_LOCATED = 300
#: How many projects without a place are listed beside the map.
LISTED = 10


def charts(answer: Answer, query: QueryDict) -> list[Chart]:
    """The charts of an answer to this query."""
    return [chart_of(facet, answer.breakdown(facet), query) for facet in CHART_FACETS]


def marks(answer: Answer, facet: Facet, query: QueryDict) -> list[Mark]:
    return all_marks(facet, answer.breakdown(facet), query)


def maps(answer: ProjectAnswer, query: QueryDict) -> list[Map]:
    """The map of Canada with its provinces and territories, and that of the world with its countries."""
    return [map_named(name, answer, query) for name in MAPS]


def map_named(name: str, answer: ProjectAnswer, query: QueryDict) -> Map:
    """One map: Canada has the provinces and territories, the world every other place."""
    in_canada = name == "canada"
    stated = [value for value in answer.breakdown(PLACES) if value.value != NONE]
    chosen = [value for value in stated if value.value.startswith("CA-") == in_canada]
    sites = [site for country, site in sites_of(answer) if (country == "CA") == in_canada]
    return map_of(name, all_marks(PLACES, chosen, query), sites)


def sites_of(answer: ProjectAnswer) -> list[tuple[str, Site]]:
    """Each place with coordinates and its country, for the first `MOST_LOCATED` projects."""
    return [
        (place["country"], site_of(version, place))
        for version in answer.located(MOST_LOCATED)
        for place in version.record["locations"]
        if place["precision"]
    ]


def site_of(version: PublishedVersion, place: Record) -> Site:
    return Site(
        name=place["name"],
        kind=str(Location.Kind(place["kind"]).label),
        precision=str(Location.Precision(place["precision"]).label),
        latitude=Decimal(place["latitude"]),
        longitude=Decimal(place["longitude"]),
        record=version.title,
        url=version.get_absolute_url(),
    )


def without_place(answer: Answer, query: QueryDict) -> Mark | None:
    """The mark of the projects without a stated place; None if there are none."""
    return next((mark for mark in marks(answer, PLACES, query) if mark.value == NONE), None)


def first_of(mark: Mark | None) -> list[PublishedVersion]:
    """The first projects that a mark counts."""
    return ProjectAnswer(ProjectFilterSet(QueryDict(mark.url.lstrip("?")))).versions(0, LISTED) if mark else []
