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
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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
from gpi_portal.publishing.plan import NotAsShown
from gpi_portal.query.fields import LinesField
from gpi_portal.staff.asking import AskingAdmin, ConfirmForm, Question
from gpi_portal.staff.rights import ReportRights, is_number
from gpi_portal.staff.searching import TextSearch
from gpi_portal.staff.sent import acts_once, sent_or_kept
from gpi_portal.staff.tracing import TracedAdmin

READS_OTHERWISE = _("What the public reads has changed since you opened this page. Check it once more.")


def lines_field(label: Any, language: str, **options: Any) -> LinesField:
    return LinesField(label=label, widget=forms.Textarea(attrs={"rows": 3, "lang": language}), **options)


def proposed_field(label: Any, language: str) -> LinesField:
    """Filled in with what was and is public. The form carries that along, to know what was typed instead."""
    return lines_field(label, language, required=False, show_hidden_initial=True)


class DecisionForm(ConfirmForm):
    """Why a report is accepted or declined, in both languages."""

    reason_en = lines_field(_("Reason (English)"), "en")
    reason_fr = lines_field(_("Reason (French)"), "fr")


class AcceptForm(DecisionForm):
    """What the public page of corrections will say."""

    field = forms.ChoiceField(label=_("Field"), required=False, show_hidden_initial=True)
    before_en = proposed_field(_("Before (English)"), "en")
    before_fr = proposed_field(_("Before (French)"), "fr")
    after_en = proposed_field(_("After (English)"), "en")
    after_fr = proposed_field(_("After (French)"), "fr")
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

    def follow(self, report: ErrorReport) -> None:
        """Say what is public now wherever nothing else was typed."""
        untouched = {name: words for name, words in proposed_values(report).items() if name not in self.changed_data}
        data: Any = self.data
        carried = {self[name].html_initial_name: words for name, words in untouched.items()}
        self.data = data = data.copy()
        data.update({**untouched, **carried})

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


def link(url: str, text: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, text)


class ErrorReportAdmin(ReportRights, TextSearch, AskingAdmin, TracedAdmin):
    """Reports are read and decided here, never written or deleted; the record itself is corrected as always."""

    questions: ClassVar[dict[str, Question]] = {
        "decline": Question("decline/", _("Decline"), "admin/decline_report.html", DecisionForm),
        "accept": Question("<path:object_id>/accept/", _("Accept"), "admin/accept_report.html", AcceptForm),
    }
    change_form_template = "admin/report_change_form.html"
    list_display = ("receipt", "record_name", "noun_words", "field_words", "state", "received_at", "kept_until")
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

    @admin.action(description=_("Accept the selected report"), permissions=["decide"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        chosen = list(queryset.values_list("pk", flat=True)[:2])
        if len(chosen) == 1:
            return redirect(self.own_url("accept", chosen[0]))
        self.message_user(request, _("Accept one report at a time: each names what was corrected."), messages.WARNING)
        return None

    @admin.action(description=_("Decline the selected reports"), permissions=["decide"])
    def decline_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.ask_about(request, "decline", reports=queryset.values_list("pk", flat=True))

    def fields_asked(self, what: str, object_id: str) -> dict[str, forms.Field]:
        report = ErrorReport.objects.filter(pk=object_id).first() if is_number(object_id) else None
        return AcceptForm(report).fields if report else super().fields_asked(what, object_id)

    @acts_once
    def accept_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Shows what was reported and what the record said and says; asks for the public reason."""
        report = self.get_object(request, object_id)
        if report is None:
            raise Http404(_("No report is chosen."))
        if not self.has_decide_permission(request, report):
            raise PermissionDenied
        form = AcceptForm(report, sent_or_kept(request))
        is_valid = form.is_valid()  # what is given back is looked at too, to say what is not possible
        problems: list[Any]
        if request.method == "POST" and is_valid:
            try:
                accept(report, by=request.user, confirmed=form.cleaned_data["confirmed"], **form.typed)
            except ValidationError as error:
                problems = error.messages
            except NotAsShown:
                problems = [READS_OTHERWISE]
                form.follow(report)
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

    @acts_once
    def decline_view(self, request: HttpRequest) -> HttpResponse:
        """Asks for the reason and declines all reports of the address, or none."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        chosen = [number for number in request.GET.get("reports", "").split(",") if is_number(number)]
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
                return self.confirm(request, "decline", reports, form, [str(READS_OTHERWISE)])
            words = ngettext("%(number)s report is declined.", "%(number)s reports are declined.", len(reports))
            self.message_user(request, words % {"number": len(reports)}, messages.SUCCESS)
            return redirect(self.own_url("changelist"))
        return self.confirm(request, "decline", reports, form, [])

    def confirm(
        self,
        request: HttpRequest,
        what: str,
        records: Iterable[ErrorReport],
        form: DecisionForm,
        problems: list[str],
        **more: Any,
    ) -> HttpResponse:
        form.show(request, decided_on(records))
        waiting = ",".join(str(report.pk) for report in records if report.is_waiting)
        return super().confirm(request, what, records, form, problems, waiting=waiting, **more)
