"""The addresses and pages of the public site, for tests that hold on every page."""

from typing import NamedTuple

from django.http import HttpResponse
from django.test import Client
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
#: What a database could put into another order, or leave out: every order, words, names with accents, values that lack.
QUERIES = {
    "projects:list": (
        *(f"order={order}&page_size=100" for order in ("newest", "oldest", "amount", "-amount", "title")),
        *("q=uranium", "q=Whati", "q=%22critical+minerals%22+-cobalt", "q=miner*+OR+or", "order=relevance&q=mining"),
        *("agreement_type=none", "currency=USD&amount_min=1", "fiscal_year=2024&mineral=cobalt", "view=table"),
    ),
    "projects:recipients": ("order=title", "order=-amount", "q=quebec"),
    "projects:map": ("location=none", "q=lithium"),
    "projects:changes": ("page_size=100", "record=gpi-0001"),
    "search": ("q=uranium", "q=École", "q=zzzz"),
}
#: Headers of a request whose answer is asked for its status and context only, and need not be rendered.
UNREAD = {"Unread": "yes"}


class Page(NamedTuple):
    status: int
    text: str
    sets_cookies: bool


#: Language → address → page.
SitePages = dict[str, dict[str, Page]]


def address(name: str, language: str = "en", **kwargs: str) -> str:
    with translation.override(language):
        return reverse(name, kwargs=kwargs)


def record_addresses(language: str, *nouns: str) -> list[str]:
    """The pages of all public records, or of those of some nouns."""
    versions = PublishedVersion.objects.public().exclude(noun="source").order_by("noun", "code")
    versions = versions.noun(*nouns) if nouns else versions
    with translation.override(language):
        return [version.get_absolute_url() for version in versions]


def every_address(language: str) -> list[str]:
    return [*(address(name, language) for name in PAGES), *record_addresses(language)]


def one_of_each(language: str) -> list[str]:
    """Every page that is there once, and the first record of each noun."""
    nouns = (
        PublishedVersion.objects.public()
        .exclude(noun="source")
        .order_by("noun")
        .values_list("noun", flat=True)
        .distinct()
    )
    return [*(address(name, language) for name in PAGES), *(record_addresses(language, noun)[0] for noun in nouns)]


def every_page(language: str) -> dict[str, Page]:
    client = Client()
    return {url: page_of(client.get(url)) for url in every_address(language)}


def page_of(response: HttpResponse) -> Page:
    return Page(response.status_code, response.content.decode(), bool(response.cookies))


def compared_pages() -> dict[str, str]:
    """Every page and some answers to queries, in both languages: what each database has to answer alike."""
    urls = []
    for language in ("en", "fr"):
        urls += every_address(language)
        urls += [f"{address(name, language)}?{query}" for name, queries in QUERIES.items() for query in queries]
    client = Client()
    return {url: client.get(url).content.decode() for url in urls}
