from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.models import Publishable, code_rule
from programs.columns import InitiativeColumns


class PartnerInitiative(InitiativeColumns, Publishable):
    """An organization, law, consortium, standard or goal that a program works with or supports."""

    noun = "initiative"
    publication_rank = 4
    is_suggested = True

    class Meta(Publishable.Meta):
        verbose_name = _("partner initiative")
        verbose_name_plural = _("partner initiatives")
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
