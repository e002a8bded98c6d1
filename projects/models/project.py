from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.currencies import currency_choices
from gpi_portal.i18n.figures import AmountQualifier
from gpi_portal.i18n.languages import localized
from gpi_portal.models import Change, OwnedRow, Publishable, code_rule
from gpi_portal.models.doubts import Doubt, days_to_come, jump, named, named_days, named_days_of, unlike_citations
from programs.models import AgreementType, FocusArea, FundingStream, PartnerInitiative, Program
from projects.models.cited_value import latest_of
from projects.models.federal_fields import FederalFields
from projects.models.filter_rows import RegistryRow
from projects.models.mineral import Mineral
from projects.models.recipient import Recipient
from projects.models.searched import texts_beside


class Project(FederalFields, Publishable):
    """One funded project: who received how much of the program's money, for what, when and where."""

    class Status(models.TextChoices):
        CONDITIONALLY_APPROVED = "conditionally_approved", _("conditionally approved")
        ANNOUNCED = "announced", _("announced")
        AGREEMENT_SIGNED = "agreement_signed", _("agreement signed")
        ACTIVE = "active", _("active")
        COMPLETED = "completed", _("completed")
        TERMINATED = "terminated", _("terminated")

    class Origin(models.TextChoices):
        STAFF = "staff", _("program staff")
        FEDERAL = "federal", _("federal proactive disclosure")

    #: What the latest amendment gives, as long as there is one.
    DERIVED = ("amount", "amount_qualifier", "amount_rounded_to", "end_date")

    noun = "project"
    publication_rank = 6
    other_parts = {"parents": Program.other_parts["parents"]}
    gaps = {Origin.FEDERAL: _("Not stated by the department")}
    reserved_codes = ("carte", "charts", "compare", "comparer", "graphiques", "map")
    row_model = RegistryRow
    name_text = "title"
    required_texts = ("title", "description")
    card_fields = ("title_en", "title_fr")
    public_fields = (
        "title_en",
        "title_fr",
        "description_en",
        "description_fr",
        "agreement_type",
        "amount",
        "currency",
        "amount_qualifier",
        "amount_rounded_to",
        "announced_on",
        "start_date",
        "end_date",
        "end_open",
        "status",
        "origin",
        *FederalFields.names,
    )
    title_texts = ("title",)
    body_texts = (
        "description",
        "purpose",
        "expected_results",
        "coverage",
        "research_organization",
        "additional_information",
    )

    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    title_fr = models.CharField(_("title (French)"), max_length=250, blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    description_fr = models.TextField(_("description (French)"), blank=True)
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="projects", verbose_name=_("recipient"))
    program = models.ForeignKey(
        Program,
        models.PROTECT,
        related_name="projects",
        verbose_name=_("program"),
        help_text=_("The most specific one: programs above it are included by themselves."),
    )
    stream = models.ForeignKey(
        FundingStream,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("funding stream"),
    )
    focus_areas = models.ManyToManyField(FocusArea, blank=True, related_name="projects", verbose_name=_("focus areas"))
    initiatives = models.ManyToManyField(
        PartnerInitiative, blank=True, related_name="projects", verbose_name=_("partner initiatives")
    )
    minerals = models.ManyToManyField(Mineral, blank=True, related_name="projects", verbose_name=_("minerals"))
    agreement_type = models.CharField(
        _("agreement type"), max_length=1, choices=AgreementType.choices, blank=True, help_text=_("Empty: not stated.")
    )
    amount = models.DecimalField(
        _("amount"), max_digits=15, decimal_places=2, null=True, blank=True, help_text=_("Empty: not stated.")
    )
    currency = models.CharField(_("currency"), max_length=3, choices=currency_choices, default="CAD")
    amount_qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=AmountQualifier.choices, default=AmountQualifier.EXACT
    )
    amount_rounded_to = models.PositiveIntegerField(
        _("stated to the nearest"), default=1, help_text=_("1 for $165,300; 100000 for $7.5 million.")
    )
    announced_on = models.DateField(pgettext_lazy("date", "announced"), null=True, blank=True)
    start_date = models.DateField(_("agreement start"), null=True, blank=True)
    end_date = models.DateField(_("agreement end"), null=True, blank=True)
    end_open = models.BooleanField(_("open-ended: a source says that it goes on"), default=False)
    status = models.CharField(
        _("status"), max_length=24, choices=Status.choices, blank=True, help_text=_("Empty: not stated.")
    )
    origin = models.CharField(_("origin of the record"), max_length=8, choices=Origin.choices, default=Origin.STAFF)

    title = localized()
    _history_m2m_fields = (focus_areas, initiatives, minerals)

    class Meta(Publishable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ("code",)
        constraints = [
            code_rule("project"),
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date"))
                | models.Q(end_date=None)
                | models.Q(start_date=None)
                | models.Q(origin="federal"),
                name="project_dates_in_order",
                violation_error_message=_("The agreement ends before it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(end_open=False) | models.Q(end_date=None),
                name="project_open_end_has_no_date",
                violation_error_message=_("An open-ended agreement has no end date."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0) | models.Q(amount=None) | models.Q(origin="federal"),
                name="project_amount_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.CheckConstraint(
                condition=models.Q(agreement_type__in=["", *AgreementType.values]),
                name="project_agreement_type_known",
                violation_error_message=_("Unknown agreement type."),
            ),
            models.CheckConstraint(
                condition=models.Q(foreign_currency="", foreign_value=None)
                | (~models.Q(foreign_currency="") & models.Q(foreign_value__isnull=False)),
                name="project_foreign_money_complete",
                violation_error_message=_("A foreign amount needs both its currency and its value."),
            ),
        ]

    def clean(self) -> None:
        if self.stream and self.program_id and self.stream.program not in self.program.path():
            raise ValidationError({"stream": _("This funding stream belongs to another program.")})
        latest = latest_of(list(self.amendments.all())) if self.pk else None
        if latest:
            # No form has these fields then, but a state that is restored from the history brings its own.
            self._take(latest)
            self._clean_beside_amendments()

    def _clean_beside_amendments(self) -> None:
        """What the latest amendment gave is in no form of the project: a clash is told beside what is."""
        clashes = {
            "start_date": (
                bool(self.start_date and self.end_date and self.end_date < self.start_date),
                _("The agreement ends before it starts."),
            ),
            "end_open": (bool(self.end_open and self.end_date), _("An open-ended agreement has no end date.")),
            "origin": (
                self.amount is not None and self.amount < 0 and self.origin != self.Origin.FEDERAL,
                _("An amount cannot be negative."),
            ),
        }
        errors = {field: text for field, (clashing, text) in clashes.items() if clashing}
        if errors:
            raise ValidationError(errors)

    @property
    def may_lack_a_language(self) -> bool:
        return self.origin == self.Origin.FEDERAL

    def derive_from_amendments(self) -> None:
        """Take amount and end date from the latest amendment; without any, what stood there before the first."""
        latest = self.amendments.order_by("number").last()
        if latest:
            self._take(latest)
            self.end_open = self.end_open and latest.end_date is None
            self.save()
        elif own := self._last_without_amendments():
            for field in (*self.DERIVED, "end_open"):
                setattr(self, field, getattr(own, field))
            self.save()

    def _take(self, amendment: Any) -> None:
        self.amount, self.amount_qualifier, self.amount_rounded_to = amendment.value, AmountQualifier.EXACT, 1
        self.end_date = amendment.end_date

    def _last_without_amendments(self) -> Any:
        """The newest state in the history in which the project had no amendment; None where there is none."""
        amended = self.amendments.model.history
        past = (past for past in self.history.all() if not amended.as_of(past.history_date).filter(project_id=self.pk))
        return next(past, None)

    def doubts_about_change(self, before: Self | None, rows: Mapping[str, list[OwnedRow]]) -> Iterable[Doubt]:
        yield from super().doubts_about_change(before, rows)
        latest = latest_of(rows["amendments"])
        # A new amendment replaces what the agreement was worth until then; of an edited one, the row itself asks.
        if before and latest and latest.pk is None:
            name = named(latest._meta.get_field("value"), str(latest))
            yield from jump(name, before.amount, latest.value, self.currency)

    def doubts_about_state(self, rows: Mapping[str, list[OwnedRow]]) -> Iterable[Doubt]:
        amendments: list[Any] = rows["amendments"]
        latest = latest_of(amendments)
        # What the latest amendment gives is cited as one of the amendments.
        cited = ("amendments", latest.value) if latest else ("amount", self.amount)
        words = named(Project._meta.get_field("amount"), "")
        yield from unlike_citations(cited[0], words, cited[1], self.currency, rows["citations"])
        if amendments and all(amendment.number for amendment in amendments):
            yield Doubt(gettext("There are amendments and no original agreement: number 0 is missing."))
        events = [*named_days(self, "announced_on"), *named_days_of(amendments, "amended_on")]
        own = named_days(self, "start_date", *(() if latest else ("end_date",)))
        yield from self.program.doubts_about_days([*events, *own, *named_days_of(amendments, "end_date")])
        yield from days_to_come(events)

    def content(self, cards: Any) -> dict[str, Any]:
        return {
            **super().content(cards),
            "recipient": cards.of(self.recipient),
            "program": cards.of(self.program),
            "parents": cards.each(self.program.path()[:-1]),
            "stream": cards.of(self.stream) if self.stream else None,
            "focus_areas": cards.each(self.focus_areas.all()),
            "initiatives": cards.each(self.initiatives.all()),
            "minerals": cards.each(self.minerals.all()),
            "locations": [location.document() for location in self.locations.all()],
            "co_funding": [money.document(cards) for money in self.co_funding.all()],
            "amendments": [amendment.document() for amendment in self.amendments.all()],
        }

    @classmethod
    def change_between(cls, before: dict[str, Any], after: dict[str, Any]) -> Change:
        return Change.EDITED if before["amendments"] == after["amendments"] else Change.AMENDED

    @classmethod
    def tags_of(cls, document: dict[str, Any]) -> Iterable[tuple[str, str]]:
        # An amended amount is that of the latest amendment: what was said of the one before it no longer counts.
        amount = "amendments" if document["amendments"] else "amount"
        if document["amount"] is None:
            # Whether or not somebody has written down that no source states it.
            yield from (("certainty", code) for code in ("not_stated", "amount-not_stated"))
        for citation in document["citations"]:
            yield "certainty", citation["certainty"]
            # What is cited for an amount that is not there is left from one that was.
            if citation["field"] == amount and document["amount"] is not None:
                yield "certainty", f"amount-{citation['certainty']}"
        for place in document["locations"]:
            yield "location", place["country"]
            if place["province"]:
                yield "location", f"CA-{place['province']}"
            if place["precision"]:
                yield "coordinates", place["precision"]

    @classmethod
    def texts_of(cls, document: dict[str, Any]) -> list[search.Text]:
        return [*super().texts_of(document), *texts_beside(document)]
