from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.countries import PROVINCES, country_choices, place_names
from gpi_portal.i18n.languages import localized
from gpi_portal.models import Publishable, code_rule
from projects.models.filter_rows import RecipientRow


class RecipientType(models.TextChoices):
    """The federal disclosure's types of recipients; empty means that none is recorded."""

    FOR_PROFIT = "F", _("for-profit organization")
    NOT_FOR_PROFIT = "N", _("not-for-profit organization or charity")
    ACADEMIA = "S", _("academia or public institution")
    INDIGENOUS = "A", _("Indigenous recipient")
    GOVERNMENT = "G", _("government")
    INTERNATIONAL = "I", _("international organization (non-government)")
    INDIVIDUAL = "P", _("individual or sole proprietorship")
    OTHER = "O", _("other")


class Recipient(Publishable):
    """Who receives the money: the name as published, and what other sources call it."""

    noun = "recipient"
    reserved_codes = ("compare", "comparer")
    publication_rank = 5
    is_suggested = True
    row_model = RecipientRow
    public_fields = (
        "name_en",
        "name_fr",
        "legal_name_en",
        "legal_name_fr",
        "operating_name_en",
        "operating_name_fr",
        "aliases",
        "description_en",
        "description_fr",
        "recipient_type",
        "country",
        "province",
        "city_en",
        "city_fr",
        "business_number",
        "website",
    )
    card_fields = (
        "name_en",
        "name_fr",
        "legal_name_en",
        "legal_name_fr",
        "operating_name_en",
        "operating_name_fr",
        "aliases",
        "recipient_type",
        "country",
        "province",
        "city_en",
        "city_fr",
    )
    other_names = ("aliases",)
    title_texts = ("name", "legal_name", "operating_name")
    body_texts = ("description", "city")
    staff_columns = ("code", "business_number")

    name_en = models.CharField(_("name as published (English)"), max_length=250, blank=True)
    name_fr = models.CharField(_("name as published (French)"), max_length=250, blank=True)
    legal_name_en = models.CharField(_("legal name (English)"), max_length=250, blank=True)
    legal_name_fr = models.CharField(_("legal name (French)"), max_length=250, blank=True)
    operating_name_en = models.CharField(_("operating name (English)"), max_length=250, blank=True)
    operating_name_fr = models.CharField(_("operating name (French)"), max_length=250, blank=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("One per line; the search finds them."))
    description_en = models.TextField(_("description (English)"), blank=True)
    description_fr = models.TextField(_("description (French)"), blank=True)
    recipient_type = models.CharField(
        _("type"), max_length=1, choices=RecipientType.choices, blank=True, help_text=_("Empty: not stated.")
    )
    country = models.CharField(_("country"), max_length=2, choices=country_choices, blank=True)
    province = models.CharField(_("province or territory"), max_length=2, choices=PROVINCES.items(), blank=True)
    city_en = models.CharField(_("city (English)"), max_length=120, blank=True)
    city_fr = models.CharField(_("city (French)"), max_length=120, blank=True)
    business_number = models.CharField(
        _("business number"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^\d{9}$", _("A business number has nine digits."))],
    )
    website = models.URLField(_("website"), blank=True)

    name = localized()

    class Meta(Publishable.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ("code",)
        constraints = [
            code_rule("recipient"),
            models.CheckConstraint(
                condition=models.Q(province="") | models.Q(country="CA"),
                name="recipient_province_in_canada",
                violation_error_message=_("A province or territory needs Canada as the country."),
            ),
            models.CheckConstraint(
                condition=models.Q(recipient_type__in=["", *RecipientType.values]),
                name="recipient_type_known",
                violation_error_message=_("Unknown type of recipient."),
            ),
            models.CheckConstraint(
                condition=models.Q(province__in=["", *PROVINCES]),
                name="recipient_province_known",
                violation_error_message=_("Unknown province or territory."),
            ),
        ]

    @classmethod
    def texts_of(cls, document: dict[str, Any]) -> list[search.Text]:
        return [
            *super().texts_of(document),
            *search.names(document["aliases"].splitlines(), weight="title", field="aliases"),
            *search.names(place_names(document["country"]), field="country"),
            *search.names(place_names(document["province"] and f"CA-{document['province']}"), field="province"),
        ]
