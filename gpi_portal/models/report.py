"""What a reader reports as wrong in a public record, and what staff decide about it."""

import datetime
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gpi_portal.i18n.languages import active_language, localized
from gpi_portal.models.published import TORONTO, PublishedVersion, PublishedVersionQuerySet, RegistryVersion
from gpi_portal.models.trace import Trace
from gpi_portal.models.typed import Typed

#: Letters and digits that nobody takes for one another.
RECEIPT_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
#: The reporter's own words and address: never public, in no history, deleted after a time.
PRIVATE = ("text", "suggestion", "contact")


def receipt_code(number: int) -> str:
    """One of 656 billion codes, such as ``K7MP-3QXZ``: the last eight digits of a number in these characters."""
    characters = []
    for _place in range(8):
        number, digit = divmod(number, len(RECEIPT_CHARACTERS))
        characters.append(RECEIPT_CHARACTERS[digit])
    return f"{''.join(characters[:4])}-{''.join(characters[4:])}"


def new_receipt() -> str:
    """A code that nobody can guess."""
    return receipt_code(secrets.randbits(64))


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def waiting(self) -> Self:
        """The reports that nobody has decided yet."""
        return self.filter(state=ErrorReport.State.NEW)

    def corrections(self) -> Self:
        """The accepted reports, the latest decision first: what the public page of corrections lists."""
        accepted = self.filter(state=ErrorReport.State.ACCEPTED).defer(*PRIVATE)
        return accepted.select_related("corrected_in").order_by("-decided_at", "-pk")

    def about(self, noun: str, code: str) -> Self:
        return self.filter(noun=noun, code=code)

    def store(self, report: "ErrorReport") -> None:
        """Save a new report; one under a receipt code that is there already is the same one, sent again."""
        try:
            with transaction.atomic():
                report.save(force_insert=True)
        except IntegrityError:
            if not self.filter(receipt=report.receipt).exists():
                raise

    def forget(self, before: datetime.datetime) -> int:
        """Delete what reporters wrote, with their addresses, in reports decided before a moment; returns how many."""
        due = self.exclude(state=ErrorReport.State.NEW).filter(decided_at__lt=before, forgotten_at=None)
        return due.update(**dict.fromkeys(PRIVATE, ""), forgotten_at=timezone.now())

    def drop_undecided(self, before: datetime.datetime) -> int:
        """Delete the reports that came before a moment and still wait for a decision; returns how many."""
        return self.waiting().filter(received_at__lt=before).delete()[1].get(self.model._meta.label, 0)


class ErrorReport(Typed):
    """One report on one record as a reader saw it. What is decided is public once accepted, what was written never."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("report", "new")
        ACCEPTED = "accepted", pgettext_lazy("report", "accepted")
        DECLINED = "declined", pgettext_lazy("report", "declined")

    receipt = models.CharField(_("receipt code"), max_length=9, unique=True, default=new_receipt)
    noun = models.CharField(_("kind of record"), max_length=20)
    code = models.CharField(_("public code"), max_length=120)
    title_en = models.TextField(_("title (English)"))
    title_fr = models.TextField(_("title (French)"))
    field = models.CharField(_("field"), max_length=40, blank=True, help_text=_("Empty: the record as a whole."))
    text = models.TextField(_("what is wrong"), blank=True)
    suggestion = models.TextField(_("what it should say"), blank=True)
    contact = models.EmailField(_("address of the reporter"), blank=True)
    language = models.CharField(
        _("language of the page"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))]
    )
    reported_on = models.ForeignKey(
        RegistryVersion, models.PROTECT, related_name="+", verbose_name=_("data version reported on")
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.NEW)
    before_en = models.TextField(_("before (English)"), blank=True)
    before_fr = models.TextField(_("before (French)"), blank=True)
    after_en = models.TextField(_("after (English)"), blank=True)
    after_fr = models.TextField(_("after (French)"), blank=True)
    reason_en = models.TextField(_("reason (English)"), blank=True)
    reason_fr = models.TextField(_("reason (French)"), blank=True)
    corrected_in = models.ForeignKey(
        RegistryVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("corrected in data version")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    forgotten_at = models.DateTimeField(_("what was written deleted"), null=True)

    title, reason = localized(), localized()
    history = Trace(excluded_fields=list(PRIVATE))

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        default_permissions = ("view", "decide")
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ("-received_at", "-pk")
        indexes = [
            models.Index(fields=("state", "decided_at"), name="report_by_decision"),
            models.Index(fields=("noun", "code", "state"), name="report_by_record"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["new", "accepted", "declined"]), name="report_state_known"),
            models.CheckConstraint(
                condition=Q(state="new", decided_at=None, decided_by=None, reason_en="", reason_fr="")
                | (~Q(state="new") & Q(decided_at__isnull=False) & ~Q(reason_en="") & ~Q(reason_fr="")),
                name="report_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state="accepted") & Q(corrected_in__isnull=False))
                | (~Q(state="accepted") & Q(corrected_in=None, before_en="", before_fr="", after_en="", after_fr="")),
                name="report_values_of_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | ~Q(before_en=models.F("after_en"))
                | ~Q(before_fr=models.F("after_fr")),
                name="report_accepted_differs",
            ),
            models.CheckConstraint(
                condition=(Q(forgotten_at=None) & ~Q(text=""))
                | (~Q(state="new") & Q(forgotten_at__isnull=False, text="", suggestion="", contact="")),
                name="report_text_until_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(name)s: %(field)s") % {"name": self.receipt, "field": self.title})

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.NEW

    @property
    def day(self) -> datetime.date | None:
        """The day of the decision in Toronto."""
        return self.decided_at and timezone.localtime(self.decided_at, TORONTO).date()

    @property
    def kept_until(self) -> datetime.date | None:
        """The day in Toronto from which on nobody can read what was written; none once it is deleted."""
        if self.forgotten_at:
            return None
        since, days = (
            (self.received_at, settings.REPORT_WAIT_DAYS)
            if self.decided_at is None
            else (self.decided_at, settings.REPORT_DAYS)
        )
        return timezone.localtime(since + datetime.timedelta(days=days), TORONTO).date()

    @property
    def values(self) -> dict[str, Any]:
        """Before and after in the page's language; in the other one where only that text was corrected."""
        own, other = active_language(), "en" if active_language() == "fr" else "fr"
        language = own if getattr(self, f"before_{own}") != getattr(self, f"after_{own}") else other
        values = {name: getattr(self, f"{name}_{language}") for name in ("before", "after")}
        return {**values, "language": "" if language == own else language}

    def versions(self) -> PublishedVersionQuerySet:
        """The record's published versions, the oldest first."""
        return PublishedVersion.objects.filter(noun=self.noun, code=self.code).order_by("valid_from_id")
