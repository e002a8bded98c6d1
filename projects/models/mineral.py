from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.days import validate_year
from gpi_portal.i18n.languages import localized
from gpi_portal.models import Publishable, code_rule


class Mineral(Publishable):
    """A mineral that a project concerns; critical if a version of Canada's list names it."""

    noun = "mineral"
    publication_rank = 1
    is_suggested = True
    public_fields = ("name_en", "name_fr", "aliases", "list_version", "listed_since")
    other_names = ("aliases",)
    card_fields = ("name_en", "name_fr", "list_version", "aliases")

    name_en = models.CharField(_("name (English)"), max_length=120, blank=True)
    name_fr = models.CharField(_("name (French)"), max_length=120, blank=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("One per line; the search finds them."))
    list_version = models.DateField(
        _("version of Canada’s list"),
        null=True,
        blank=True,
        help_text=_("Date of the newest list that names it. Empty: not on Canada’s list."),
    )
    listed_since = models.PositiveSmallIntegerField(
        _("on the list since (year)"), null=True, blank=True, validators=[validate_year]
    )

    name = localized()

    class Meta(Publishable.Meta):
        verbose_name = _("mineral")
        verbose_name_plural = _("minerals")
        ordering = ("code",)
        constraints = [
            code_rule("mineral"),
            models.CheckConstraint(
                condition=models.Q(listed_since=None) | models.Q(list_version__isnull=False),
                name="mineral_listed_since_needs_list",
                violation_error_message=_("A mineral that is not on the list has no year since when it is."),
            ),
        ]

    @classmethod
    def texts_of(cls, document: dict[str, Any]) -> list[search.Text]:
        aliases = search.names(document["aliases"].splitlines(), weight="title", field="aliases")
        return [*super().texts_of(document), *aliases]
