"""Pages of the site itself: the root, and what is said about the site."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gpi_portal.pages.base import PageView


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """To the overview in the visitor's language, English when unsure."""
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("projects:overview"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


class AboutView(PageView):
    """A page about the site; one template holds it in both languages."""

    section = "about"
    #: The day on which the text of the page was last changed.
    edited_on = datetime.date(2026, 11, 24)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(date_modified=self.edited_on, **kwargs)
