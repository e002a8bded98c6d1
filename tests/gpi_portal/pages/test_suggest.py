"""Suggestions while typing: what is offered, in which order, and to whom nothing is."""

import datetime

import pytest

from gpi_portal.models import TORONTO, RegistryVersion
from gpi_portal.publishing.publish import publish
from projects.models import Recipient
from tests.site import address
from tests.test_pages import more_records

pytestmark = pytest.mark.django_db


def suggestions(client, text, language="en"):
    response = client.get(address("suggest", language), {"q": text})
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert not response.cookies
    return response.json()["suggestions"]


def names(client, text, language="en"):
    return [suggestion["name"] for suggestion in suggestions(client, text, language)]


def test_the_addresses_are_those_of_the_contract():
    assert [address("suggest", language) for language in ("en", "fr")] == ["/en/suggest/", "/fr/suggestions/"]


def test_a_suggestion_says_what_it_is_and_where(client):
    assert suggestions(client, "ura") == [{"name": "Uranium", "kind": "Mineral", "url": "/en/minerals/uranium/"}]
    assert suggestions(client, "ura", "fr") == [{"name": "Uranium", "kind": "Minéral", "url": "/fr/mineraux/uranium/"}]


@pytest.mark.parametrize("text", ["FORTUNE", "fort", "fort min", "minerals fort", "Fôrtune-Min"])
def test_words_may_be_begun_in_any_order_with_or_without_accents(client, text):
    assert "Fortune Minerals Ltd." in names(client, text)


def test_names_of_the_other_language_count_too(client):
    assert "Nickel" in names(client, "nick", "fr")
    assert "Tin" in names(client, "étain")
    assert "Étain" in names(client, "tin", "fr")


def test_every_kind_that_has_a_page_of_its_own_is_offered(client):
    found = {
        suggestion["kind"]
        for text in ("global", "joint", "mining", "market", "cobalt", "optel", "trac")
        for suggestion in suggestions(client, text)
    }
    assert {"Program", "Funding stream", "Partner initiative", "Focus area", "Mineral", "Recipient"} <= found


def test_names_that_begin_like_what_was_typed_come_first(client):
    first = names(client, "min")
    assert len(first) == 8
    begins = [name.casefold().startswith("min") for name in first]
    assert begins == sorted(begins, reverse=True)


def test_on_a_past_day_what_was_public_then_is_offered_and_leads_there(client):
    published = datetime.datetime(2026, 1, 10, 12, tzinfo=TORONTO)
    RegistryVersion.objects.update(published_at=published)
    recipient = Recipient.objects.get(code="optel")
    recipient.name_en = recipient.name_fr = "Renamed since"
    publish([recipient], at=published + datetime.timedelta(days=10))
    answer = client.get(address("suggest"), {"q": "optel", "as_of": "2026-01-12"}).json()
    assert answer["suggestions"][0]["url"] == "/en/recipients/optel/?as_of=2026-01-12"
    assert client.get(address("suggest"), {"q": "renamed", "as_of": "2026-01-12"}).json()["suggestions"] == []
    assert client.get(address("suggest"), {"q": "optel", "as_of": "yesterday"}).json()["suggestions"] == []


def test_small_words_are_passed_over(client):
    assert names(client, "rare of earth") == names(client, "rare earth")
    assert names(client, "of the") == []


@pytest.mark.parametrize("text", ["", " ", "u", "\x00", "--", '"', "*", "x" * 101, "🙂", "\u202e\u202e"])
def test_what_cannot_be_searched_for_suggests_nothing(client, text):
    assert suggestions(client, text) == []


def test_only_what_is_public_is_suggested(client):
    Recipient.objects.create(code="secret-draft", name_en="Secret draft", name_fr="Brouillon secret")
    assert names(client, "secret draft") == []


def test_the_number_is_said_in_words(client):
    def summary(text, language):
        return client.get(address("suggest", language), {"q": text}).json()["summary"]

    assert summary("ura", "en") == "1 suggestion. Use the arrow keys to choose it."
    assert summary("min", "fr") == "8 suggestions. Choisissez-en une avec les touches fléchées."
    assert summary("zzzz", "fr") == "Aucune suggestion"


def test_one_look_into_the_database_is_enough(client, django_assert_num_queries):
    more_records("more", 3)
    for text in ("more", "ura", "zzzz"):
        with django_assert_num_queries(1):
            suggestions(client, text)
