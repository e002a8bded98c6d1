"""The terms of funding: every one on the page, in both languages, and opened in place without a script."""

import html

import pytest
from django.utils import translation

from gpi_portal.i18n.glossary import in_order, terms
from gpi_portal.i18n.languages import sort_key
from tests.site import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_has_every_term_in_alphabetical_order(client, language):
    page = html.unescape(client.get(address("about-glossary", language)).content.decode())
    with translation.override(language):
        names = [str(term.name) for term in in_order()]
        assert names == sorted(names, key=sort_key)
        places = [page.index(f'<div class="fact" id="{term.code}">') for term in in_order()]
        assert places == sorted(places)
        assert all(str(term.text) in page for term in terms().values())


def test_every_term_is_a_sentence_or_two_in_both_languages():
    for term in terms().values():
        texts = []
        for language in ("en", "fr"):
            with translation.override(language):
                texts.append(str(term.text))
                assert str(term.text).count(". ") <= 1, term.code
                assert str(term.text).endswith("."), term.code
        assert texts[0] != texts[1]


@pytest.mark.parametrize(
    ("name", "code", "term"),
    [
        ("projects:project", "gpi-0001", "contribution"),
        ("projects:project", "gpi-0001", "up-to"),
        ("projects:project", "gpi-0007", "grant"),
        ("projects:project", "gpi-0007", "funding-stream"),
        ("programs:stream", "traceability", "grant"),
        ("programs:stream", "joint-rd", "repayable"),
    ],
)
def test_a_term_opens_in_place_and_leads_to_the_glossary(client, name, code, term):
    page = html.unescape(client.get(address(name, code=code)).content.decode())
    opened = page[page.index('<details class="term">') :]
    assert str(terms()[term].text) in opened
    assert f'href="{address("about-glossary")}#{term}"' in opened


def test_every_page_leads_to_the_glossary(client):
    page = client.get(address("projects:overview", "fr")).content.decode()
    assert f'href="{address("about-glossary", "fr")}"' in page
