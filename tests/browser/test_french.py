"""No page shows words of the other language, hidden labels included, unless it marks them as such."""

import re
from pathlib import Path

import polib
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]

CATALOGUE = polib.pofile(str(Path(__file__).parents[2] / "locale" / "fr" / "LC_MESSAGES" / "django.po"))
TAG_OR_PLACEHOLDER = re.compile(r"<[^>]*>|%\(\w+\)s|%s")
WORD = re.compile(r"[^\W\d_]{2,}")
SMALL_WORD = re.compile(r"(?<!\w)[^\W\d_A-Z]{2,}")
# A line with that many words in small letters is no name, nor a list of names.
SENTENCE = 6
# What is typed in the search, and the parts of addresses, are no words of a page.
NO_WORDS = {"search example", "URL"}


def plain(text):
    return " ".join(text.split())


def phrases(texts):
    """The parts of these texts that stand on a page as they are and have two words at least."""
    parts = {plain(part) for text in texts for part in TAG_OR_PLACEHOLDER.split(text)}
    return {part for part in parts if len(WORD.findall(part)) >= 2}


def own_phrases():
    """By language, the phrases of the catalogue that only this language has."""
    entries = [entry for entry in CATALOGUE if entry.msgctxt not in NO_WORDS]
    english = phrases(text for entry in entries for text in (entry.msgid, entry.msgid_plural))
    french = phrases(text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values()))
    return {"en": english - french, "fr": french - english}


def standing_in(text, phrases):
    """Those of the phrases that stand in a text as whole words."""
    return [phrase for phrase in phrases if phrase in text and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]


@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fr", "en")])
def test_no_page_says_what_has_words_in_its_own_language(tour, language, other):
    unwanted = own_phrases()[other]
    pages = {address: visit for address, visit in tour.visits.items() if address.startswith(f"/{language}/")}
    assert pages
    found = {address: standing_in(plain(" … ".join(visit.words)), unwanted) for address, visit in pages.items()}
    assert {address: words for address, words in found.items() if words} == {}


def sentences(visit):
    lines = {plain(line) for words in visit.words for line in re.split(r"[\n.…]", words)}
    return {line for line in lines if len(SMALL_WORD.findall(line)) >= SENTENCE}


def test_no_sentence_is_the_same_in_both_languages(tour):
    pairs = {address: visit for address, visit in tour.visits.items() if address.startswith("/fr/")}
    assert any(sentences(visit) for visit in pairs.values())
    found = {address: sentences(visit) & sentences(tour.visits[visit.counterpart]) for address, visit in pairs.items()}
    assert {address: lines for address, lines in found.items() if lines} == {}
