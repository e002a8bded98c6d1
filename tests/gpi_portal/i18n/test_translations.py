"""The quality of the French catalogue; that it is complete and compiled, `test_repository.py` says."""

import re
from pathlib import Path

import polib
import pytest

CATALOGUE = polib.pofile(str(Path(__file__).parents[3] / "locale" / "fr" / "LC_MESSAGES" / "django.po"))
# What a visitor types in the search keeps its plain signs.
SEARCH_EXAMPLE = "search example"
URL = "URL"
TAG = re.compile(r"<[^>]*>")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
NBSP = "\u00a0"


def forms(entry):
    """The French text, or the French texts of one and of several."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def tags(text):
    """The tags of a text; which words are of the other language differs between the two."""
    return [re.sub(r' lang="\w+"', "", tag) for tag in TAG.findall(text)]


def prose():
    """Every French text that is written for people, without tags and placeholders."""
    for entry in CATALOGUE:
        if entry.msgctxt not in (SEARCH_EXAMPLE, URL):
            for text in forms(entry):
                yield PLACEHOLDER.sub("x", TAG.sub("", text))


def test_every_placeholder_is_kept():
    for entry in CATALOGUE:
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        assert all(set(PLACEHOLDER.findall(text)) == wanted for text in forms(entry)), entry.msgid


def test_every_tag_is_kept():
    for entry in CATALOGUE:
        if entry.msgctxt != URL:
            assert all(sorted(tags(text)) == sorted(tags(entry.msgid)) for text in forms(entry)), entry.msgid


def test_none_and_one_are_singular():
    assert CATALOGUE.metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"
    assert all(list(entry.msgstr_plural) == [0, 1] for entry in CATALOGUE if entry.msgid_plural)


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("a typographic apostrophe", "'"),
        ("guillemets", '["“”]'),
        ("a no-break space inside guillemets", f"«(?!{NBSP})|(?<!{NBSP})»"),
        ("a no-break space before a colon", rf"(?<!{NBSP}):"),
        ("a no-break space before a dollar or per cent sign", rf"(?<![{NBSP}(%])%|(?<!{NBSP})\$"),
        ("no space before ; ? !", r"\s[;?!]"),
        ("one sign of omission", r"\.\.\."),
        ("no space at an end", r"^\s|\s$"),
    ],
)
def test_french_is_typeset_as_in_canada(rule, wrong):
    assert not [text for text in prose() if re.search(wrong, text)], rule


def test_addresses_are_plain_and_never_the_same():
    addresses = {entry.msgid: entry.msgstr for entry in CATALOGUE if entry.msgctxt == URL}
    assert len(set(addresses.values())) == len(addresses)
    for english, french in addresses.items():
        assert re.fullmatch(r"([a-z-]+|<slug:code>)(/([a-z-]+|<slug:code>))*/", french)
        assert re.findall("<.*?>", french) == re.findall("<.*?>", english)
