"""Pages of the site itself: the root, the search over everything, what is said about the site, health, errors."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gpi_portal import search
from gpi_portal.models import PublishedVersion
from gpi_portal.pages.records import ListView, PageView
from gpi_portal.query.filters import FilterSet, MomentOption, PageOption, PageSizeOption, WordsFilter
from gpi_portal.staff.sent import keep


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """To the overview in the visitor's language, English when unsure."""
    with translation.override(translation.get_language_from_request(request)):
        response = HttpResponseRedirect(reverse("projects:overview"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


class SiteFilterSet(FilterSet):
    """The query of the search over every noun."""

    q = WordsFilter(label=_("Words"))
    as_of = MomentOption(label=_("As it stood on"))
    page = PageOption(label=_("Page"))
    page_size = PageSizeOption(label=_("Results per page"))

    class Meta:
        model = PublishedVersion
        fields: list[Any] = []


class SiteAnswer:
    """The public records of every noun that match some words, the best first."""

    def __init__(self, filters: SiteFilterSet) -> None:
        self.filters = filters
        query = filters.cleaned["q"]
        found = PublishedVersion.objects.public_at(filters.moment).filter(search.matching(query))
        self.rows = found.annotate(relevance=search.rank(query))

    @cached_property
    def count(self) -> int:
        return self.rows.count()

    def versions(self, start: int, stop: int) -> list[PublishedVersion]:
        return list(self.rows.order_by("-relevance", "noun", "code")[start:stop])


class SearchView(ListView):
    template_name = "search.html"
    filterset_class = SiteFilterSet
    list_title = _("Search")

    def answer(self, filters: SiteFilterSet) -> SiteAnswer | None:
        """None as long as nothing is searched for."""
        return SiteAnswer(filters) if filters.cleaned["q"] else None


class AboutView(PageView):
    """A page about the site; one template holds it in both languages."""

    section = "about"
    #: The day on which the text of the page was last changed.
    edited_on = datetime.date(2026, 11, 24)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(date_modified=self.edited_on, **kwargs)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and every migration is applied; 503 with the reason otherwise."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # noqa: BLE001 - whatever stops the database from answering is the answer
        return HttpResponse("database not reachable\n", status=503, content_type="text/plain; charset=utf-8")
    if waiting:
        return HttpResponse("migrations not applied\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read by machines; the admin and the endless combinations of filters need not be."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a security fault (RFC 9116), where the operator has set a contact."""
    contact = settings.OPERATOR["operator_contact"]
    if not contact:
        raise Http404
    expires = timezone.now() + datetime.timedelta(days=180)
    lines = [f"Contact: mailto:{contact}", f"Expires: {expires:%Y-%m-%dT00:00:00Z}", "Preferred-Languages: en, fr"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def error_page(status: int) -> Callable[..., HttpResponse]:
    """The handler of one kind of error, in the language of the address, else of the visitor."""

    def handler(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        asked = translation.get_language_from_path(request.path_info)
        with translation.override(asked or translation.get_language_from_request(request)):
            is_desk = exception is not None and request.path_info.startswith(reverse("admin:index"))
            context = {"status": status, "canonical": "", "alternates": [], "is_desk": is_desk}
            return render(request, "error.html", context, status=status)

    return handler


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What a form gets that Django cannot tell from a forged one: nothing is done with it.

    One that staff opened before they signed in anew comes back to them with what they typed.
    """
    address = keep(request)
    return HttpResponseRedirect(address) if address else forbidden(request)


bad_request, forbidden, not_found, server_error = (error_page(status) for status in (400, 403, 404, 500))
