from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.languages import localized
from gpi_portal.models import Publishable


class Described(Publishable):
    """A record of the catalogue with a name, a summary of one sentence and a description, in both languages."""

    required_texts = ("name", "summary", "description")
    public_fields: tuple[str, ...] = (
        "name_en",
        "name_fr",
        "summary_en",
        "summary_fr",
        "description_en",
        "description_fr",
    )
    body_texts: tuple[str, ...] = ("summary", "description")

    name_en = models.CharField(_("name (English)"), max_length=250, blank=True)
    name_fr = models.CharField(_("name (French)"), max_length=250, blank=True)
    summary_en = models.TextField(_("summary (English)"), blank=True)
    summary_fr = models.TextField(_("summary (French)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    description_fr = models.TextField(_("description (French)"), blank=True)

    name, summary = localized(), localized()

    class Meta(Publishable.Meta):
        abstract = True
