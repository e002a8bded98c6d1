"""Every kind of response carries the same protection, and no public one a cookie."""

import pytest
from django.test import Client

PUBLIC = [
    "/en/",
    "/fr/",
    "/en/projects/",
    "/fr/projets/",
    "/en/projects/gpi-0001/report/",
    "/en/nowhere/",
    "/robots.txt",
]
ANY = [*PUBLIC, "/admin/login/", "/static/admin/css/base.css"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ANY)
def test_every_response_is_protected(client, path):
    response = client.get(path)
    response.close()  # or a file stays open
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_set_no_cookie(client, path):
    assert not client.get(path).cookies


@pytest.mark.parametrize("path", ["/en/", "/en/nowhere/", "/admin/login/"])
def test_no_page_can_be_framed(client, path):
    response = client.get(path)
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_an_unknown_host_is_refused(client):
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400


def test_https_sends_visitors_there_and_keeps_them(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    client = type(client)()
    redirect = client.get("/en/")
    assert redirect.status_code == 301
    assert redirect.headers["Location"].startswith("https://")
    assert "max-age=31536000" in client.get("/en/", secure=True).headers["Strict-Transport-Security"]
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(("path", "words"), [("/en/projects/", 'lang="en"'), ("/fr/projets/", 'lang="fr"')])
def test_a_form_that_may_be_forged_gets_a_page_of_ours(path, words):
    response = Client(enforce_csrf_checks=True).post(path)
    assert response.status_code == 403
    assert words in response.content.decode()
    assert "<style" not in response.content.decode()
