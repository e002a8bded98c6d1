"""The base of every noun's admin: both languages side by side, publish and withdraw with a confirmation."""

import functools
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gpi_portal.models import ErrorReport, Publishable, PublishedVersion, columns_of
from gpi_portal.nouns import given
from gpi_portal.staff.citations import EvidenceAdmin
from gpi_portal.staff.confirming import ConfirmingAdmin
from gpi_portal.staff.fields import TypedAdmin, TypedForms
from gpi_portal.staff.forms import RecordForm, RowFormSet
from gpi_portal.staff.rights import RowRights, is_number
from gpi_portal.staff.row_pages import RowPagesAdmin
from gpi_portal.staff.searching import RecordSearch
from gpi_portal.staff.tracing import TracedAdmin

TRANSLATION: Any = (_("Translation"), {"fields": (("name_translation", "text_translation"),)})


def pair(name: str) -> tuple[str, str]:
    """A bilingual text in a fieldset: English beside French."""
    return f"{name}_en", f"{name}_fr"


def rows_of_a_form(model: type[Publishable]) -> list[Any]:
    """The code, and each column on a row of its own unless it stands beside the one before it."""
    rows: list[Any] = [("code",)]
    for own in columns_of(model).values():
        fields = tuple(field.name for field in own.fields)
        rows[-1:] = [(*rows[-1], *fields)] if own.traits.beside else [rows[-1], fields]
    return rows


class OwnedInline(TypedForms, RowRights, admin.StackedInline):
    """Rows that are edited beside the record they belong to."""

    extra = 0
    formset = RowFormSet

    @classmethod
    def belongs_to(cls, model: type[Publishable]) -> bool:
        """Whether a shared inline has rows for this noun."""
        return False


@functools.cache
def shared_inlines() -> list[type[OwnedInline]]:
    """The inlines of every noun for which `belongs_to` holds, as the apps declare them."""
    return [import_string(path) for path in given("staff_inlines")]


class PublishableAdmin(RecordSearch, RowPagesAdmin, ConfirmingAdmin, TracedAdmin, TypedAdmin, EvidenceAdmin):
    """Working rows. Saving changes nothing for the public: publishing and withdrawing do, each confirmed first."""

    form = RecordForm
    change_form_template = "admin/publishable_change_form.html"
    list_display: Any = ("__str__", "code", "state", "waiting", "modified_at")
    list_filter: ClassVar[Any] = ("state", "name_translation", "text_translation")
    actions = ("publish_selected", "send_to_review")
    list_per_page = 50
    save_on_top = True

    def get_fieldsets(self, request: HttpRequest, obj: Publishable | None = None) -> Any:
        """What the admin of a noun arranges, then its other columns in their order."""
        arranged = self.fieldsets or ()
        placed = {name for name in flatten_fieldsets(arranged) if isinstance(name, str)}
        rest = [row for row in rows_of_a_form(self.model) if not placed.issuperset(row)]
        words = _("More fields") if arranged else None
        return (*arranged, *([(words, {"fields": rest})] if rest else []), TRANSLATION)

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [own.name for own in columns_of(self.model).values() if own.noun]

    def get_inlines(self, request: HttpRequest, obj: Publishable | None) -> list[Any]:
        shared = (inline for inline in shared_inlines() if inline.belongs_to(self.model))
        return self.on_page(request, obj, [*super().get_inlines(request, obj), *shared])

    def get_readonly_fields(self, request: HttpRequest, obj: Publishable | None = None) -> Any:
        fixed = ("code",) if obj and obj.has_been_public else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    @admin.display(description=_("unpublished edits"))
    def waiting(self, obj: Publishable) -> str:
        return str(_("Yes") if obj.is_waiting else _("No"))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            # An edit of an owned row is an edit of the record.
            self.model.objects.get(pk=form.instance.pk).save(update_fields=["modified_at"])

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        shown = {
            "open_reports": self.open_reports(request, object_id),
            "is_public": self.is_public(object_id),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, shown)

    def is_public(self, object_id: str) -> bool:
        """Whether the public sees the record now, so that it can be withdrawn."""
        record = self.model.objects.filter(pk=object_id).first() if is_number(object_id) else None
        return record is not None and PublishedVersion.objects.public().of_record(record).exists()

    def open_reports(self, request: HttpRequest, object_id: str) -> dict[str, Any] | None:
        """How many error reports on the record wait for a decision, and where they are; None where there are none."""
        record = self.get_object(request, object_id)
        if record is None or not self.admin_site.get_model_admin(ErrorReport).has_view_permission(request):
            return None
        number = ErrorReport.objects.waiting().about(record.noun, record.code).count()
        query = urlencode({"noun": record.noun, "code": record.code, "state__exact": ErrorReport.State.NEW})
        return {"number": number, "url": f"{reverse('admin:gpi_portal_errorreport_changelist')}?{query}"}

    def get_view_on_site_url(self, obj: Publishable | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.has_been_public else None

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """What has ever been public is withdrawn, not deleted."""
        return not (obj and obj.has_been_public) and super().has_delete_permission(request, obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record and self.has_delete_permission(request) and not self.has_delete_permission(request, record):
            text = _("“%(name)s” has been public, so it cannot be deleted. Withdraw it: its address then says why.")
            self.message_user(request, text % {"name": record}, messages.ERROR)
            return redirect(self.own_url("change", record.pk))
        return super().delete_view(request, object_id, extra_context)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.action(description=_("Publish the selected records"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self.ask_about(request, "publish", codes=queryset.values_list("code", flat=True))

    @admin.action(description=_("Send the selected drafts to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        drafts = queryset.filter(state=Publishable.State.DRAFT)
        for record in drafts:
            record.state = Publishable.State.IN_REVIEW
            record.save(update_fields=["state"])
        number = len(drafts)
        text = ngettext("%(number)s record is in review.", "%(number)s records are in review.", number)
        self.message_user(request, text % {"number": number}, messages.SUCCESS)
