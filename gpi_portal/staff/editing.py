"""Saving a record: one at a time, and never over what somebody else has saved meanwhile."""

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gpi_portal.models import Publishable
from gpi_portal.models.trace import one_act
from gpi_portal.staff.keeping import Held, KeepingAdmin, unrecognized
from gpi_portal.staff.merging import CHOOSE, Fields, Merge, chosen
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.sent import carry, open_form, opened
from gpi_portal.staff.trace import NEVER, RecordTrace, State, last_moment, state_of


class EditingAdmin(KeepingAdmin):
    """Two who edit at once, a form sent twice, a session that ended: nothing typed is lost, nor saved twice."""

    def give_back(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        if self.is_gone(object_id):
            return self.hold_deleted(request, extra_context)
        return super().give_back(request, object_id, form_url, extra_context)

    def form_view(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        """Reads first when the record was last saved, so that no save while it is being read is taken for seen."""
        pk = unquote(object_id) if object_id else ""
        moment = last_moment(self.model(pk=pk)) if is_number(pk) else NEVER
        request.read_after = moment  # type: ignore[attr-defined]  # for `mark`
        return super().form_view(request, object_id, form_url, extra_context)

    def mark(self, request: HttpRequest, row: Any, filled_in: Any = None) -> str:
        if row is None or row.pk is None:
            return super().mark(request, row, filled_in)
        is_locked = filled_in is None
        return open_form(request, last_moment(row) if is_locked else request.read_after)  # type: ignore[attr-defined]

    def is_gone(self, object_id: str | None) -> bool:
        """Whether there was such a record and it has been deleted."""
        pk = unquote(object_id) if object_id else ""
        is_there = is_number(pk) and self.model._default_manager.filter(pk=pk).exists()
        return is_number(pk) and not is_there and self.model.history.filter(id=pk).exists()

    def save(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        """Save the form if it stands on what the record holds now; two of one record wait for each other."""
        record = self.locked(object_id)
        with one_act(record):
            if record is None and self.is_gone(object_id):
                return self.hold_deleted(request, extra_context)
            held = self.merge(request, record) if record else None
            if held:
                return self.hold(request, object_id, form_url, extra_context, held)
            return self.form_view(request, object_id, form_url, extra_context)

    def merge(self, request: HttpRequest, record: Publishable) -> Held | None:
        """Put what was sent on top of what the record holds; why it cannot be saved at once, if others saved it."""
        form = opened(request.POST)
        if form is None:
            return Held(unrecognized())
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

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        """The record takes its rows' forms along to its own form, which judges both together."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        obj.sent_rows = tuple(formsets)
        return formsets, inlines
