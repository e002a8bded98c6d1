"""What a result of a project consists of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.models import Typed, column, texts


class ResultColumns(Typed):
    name = texts(_("name"), length=200, searched="title", in_card=True, required=True)
    description = texts(_("description"), searched="body")
    project = column(
        models.ForeignKey("projects.Project", models.PROTECT, related_name="results", verbose_name=_("project")),
        searched="body",
        filtered=True,
    )
    number = column(models.PositiveIntegerField(_("people employed"), null=True, blank=True))
    measured_on = column(models.DateField(_("day of the count"), null=True, blank=True))
    source = column(
        models.ForeignKey("projects.Source", models.PROTECT, related_name="results", verbose_name=_("source")),
        filtered=True,
    )

    class Meta:
        abstract = True
