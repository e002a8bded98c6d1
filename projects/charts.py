"""The charts and maps of an answer of the registry: figures are asked there, marks are made here."""

from django.http import QueryDict

from gpi_portal.charts import Chart, Mark, all_marks, chart_of
from gpi_portal.facets import Facet
from gpi_portal.filters import NONE
from gpi_portal.maps import MAPS, Map, map_of
from projects.registry import CHART_FACETS, PLACES, Answer


def charts(answer: Answer, query: QueryDict) -> list[Chart]:
    """The charts of an answer; ``query`` is the one that it answers."""
    return [chart_of(facet, answer.breakdown(facet), query) for facet in CHART_FACETS]


def marks(answer: Answer, facet: Facet, query: QueryDict) -> list[Mark]:
    return all_marks(facet, answer.breakdown(facet), query)


def maps(answer: Answer, query: QueryDict) -> list[Map]:
    """Canada with its provinces and territories, and the world with its countries."""
    return [map_named(name, answer, query) for name in MAPS]


def map_named(name: str, answer: Answer, query: QueryDict) -> Map:
    """Canada's places are its provinces and territories, the world's are all others."""
    stated = [value for value in answer.breakdown(PLACES) if value.value != NONE]
    chosen = [value for value in stated if value.value.startswith("CA-") == (name == "canada")]
    return map_of(name, all_marks(PLACES, chosen, query))


def without_place(answer: Answer, query: QueryDict) -> Mark | None:
    """The projects of the answer of which no source states a place."""
    return next((mark for mark in marks(answer, PLACES, query) if mark.value == NONE), None)
