import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.days import validate_year
from gpi_portal.i18n.figures import AmountQualifier, long_date
from gpi_portal.i18n.languages import localized
from gpi_portal.models import OwnedRow, code_rule
from gpi_portal.models.doubts import Doubt
from programs.models.described import Described


class Program(Described):
    """A program that funds projects. A program under another one is part of it: GPI includes its own children."""

    noun = "program"
    publication_rank = 1
    other_parts = {"parents": _("Programs above it")}
    is_suggested = True
    card_fields = ("name_en", "name_fr", "acronym_en", "acronym_fr")
    public_fields = (
        *Described.public_fields,
        "acronym_en",
        "acronym_fr",
        "aliases",
        "department_en",
        "department_fr",
        "envelope",
        "envelope_qualifier",
        "envelope_rounded_to",
        "start_year",
        "end_year",
        "contact_name_en",
        "contact_name_fr",
        "contact_email",
    )
    other_names = ("aliases",)
    title_texts = ("name", "acronym")
    body_texts = (*Described.body_texts, "department")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    acronym_en = models.CharField(_("acronym (English)"), max_length=20, blank=True)
    acronym_fr = models.CharField(_("acronym (French)"), max_length=20, blank=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("One per line; the search finds them."))
    department_en = models.CharField(_("department (English)"), max_length=200, blank=True)
    department_fr = models.CharField(_("department (French)"), max_length=200, blank=True)
    envelope = models.DecimalField(
        _("envelope"), max_digits=15, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    envelope_qualifier = models.CharField(
        _("envelope qualifier"), max_length=10, choices=AmountQualifier.choices, default=AmountQualifier.EXACT
    )
    envelope_rounded_to = models.PositiveIntegerField(_("envelope stated to the nearest"), default=1)
    start_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, validators=[validate_year])
    end_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True, validators=[validate_year])
    contact_name_en = models.CharField(_("contact (English)"), max_length=200, blank=True)
    contact_name_fr = models.CharField(_("contact (French)"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)

    class Meta(Described.Meta):
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ("code",)
        constraints = [
            code_rule("program"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="program_not_its_own_parent",
                violation_error_message=_("A program cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=models.Q(end_year__gte=models.F("start_year"))
                | models.Q(end_year=None, start_year=None)
                | models.Q(end_year=None)
                | models.Q(start_year=None),
                name="program_years_in_order",
                violation_error_message=_("The last year is before the first year."),
            ),
            models.CheckConstraint(
                condition=models.Q(envelope__gte=0) | models.Q(envelope=None),
                name="program_envelope_not_negative",
                violation_error_message=_("An envelope cannot be negative."),
            ),
        ]

    def path(self) -> list["Program"]:
        """The program and those above it, the highest first; where they stand in a ring, each once."""
        path, above = [self], self.parent
        while above and above not in path:
            path.insert(0, above)
            above = above.parent
        return path

    def clean(self) -> None:
        if self.path()[0].parent:
            raise ValidationError({"parent": _("A program cannot be part of itself.")})

    def doubts_about_days(self, days: Iterable[tuple[str, datetime.date | None]]) -> Iterator[Doubt]:
        """Of these days, each with its name, those outside the years of the program and of those above it."""
        first = max((above.start_year for above in self.path() if above.start_year), default=datetime.MINYEAR)
        last = min((above.end_year for above in self.path() if above.end_year), default=datetime.MAXYEAR)
        early = gettext("“%(field)s” is %(day)s, but the program begins in %(year)s.")
        late = gettext("“%(field)s” is %(day)s, but the program ends in %(year)s.")
        for name, day in days:
            if day and not first <= day.year <= last:
                words, year = (early, first) if day.year < first else (late, last)
                yield Doubt(words % {"field": name, "day": long_date(day), "year": year})

    def content(self, cards: Any) -> dict[str, Any]:
        return {
            **super().content(cards),
            "parents": cards.each(self.path()[:-1]),
            "purposes": [purpose.document() for purpose in self.purposes.all()],
        }


class ProgramPurpose(OwnedRow):
    """One thing that a program is for, as one sentence."""

    identity, naming = ("text_en",), ("text",)

    program = models.ForeignKey(Program, models.CASCADE, related_name="purposes")
    text_en = models.TextField(_("purpose (English)"))
    text_fr = models.TextField(_("purpose (French)"))

    text = localized()

    class Meta(OwnedRow.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")

    def __str__(self) -> str:
        return str(self.text[:60])

    def document(self) -> dict[str, str]:
        return {"text_en": self.text_en, "text_fr": self.text_fr}
