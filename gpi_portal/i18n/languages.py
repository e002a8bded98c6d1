"""The two languages of a record: one descriptor for models, one wrapper for public documents."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from django.utils.functional import lazy
from django.utils.translation import get_language, override

from gpi_portal.nouns import gaps

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, Language] = ("en", "fr")


def active_language() -> Language:
    """The language of the current page, ``en`` or ``fr``; English if none is active."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


class localized:
    """``name = localized()`` reads ``name_en`` or ``name_fr`` by the active language, without a fallback."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return getattr(instance, f"{self.name}_{active_language()}")


class Gap(str):
    """Words in place of a text that is missing in the page's language; they are not a value of the record."""


class Record(Mapping[str, Any]):
    """A public document as templates read it.

    ``record["title"]`` gives ``title_en`` or ``title_fr`` by the active language unless the document has a plain
    ``title``; dictionaries and lists in it are wrapped too. If the noun declares `gaps` for the origin of the record,
    a text that exists in the other language only is a `Gap`. Read-only.
    """

    def __init__(self, document: Mapping[str, Any], origin: str = "") -> None:
        self.document = document
        self.origin = document.get("origin", origin)

    def __getitem__(self, key: str) -> Any:
        if key in self.document:
            # The portal writes the citations of every record, whatever its origin.
            return wrap(self.document[key], "" if key == "citations" else self.origin)
        text = self.document[f"{key}_{active_language()}"]
        if text == "" and self.origin in gaps() and any(self.document.get(f"{key}_{other}") for other in LANGUAGES):
            return Gap(gaps()[self.origin])
        return wrap(text)

    def __iter__(self) -> Iterator[str]:
        return iter(self.document)

    def __len__(self) -> int:
        return len(self.document)

    def __str__(self) -> str:
        return str(self.get("title") or self.get("name") or self.get("code") or "")


def wrap(value: Any, origin: str = "") -> Any:
    """The value for a template: dictionaries become `Record`, also inside lists.

    Rows of a document share its origin; cards of other records have their own.
    """
    if isinstance(value, dict):
        return Record(value, "" if "noun" in value else origin)
    if isinstance(value, list):
        return [wrap(item, origin) for item in value]
    return value


def in_both(text: Any) -> dict[str, str]:
    """An interface text in each language, in the form of a document: ``{"text_en": …, "text_fr": …}``."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[f"text_{language}"] = str(text)
    return found


def sort_key(name: str) -> str:
    """The name as a plain string that both databases sort the same, whatever their collation.

    Accents, case, spaces and punctuation do not count (« étain » sorts under E); at most 200 characters.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae").replace("ł", "l"))
    return "".join(character for character in plain if character.isalnum())[:200]


def capitalized(text: Any) -> str:
    """The text with its first letter in upper case and the rest unchanged."""
    words = str(text)
    return words[:1].upper() + words[1:]


capitalized_lazy = lazy(capitalized, str)
