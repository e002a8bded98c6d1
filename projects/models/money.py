from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.currencies import currency_choices
from gpi_portal.i18n.figures import AmountQualifier
from gpi_portal.i18n.languages import Record
from gpi_portal.models import OwnedRow, Typed, column, texts
from programs.models import PartnerInitiative
from projects.models.project import Project


class CoFunding(OwnedRow):
    """Another funder's money for a project. It is never in a total with ours."""

    identity, naming = ("funder_en",), ("funder",)

    project = models.ForeignKey(Project, models.CASCADE, related_name="co_funding")
    funder = texts(_("funder"), length=250, blank=False, searched="body")
    initiative = column(
        models.ForeignKey(
            PartnerInitiative, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("under")
        )
    )
    amount = column(models.DecimalField(_("amount"), max_digits=15, decimal_places=2, null=True, blank=True))
    currency = column(models.CharField(_("currency"), max_length=3, choices=currency_choices, default="CAD"))
    amount_qualifier = column(
        models.CharField(_("qualifier"), max_length=10, choices=AmountQualifier.choices, default=AmountQualifier.EXACT)
    )
    amount_rounded_to = column(models.PositiveIntegerField(_("stated to the nearest"), default=1))
    note = texts(_("note"), searched="body")

    class Meta(OwnedRow.Meta):
        verbose_name = _("co-funding")
        verbose_name_plural = _("co-funding")

    def __str__(self) -> str:
        return str(self.funder)


class Amendment(OwnedRow):
    """One state of an agreement, as in the federal disclosure: each row gives the *total* value, not the change.

    Number 0 is the original agreement. Saving or deleting a row brings the project's amount and end date up to date.
    """

    identity = naming = ("number",)

    project = models.ForeignKey(Project, models.CASCADE, related_name="amendments")
    number = column(models.PositiveSmallIntegerField(_("number")))
    amended_on = column(models.DateField(_("date"), null=True, blank=True), is_past=True)
    value = column(models.DecimalField(_("total value after it"), max_digits=15, decimal_places=2))
    end_date = column(models.DateField(_("end date after it"), null=True, blank=True))
    terminates = column(models.BooleanField(_("ends the agreement early"), default=False))
    reason = texts(_("reason"))

    class Meta(OwnedRow.Meta):
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("project", "number"), name="amendment_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=0) | models.Q(amended_on__isnull=False),
                name="amendment_has_a_date",
                violation_error_message=_("An amendment after the original needs its date."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("amendment %(number)s") % {"number": self.number})

    def clean(self) -> None:
        """What the project may not hold, an amendment may not hand on to it."""
        project = self.project
        if self.value is not None and self.value < 0 and project.origin != Project.Origin.FEDERAL:
            raise ValidationError({"value": _("An amount cannot be negative.")})
        if self.end_date and project.start_date and self.end_date < project.start_date:
            raise ValidationError({"end_date": _("The agreement ends before it starts.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.project.derive_from_amendments()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        self.project.derive_from_amendments()
        return deleted

    @classmethod
    def row_name(cls, row: Record, owner: type[Typed]) -> str:
        number = row["number"]
        return str(_("Amendment %(number)s") % {"number": number} if number else _("Original agreement"))
