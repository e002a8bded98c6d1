"""The error pages.

If the portal itself fails, Django shows `500.html`, which depends on nothing that could fail too.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from gpi_portal.staff.given_back import given_back
from gpi_portal.staff.sent import keep


def error_page(status: int) -> Callable[..., HttpResponse]:
    """The handler of one status, in the language of the address, else of the visitor."""

    def handler(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        asked = translation.get_language_from_path(request.path_info)
        with translation.override(asked or translation.get_language_from_request(request)):
            is_desk = exception is not None and request.path_info.startswith(reverse("admin:index"))
            typed = given_back(request) if is_desk else None
            context = {"status": status, "canonical": "", "alternates": [], "is_desk": is_desk, "given_back": typed}
            return render(request, "error.html", context, status=status)

    return handler


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that may be forged.

    A form that staff opened before they signed in again comes back to them with what they typed.
    """
    address = keep(request)
    return HttpResponseRedirect(address) if address else forbidden(request)


bad_request, forbidden, not_found = map(error_page, (400, 403, 404))
