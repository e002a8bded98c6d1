from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from gpi_portal.corrections.views import ReportView
from gpi_portal.i18n.languages import sort_key
from gpi_portal.models import PublishedTag, PublishedVersion
from gpi_portal.pages.base import PageView
from projects.models import Source

#: The heading of each kind of source, in the order of the page.
KINDS_OF_SOURCES = {
    Source.Kind.PAGE: _("Web pages"),
    Source.Kind.RELEASE: _("News releases"),
    Source.Kind.ARTICLE: _("Articles"),
    Source.Kind.DATASET: _("Data sets"),
}


class SourceListView(PageView):
    """Every source that the portal cites, by kind."""

    template_name = "projects/source_list.html"
    section = "about"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        public = PublishedVersion.objects.public_at(self.moment)
        tombstones = PublishedVersion.objects.at(self.moment).noun("source").filter(withdrawn=True)
        withdrawn = list(tombstones.by_name().select_related("valid_from"))
        versions = sorted(public.noun("source").select_related("valid_from"), key=own_title)
        cited = PublishedTag.objects.filter(kind="source", version__in=public.exclude(noun="source").values("pk"))
        counts = dict(cited.values_list("value").annotate(Count("pk")))
        return super().get_context_data(
            groups=[
                {
                    "kind": kind,
                    "name": name,
                    "entries": [
                        (version, counts.get(version.code, 0))
                        for version in versions
                        if version.document["kind"] == kind
                    ],
                }
                for kind, name in KINDS_OF_SOURCES.items()
            ],
            withdrawn=withdrawn,
            date_modified=max((version.valid_from.day for version in (*versions, *withdrawn)), default=None),
            **kwargs,
        )


def own_title(version: PublishedVersion) -> str:
    """The sort key of a source: its title in its own language."""
    return sort_key(version.title_in(version.document["language"]))


class SourceReportView(ReportView):
    """The form for one source; the sources share one page."""

    noun = "source"
    section = "about"
    parents = (("projects:sources", _("Sources")),)
