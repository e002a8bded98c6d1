from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.countries import country_names, place, split_codes
from gpi_portal.i18n.languages import LANGUAGES, localized
from gpi_portal.models import Publishable, code_rule
from programs.models.focus_area import FocusArea


def validate_countries(value: str) -> None:
    unknown = [code for code in split_codes(value) if code not in country_names("en")]
    if unknown:
        raise ValidationError(_("Unknown country codes: %(codes)s"), params={"codes": ", ".join(unknown)})


class PartnerInitiative(Publishable):
    """An organization, law, consortium, standard or goal that a program works with or supports."""

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", _("organization")
        INITIATIVE = "initiative", _("initiative")
        CONSORTIUM = "consortium", _("research consortium")
        LAW = "law", _("law")
        STANDARD = "standard", _("standard or framework")
        GOALS = "goals", _("international goals")

    noun = "initiative"
    codes_in_words = {"countries": place}
    publication_rank = 4
    is_suggested = True
    required_texts = ("name", "description")
    public_fields = (
        "kind",
        "name_en",
        "name_fr",
        "acronym_en",
        "acronym_fr",
        "aliases",
        "description_en",
        "description_fr",
        "countries",
        "website",
    )
    card_fields = ("name_en", "name_fr", "acronym_en", "acronym_fr")
    other_names = ("aliases",)
    title_texts = ("name", "acronym")
    body_texts = ("description",)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("belongs to")
    )
    name_en = models.CharField(_("name (English)"), max_length=250, blank=True)
    name_fr = models.CharField(_("name (French)"), max_length=250, blank=True)
    acronym_en = models.CharField(_("acronym (English)"), max_length=20, blank=True)
    acronym_fr = models.CharField(_("acronym (French)"), max_length=20, blank=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("One per line; the search finds them."))
    description_en = models.TextField(_("description (English)"), blank=True)
    description_fr = models.TextField(_("description (French)"), blank=True)
    focus_areas = models.ManyToManyField(
        FocusArea, blank=True, related_name="initiatives", verbose_name=_("focus areas")
    )
    countries = models.CharField(
        _("countries"),
        max_length=200,
        blank=True,
        validators=[validate_countries],
        help_text=_("Two-letter codes separated by spaces, for example: AU CA US. Empty: none stated."),
    )
    website = models.URLField(_("website"), blank=True)

    name = localized()
    _history_m2m_fields = (focus_areas,)

    class Meta(Publishable.Meta):
        verbose_name = _("partner initiative")
        verbose_name_plural = _("partner initiatives")
        ordering = ("code",)
        constraints = [
            code_rule("initiative"),
            models.CheckConstraint(
                condition=~models.Q(part_of=models.F("id")),
                name="initiative_not_part_of_itself",
                violation_error_message=_("An initiative cannot belong to itself."),
            ),
        ]

    def clean(self) -> None:
        above, seen = self.part_of, [self]
        while above and above not in seen:
            seen.append(above)
            above = above.part_of
        if above:
            raise ValidationError({"part_of": _("An initiative cannot belong to itself.")})

    def content(self, cards: Any) -> dict[str, Any]:
        codes = split_codes(self.countries)
        return {
            **super().content(cards),
            "countries": codes,
            "part_of": cards.of(self.part_of) if self.part_of else None,
            "focus_areas": cards.each(self.focus_areas.all()),
        }

    @classmethod
    def texts_of(cls, document: dict[str, Any]) -> list[search.Text]:
        names = (country_names(language)[code] for code in document["countries"] for language in LANGUAGES)
        return [
            *super().texts_of(document),
            *search.names(document["aliases"].splitlines(), weight="title", field="aliases"),
            *search.names(names, field="countries"),
        ]
