"""Error reports at the desk: read, accepted once the record is corrected, or declined; each with a public reason."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from gpi_portal.corrections.decisions import (
    accept,
    decided_on,
    decline,
    field_words,
    fields_of,
    obstacles,
    proposed_values,
    reported_version,
)
from gpi_portal.i18n.languages import capitalized
from gpi_portal.models import ErrorReport, Publishable
from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import NotAsShown
from gpi_portal.query.fields import LinesField
from gpi_portal.staff.confirming import ConfirmForm
from gpi_portal.staff.rights import ReportRights, is_number
from gpi_portal.staff.searching import TextSearch
from gpi_portal.staff.sent import is_given_back, sent_or_kept

PUBLISHED_AGAIN = _("A record was published again after you opened this page. Check it once more.")
#: Servers refuse addresses of 8,190 characters and more.
LONGEST_QUERY = 6000


def lines_field(label: Any, *, required: bool = False) -> LinesField:
    return LinesField(label=label, required=required, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(ConfirmForm):
    """Why a report is accepted or declined, in both languages."""

    reason_en = lines_field(_("Reason (English)"), required=True)
    reason_fr = lines_field(_("Reason (French)"), required=True)


class AcceptForm(DecisionForm):
    """What the public page of corrections will say."""

    field = forms.ChoiceField(label=_("Field"), required=False)
    before_en = lines_field(_("Before (English)"))
    before_fr = lines_field(_("Before (French)"))
    after_en = lines_field(_("After (English)"))
    after_fr = lines_field(_("After (French)"))
    field_order = ("field", "before_en", "before_fr", "after_en", "after_fr", "reason_en", "reason_fr")

    def __init__(self, report: ErrorReport, data: Any = None) -> None:
        published = proposed_values(report)
        super().__init__(data, initial={"field": report.field, **published})
        for name, words in published.items():
            text = _("The published version says of the reported field: %(words)s")
            self.fields[name].help_text = text % {"words": escape(words or _("Not stated"))}
        names = ("", *fields_of(reported_version(report)))
        choice: Any = self.fields["field"]
        choice.choices = [(name, field_words(report.noun, name)) for name in names]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in ("before", "after"):
            if bool(given.get(f"{name}_en")) != bool(given.get(f"{name}_fr")):
                empty = "fr" if given.get(f"{name}_en") else "en"
                self.add_error(f"{name}_{empty}", _("Give this in both languages, or in neither."))
        if all(given.get(f"before_{language}") == given.get(f"after_{language}") for language in ("en", "fr")):
            self.add_error("after_en", _("Before and after are the same: a correction changes something."))
        return given


class NounFilter(admin.SimpleListFilter):
    title = _("kind of record")
    parameter_name = "noun"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(noun, capitalized(model._meta.verbose_name)) for noun, model in nouns().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(noun=self.value()) if self.value() else queryset


def working_row(report: ErrorReport) -> Publishable | None:
    record: Publishable | None = nouns()[report.noun].objects.filter(code=report.code).first()
    return record


def confirmation(
    model_admin: admin.ModelAdmin, request: HttpRequest, url: str, **chosen: Iterable[Any]
) -> HttpResponse | None:
    """To the page that asks before it acts on what is chosen; back to the list where an address cannot hold all."""
    query = "&".join(f"{name}={','.join(str(each) for each in values)}" for name, values in chosen.items())
    if len(query) <= LONGEST_QUERY:
        return redirect(f"{url}?{query}")
    model_admin.message_user(request, _("These are too many at once: choose fewer."), messages.WARNING)
    return None


def link(url: str, text: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, text)


class ErrorReportAdmin(ReportRights, TextSearch, SimpleHistoryAdmin):
    """Reports are read and decided here, never written or deleted; the record itself is corrected as always."""

    change_form_template = "admin/report_change_form.html"
    object_history_list_template = "admin/history_list.html"
    list_display = ("receipt", "title", "noun_words", "field_words", "state", "received_at", "kept_until")
    list_filter = ("state", NounFilter, "received_at")
    list_per_page = 50
    search_fields = ("receipt", "code", "title_en", "title_fr")
    actions = ("accept_selected", "decline_selected")
    fieldsets: ClassVar[Any] = (
        (
            None,
            {"fields": ("receipt", "state", "record_link", "public_link", "reported_on", "received_at", "language")},
        ),
        (
            _("What was written (never public)"),
            {"fields": ("field_words", "text", "suggestion", "contact", "kept_until")},
        ),
        (
            _("Decision (public once accepted)"),
            {"fields": ("decided_at", "decided_by", "corrected_in", *AcceptForm.field_order[1:])},
        ),
    )
    readonly_fields = [*(name for _title, options in fieldsets for name in options["fields"]), "record_name"]

    def get_fieldsets(self, request: HttpRequest, obj: ErrorReport | None = None) -> Any:
        (title, options), *others = self.fieldsets[:-1] if obj and obj.is_waiting else self.fieldsets
        if obj and not self.may_see_record(request, obj):
            names = [{"record_link": "record_name"}.get(name, name) for name in options["fields"]]
            options = {**options, "fields": names}
        return ((title, options), *others)

    def may_see_record(self, request: HttpRequest, report: ErrorReport) -> bool:
        return self.admin_site.get_model_admin(nouns()[report.noun]).has_view_permission(request)

    def revert_disabled(self, request: HttpRequest, obj: ErrorReport | None = None) -> bool:
        return True

    @admin.display(description=_("kind of record"), ordering="noun")
    def noun_words(self, report: ErrorReport) -> str:
        return capitalized(nouns()[report.noun]._meta.verbose_name)

    @admin.display(description=_("field"), ordering="field")
    def field_words(self, report: ErrorReport) -> str:
        return field_words(report.noun, report.field)

    @admin.display(description=_("what was written is deleted on"))
    def kept_until(self, report: ErrorReport) -> datetime.date | None:
        return report.kept_until

    @admin.display(description=_("record"))
    def record_link(self, report: ErrorReport) -> SafeString | str:
        record = working_row(report)
        return link(self.url_of(record), record) if record else report.title

    @admin.display(description=_("record"))
    def record_name(self, report: ErrorReport) -> str:
        return str(report.title)

    @admin.display(description=_("public page"))
    def public_link(self, report: ErrorReport) -> SafeString:
        url = nouns()[report.noun].address(report.code)
        return link(url, url)

    def url_of(self, record: Publishable) -> str:
        meta = record._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=(record.pk,))

    def own_url(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    @admin.action(description=_("Accept the selected report"), permissions=["decide"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        chosen = list(queryset.values_list("pk", flat=True)[:2])
        if len(chosen) == 1:
            return redirect(self.own_url("accept", chosen[0]))
        self.message_user(request, _("Accept one report at a time: each names what was corrected."), messages.WARNING)
        return None

    @admin.action(description=_("Decline the selected reports"), permissions=["decide"])
    def decline_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return confirmation(self, request, self.own_url("decline"), reports=queryset.values_list("pk", flat=True))

    def get_urls(self) -> list[URLPattern]:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("decline/", view(self.decline_view), name=f"{prefix}_decline"),
            path("<path:object_id>/accept/", view(self.accept_view), name=f"{prefix}_accept"),
            *super().get_urls(),
        ]

    def accept_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Shows what was reported and what the record said and says; asks for the public reason."""
        report = self.get_object(request, object_id)
        if report is None:
            raise Http404(_("No report is chosen."))
        if not self.has_decide_permission(request, report):
            raise PermissionDenied
        form = AcceptForm(report, sent_or_kept(request))
        problems: list[Any]
        if request.method == "POST" and form.is_valid():
            try:
                accept(report, by=request.user, confirmed=form.cleaned_data["confirmed"], **form.typed)
            except ValidationError as error:
                problems = error.messages
            except NotAsShown:
                problems = [PUBLISHED_AGAIN]
            else:
                self.message_user(request, _("Accepted. The public page of corrections shows it."), messages.SUCCESS)
                return redirect(self.own_url("changelist"))
        else:
            problems = obstacles(report, form.cleaned_data.get("field", "") if form.is_bound else report.field)
        more = {"row": self.row_of(request, report), "is_open": not obstacles(report, "")}
        return self.confirm(request, "accept", [report], form, problems, **more)

    def row_of(self, request: HttpRequest, report: ErrorReport) -> dict[str, Any] | None:
        """The working row to correct, with its address."""
        record = working_row(report)
        if record is None or not self.may_see_record(request, report):
            return None
        return {"name": record, "url": self.url_of(record)}

    def decline_view(self, request: HttpRequest) -> HttpResponse:
        """Asks for the reason and declines all reports of the address, or none."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        chosen = [each for each in request.GET.get("reports", "").split(",") if is_number(each)]
        reports = list(ErrorReport.objects.filter(pk__in=chosen))
        if not reports:
            raise Http404(_("No report is chosen."))
        form = DecisionForm(sent_or_kept(request))
        if request.method == "POST" and form.is_valid():
            try:
                confirmed = form.cleaned_data["confirmed"]
                decline([report.pk for report in reports], by=request.user, confirmed=confirmed, **form.typed)
            except ValidationError as error:
                return self.confirm(request, "decline", reports, form, error.messages)
            except NotAsShown:
                return self.confirm(request, "decline", reports, form, [PUBLISHED_AGAIN])
            words = ngettext("%(number)s report is declined.", "%(number)s reports are declined.", len(reports))
            self.message_user(request, words % {"number": len(reports)}, messages.SUCCESS)
            return redirect(self.own_url("changelist"))
        return self.confirm(request, "decline", reports, form, [])

    def confirm(
        self, request: HttpRequest, what: str, reports: list[ErrorReport], form: Any, problems: list[Any], **more: Any
    ) -> HttpResponse:
        titles = {"accept": _("Accept"), "decline": _("Decline")}
        form.show(request, decided_on(reports))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": titles[what],
            "records": reports,
            "waiting": ",".join(str(report.pk) for report in reports if report.is_waiting),
            "form": form,
            "problems": problems,
            "is_given_back": is_given_back(request),
            **more,
        }
        return TemplateResponse(request, f"admin/{what}_report.html", context)
