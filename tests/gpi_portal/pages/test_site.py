"""What machines ask a site for."""

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


def test_robots_are_led_to_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_security_txt_names_the_contact_of_the_operator(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.OPERATOR = {**settings.OPERATOR, "operator_contact": "security@example.org"}
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@example.org" in text
    assert re.search(r"Expires: \d{4}-\d\d-\d\dT00:00:00Z", text)


def test_health_answers_without_and_with_the_database(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"
