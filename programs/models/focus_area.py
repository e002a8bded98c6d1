from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.languages import localized
from gpi_portal.models import OwnedRow, code_rule
from programs.models.described import Described
from programs.models.program import Program


class FocusArea(Described):
    """A field in which a program acts, with the activities that it supports there."""

    noun = "focus_area"
    publication_rank = 2
    is_suggested = True
    public_fields = (
        *Described.public_fields,
        "position",
    )

    program = models.ForeignKey(Program, models.PROTECT, related_name="focus_areas", verbose_name=_("program"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta(Described.Meta):
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        ordering = ("position", "code")
        constraints = [code_rule("focus_area")]

    def content(self, cards: Any) -> dict[str, Any]:
        return {
            **super().content(cards),
            "program": cards.of(self.program),
            "activities": [activity.document() for activity in self.activities.all()],
        }

    @classmethod
    def texts_of(cls, document: dict[str, Any]) -> list[search.Text]:
        activities = (
            text
            for activity in document["activities"]
            for text in search.bilingual(activity, "text", field="activities")
        )
        return [*super().texts_of(document), *activities]


class SupportedActivity(OwnedRow):
    """One kind of activity that a focus area supports, as one sentence."""

    identity, naming = ("text_en",), ("text",)

    focus_area = models.ForeignKey(FocusArea, models.CASCADE, related_name="activities")
    text_en = models.TextField(_("activity (English)"))
    text_fr = models.TextField(_("activity (French)"))

    text = localized()

    class Meta(OwnedRow.Meta):
        verbose_name = _("supported activity")
        verbose_name_plural = _("supported activities")

    def __str__(self) -> str:
        return str(self.text[:60])

    def document(self) -> dict[str, str]:
        return {"text_en": self.text_en, "text_fr": self.text_fr}
