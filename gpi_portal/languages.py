"""The two languages of a record: one descriptor for models, one wrapper for public documents."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language, override

LANGUAGES = ("en", "fr")


def active_language() -> str:
    """The language of the page being made, ``en`` or ``fr``; English when none is active."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


class localized:
    """``name = localized()`` reads ``name_en`` or ``name_fr`` by the active language, never the other one."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        return getattr(instance, f"{self.name}_{active_language()}")


class Record(Mapping):
    """A public document as templates read it.

    ``record["title"]`` gives ``title_en`` or ``title_fr`` by the active language where the document holds no
    plain ``title``; dictionaries and lists inside it are wrapped the same way. Read-only.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document

    def __getitem__(self, key: str) -> Any:
        if key in self.document:
            return wrap(self.document[key])
        return wrap(self.document[f"{key}_{active_language()}"])

    def __iter__(self) -> Iterator[str]:
        return iter(self.document)

    def __len__(self) -> int:
        return len(self.document)

    def __str__(self) -> str:
        return str(self.get("title") or self.get("name") or self.get("code") or "")


def wrap(value: Any) -> Any:
    """The value ready for a template: documents become `Record`, lists of them lists of `Record`."""
    if isinstance(value, dict):
        return Record(value)
    if isinstance(value, list):
        return [wrap(item) for item in value]
    return value


def in_both(text: Any) -> dict[str, str]:
    """An interface text in each language, as a document would hold it: ``{"text_en": …, "text_fr": …}``."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[f"text_{language}"] = str(text)
    return found


def sort_key(name: str) -> str:
    """The name as a plain string that both databases, whatever their collation, put in the same order.

    Accents, case, spaces and punctuation do not count (so « étain » stands under E); at most 200 characters.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae").replace("ł", "l"))
    return "".join(character for character in plain if character.isalnum())[:200]


def capitalized(text: Any) -> str:
    """The text with its first letter in upper case, the others as they are."""
    text = str(text)
    return text[:1].upper() + text[1:]
