"""The base of every noun's admin: both languages side by side, publish and withdraw with a confirmation."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gpi_portal.differences import preview
from gpi_portal.evidence import EvidenceAdmin
from gpi_portal.models import ErrorReport, Publishable, PublishedVersion
from gpi_portal.publishing import publish, withdraw
from gpi_portal.report_admin import ErrorReportAdmin, confirmation
from gpi_portal.staff.accounts import AccountAdmin, AccountGroupAdmin
from gpi_portal.staff.forms import RecordForm, RowFormSet
from gpi_portal.staff.searching import RecordSearch

admin.site.site_header = _("GPI Portal: program staff")
admin.site.site_title = _("GPI Portal")
admin.site.index_title = _("Catalogue and registry")
admin.site.register(ErrorReport, ErrorReportAdmin)
admin.site.unregister((User, Group))
admin.site.register(User, AccountAdmin)
admin.site.register(Group, AccountGroupAdmin)


def pair(name: str) -> tuple[str, str]:
    """A bilingual text in a fieldset: English beside French."""
    return f"{name}_en", f"{name}_fr"


class ReasonForm(forms.Form):
    """Why something is published. The reason is kept with the registry version."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    correction = forms.BooleanField(
        label=_("This corrects an error that the public has seen"), required=False, initial=False
    )


class WithdrawForm(forms.Form):
    """Why a record leaves the public site. Both texts are public."""

    reason_en = forms.CharField(label=_("Reason (English)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    reason_fr = forms.CharField(label=_("Reason (French)"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class OwnedInline(admin.StackedInline):
    """Rows that are edited beside the record they belong to."""

    extra = 0
    formset = RowFormSet

    @classmethod
    def belongs_to(cls, model: type[Publishable]) -> bool:
        """Whether a shared inline has rows for this noun."""
        return False


class PublishableAdmin(RecordSearch, EvidenceAdmin):
    """Working rows. Saving changes nothing for the public: publishing and withdrawing do, each confirmed first."""

    #: Inlines of every noun for which `belongs_to` holds; an app above adds its own here.
    shared_inlines: ClassVar[list[type["OwnedInline"]]] = []

    form = RecordForm
    change_form_template = "admin/publishable_change_form.html"
    object_history_list_template = "admin/history_list.html"
    list_display: Any = ("__str__", "code", "state", "waiting", "modified_at")
    list_filter: Any = ("state", "name_translation", "text_translation")
    actions = ("publish_selected", "send_to_review")
    list_per_page = 50
    save_on_top = True

    def get_inlines(self, request: HttpRequest, obj: Publishable | None) -> list[Any]:
        shared = (inline for inline in self.shared_inlines if inline.belongs_to(self.model))
        return [*super().get_inlines(request, obj), *shared]

    def _create_formsets(self, request: HttpRequest, obj: Publishable, change: bool) -> Any:
        """The rows' forms; the record takes them along to its own form, which judges both together."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        obj.sent_rows = tuple(formsets)
        return formsets, inlines

    def get_readonly_fields(self, request: HttpRequest, obj: Publishable | None = None) -> Any:
        known = obj and PublishedVersion.objects.filter(noun=obj.noun, code=obj.code).exists()
        return (*super().get_readonly_fields(request, obj), *(("code",) if known else ()))

    @admin.display(description=_("unpublished edits"), boolean=True)
    def waiting(self, obj: Publishable) -> bool:
        return obj.is_waiting

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            # An edit of an owned row is an edit of the record.
            self.model.objects.get(pk=form.instance.pk).save(update_fields=["modified_at"])

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        shown = {"open_reports": self.open_reports(request, object_id), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, shown)

    def open_reports(self, request: HttpRequest, object_id: str) -> dict[str, Any] | None:
        """How many error reports on the record wait for a decision, and where they are; None where there are none."""
        record = self.get_object(request, object_id)
        if record is None or not request.user.has_perm("gpi_portal.view_errorreport"):
            return None
        number = ErrorReport.objects.waiting().about(record.noun, record.code).count()
        query = urlencode({"noun": record.noun, "code": record.code, "state__exact": ErrorReport.State.NEW})
        return {"number": number, "url": f"{reverse('admin:gpi_portal_errorreport_changelist')}?{query}"}

    def get_view_on_site_url(self, obj: Publishable | None = None) -> str | None:
        shown = obj and PublishedVersion.objects.current().filter(noun=obj.noun, code=obj.code).exists()
        return obj.get_absolute_url() if shown else None

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """What has ever been public is withdrawn, not deleted."""
        drafts_only = obj is None or obj.state in (Publishable.State.DRAFT, Publishable.State.IN_REVIEW)
        return drafts_only and super().has_delete_permission(request, obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record and self.has_change_permission(request, record) and not self.has_delete_permission(request, record):
            text = _("“%(name)s” has been public, so it cannot be deleted. Withdraw it: its address then says why.")
            self.message_user(request, text % {"name": record}, messages.ERROR)
            return redirect(self.own_url("change", record.pk))
        return super().delete_view(request, object_id, extra_context)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.action(description=_("Publish the selected records"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return confirmation(self, request, self.own_url("publish"), codes=queryset.values_list("code", flat=True))

    @admin.action(description=_("Send the selected drafts to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet) -> None:
        drafts = queryset.filter(state=Publishable.State.DRAFT)
        for record in drafts:
            record.state = Publishable.State.IN_REVIEW
            record.save(update_fields=["state"])
        number = len(drafts)
        text = ngettext("%(number)s record is in review.", "%(number)s records are in review.", number)
        self.message_user(request, text % {"number": number}, messages.SUCCESS)

    def own_url(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def get_urls(self) -> list[URLPattern]:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("publish/", view(self.publish_view), name=f"{prefix}_publish"),
            path("<path:object_id>/withdraw/", view(self.withdraw_view), name=f"{prefix}_withdraw"),
            *super().get_urls(),
        ]

    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Shows what would change for the public, asks why, publishes."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        codes = request.GET.get("codes", "").split(",")
        chosen = self.model.objects.filter(code__in=codes)
        records = list(chosen)
        if not records:
            raise Http404(_("No record is chosen."))
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                version = publish(chosen.all(), by=request.user, **form.cleaned_data)
            except ValidationError as error:
                return self.confirm(request, "publish", records, form, error.messages)
            self.report(request, version)
            return redirect(self.own_url("changelist"))
        try:
            changes, problems = preview(records), []
        except ValidationError as error:
            changes, problems = [], error.messages
        warnings = self.warnings_of(changes, records)
        return self.confirm(request, "publish", records, form, problems, changes=changes, **warnings)

    def report(self, request: HttpRequest, version: Any) -> None:
        if version:
            self.message_user(
                request, _("Published as data version %(number)s.") % {"number": version.number}, messages.SUCCESS
            )
        else:
            self.message_user(request, _("The public already sees exactly this."), messages.WARNING)

    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks why in both languages and puts a tombstone in the record's place."""
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404(_("No record is chosen."))
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        form = WithdrawForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                version = withdraw(record, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                return self.confirm(request, "withdraw", [record], form, error.messages)
            text = _("Withdrawn in data version %(number)s.") % {"number": version.number}
            self.message_user(request, text, messages.SUCCESS)
            return redirect(self.own_url("changelist"))
        return self.confirm(request, "withdraw", [record], form, [])

    def confirm(
        self, request: HttpRequest, what: str, records: list[Publishable], form: Any, problems: list[str], **more: Any
    ) -> HttpResponse:
        titles = {"publish": _("Publish"), "withdraw": _("Withdraw")}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": titles[what],
            "records": records,
            "form": form,
            "problems": problems,
            **more,
        }
        return TemplateResponse(request, f"admin/{what}.html", context)
