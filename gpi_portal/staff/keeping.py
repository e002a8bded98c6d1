"""Forms of the staff that are saved once, and that come back with what was changed where they cannot be saved."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gpi_portal.staff.merging import Fields, Meanwhile
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.sent import (
    OPENED,
    carry,
    keep,
    kept,
    once,
    open_form,
    opened,
    say_it_is_of_another,
    send_again,
)


class Held(NamedTuple):
    """Why a form is shown again instead of saved, and what others have saved meanwhile.

    ``is_current``: whether it stands on what the record holds now; otherwise it is merged when it comes in again.
    """

    reason: str
    meanwhile: list[Meanwhile] = []
    by: str = ""
    is_current: bool = True


def unrecognized() -> str:
    return _("The portal does not recognize this form. Check it and save it again.")


class KeepingAdmin(admin.ModelAdmin):
    """A form sent twice, a session that ended, a right that was taken away: nothing typed is lost, nor saved twice.

    Its form is a `KeptForm`.
    """

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        typed = kept(request) if request.method == "GET" else None
        if typed is not None:
            send_again(request, typed)
            return self.give_back(request, object_id, form_url, extra_context)
        if request.method != "POST":
            return self.form_view(request, object_id, form_url, extra_context)
        sent = opened(request.POST)
        if sent is not None and sent.user != request.user.pk:
            keep(request)
            say_it_is_of_another(request)
            return redirect(request.path)
        return self.save_once(request, object_id, form_url, extra_context)

    def form_view(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        """Django's page of a form, which saves what is sent."""
        return super().changeform_view(request, object_id, form_url, extra_context)

    def give_back(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        """The form with what was kept, not saved yet."""
        self.refuse_gone(request, object_id)
        reason = _("What you typed before is below. It has not been saved yet.")
        return self.hold(request, object_id, form_url, extra_context, Held(reason, is_current=False))

    def save_once(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        """Save what was sent; one form is saved once."""
        typed = request.POST
        try:
            return once(request, lambda: self.save(request, object_id, form_url, extra_context))
        except IntegrityError:
            # Somebody saved at the same moment what leaves no room for this.
            carry(request, typed)
            reason = _("Someone else saved a change at the same moment. Yours has not been saved yet.")
            return self.hold(request, object_id, form_url, extra_context, Held(reason, is_current=False))

    def save(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        self.refuse_gone(request, object_id)
        return self.form_view(request, object_id, form_url, extra_context)

    def refuse_gone(self, request: HttpRequest, object_id: str | None) -> None:
        """Answer 404, with what was typed, where Django leads to its front page without it."""
        if object_id is not None and self.get_object(request, unquote(object_id)) is None:
            raise Http404(_("No record is chosen."))

    def hold(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any, held: Held
    ) -> HttpResponse:
        """The form with what was typed, not saved, and with the reason."""
        request.held = held  # type: ignore[attr-defined]  # for `_create_formsets`, which gets nothing else
        if held.is_current:
            record = self.get_object(request, unquote(object_id)) if object_id else None
            data = request.POST.copy()
            data[OPENED] = self.mark(request, record)
            carry(request, data)
        with transaction.atomic():
            return self.form_view(request, object_id, form_url, {**(extra_context or {}), "held": held})

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        """Django calls this before it judges the form, which then knows why it is not saved."""
        obj.held = getattr(request, "held", None)
        return super()._create_formsets(request, obj, change)  # type: ignore[misc]  # left out by the stubs

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form, row = context["adminform"].form, kwargs.get("obj")
        form.initial[OPENED] = self.mark(request, row, form.initial)
        return super().render_change_form(request, context, *args, **kwargs)

    def mark(self, request: HttpRequest, row: models.Model | None, filled_in: Mapping[str, Any] | None = None) -> str:
        """What the form of a row says of itself.

        ``filled_in``: what the form begins with; without it, nobody else can save the row now.
        """
        return open_form(request)

    def locked(self, object_id: str | None) -> Any:
        """The row, which nobody else saves until the transaction ends."""
        pk = unquote(object_id) if object_id else ""
        # Others may go on to name the row, as each form that an account sends names the account.
        rows = self.model._default_manager.select_for_update(no_key=True)
        return rows.filter(pk=pk).first() if is_number(pk) else None

    def whole_form(self, request: HttpRequest, row: models.Model | None) -> Fields:
        """The fields of the form of a row, whoever may edit it."""
        names = flatten_fieldsets(self.whole_fieldsets(request, row))
        fields: Fields = self.get_form(request, row, fields=names).base_fields
        return fields

    def whole_fieldsets(self, request: HttpRequest, row: Any) -> Any:
        return self.get_fieldsets(request, row)
