from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.figures import AmountQualifier
from gpi_portal.i18n.languages import Record, localized
from gpi_portal.models import OwnedRow, Publishable, code_rule, validate_not_reserved
from gpi_portal.models.doubts import Doubt, named_days
from programs.models.criteria import Criterion, answers_to
from programs.models.described import Described
from programs.models.program import Program


class AgreementType(models.TextChoices):
    """How money is given, with the codes of the federal disclosure; empty means that no source states it."""

    GRANT = "G", _("grant")
    CONTRIBUTION = "C", _("contribution")
    OTHER = "O", _("other transfer payment")


class FundingStream(Described):
    """One way in which a program gives money, with its instrument where a source states it."""

    noun = "stream"
    cited_parts = dict(Criterion.choices)
    publication_rank = 3
    is_suggested = True
    public_fields = (
        *Described.public_fields,
        "position",
        "instrument",
        "repayable",
    )

    program = models.ForeignKey(Program, models.PROTECT, related_name="streams", verbose_name=_("program"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    instrument = models.CharField(
        _("instrument"), max_length=1, choices=AgreementType.choices, blank=True, help_text=_("Empty: not stated.")
    )
    repayable = models.BooleanField(_("repayable"), null=True, blank=True, help_text=_("Unknown: not stated."))

    class Meta(Described.Meta):
        verbose_name = _("funding stream")
        verbose_name_plural = _("funding streams")
        ordering = ("position", "code")
        constraints = [
            code_rule("stream"),
            models.CheckConstraint(
                condition=models.Q(instrument__in=["", *AgreementType.values]),
                name="stream_instrument_known",
                violation_error_message=_("Unknown instrument."),
            ),
        ]

    def content(self, cards: Any) -> dict[str, Any]:
        return {
            **super().content(cards),
            "program": cards.of(self.program),
            "calls": [call.document() for call in self.calls.all()],
            "conditions": [condition.document() for condition in self.conditions.all()],
        }

    def doubts_about_state(self, rows: Mapping[str, list[OwnedRow]]) -> Iterable[Doubt]:
        yield from super().doubts_about_state(rows)
        yield from self.program.doubts_about_days(
            named_day for call in rows["calls"] for named_day in named_days(call, "opens_on", "closes_on")
        )

    @classmethod
    def texts_of(cls, document: dict[str, Any]) -> list[search.Text]:
        calls = (
            text for call in document["calls"] for text in search.bilingual(call, "name", "summary", field="calls")
        )
        stated = document.get("conditions", [])
        conditions = (text for condition in stated for text in search.bilingual(condition, "text", field="conditions"))
        return [*super().texts_of(document), *calls, *conditions]


class StreamCondition(OwnedRow):
    """What a source states of those whom a stream is for: one criterion, as a sentence and as answers to a question.

    An answer that is in neither list is not spoken of by the source. The citation of the condition has the
    criterion as its field; without one that names a source, nobody is told of the condition.
    """

    identity = naming = ("criterion",)

    stream = models.ForeignKey(FundingStream, models.CASCADE, related_name="conditions")
    criterion = models.CharField(_("criterion"), max_length=12, choices=Criterion.choices)
    admits = models.CharField(
        _("answers that it admits"),
        max_length=200,
        blank=True,
        help_text=_("Codes of answers separated by spaces, for example: company research."),
    )
    excludes = models.CharField(
        _("answers that it excludes"),
        max_length=200,
        blank=True,
        help_text=_("Only where the source leaves no doubt; all other answers count as not stated."),
    )
    text_en = models.TextField(_("condition (English)"))
    text_fr = models.TextField(_("condition (French)"))

    text = localized()

    class Meta(OwnedRow.Meta):
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        constraints = [
            models.UniqueConstraint(
                fields=("stream", "criterion"),
                name="condition_once_per_criterion",
                violation_error_message=_("This stream already has a condition of this kind."),
            ),
            models.CheckConstraint(
                condition=models.Q(criterion__in=Criterion.values),
                name="condition_criterion_known",
                violation_error_message=_("Unknown criterion."),
            ),
            models.CheckConstraint(
                condition=~models.Q(admits="", excludes=""),
                name="condition_says_something",
                violation_error_message=_("Name the answers that the condition admits or excludes."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text[:60])

    def clean(self) -> None:
        known = answers_to(self.criterion)
        for field in ("admits", "excludes"):
            unknown = [code for code in getattr(self, field).split() if code not in known]
            if unknown:
                problem = _("Unknown answers: %(codes)s. Known are: %(known)s.")
                words = {"codes": ", ".join(unknown), "known": ", ".join(known)}
                raise ValidationError({field: ValidationError(problem, params=words)})
        if set(self.admits.split()) & set(self.excludes.split()):
            raise ValidationError({"excludes": _("An answer is either admitted or excluded.")})

    @classmethod
    def row_name(cls, row: Record, owner: type[Publishable]) -> str:
        return str(Criterion(row["criterion"]).label)

    def document(self) -> dict[str, Any]:
        return {
            "criterion": self.criterion,
            "admits": self.admits.split(),
            "excludes": self.excludes.split(),
            "text_en": self.text_en,
            "text_fr": self.text_fr,
        }


class Call(OwnedRow):
    """A call for proposals of a funding stream; what no source states stays empty."""

    identity, naming = ("code",), ("code", "name")

    stream = models.ForeignKey(FundingStream, models.CASCADE, related_name="calls")
    code = models.SlugField(_("code"), max_length=120, unique=True, validators=[validate_not_reserved])
    name_en = models.CharField(_("name (English)"), max_length=250)
    name_fr = models.CharField(_("name (French)"), max_length=250)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    summary_fr = models.TextField(_("summary (French)"), blank=True)
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    closes_on = models.DateField(_("closes"), null=True, blank=True)
    envelope = models.DecimalField(_("envelope"), max_digits=15, decimal_places=2, null=True, blank=True)
    envelope_qualifier = models.CharField(
        _("envelope qualifier"), max_length=10, choices=AmountQualifier.choices, default=AmountQualifier.EXACT
    )
    cap_per_project = models.DecimalField(
        _("most per project and year"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    longest_years = models.PositiveSmallIntegerField(_("most years per project"), null=True, blank=True)
    cost_share_percent = models.PositiveSmallIntegerField(
        _("largest share of the costs (%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    name = localized()

    class Meta(OwnedRow.Meta):
        verbose_name = _("call for proposals")
        verbose_name_plural = _("calls for proposals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on"))
                | models.Q(closes_on=None)
                | models.Q(opens_on=None),
                name="call_dates_in_order",
                violation_error_message=_("The call closes before it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(cost_share_percent__range=(1, 100)) | models.Q(cost_share_percent=None),
                name="call_cost_share_is_percent",
                violation_error_message=_("A share of the costs is from 1 to 100 per cent."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def document(self) -> dict[str, Any]:
        fields = [field.name for field in self._meta.concrete_fields if field.name not in ("id", "stream", "position")]
        return {field: getattr(self, field) for field in fields}
