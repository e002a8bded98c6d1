"""Publishing and withdrawing, each shown before it is done: what is confirmed is what was shown, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gpi_portal.models import Change, Publishable, PublishedVersion
from gpi_portal.publishing.differences import MOST_HOLDERS, Difference, FieldChange, differences_of_plan
from gpi_portal.publishing.plan import NotAsShown, Plan, fingerprint, plan
from gpi_portal.publishing.publish import publish, withdraw
from gpi_portal.publishing.wording import noun_name
from gpi_portal.query.fields import LinesField
from gpi_portal.staff.asking import AskingAdmin, ConfirmForm, Question
from gpi_portal.staff.citations import EvidenceAdmin
from gpi_portal.staff.rights import RecordRights, is_number
from gpi_portal.staff.sent import acts_once, acts_once_in_pieces, sent_or_kept


class ReasonForm(ConfirmForm):
    """Why something is published. The reason is kept with the registry version."""

    reason = LinesField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    correction = forms.BooleanField(
        label=_("This corrects an error that the public has seen"), label_suffix="", required=False, initial=False
    )


def reason_in(language: str, label: Any) -> LinesField:
    widget = forms.Textarea(attrs={"rows": 3, "lang": language})
    return LinesField(label=label, widget=widget, max_length=1000)


class WithdrawForm(ConfirmForm):
    """Why a record leaves the public site. Both texts are public."""

    reason_en = reason_in("en", _("Reason (English)"))
    reason_fr = reason_in("fr", _("Reason (French)"))


@dataclass(frozen=True)
class Line:
    """One line of a confirmation: a record and a field of it, or a sentence on the record as a whole.

    ``key``: which record that is, whatever it is called.
    """

    record: str
    key: str
    field: FieldChange | None = None
    sentence: Any = ""
    is_new: bool = False

    @property
    def digest(self) -> str:
        said = [self.field.name, self.field.before, self.field.after] if self.field else [str(self.sentence)]
        return fingerprint([self.key, *said])[:12]


def lines_of(differences: Iterable[Difference]) -> list[Line]:
    """What the public would see differently, record by record and field by field."""
    return [line for difference in differences for line in lines_of_one(difference)]


def lines_of_one(difference: Difference) -> list[Line]:
    version = difference.after
    name = _("%(name)s: %(field)s") % {"name": noun_name(version.noun), "field": version.title}
    record = name, f"{version.noun} {version.code}"
    fields = [Line(*record, field) for field in difference.every_field()]
    if difference.before is None:
        return [Line(*record, sentence=_("New: not public until now.")), *fields]
    if version.change == Change.RESTORED:
        return [Line(*record, sentence=_("Withdrawn until now: it becomes public again.")), *fields]
    return fields or [Line(*record, sentence=without_fields(difference))]


def without_fields(difference: Difference) -> Any:
    others = difference.others()
    if not others:
        return _("Nothing that a reader sees.")
    words = ngettext(
        "Nothing of its own: another record that it shows changed (%(names)s).",
        "Nothing of its own: other records that it shows changed (%(names)s).",
        len(others),
    )
    return words % {"names": ", ".join(others)}


def marked(lines: list[Line], seen: frozenset[str] | None) -> list[Line]:
    """The lines, those marked that the page did not show before."""
    return lines if seen is None else [replace(line, is_new=line.digest not in seen) for line in lines]


class ConfirmingAdmin(AskingAdmin, RecordRights, EvidenceAdmin):
    """Publishes and withdraws. Each page shows what will happen, and what happens is that or nothing."""

    questions: ClassVar[dict[str, Question]] = {
        "publish": Question("publish/", _("Publish"), "admin/publish.html", ReasonForm),
        "withdraw": Question("<path:object_id>/withdraw/", _("Withdraw"), "admin/withdraw.html", WithdrawForm),
    }

    def response_add(self, request: HttpRequest, obj: Publishable, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.to_publish(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Publishable) -> HttpResponse:
        return self.to_publish(request, obj) or super().response_change(request, obj)

    def to_publish(self, request: HttpRequest, obj: Publishable) -> HttpResponse | None:
        """From a form that is saved to the page that publishes the record, if that is what was pressed."""
        return redirect(f"{self.own_url('publish')}?codes={obj.code}") if "_publish" in request.POST else None

    def chosen(self, request: HttpRequest) -> QuerySet[Publishable]:
        chosen: QuerySet[Publishable] = self.model.objects.filter(code__in=request.GET.get("codes", "").split(","))
        if not chosen:
            raise Http404(_("No record is chosen."))
        return chosen

    @acts_once_in_pieces
    def publish_view(self, request: HttpRequest) -> HttpResponse:
        """Shows what would change for the public, asks why, publishes."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        chosen, form = self.chosen(request), ReasonForm(sent_or_kept(request))
        if request.method == "POST" and form.is_valid():
            confirmed = form.cleaned_data["confirmed"]
            try:
                version = publish(chosen.all(), by=request.user, confirmed=confirmed, **form.typed)
            except NotAsShown:
                pass  # the page comes back with what is different
            except ValidationError as error:
                return self.confirm(request, "publish", chosen, form, error.messages)
            else:
                return self.published(request, version)
        return self.confirm_publishing(request, chosen, form, plan(chosen))

    def confirm_publishing(
        self, request: HttpRequest, chosen: QuerySet[Publishable], form: ReasonForm, planned: Plan
    ) -> HttpResponse:
        shown = planned.fingerprint
        is_different = form.is_bound and not form.confirms(shown)
        changes = differences_of_plan(planned)
        lines = lines_of(changes)
        seen = form.show(request, shown, [line.digest for line in lines])
        return self.confirm(
            request,
            "publish",
            chosen,
            form,
            planned.problems,
            lines=marked(lines, seen if is_different else None),
            more=max(0, len(planned.holders) - MOST_HOLDERS),
            is_different=is_different,
            gone=len(seen - {line.digest for line in lines}) if is_different and seen else 0,
            **self.warnings_of(changes, chosen),
        )

    def published(self, request: HttpRequest, version: Any) -> HttpResponse:
        if version:
            words = _("Published as data version %(number)s.") % {"number": version.number}
            self.message_user(request, words, messages.SUCCESS)
        else:
            self.message_user(request, _("The public already sees exactly this."), messages.WARNING)
        return redirect(self.own_url("changelist"))

    @acts_once
    def withdraw_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks why in both languages and puts a tombstone in the record's place."""
        record = self.get_object(request, object_id)
        if record is None:
            raise Http404(_("No record is chosen."))
        if not self.has_publish_permission(request, record):
            raise PermissionDenied
        form = WithdrawForm(sent_or_kept(request))
        if request.method == "POST" and form.is_valid():
            shown = form.cleaned_data["confirmed"]
            try:
                confirmed = int(shown) if is_number(shown) else 0
                version = withdraw(record, by=request.user, confirmed=confirmed, **form.typed)
            except NotAsShown:
                pass  # the page comes back with what is different
            except ValidationError as error:
                return self.confirm(request, "withdraw", [record], form, error.messages)
            else:
                text = _("Withdrawn in data version %(number)s.") % {"number": version.number}
                self.message_user(request, text, messages.SUCCESS)
                return redirect(self.own_url("changelist"))
        return self.confirm_withdrawal(request, record, form)

    def confirm_withdrawal(self, request: HttpRequest, record: Publishable, form: WithdrawForm) -> HttpResponse:
        current = PublishedVersion.objects.public().of_record(record).first()
        problems = [] if current else [_("“%(name)s” is not public.") % {"name": record}]
        before = form.data.get("confirmed", "") if form.is_bound else ""
        form.show(request, current.pk if current else "")
        shown = PublishedVersion.objects.of_record(record).filter(pk=before).first() if is_number(before) else None
        is_different = form.is_bound and current is not None and before != str(current.pk)
        lines = lines_of([Difference(shown, current)]) if is_different and shown and current else []
        return self.confirm(request, "withdraw", [record], form, problems, lines=lines, is_different=is_different)
