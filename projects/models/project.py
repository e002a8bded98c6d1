from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.figures import AmountQualifier
from gpi_portal.models import Change, OwnedRow, Publishable, code_rule, columns_of
from gpi_portal.models.doubts import Doubt, jump, named, named_days, named_days_of, unlike_citations
from programs.columns import AgreementType
from programs.models import Program
from projects.columns import AgreementColumns, DisclosureColumns
from projects.models.cited_value import latest_of
from projects.models.filter_rows import RegistryRow


class Project(AgreementColumns, DisclosureColumns, Publishable):
    """One funded project: who received how much of the program's money, for what, when and where."""

    #: What the latest amendment gives, as long as there is one.
    DERIVED = ("amount", "amount_qualifier", "amount_rounded_to", "end_date")

    noun = "project"
    publication_rank = 6
    other_parts = {"parents": Program.other_parts["parents"]}
    gaps = {AgreementColumns.Origin.FEDERAL: _("Not stated by the department")}
    reserved_codes = ("carte", "charts", "compare", "comparer", "graphiques", "map")
    row_model = RegistryRow
    name_text = "title"

    class Meta(Publishable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
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
        yield from self.doubts_about_the_past(rows)
        yield from self.doubts_about_rows(rows, "co_funding")

    def content(self, cards: Any) -> dict[str, Any]:
        return {**super().content(cards), "parents": cards.each(self.program.path()[:-1])}

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
        program, code = columns_of(cls)["program"], search.names([document["code"]], field="code")
        above = (text for card in document["parents"] for text in program.texts_of_card(card, "parents"))
        return [*super().texts_of(document), *above, *code]
