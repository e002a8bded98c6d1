from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.currencies import currency_choices


class FederalFields(models.Model):
    """What the federal disclosure of grants and contributions asks of an agreement; empty means not stated."""

    names = (
        "reference_number",
        "agreement_number",
        "purpose_en",
        "purpose_fr",
        "expected_results_en",
        "expected_results_fr",
        "coverage_en",
        "coverage_fr",
        "naics",
        "research_organization_en",
        "research_organization_fr",
        "postal_code",
        "riding_name_en",
        "riding_name_fr",
        "riding_number",
        "foreign_currency",
        "foreign_value",
        "additional_information_en",
        "additional_information_fr",
        "owner_organization",
    )

    reference_number = models.CharField(_("reference number"), max_length=60, blank=True)
    agreement_number = models.CharField(_("agreement number"), max_length=60, blank=True)
    purpose_en = models.TextField(_("purpose (English)"), blank=True)
    purpose_fr = models.TextField(_("purpose (French)"), blank=True)
    expected_results_en = models.TextField(_("expected results (English)"), blank=True)
    expected_results_fr = models.TextField(_("expected results (French)"), blank=True)
    coverage_en = models.CharField(_("coverage (English)"), max_length=250, blank=True)
    coverage_fr = models.CharField(_("coverage (French)"), max_length=250, blank=True)
    naics = models.CharField(
        _("NAICS code"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{2,6}$", _("A NAICS code has two to six digits."))],
    )
    research_organization_en = models.CharField(_("research organization (English)"), max_length=250, blank=True)
    research_organization_fr = models.CharField(_("research organization (French)"), max_length=250, blank=True)
    postal_code = models.CharField(
        _("postal code"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]\d[A-Z] \d[A-Z]\d$", _("Write the postal code like A1A 1A1."))],
    )
    riding_name_en = models.CharField(_("federal riding (English)"), max_length=120, blank=True)
    riding_name_fr = models.CharField(_("federal riding (French)"), max_length=120, blank=True)
    riding_number = models.CharField(
        _("federal riding number"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", _("A federal riding number has five digits."))],
    )
    foreign_currency = models.CharField(_("foreign currency"), max_length=3, choices=currency_choices, blank=True)
    foreign_value = models.DecimalField(_("foreign value"), max_digits=15, decimal_places=2, null=True, blank=True)
    additional_information_en = models.TextField(_("additional information (English)"), blank=True)
    additional_information_fr = models.TextField(_("additional information (French)"), blank=True)
    owner_organization = models.CharField(_("owner organization"), max_length=60, blank=True)

    class Meta:
        abstract = True
