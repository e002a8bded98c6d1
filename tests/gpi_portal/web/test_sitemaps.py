"""What search engines are told of the site."""

import re

import pytest

from tests.site import every_address

pytestmark = pytest.mark.django_db


def listed(client) -> set[str]:
    index = client.get("/sitemap.xml").content.decode()
    sections = [url.removeprefix("http://testserver") for url in re.findall(r"<loc>([^<]+)", index)]
    pages = "".join(client.get(section).content.decode() for section in sections)
    return {url.removeprefix("http://testserver") for url in re.findall(r"<loc>([^<]+)", pages)}


def test_the_sitemap_lists_every_page_in_both_languages(client):
    expected = {url for language in ("en", "fr") for url in every_address(language)}
    assert listed(client) == {url for url in expected if not url.endswith(("/search/", "/recherche/"))} | {
        "/en/about/search/",
        "/fr/a-propos/recherche/",
    }
