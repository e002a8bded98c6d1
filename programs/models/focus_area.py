from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.models import OwnedRow, Publishable, code_rule, texts
from programs.columns import FocusAreaColumns


class FocusArea(FocusAreaColumns, Publishable):
    """A field in which a program acts, with the activities that it supports there."""

    noun = "focus_area"
    publication_rank = 2
    is_suggested = True

    class Meta(Publishable.Meta):
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        ordering = ("position", "code")
        constraints = [code_rule("focus_area")]


class SupportedActivity(OwnedRow):
    """One kind of activity that a focus area supports, as one sentence."""

    identity, naming = ("text_en",), ("text",)

    focus_area = models.ForeignKey(FocusArea, models.CASCADE, related_name="activities")
    text = texts(_("activity"), blank=False, searched="body")

    class Meta(OwnedRow.Meta):
        verbose_name = _("supported activity")
        verbose_name_plural = _("supported activities")

    def __str__(self) -> str:
        return str(self.text[:60])
