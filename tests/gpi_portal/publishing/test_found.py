"""Whatever the search finds a record by, its list says so: in a text that it shows, or as a reason."""

import re
from html import unescape

import pytest

from gpi_portal import search
from gpi_portal.models import PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.found import reasons
from tests.site import address

pytestmark = pytest.mark.django_db

PLACES = ("Halifax", "London", "Paris", "Vancouver", "Ontario", '"Nova Scotia"', "Quebec", "France")


def text_of(client, name: str, query: str, language: str = "en") -> str:
    page = client.get(address(name, language), {"q": query}).content.decode()
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.partition('id="results"')[2])).split())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("language", "found"), [("en", "Found in recipient:"), ("fr", "Trouvé (bénéficiaire) :")])
def test_a_list_says_that_it_is_the_place_of_the_recipient(client, place, language, found):
    page = text_of(client, "projects:list", place, language).replace("\u00a0", " ")
    assert found in page or "Found in locations:" in page or "Trouvé (lieux) :" in page


def test_the_search_of_the_whole_site_says_so_too(client):
    assert "Found in countries:" in text_of(client, "search", "Australia")
    assert "Found in address:" not in text_of(client, "search", "uranium")


@pytest.mark.parametrize("noun", nouns())
def test_every_text_that_is_searched_is_a_reason_where_it_is_not_shown(noun):
    for version in PublishedVersion.objects.public().noun(noun):
        for text in nouns()[noun].texts_of(version.document):
            words = [word for word in re.findall(r"\w{4,}", text.text) if not word.isdigit()][:2]
            for word in words:
                query = search.parse(f'"{word}"')
                if query.required:
                    assert reasons(version, query, []), (version, text)


@pytest.mark.parametrize("noun", nouns())
def test_every_reason_has_a_name(noun):
    for version in PublishedVersion.objects.public().noun(noun):
        assert all(text.field for text in nouns()[noun].texts_of(version.document))


def test_a_text_of_the_other_language_says_its_language(client):
    assert "Found in description (French):" in text_of(client, "projects:list", "traçabilité")
