"""What machines ask every site for."""

import re

import pytest

pytestmark = pytest.mark.django_db


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
