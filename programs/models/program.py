import datetime
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.figures import long_date
from gpi_portal.models import OwnedRow, Publishable, code_rule, texts
from gpi_portal.models.doubts import Doubt
from programs.columns import ProgramColumns


class Program(ProgramColumns, Publishable):
    """A program that funds projects. A program under another one is part of it: GPI includes its own children."""

    noun = "program"
    publication_rank = 1
    other_parts = {"parents": _("Programs above it")}
    is_suggested = True

    class Meta(Publishable.Meta):
        verbose_name = _("program")
        verbose_name_plural = _("programs")
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


class ProgramPurpose(OwnedRow):
    """One thing that a program is for, as one sentence."""

    identity, naming = ("text_en",), ("text",)

    program = models.ForeignKey(Program, models.CASCADE, related_name="purposes")
    text = texts(_("purpose"), blank=False)

    class Meta(OwnedRow.Meta):
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")

    def __str__(self) -> str:
        return str(self.text[:60])
