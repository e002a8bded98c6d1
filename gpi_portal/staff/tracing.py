"""The history of a record in the admin, and the page that goes back to one of its states."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from gpi_portal.i18n.languages import capitalized
from gpi_portal.models import Publishable
from gpi_portal.models.trace import one_act
from gpi_portal.publishing.plan import fingerprint
from gpi_portal.staff.asking import ConfirmForm
from gpi_portal.staff.changes import changes
from gpi_portal.staff.confirming import Line, marked
from gpi_portal.staff.history import history_of
from gpi_portal.staff.revert import revert
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.sent import acts_once
from gpi_portal.staff.trace import RecordTrace, State

PER_PAGE = 50


class TracedAdmin(SimpleHistoryAdmin):
    """Shows who did what to a record and its rows, and brings back what they held; never a state, a code or a date."""

    def traced(self, request: HttpRequest, object_id: str) -> Publishable:
        record: Publishable | None = self.get_object(request, object_id) if is_number(object_id) else None
        if record is None:
            raise Http404(_("No record is chosen."))
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        record = self.traced(request, object_id)
        page = Paginator(history_of(record), PER_PAGE).get_page(request.GET.get("page"))
        more = {"page": page, "page_name": _("History")}
        return self.trace_page(request, "record_history", record, _("History: %(name)s"), **more)

    @acts_once
    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """What going back to a state of the history would change; done when it is confirmed."""
        record = self.traced(request, object_id)
        may_revert = self.has_change_permission(request, record)
        if request.method == "POST" and not may_revert:
            raise PermissionDenied
        form, problems = ConfirmForm(request.POST or None), []
        with transaction.atomic():
            trace, target = self.state_asked_for(record, version_id)
            if form.confirms(shown(trace.now, target)):
                try:
                    return self.go_back(request, record, target)
                except ValidationError as error:
                    transaction.set_rollback(True)
                    problems = error.messages
        is_different = form.is_bound and not problems
        lines = [Line(str(record), record.code, change) for change in changes(self.model, trace.now, target)]
        seen = form.show(request, shown(trace.now, target), [line.digest for line in lines])
        return self.trace_page(
            request,
            "revert",
            record,
            _("Restore: %(name)s"),
            form=form,
            problems=problems,
            lines=marked(lines, seen if is_different else None),
            is_different=is_different,
            may_revert=may_revert,
            page_name=_("Restore"),
            act=next(act for act in trace.acts if str(act.pk) == version_id),
        )

    def state_asked_for(self, record: Publishable, version_id: str) -> tuple[RecordTrace, State]:
        """The trace of the record, which nobody else saves until the transaction ends, and the state asked for."""
        list(self.model._default_manager.select_for_update().filter(pk=record.pk))
        trace = RecordTrace(record)
        act = next((act for act in trace.acts if str(act.pk) == version_id), None)
        if act is None:
            raise Http404(_("No record is chosen."))
        return trace, trace.after(act)

    def go_back(self, request: HttpRequest, record: Publishable, target: State) -> HttpResponse:
        with one_act(record):
            revert(record, target)
        record.refresh_from_db()
        words = _("“%(name)s” is back to its earlier content. The public will see it once it is published.")
        self.message_user(request, words % {"name": record}, messages.SUCCESS)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", record.pk)

    def trace_page(self, request: HttpRequest, name: str, record: Publishable, title: Any, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title % {"name": record},
            "record": record,
            "noun": capitalized(self.opts.verbose_name),
            **more,
        }
        return TemplateResponse(request, f"admin/{name}.html", context)


def shown(now: State, target: State) -> str:
    """The fingerprint of what going back would change."""
    return fingerprint([asdict(now), asdict(target)])
