"""The pages where a request cannot be answered."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_frame(settings, tmp_path):
    """No page can be drawn: the style sheet that each of them names is in no list of static files."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }


@pytest.mark.parametrize("path", ["/en/", "/fr/", "/fr/rien/", "/en/projects/"])
def test_where_the_frame_of_every_page_is_broken_a_page_in_both_languages_says_so(client, broken_frame, path):
    client.raise_request_exception = False
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 500
    english, french = re.fullmatch(
        r'.*<html lang="en">(.*)<section lang="fr">(.*)</section>.*', page, re.DOTALL
    ).groups()
    assert "The mistake is ours" in english
    assert "L’erreur vient de nous" in french


def test_the_page_of_a_broken_portal_asks_for_no_file(client, broken_frame):
    client.raise_request_exception = False
    assert not re.search(r"<link|<script|<img|style=", client.get("/en/").content.decode())
