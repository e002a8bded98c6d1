"""The addresses and pages of the public site, for tests that hold on every page."""

import datetime
import re
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from gpi_portal.models import PublishedVersion, RegistryVersion, owned_relations
from gpi_portal.nouns import nouns

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
        *("agreement_type=none", "currency=USD&amount_min=1", "fiscal_year=2024&mineral=cobalt", "certainty=none"),
    ),
    "projects:recipients": ("order=name", "order=-amount", "q=quebec"),
    "projects:map": ("location=none", "q=lithium"),
    "projects:changes": ("page_size=100", "noun=project&date_from=2020-01-01"),
    "search": ("q=uranium", "q=École", "q=zzzz"),
}
#: What a page of the staff says of itself, and of the moment at which a record was loaded.
MADE_ANEW = re.compile(r'name="(csrfmiddlewaretoken|opened)" value="[^"]*"|, \d\d\sh\s\d\d')
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
    return {url: client.get(url).content.decode() for url in urls} | pages_of_staff()


def pages_of_staff() -> dict[str, str]:
    """The staff's pages of one record of each noun, without what is another one at each request and each loading."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("staff"))
    urls = [reverse("admin:index")]
    loaded_at = RegistryVersion.objects.get().published_at - datetime.timedelta(seconds=1)
    for model in nouns().values():
        for traced in (model, *(relation.related_model for relation in owned_relations(model))):
            traced.history.update(history_date=loaded_at)  # whichever database was loaded first
        record, prefix = (
            model.objects.order_by("code").first(),
            f"admin:{model._meta.app_label}_{model._meta.model_name}",
        )
        urls += [f"{reverse(f'{prefix}_changelist')}?{query}" for query in ("", "o=1", "o=-2", "q=uranium", "q=École")]
        urls += [reverse(f"{prefix}_{page}", args=(record.pk,)) for page in ("change", "history", "withdraw")]
        urls += [f"{reverse(f'{prefix}_publish')}?codes={record.code}"]
    return {url: MADE_ANEW.sub("", client.get(url, headers={"accept-language": "fr"}).content.decode()) for url in urls}
