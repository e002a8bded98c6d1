from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.models import Publishable, code_rule
from projects.columns import MineralColumns


class Mineral(MineralColumns, Publishable):
    """A mineral that a project concerns; critical if a version of Canada's list names it."""

    noun = "mineral"
    publication_rank = 1
    is_suggested = True

    class Meta(Publishable.Meta):
        verbose_name = _("mineral")
        verbose_name_plural = _("minerals")
        constraints = [
            code_rule("mineral"),
            models.CheckConstraint(
                condition=models.Q(listed_since=None) | models.Q(list_version__isnull=False),
                name="mineral_listed_since_needs_list",
                violation_error_message=_("A mineral that is not on the list has no year since when it is."),
            ),
        ]
