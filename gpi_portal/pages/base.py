"""The base of every page and file: the moment that it reads, its entity tag; of a page, its place in the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from gpi_portal.addresses import page_address, reading
from gpi_portal.models import RegistryVersion
from gpi_portal.nouns import home_url
from gpi_portal.publishing.moments import TODAY, Moment
from gpi_portal.query.fields import MomentForm
from gpi_portal.web.etags import address_of, page_tag, unchanged


class DataView(View):
    """What is read of the registry at a moment: a page or a file. Its entity tag says of which data version it is."""

    #: The moment that is read.
    moment: Any = TODAY

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tag = self.tag()
        response = (tag and unchanged(request, tag)) or self.read(request, *args, **kwargs)
        if tag and response.status_code in (200, 304):
            response.headers["ETag"] = tag
            # Compression adds this header only to a response with a body; a 304 replaces those of the cached page.
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    def read(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The response, with links that stay on the day being read."""
        with reading(self.moment.as_of):
            response: Any = super().dispatch(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response

    def tag(self, *more: Any) -> str | None:
        """The entity tag, None if nobody may keep this. ``more``: what it shows beyond the registry."""
        return None if settings.DEBUG else page_tag(address_of(self.request), *more)


class PageView(DataView, TemplateView):
    """A page with its place in the site."""

    #: The entry of the main navigation that the page belongs to.
    section = ""
    #: (URL name, text) of the pages above this one, below the overview.
    parents: tuple[tuple[str, Any], ...] = ()
    #: Whether the page can be read as of a past day.
    has_past_days = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "as_of" in self.moment_form.errors:
            kept = [(name, value) for name, values in request.GET.lists() if name != "as_of" for value in values]
            return render(request, "moment_error.html", PageView.get_context_data(self, kept=kept))
        return self.show(request)

    def show(self, request: HttpRequest) -> HttpResponse:
        """The page, once the requested day is known to be valid."""
        return self.render_to_response(self.get_context_data())

    @cached_property
    def moment_form(self) -> MomentForm:
        return MomentForm(self.request.GET if self.has_past_days else {})

    @cached_property
    def moment(self) -> Moment:
        """The moment that the page reads: the requested day, or today if there is none or a bad one."""
        self.moment_form.is_valid()
        moment: Moment = self.moment_form.cleaned_data.get("as_of", TODAY)
        return moment

    @cached_property
    def registry_version(self) -> RegistryVersion | None:
        return self.moment.registry_version()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        above = ((home_url(), _("Overview")), *self.parents)
        kwargs.setdefault("date_modified", self.registry_version and self.registry_version.day)
        return super().get_context_data(
            section=self.section,
            breadcrumb=[{"url": page_address(url), "name": name} for url, name in above],
            moment=self.moment,
            moment_form=self.moment_form,
            registry_version=self.registry_version,
            **kwargs,
        )
