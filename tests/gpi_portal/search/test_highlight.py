"""What is highlighted on a page is what the search found, and nothing in it can break the page."""

import re

import pytest
from django.utils.html import escape
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from gpi_portal.search import Query, Text, excerpt, highlight, matches, parse, why


def marked(text: str, query: str, language: str | None = "en") -> str:
    """The highlighted text with [brackets] around the words found."""
    return highlight(text, parse(query), language).replace("<mark>", "[").replace("</mark>", "]")


MARKED = [
    ("Battery minerals", "batteries mineral", "en", "[Battery] [minerals]"),
    ("Des minéraux", "mineral", "fr", "Des [minéraux]"),
    ("L’énergie propre", "energie", "fr", "L’[énergie] propre"),
    ("Tłı̨chǫ Government", "tlicho", None, "[Tłı̨chǫ] Government"),
    ("Chef-d’œuvre.", "OEUVRE", "fr", "Chef-d’[œuvre]."),
    ("Copper or gold", "or", "en", "Copper or gold"),
    ("Mine d’or", "or", "fr", "Mine d’[or]"),
    ("A clean energy chain; energy is clean", '"clean energy"', "en", "A [clean energy] chain; energy is clean"),
    ("clean clean energy", '"clean energy" clean', "en", "[clean] [clean energy]"),
    ("Supply chain", "sup* -chain", "en", "[Supply] chain"),
    ("In partnership with the theory", "the*", "en", "In partnership with the [theory]"),
    ("The mine", "the mine", "en", "The [mine]"),
    ("The mine", "the", "en", "[The] mine"),
    ("Gold and copper", "gold OR tin", "en", "[Gold] and copper"),
    ("R&D of $165,300", "r&d 165,300", "en", "[R&amp;D] of $[165,300]"),
    ("<b>mine</b> & \"ore'", "mine b", "en", "&lt;b&gt;[mine]&lt;/b&gt; &amp; &quot;ore&#x27;"),
    ("mine", "", "en", "mine"),
    ("", "mine", "en", ""),
]


@pytest.mark.parametrize(("text", "query", "language", "expected"), MARKED)
def test_marked(text, query, language, expected):
    assert marked(text, query, language) == expected
    assert matches(text, parse(query), language) == ("[" in expected)


@given(st.text(), st.text())
def test_highlights_add_nothing_and_take_nothing_away(text, query):
    html = highlight(text, parse(query), None)
    assert isinstance(html, SafeString)
    assert re.sub("</?mark>", "", html) == escape(text)


LONG = "The first words are of no interest here. " * 5 + "Then comes cobalt. " + "And the rest of it goes on. " * 9


def test_an_excerpt_of_a_long_text_surrounds_the_first_word_found():
    shown = excerpt(LONG, parse("cobalt"), "en")
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert "Then comes <mark>cobalt</mark>. And" in shown
    assert len(shown) < 200


def test_an_excerpt_without_a_word_found_is_the_beginning():
    assert excerpt(LONG, Query(), "en").startswith("The first words")
    assert excerpt("A short text", parse("short"), "en") == "A <mark>short</mark> text"


@given(st.text(min_size=150), st.text())
def test_an_excerpt_is_safe_and_short(text, query):
    shown = excerpt(text, parse(query), None)
    assert isinstance(shown, SafeString)
    assert "<" not in re.sub("</?mark>", "", shown)


SHOWN = [Text("Traceability of uranium", "en"), Text("Aisimpro Inc.", None)]
OTHERS = [
    ("Description", Text("Traçabilité de l’uranium", "fr")),
    ("Place", Text("Montréal", None)),
    ("Other name", Text("Aisimpro of Montréal", None)),
]


def reasons(query: str) -> list[tuple[str, str | None, str]]:
    return [tuple(reason) for reason in why(parse(query), SHOWN, OTHERS)]


def test_what_is_shown_needs_no_reason():
    assert reasons("uranium aisimpro") == []
    assert reasons("uranium OR montreal") == []
    assert reasons("") == []


def test_each_word_that_is_not_shown_has_its_first_reason():
    assert reasons("uranium montreal") == [("Place", None, "<mark>Montréal</mark>")]
    assert reasons("traçabilité montreal") == [
        ("Description", "fr", "<mark>Traçabilité</mark> de l’uranium"),
        ("Place", None, "<mark>Montréal</mark>"),
    ]
    assert reasons("cobalt OR montreal -gold") == [("Place", None, "<mark>Montréal</mark>")]


def test_a_word_found_nowhere_has_no_reason():
    assert reasons("cobalt") == []
