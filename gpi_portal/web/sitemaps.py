"""Every public page for search engines, each with its counterpart in the other language."""

import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from gpi_portal.models import PublishedVersion

PAGES = (
    "projects:overview",
    "programs:list",
    "programs:find-a-stream",
    "projects:list",
    "projects:map",
    "projects:compare",
    "projects:recipients",
    "projects:compare-recipients",
    "projects:minerals",
    "projects:sources",
    "projects:changes",
    "corrections",
    "about-data",
    "about-accessibility",
    "about-terms",
    "about-privacy",
    "about-glossary",
    "about-search",
)


class BilingualSitemap(Sitemap):
    i18n = True
    alternates = True
    x_default = False


class PageSitemap(BilingualSitemap):
    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(BilingualSitemap):
    """The pages of all public records but the sources, which share one page."""

    limit = 10_000

    def items(self) -> QuerySet[PublishedVersion]:
        records = PublishedVersion.objects.public().exclude(noun="source")
        return records.select_related("valid_from").defer("document").order_by("pk")

    def lastmod(self, item: Any) -> datetime.datetime:
        published_at: datetime.datetime = item.valid_from.published_at
        return published_at


SITEMAPS = {"pages": PageSitemap, "records": RecordSitemap}
