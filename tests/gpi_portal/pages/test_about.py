"""The pages about the site: what they take from the settings, and that what they promise can be tried."""

import html
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from projects.models.provenance import Certainty
from tests.site import address

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr")
ABOUT = ("about-data", "about-accessibility", "about-terms", "about-privacy", "about-search")
WITH_CONTACT = ("about-data", "about-accessibility", "about-terms", "about-privacy")


def text_of(client, name, language="en"):
    response = client.get(address(name, language))
    assert response.status_code == 200
    page = response.content.decode()
    return html.unescape(page[page.index("<main") : page.index("</main>")])


def links_of(text):
    return re.findall(r'<a href="([^"]+)"', text)


@pytest.mark.parametrize("name", ABOUT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere(client, name, language):
    text = text_of(client, name, language)
    for url in links_of(text):
        if url.startswith("#"):
            assert f'id="{url[1:]}"' in text
        else:
            assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("name", ABOUT)
@pytest.mark.parametrize(("language", "label"), [("en", "Date modified:"), ("fr", "Date de modification\u00a0:")])
def test_every_page_says_when_it_was_changed(client, name, language, label):
    assert re.search(rf'{label} <time datetime="\d{{4}}-\d\d-\d\d">', text_of(client, name, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_the_search_finds_something(client, language):
    examples = [url for url in links_of(text_of(client, "about-search", language)) if "?q=" in url]
    assert len(examples) >= 9
    for url in examples:
        page = client.get(url).content.decode()
        assert '<li class="result result-project"' in page, url
        assert 'class="field-errors"' not in page, url


@pytest.mark.parametrize("name", WITH_CONTACT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contact_is_the_one_of_the_settings(client, settings, name, language):
    settings.OPERATOR = {**settings.OPERATOR, "operator_contact": "", "operator_url": ""}
    assert "mailto:" not in text_of(client, name, language)
    settings.OPERATOR = {**settings.OPERATOR, "operator_url": "https://operator.example/"}
    assert 'href="https://operator.example/"' in text_of(client, name, language)
    settings.OPERATOR = {**settings.OPERATOR, "operator_contact": "registry@operator.example"}
    assert 'href="mailto:registry@operator.example"' in text_of(client, name, language)


@pytest.mark.parametrize("name", ["about-data", "about-terms"])
def test_the_licence_is_the_one_of_the_settings(client, settings, name):
    settings.OPERATOR = {
        **settings.OPERATOR,
        "data_licence_en": "Use it well.",
        "data_licence_fr": "Faites-en bon usage.",
        "data_licence_url": "https://operator.example/licence",
    }
    assert "Use it well." in text_of(client, name)
    assert "Faites-en bon usage." in text_of(client, name, "fr")
    assert 'href="https://operator.example/licence"' in text_of(client, name)


def test_the_terms_claim_no_more_than_the_notice_says(client, settings):
    notice = settings.OPERATOR["site_notice_en"]
    assert notice in text_of(client, "about-terms")
    settings.OPERATOR = {**settings.OPERATOR, "site_notice_en": "", "site_notice_fr": ""}
    assert "official" not in text_of(client, "about-terms")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_certainty_is_explained_in_the_words_of_the_records(client, language):
    text = text_of(client, "about-data", language)
    with translation.override(language):
        for certainty in Certainty.values:
            drawn = html.unescape(render_to_string("includes/certainty.html", {"certainty": certainty}))
            assert drawn.strip() in text
