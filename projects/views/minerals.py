from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.models import PublishedVersion
from gpi_portal.pages.base import PageView
from gpi_portal.pages.record import RecordView
from projects.registry import tag_counts


class MineralListView(PageView):
    """Canada's critical minerals and the other minerals of the registry, each with its number of projects."""

    template_name = "projects/mineral_list.html"
    section = "minerals"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(
            PublishedVersion.objects.public_at(self.moment).noun("mineral").by_name().select_related("valid_from")
        )
        counts = tag_counts("mineral", self.moment)
        entries = [(version, counts.get(version.code, 0)) for version in versions]
        return super().get_context_data(
            listed=[entry for entry in entries if entry[0].document["list_version"]],
            others=[entry for entry in entries if not entry[0].document["list_version"]],
            date_modified=max((version.valid_from.day for version in versions), default=None),
            **kwargs,
        )


class MineralView(RecordView):
    noun = "mineral"
    template_name = "projects/mineral.html"
    section = "minerals"
    parents = (("projects:minerals", _("Minerals")),)
