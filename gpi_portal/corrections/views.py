"""Reporting an error in a record, and what was corrected after such reports."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from gpi_portal.corrections import tokens
from gpi_portal.corrections.decisions import field_words
from gpi_portal.corrections.form import LONGEST_SUGGESTION, LONGEST_TEXT, ReportForm
from gpi_portal.i18n.languages import active_language
from gpi_portal.models import ErrorReport, PublishedVersion, RegistryVersion
from gpi_portal.models.published import PublishedVersionQuerySet
from gpi_portal.nouns import nouns
from gpi_portal.pages.base import PageView
from gpi_portal.pages.list import ListView
from gpi_portal.pages.record import RecordView
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.filters import FilterSet, PageOption, PageSizeOption

#: A field that readers do not see and no browser fills in; whom it catches all the same is asked to send it again.
TRAP = "further"


class SeeOther(HttpResponseRedirect):
    """What was sent is stored: the browser goes on to look at another page."""

    status_code = 303


@method_decorator([csrf_exempt, sensitive_post_parameters(), cache_control(no_store=True)], name="dispatch")
class ReportView(PageView):
    """The form on which a reader reports an error in one record, withdrawn ones included, and the thanks for it."""

    template_name = "report.html"
    has_past_days = False
    noun = ""

    def tag(self) -> None:
        """Nobody keeps a form with what was typed into it."""

    @classmethod
    def on(cls, page: type[RecordView]) -> Callable[..., HttpResponseBase]:
        """The view for the records of another page."""
        return cls.as_view(noun=page.noun, section=page.section, parents=page.parents)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        receipt = tokens.read_receipt(request.GET.get("sent", ""), self.noun, self.version.code)
        if receipt:
            return render(request, "report_sent.html", self.get_context_data(receipt=receipt))
        return self.form_page(ReportForm(self.version))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReportForm(self.version, request.POST)
        if not tokens.comes_from_here(request):
            return self.form_page(form, problem="from_elsewhere", status=403)
        if request.POST.get(TRAP):
            return self.form_page(form, problem="caught", trap="", trapped=request.POST[TRAP])
        if not form.is_valid():
            return self.form_page(form)
        if not self.token.is_fresh:
            return self.form_page(form, problem="expired")
        limit = tokens.limit_of(request)
        if not limit.admits():
            response = self.form_page(form, problem="too_many", status=429)
            response.headers["Retry-After"] = str(limit.wait())
            return response
        receipt = tokens.receipt_of(request.POST)
        self.store(form, receipt)
        return SeeOther(f"{request.path}?sent={tokens.signed_receipt(receipt, self.noun, self.version.code)}")

    def store(self, form: ReportForm, receipt: str) -> None:
        report = ErrorReport(
            receipt=receipt,
            noun=self.noun,
            code=self.version.code,
            title_en=self.version.title_en,
            title_fr=self.version.title_fr,
            language=active_language(),
            reported_on=self.registry_version_read,
            **form.answers(),
        )
        # A member of the staff who reports an error need not say so either.
        report._history_user = None  # type: ignore[attr-defined]  # the trace asks for it
        ErrorReport.objects.store(report)

    @cached_property
    def token(self) -> tokens.Token:
        return tokens.read_token(self.request.POST.get("token", ""), self.noun, self.kwargs["code"])

    @cached_property
    def registry_version_read(self) -> RegistryVersion:
        """The data version that the reader looked at, as far as is known and the record stood then; else today's."""
        asked = self.request.GET.get("version", "")
        number = self.token.number or (int(asked) if re.fullmatch(r"\d{1,9}", asked, re.ASCII) else 0)
        versions = RegistryVersion.objects.order_by("-number")
        read = versions.filter(number=number).first()
        if read and self.versions.at(Moment(read.number)).exists():
            return read
        return versions[0]

    @cached_property
    def versions(self) -> PublishedVersionQuerySet:
        code = self.kwargs["code"]
        versions = PublishedVersion.objects.filter(noun=self.noun, code=code)
        if not versions.exists():
            raise Http404(_("There is no record with the code “%(code)s”.") % {"code": code})
        return versions

    @cached_property
    def version(self) -> PublishedVersion:
        """The record as the reader saw it."""
        return self.versions.at(Moment(self.registry_version_read.number)).get()

    def form_page(
        self, form: ReportForm, *, problem: str = "", status: int = 200, trap: str = TRAP, **more: Any
    ) -> HttpResponse:
        """The form with what was typed, what is wrong with it, and a fresh token."""
        token = tokens.token_for(self.noun, self.version.code, self.registry_version_read.number)
        context = self.get_context_data(form=form, token=token, problem=problem, trap=trap, **more)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            version=self.version,
            read=self.registry_version_read,
            current=self.versions.current().get(),
            form_hours=tokens.FORM_HOURS,
            longest_text=LONGEST_TEXT,
            longest_suggestion=LONGEST_SUGGESTION,
            most_reports=settings.REPORTS_PER_HOUR,
            report_days=settings.REPORT_DAYS,
            wait_days=settings.REPORT_WAIT_DAYS,
            **kwargs,
        )
        context["breadcrumb"].append({"url": self.version.get_absolute_url(), "name": self.version.title})
        return context


class CorrectionFilterSet(FilterSet):
    page = PageOption(label=_("Page"))
    page_size = PageSizeOption(label=_("Results per page"))

    class Meta:
        model = ErrorReport
        fields: list[Any] = []


class CorrectionAnswer:
    """The accepted reports, without what their reporters wrote."""

    def __init__(self, filters: FilterSet) -> None:
        self.filters = filters
        self.rows = ErrorReport.objects.corrections()

    @cached_property
    def count(self) -> int:
        return self.rows.count()

    def versions(self, start: int, stop: int) -> list[ErrorReport]:
        return list(self.rows[start:stop])


class CorrectionListView(ListView):
    """What was corrected after readers' reports, the latest first."""

    template_name = "corrections.html"
    section = "about"
    has_past_days = False
    filterset_class = CorrectionFilterSet
    list_title = _("Corrections")

    def tag(self) -> str | None:
        """A decision changes the page without raising the registry version."""
        return super().tag(ErrorReport.objects.corrections().values_list("pk", "decided_at").first())

    def answer(self, filters: FilterSet) -> CorrectionAnswer:
        return CorrectionAnswer(filters)

    def reference(self) -> None:
        """Nothing to cite: the list has no past days."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        latest = ErrorReport.objects.corrections().first()
        return {**context, "date_modified": latest.day} if latest else context

    def page(self, answer: CorrectionAnswer) -> dict[str, Any]:
        page = super().page(answer)
        reports = page.pop("versions")
        records = {"noun__in": {report.noun for report in reports}, "code__in": {report.code for report in reports}}
        current = PublishedVersion.objects.current().filter(**records).defer("document")
        titles = {(version.noun, version.code): version.title for version in current}
        return {**page, "entries": [entry(report, titles[report.noun, report.code]) for report in reports]}


def entry(report: ErrorReport, title: str) -> dict[str, Any]:
    """One correction as the page shows it."""
    values, field = report.values, field_words(report.noun, report.field)
    if values["language"]:
        name = {"en": _("in English"), "fr": _("in French")}[values["language"]]
        field = _("%(field)s, %(language)s") % {"field": field, "language": name}
    return {
        "noun": report.noun,
        "url": nouns()[report.noun].address(report.code),
        "title": title,
        "day": report.day,
        "number": report.corrected_in_id,
        "field": field,
        "reason": report.reason,
        **values,
    }
