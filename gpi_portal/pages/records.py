"""Base views for what is published: one record's page, and a list with filters."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView

from gpi_portal.addresses import page_address, reading
from gpi_portal.exports.bibliography import CitedPage, search_key
from gpi_portal.i18n.languages import LANGUAGES
from gpi_portal.models import PublishedVersion, RegistryVersion
from gpi_portal.publishing.moments import TODAY, Moment, MomentForm
from gpi_portal.query.facets import Facet, FacetValue
from gpi_portal.query.filters import FilterSet
from gpi_portal.web.etags import page_tag

MOST_FACET_VALUES = 100


class PageView(TemplateView):
    """A page with its place in the site."""

    #: The entry of the main navigation to which the page belongs.
    section = ""
    #: (URL name, text) of the pages above this one, below the overview.
    parents: tuple[tuple[str, Any], ...] = ()
    #: Whether the page can be read as of a past day.
    has_past_days = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tag = self.tag()
        is_kept = request.headers.get("If-None-Match", "*") != "*"
        unchanged = get_conditional_response(request, etag=tag) if tag and is_kept else None
        response = unchanged or self.read(request, *args, **kwargs)
        if tag and response.status_code in (200, 304):
            response.headers["ETag"] = tag
            # The zipping passes over an answer without content, whose headers take the place of those of the kept page.
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    def read(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page with links that stay on the day that is being read."""
        with reading(self.moment.as_of):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response

    def tag(self, *more: Any) -> str | None:
        """The entity tag of the page, and of what it shows beyond the registry; None where it may not be kept."""
        return None if settings.DEBUG else page_tag(self.request, *more)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "as_of" in self.moment_form.errors:
            kept = [(name, each) for name, values in request.GET.lists() if name != "as_of" for each in values]
            return render(request, "moment_error.html", PageView.get_context_data(self, kept=kept))
        return self.show(request)

    def show(self, request: HttpRequest) -> HttpResponse:
        """The page itself, once the moment at which it is read is known."""
        return self.render_to_response(self.get_context_data())

    @cached_property
    def moment_form(self) -> MomentForm:
        return MomentForm(self.request.GET if self.has_past_days else {})

    @cached_property
    def moment(self) -> Moment:
        """The registry version that the page reads: today's, or that of the day asked for; today's for a bad day."""
        self.moment_form.is_valid()
        return self.moment_form.cleaned_data.get("as_of", TODAY)

    @cached_property
    def registry_version(self) -> RegistryVersion | None:
        return self.moment.registry_version()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        above = (("projects:overview", _("Overview")), *self.parents)
        kwargs.setdefault("date_modified", self.registry_version and self.registry_version.day)
        return super().get_context_data(
            section=self.section,
            breadcrumb=[{"url": page_address(url), "name": name} for url, name in above],
            moment=self.moment,
            moment_form=self.moment_form,
            registry_version=self.registry_version,
            **kwargs,
        )


class RecordView(PageView):
    """The page of one published record; a withdrawn one answers 410 with its tombstone.

    Of a day before the record was public the answer is 404 and says since when it is.
    """

    noun: str

    def show(self, request: HttpRequest) -> HttpResponse:
        if self.moment.is_past and self.first_version.valid_from_id > self.moment.number:
            context = PageView.get_context_data(self, version=self.first_version)
            return render(request, "not_yet.html", context, status=404)
        if self.version.withdrawn:
            return render(request, "withdrawn.html", self.get_context_data(), status=410)
        return super().show(request)

    @cached_property
    def first_version(self) -> PublishedVersion:
        """The version in which the record became public, whatever the moment."""
        versions = PublishedVersion.objects.filter(noun=self.noun, code=self.kwargs["code"])
        return self.found(versions.select_related("valid_from").order_by("valid_from_id").first())

    @cached_property
    def version(self) -> PublishedVersion:
        versions = PublishedVersion.objects.at(self.moment).select_related("valid_from")
        return self.found(versions.filter(noun=self.noun, code=self.kwargs["code"]).first())

    def found(self, version: PublishedVersion | None) -> PublishedVersion:
        if version is None:
            raise Http404(_("There is no record with the code “%(code)s”.") % {"code": self.kwargs["code"]})
        return version

    def cited(self) -> CitedPage:
        titles = {language: self.version.title_in(language) for language in LANGUAGES}
        key = f"{self.noun}-{self.version.code}"
        return CitedPage.of(self.request, key, titles, self.moment, self.registry_version)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cited=self.cited(),
            version=self.version,
            history=PublishedVersion.objects.up_to(self.version).defer("document"),
            record=self.version.record,
            date_modified=self.version.valid_from.day,
            **kwargs,
        )


def shown(values: list[FacetValue]) -> list[FacetValue]:
    """The values that a page offers: the most frequent, and those chosen."""
    return [value for place, value in enumerate(values) if place < MOST_FACET_VALUES or value.selected]


class ListView(PageView):
    """A list of published records under a validated query. It shows errors and no rows when the query is not valid."""

    filterset_class: type[FilterSet]
    facets: tuple[Facet, ...] = ()
    #: What a citation calls the list, and what the keys of its citations begin with.
    list_title: Any = ""
    citation_key = "search"

    def answer(self, filters: FilterSet) -> Any:
        """The answer to a valid filter set."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(request)

    @cached_property
    def filters(self) -> FilterSet:
        return self.filterset_class(self.request.GET)

    def bad_query(self) -> str:
        """What is wrong with the query, a line per field."""
        return "".join(f"{field}: {error}\n" for field, errors in self.filters.errors.items() for error in errors)

    @property
    def moment(self) -> Moment:
        return self.filters.moment

    def cited(self) -> CitedPage | None:
        """The citation of this search; None for a query that is not valid and before the first publication."""
        if not (self.filters.is_valid() and self.registry_version):
            return None
        key = search_key(self.citation_key, self.request.GET)
        return CitedPage.of(self.request, key, self.titles(), self.moment, self.registry_version)

    def titles(self) -> dict[str, str]:
        """What the list is called in each language, with the filters in force."""
        found = {}
        for language in LANGUAGES:
            with override(language):
                chips = [f"{chip['label']} = {chip['value']}" for chip in self.filters.chips(self.facets)]
                found[language] = ", ".join([str(self.list_title), *chips])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = self.filters
        answer = self.answer(filters) if filters.is_valid() else None
        return super().get_context_data(
            filters=filters,
            form=filters.form,
            answer=answer,
            query=filters.cleaned.get("q"),
            currency=filters.cleaned.get("currency", ""),
            currencies=filters.currencies(),
            chips=filters.chips(self.facets),
            clear_url=page_address(self.request.resolver_match.view_name),
            facets=self.facet_groups(filters, answer),
            kept=[] if answer else self.kept(),
            cited=self.cited(),
            **(self.page(answer) if answer else {}),
            **kwargs,
        )

    def kept(self) -> list[tuple[str, str]]:
        """The choices for which a page without results has no field, so that correcting an error loses none."""
        options = {name: self.request.GET.get(name) for name in ("order", "page_size")}
        return [(name, value) for name, value in options.items() if value and name not in self.filters.errors]

    def facet_groups(self, filters: FilterSet, answer: Any) -> list[dict[str, Any]]:
        """Per facet its values (those chosen, where the query is not valid) and its error."""
        return [
            {
                "facet": facet,
                "values": shown(answer.facet(facet)) if answer else facet.chosen(filters.cleaned.get(facet.name, [])),
                "errors": filters.errors.get(facet.name, []),
            }
            for facet in self.facets
        ]

    def page(self, answer: Any) -> dict[str, Any]:
        """The rows of the page asked for; a page beyond the last has none and says so."""
        number, size = answer.filters.cleaned["page"] or 1, answer.filters.cleaned["page_size"]
        paginator = Paginator(range(answer.count), size)
        beyond = number > paginator.num_pages
        start = (number - 1) * size
        page = None if beyond else paginator.page(number)
        return {
            "page": page,
            "beyond": beyond,
            "last_page": paginator.num_pages,
            "pages": [] if beyond else paginator.get_elided_page_range(number, on_each_side=2, on_ends=1),
            "versions": [] if beyond else answer.versions(start, start + size),
        }
