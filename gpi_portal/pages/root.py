"""The root of the site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gpi_portal.nouns import home_url


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Redirect to the overview in the visitor's language, English when unsure."""
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse(home_url()))
    patch_vary_headers(response, ["Accept-Language"])
    return response
