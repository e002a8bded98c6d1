"""Every public page for search engines, each with its counterpart in the other language."""

import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from gpi_portal.models import PublishedVersion
from gpi_portal.nouns import given, home_url, nouns

OWN_PAGES = (
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
        return [home_url(), *given("sitemap_pages"), *OWN_PAGES]

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(BilingualSitemap):
    """The pages of all public records whose noun has pages."""

    limit = 10_000

    def items(self) -> QuerySet[PublishedVersion]:
        records = PublishedVersion.objects.public().noun(*(noun for noun, model in nouns().items() if model.in_sitemap))
        return records.select_related("valid_from").defer("document").order_by("pk")

    def lastmod(self, item: Any) -> datetime.datetime:
        published_at: datetime.datetime = item.valid_from.published_at
        return published_at


SITEMAPS = {"pages": PageSitemap, "records": RecordSitemap}
