"""What the records of the catalogue consist of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.countries import country_names, place, split_codes
from gpi_portal.i18n.days import validate_year
from gpi_portal.i18n.figures import AmountQualifier
from gpi_portal.models import Typed, column, texts

NOT_STATED = _("Empty: not stated.")


def other_names(**traits: Any) -> "models.TextField[Any, Any]":
    """What else a record is called, one name per line."""
    field = models.TextField(_("other names"), blank=True, help_text=_("One per line; the search finds them."))
    return column(field, searched="title", one_per_line=True, rare=True, **traits)


class AgreementType(models.TextChoices):
    """How money is given, with the codes of the federal disclosure; empty means that no source states it."""

    GRANT = "G", _("grant")
    CONTRIBUTION = "C", _("contribution")
    OTHER = "O", _("other transfer payment")


class DescribedColumns(Typed):
    """A name, a summary of one sentence and a description."""

    name = texts(_("name"), length=250, searched="title", in_card=True, required=True)
    summary = texts(_("summary"), searched="body", required=True, belongs_to="description")
    description = texts(_("description"), searched="body", required=True)

    class Meta:
        abstract = True


class ProgramColumns(DescribedColumns):
    parent = column(
        models.ForeignKey(
            "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
        ),
        key="parents",
        reads=lambda program: program.path()[:-1],
        rare=True,
    )
    acronym = texts(_("acronym"), length=20, searched="title", in_card=True, rare=True)
    aliases = other_names()
    department = texts(_("department"), length=200, searched="body")
    envelope = column(
        models.DecimalField(
            _("envelope"), max_digits=15, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
        )
    )
    envelope_qualifier = column(
        models.CharField(
            _("envelope qualifier"), max_length=10, choices=AmountQualifier.choices, default=AmountQualifier.EXACT
        ),
        qualifies="envelope",
    )
    envelope_rounded_to = column(
        models.PositiveIntegerField(_("envelope stated to the nearest"), default=1), qualifies="envelope"
    )
    start_year = column(
        models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, validators=[validate_year])
    )
    end_year = column(
        models.PositiveSmallIntegerField(_("last year"), null=True, blank=True, validators=[validate_year])
    )
    contact_name = texts(_("contact"), length=200)
    contact_email = column(models.EmailField(_("contact address"), blank=True), rare=True)

    class Meta:
        abstract = True


class FocusAreaColumns(DescribedColumns):
    program = column(
        models.ForeignKey("programs.Program", models.PROTECT, related_name="focus_areas", verbose_name=_("program"))
    )
    position = column(models.PositiveSmallIntegerField(_("order"), default=0), is_ours=True)

    class Meta:
        abstract = True


class StreamColumns(DescribedColumns):
    program = column(
        models.ForeignKey("programs.Program", models.PROTECT, related_name="streams", verbose_name=_("program"))
    )
    position = column(models.PositiveSmallIntegerField(_("order"), default=0), is_ours=True)
    instrument = column(
        models.CharField(_("instrument"), max_length=1, choices=AgreementType.choices, blank=True, help_text=NOT_STATED)
    )
    repayable = column(models.BooleanField(_("repayable"), null=True, blank=True, help_text=_("Unknown: not stated.")))

    class Meta:
        abstract = True


def validate_countries(value: str) -> None:
    unknown = [code for code in split_codes(value) if code not in country_names("en")]
    if unknown:
        raise ValidationError(_("Unknown country codes: %(codes)s"), params={"codes": ", ".join(unknown)})


def countries_of(initiative: Any) -> list[str]:
    return split_codes(initiative.countries)


class InitiativeColumns(Typed):
    class Kind(models.TextChoices):
        ORGANIZATION = "organization", _("organization")
        INITIATIVE = "initiative", _("initiative")
        CONSORTIUM = "consortium", _("research consortium")
        LAW = "law", _("law")
        STANDARD = "standard", _("standard or framework")
        GOALS = "goals", _("international goals")

    kind = column(models.CharField(_("kind"), max_length=12, choices=Kind.choices), is_ours=True)
    name = texts(_("name"), length=250, searched="title", in_card=True, required=True)
    acronym = texts(_("acronym"), length=20, searched="title", in_card=True, rare=True)
    aliases = other_names()
    part_of = column(
        models.ForeignKey(
            "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("belongs to")
        ),
        rare=True,
    )
    description = texts(_("description"), searched="body", required=True)
    focus_areas = column(
        models.ManyToManyField(
            "programs.FocusArea", blank=True, related_name="initiatives", verbose_name=_("focus areas")
        )
    )
    countries = column(
        models.CharField(
            _("countries"),
            max_length=200,
            blank=True,
            validators=[validate_countries],
            help_text=_("Two-letter codes separated by spaces, for example: AU CA US. Empty: none stated."),
        ),
        searched="body",
        names=place,
        reads=countries_of,
    )
    website = column(models.URLField(_("website"), blank=True), rare=True)

    class Meta:
        abstract = True
