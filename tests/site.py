"""The addresses of the public site, for tests that hold on every page."""

from django.urls import reverse
from django.utils import translation

from gpi_portal.models import PublishedVersion

LISTS = ("projects:list", "projects:map", "projects:recipients", "projects:changes", "search")
PAGES = (
    "projects:overview",
    "programs:list",
    "programs:find-a-stream",
    "projects:compare",
    "projects:compare-recipients",
    "projects:minerals",
    "projects:sources",
    "corrections",
    "about-data",
    "about-accessibility",
    "about-terms",
    "about-privacy",
    "about-glossary",
    "about-search",
    *LISTS,
)


def address(name: str, language: str = "en", **kwargs: str) -> str:
    with translation.override(language):
        return reverse(name, kwargs=kwargs)


def record_addresses(language: str, *nouns: str) -> list[str]:
    """The pages of all public records, or of those of some nouns."""
    versions = PublishedVersion.objects.public().exclude(noun="source")
    versions = versions.noun(*nouns) if nouns else versions
    with translation.override(language):
        return [version.get_absolute_url() for version in versions]


def every_address(language: str) -> list[str]:
    return [*(address(name, language) for name in PAGES), *record_addresses(language)]
