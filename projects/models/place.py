from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.countries import PROVINCES, country_choices, place, province_name
from gpi_portal.i18n.languages import Record
from gpi_portal.models import OwnedRow, Typed, column, texts
from projects.models.project import Project


class Location(OwnedRow):
    """A place of a project. Coordinates only where a source gives the place, with how exact they are."""

    identity, naming = ("kind", "name_en"), ("kind", "name")

    class Kind(models.TextChoices):
        SITE = "site", _("project site")
        DELIVERY_COUNTRY = "delivery_country", _("country where it is delivered")
        HEAD_OFFICE = "head_office", _("head office")

    class Precision(models.TextChoices):
        SITE = "site", _("the site itself")
        COMMUNITY = "community", _("the nearest community")
        REGION = "region", _("the region")

    project = models.ForeignKey(Project, models.CASCADE, related_name="locations")
    kind = column(models.CharField(_("kind"), max_length=20, choices=Kind.choices), is_ours=True)
    name = texts(_("place"), length=250, blank=False, searched="body")
    country = column(
        models.CharField(_("country"), max_length=2, choices=country_choices), searched="body", names=place
    )
    province = column(
        models.CharField(_("province or territory"), max_length=2, choices=PROVINCES.items(), blank=True),
        searched="body",
        names=province_name,
    )
    latitude = column(
        models.DecimalField(
            _("latitude"),
            max_digits=8,
            decimal_places=5,
            null=True,
            blank=True,
            validators=[MinValueValidator(-90), MaxValueValidator(90)],
        )
    )
    longitude = column(
        models.DecimalField(
            _("longitude"),
            max_digits=8,
            decimal_places=5,
            null=True,
            blank=True,
            validators=[MinValueValidator(-180), MaxValueValidator(180)],
        )
    )
    precision = column(models.CharField(_("precision"), max_length=10, choices=Precision.choices, blank=True))

    class Meta(OwnedRow.Meta):
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(province="") | models.Q(country="CA"),
                name="location_province_in_canada",
                violation_error_message=_("A province or territory needs Canada as the country."),
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None, precision="")
                | (
                    models.Q(latitude__isnull=False, latitude__range=(-90, 90))
                    & models.Q(longitude__isnull=False, longitude__range=(-180, 180))
                    & ~models.Q(precision="")
                ),
                name="location_coordinates_complete",
                violation_error_message=_("Coordinates need latitude, longitude and their precision together."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        if self.kind == self.Kind.DELIVERY_COUNTRY and self.latitude is not None:
            raise ValidationError({"latitude": _("A country of delivery has no coordinates.")})

    @classmethod
    def row_name(cls, row: Record, owner: type[Typed]) -> str:
        return f"{row['name']} ({cls.Kind(row['kind']).label})"
