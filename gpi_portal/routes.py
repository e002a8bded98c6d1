"""The addresses that every page of a kind has: itself, its reference as a file, the form to report an error."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import pgettext_lazy

from gpi_portal.corrections.views import ReportView
from gpi_portal.exports.reference_file import ReferenceFile
from gpi_portal.pages.list import ListView
from gpi_portal.pages.record import RecordView


def with_reference(view: type[ListView] | type[RecordView], name: str) -> list[URLPattern]:
    """The address of a page, and those of its reference: ``cite.bib`` and ``cite.ris`` below it."""
    file: Any = type(f"{view.__name__}Reference", (ReferenceFile, view), {})
    return [path("", view.as_view(), name=name), path("cite.<str:kind>", file.as_view(), name=f"{name}-cite")]


def list_page(route: Any, view: type[ListView], name: str) -> URLResolver:
    """A list at this route, which may be translated."""
    return path(route, include(with_reference(view, name)))


def record_page(route: Any, view: type[RecordView]) -> URLResolver:
    """The page of a record; its name is that of the noun."""
    report = path(pgettext_lazy("URL", "report/"), ReportView.on(view), name=f"{view.noun}-report")
    return path(route, include([*with_reference(view, view.noun), report]))
