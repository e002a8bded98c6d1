from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.figures import AmountQualifier
from gpi_portal.i18n.languages import Record
from gpi_portal.models import OwnedRow, Publishable, Typed, code_rule, column, texts, validate_not_reserved
from gpi_portal.models.doubts import Doubt, named_days
from programs.columns import AgreementType, StreamColumns
from programs.models.criteria import Criterion, answers_to


class FundingStream(StreamColumns, Publishable):
    """One way in which a program gives money, with its instrument where a source states it."""

    noun = "stream"
    cited_parts = dict(Criterion.choices)
    publication_rank = 3
    is_suggested = True

    class Meta(Publishable.Meta):
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

    def doubts_about_state(self, rows: Mapping[str, list[OwnedRow]]) -> Iterable[Doubt]:
        yield from super().doubts_about_state(rows)
        yield from self.program.doubts_about_days(
            named_day for call in rows["calls"] for named_day in named_days(call, "opens_on", "closes_on")
        )


class StreamCondition(OwnedRow):
    """What a source states of those whom a stream is for: one criterion, as a sentence and as answers to a question.

    An answer that is in neither list is not spoken of by the source. The citation of the condition has the
    criterion as its field; without one that names a source, nobody is told of the condition.
    """

    identity = naming = ("criterion",)

    stream = models.ForeignKey(FundingStream, models.CASCADE, related_name="conditions")
    criterion = column(models.CharField(_("criterion"), max_length=12, choices=Criterion.choices))
    admits = column(
        models.CharField(
            _("answers that it admits"),
            max_length=200,
            blank=True,
            help_text=_("Codes of answers separated by spaces, for example: company research."),
        ),
        reads=lambda condition: condition.admits.split(),
    )
    excludes = column(
        models.CharField(
            _("answers that it excludes"),
            max_length=200,
            blank=True,
            help_text=_("Only where the source leaves no doubt; all other answers count as not stated."),
        ),
        reads=lambda condition: condition.excludes.split(),
    )
    text = texts(_("condition"), blank=False, searched="body")

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
    def row_name(cls, row: Record, owner: type[Typed]) -> str:
        return str(Criterion(row["criterion"]).label)


class Call(OwnedRow):
    """A call for proposals of a funding stream; what no source states stays empty."""

    identity, naming = ("code",), ("code", "name")

    stream = models.ForeignKey(FundingStream, models.CASCADE, related_name="calls")
    code = column(models.SlugField(_("code"), max_length=120, unique=True, validators=[validate_not_reserved]))
    name = texts(_("name"), length=250, blank=False, searched="body")
    summary = texts(_("summary"), searched="body")
    opens_on = column(models.DateField(_("opens"), null=True, blank=True))
    closes_on = column(models.DateField(_("closes"), null=True, blank=True))
    envelope = column(models.DecimalField(_("envelope"), max_digits=15, decimal_places=2, null=True, blank=True))
    envelope_qualifier = column(
        models.CharField(
            _("envelope qualifier"), max_length=10, choices=AmountQualifier.choices, default=AmountQualifier.EXACT
        )
    )
    cap_per_project = column(
        models.DecimalField(_("most per project and year"), max_digits=15, decimal_places=2, null=True, blank=True)
    )
    longest_years = column(models.PositiveSmallIntegerField(_("most years per project"), null=True, blank=True))
    cost_share_percent = column(
        models.PositiveSmallIntegerField(
            _("largest share of the costs (%)"),
            null=True,
            blank=True,
            validators=[MinValueValidator(1), MaxValueValidator(100)],
        )
    )

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
