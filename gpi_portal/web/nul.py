"""Refuse staff queries that contain a NUL before they reach the database, as PostgreSQL cannot store one.

Public pages report it beside the field.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class NoNulMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and any("\0" in text for text in texts_of(request)):
            raise BadRequest("NUL")
        return self.get_response(request)


def texts_of(request: HttpRequest) -> list[str]:
    return [request.path_info, *(text for name, values in request.GET.lists() for text in (name, *values))]
