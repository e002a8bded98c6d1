"""Saving a record: one at a time, once, and never over what somebody else has saved meanwhile."""

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gpi_portal.models import Publishable
from gpi_portal.models.trace import one_act
from gpi_portal.staff.merging import CHOOSE, Fields, Meanwhile, Merge, chosen
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.sent import OPENED, carry, keep, kept, once, open_form, opened, send_again
from gpi_portal.staff.trace import RecordTrace, State, last_moment, state_of


class Held(NamedTuple):
    """Why a form is shown again instead of saved, and what others have saved meanwhile.

    ``is_current``: whether it stands on what the record holds now; otherwise it is merged when it comes in again.
    """

    reason: str
    meanwhile: list[Meanwhile] = []
    by: str = ""
    is_current: bool = True


class EditingAdmin(admin.ModelAdmin):
    """Two who edit at once, a form sent twice, a session that ended: nothing typed is lost, nor saved twice."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        typed = kept(request) if request.method == "GET" else None
        if typed is not None:
            send_again(request, typed)
            if self.is_gone(object_id):
                return self.hold_deleted(request, extra_context)
            reason = _("What you typed before is below. It has not been saved yet.")
            return self.hold(request, object_id, form_url, extra_context, Held(reason, is_current=False))
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        sent = opened(request.POST)
        if sent is not None and sent.user != request.user.pk:
            keep(request)
            self.message_user(
                request, _("This form was opened under another account, so nothing was saved."), messages.WARNING
            )
            return redirect(request.path)
        return self.save_once(request, object_id, form_url, extra_context)

    def save_once(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        """Save what was sent; one form is saved once, and two of one record wait for each other."""
        typed = request.POST

        def save() -> HttpResponse:
            record = self.locked(object_id)
            with one_act(record):
                return self.save(request, record, object_id, form_url, extra_context)

        try:
            return once(request, save)
        except IntegrityError:
            # Somebody saved at the same moment what leaves no room for this.
            carry(request, typed)
            reason = _("Someone else saved a change at the same moment. Yours has not been saved yet.")
            return self.hold(request, object_id, form_url, extra_context, Held(reason, is_current=False))

    def is_gone(self, object_id: str | None) -> bool:
        """Whether there was such a record and it has been deleted."""
        pk = unquote(object_id) if object_id else ""
        is_there = is_number(pk) and self.model._default_manager.filter(pk=pk).exists()
        return is_number(pk) and not is_there and self.model.history.filter(id=pk).exists()

    def locked(self, object_id: str | None) -> Publishable | None:
        """The record, which nobody else saves until the transaction ends."""
        pk = unquote(object_id) if object_id else ""
        found = self.model._default_manager.select_for_update().filter(pk=pk) if is_number(pk) else ()
        return next(iter(found), None)

    def save(
        self,
        request: HttpRequest,
        record: Publishable | None,
        object_id: str | None,
        form_url: str,
        extra_context: Any,
    ) -> HttpResponse:
        """Save the form if it stands on what the record holds now."""
        if record is None and self.is_gone(object_id):
            return self.hold_deleted(request, extra_context)
        held = self.merge(request, record) if record else None
        if held:
            return self.hold(request, object_id, form_url, extra_context, held)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def merge(self, request: HttpRequest, record: Publishable) -> Held | None:
        """Put what was sent on top of what the record holds; why it cannot be saved at once, if others saved it."""
        form = opened(request.POST)
        if form is None:
            return Held(_("The portal does not recognize this form. Check it and save it again."))
        is_current = form.moment == last_moment(record)
        if is_current and not any(name.startswith(CHOOSE) for name in request.POST):
            return None
        saved = self.seen(request, state_of(record))
        fields, row_fields = self.fields_of(request, record)
        carry(request, chosen(request.POST, saved, fields, row_fields))
        if is_current:
            return None
        trace = RecordTrace(record)
        before = self.seen(request, trace.at(form.moment))
        if before == saved:
            return None
        merged = Merge(request.POST, (before, saved), fields, row_fields)
        carry(request, merged.data)
        meanwhile = merged.meanwhile(self.model)
        if not meanwhile:
            return None
        by = {str(act.by) for act in trace.acts if act.by and act.moment > form.moment}
        reason = _("Someone else has saved this record since you opened it. Your changes have not been saved yet.")
        return Held(reason, meanwhile, ", ".join(sorted(by)))

    def seen(self, request: HttpRequest, state: State) -> State:
        """The part of a state that the form of this request shows."""
        return state

    def fields_of(self, request: HttpRequest, record: Publishable | None) -> tuple[Fields, dict[str, Fields]]:
        """The fields of the record's form, and per relation those of the form of a row."""
        fields = flatten_fieldsets(self.get_fieldsets(request, record))
        form = self.get_form(request, record, change=record is not None, fields=fields)
        formsets = (formset for formset, _inline in self.get_formsets_with_inlines(request, record))
        return form.base_fields, {formset.get_default_prefix(): formset.form.base_fields for formset in formsets}

    def hold_deleted(self, request: HttpRequest, extra_context: Any) -> HttpResponse:
        """What was typed into the form of a record that is gone, in the form of a new one, for who may add one."""
        if not self.has_add_permission(request):
            raise Http404(_("No record is chosen."))
        fields, row_fields = self.fields_of(request, None)
        nothing = State({}, {name: {} for name in row_fields})
        carry(request, Merge(request.POST, (nothing, nothing), fields, row_fields).data)
        reason = _(
            "This record was deleted after you opened it. What you typed is below. "
            "If you save it, it becomes a new record."
        )
        # From here on the form is that of the other address, also where it is kept and given back once more.
        request.path = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return self.hold(request, None, request.path, extra_context, Held(reason))

    def hold(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any, held: Held
    ) -> HttpResponse:
        """The form with what was typed, not saved, and with the reason."""
        request.held = held  # type: ignore[attr-defined]  # for `_create_formsets`, which gets nothing else
        if held.is_current:
            record = self.get_object(request, unquote(object_id)) if object_id else None
            data = request.POST.copy()
            data[OPENED] = open_form(request, record)
            carry(request, data)
        with transaction.atomic():
            return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "held": held})

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        """The rows' forms; the record takes them along to its own form, which judges both together."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]  # left out by the stubs
        obj.sent_rows, obj.held = tuple(formsets), getattr(request, "held", None)
        return formsets, inlines

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        form.initial[OPENED] = open_form(request, kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)
