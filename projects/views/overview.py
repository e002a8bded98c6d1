from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpi_portal.addresses import page_address
from gpi_portal.i18n.figures import number
from gpi_portal.models import PublishedVersion
from gpi_portal.pages.base import PageView
from projects.charts import charts
from projects.registry import ProjectAnswer, projects_where

LATEST = 5


def key_figures(answer: ProjectAnswer) -> list[dict[str, Any]]:
    """The figures of the first page, each with its rule and a link to the rows that it counts."""
    total, projects = answer.total, page_address("projects:list")
    recipients = PublishedVersion.objects.public_at(answer.moment).noun("recipient").count()
    return [
        {
            "values": total.amounts,
            "label": _("recorded for projects"),
            "total": total,
            "url": projects,
        },
        {
            "values": [number(total.count)],
            "label": ngettext("funded project", "funded projects", total.count),
            "note": _("Every project that the sources name."),
            "url": projects,
        },
        {
            "values": [number(recipients)],
            "label": ngettext("recipient", "recipients", recipients),
            "note": _("Every recipient in the registry, each counted once."),
            "url": page_address("projects:recipients"),
        },
    ]


class OverviewView(PageView):
    """The first page: what the initiative is, its key figures, where to go."""

    template_name = "overview.html"
    section = "overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        catalogue = PublishedVersion.objects.public_at(self.moment).noun("program", "focus_area", "stream").by_name()
        found = sorted(catalogue, key=lambda version: version.document.get("position", 0))
        answer = projects_where(self.moment)
        latest = answer.versions(0, LATEST)
        return super().get_context_data(
            programs=[version for version in found if version.noun == "program"],
            main_program=next((version for version in found if not version.document.get("parents", True)), None),
            focus_areas=[version for version in found if version.noun == "focus_area"],
            streams=[version for version in found if version.noun == "stream"],
            answer=answer,
            latest=latest,
            figures=key_figures(answer),
            charts=charts(answer, answer.query),
            query=answer.query.urlencode(),
            **kwargs,
        )
