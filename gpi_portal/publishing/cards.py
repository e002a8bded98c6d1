"""The cards of other records inside a document: what the public reads of them, and no unpublished edit."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from gpi_portal.i18n.text import visible
from gpi_portal.models import Publishable, PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.wording import Document


def embedded(document: Any) -> Iterator[Document]:
    """The cards of other records inside a document, at any depth."""
    inside = document.values() if isinstance(document, dict) else document
    for value in inside:
        if isinstance(value, dict | list):
            if isinstance(value, dict) and "noun" in value:
                yield value
            yield from embedded(value)


def plain(document: Document) -> Document:
    """The document as it reads back from the database: decimals and dates as text."""
    read: Document = json.loads(json.dumps(document, cls=DjangoJSONEncoder))
    return read


def legible(document: Any) -> Any:
    """What a reader can tell apart in a document, so that two of which this is the same say the same.

    A key without a value says what a key that is not there says.
    """
    if isinstance(document, dict):
        said = {key: legible(value) for key, value in document.items()}
        return {key: value for key, value in said.items() if value not in (None, "", [])}
    if isinstance(document, list):
        return [legible(value) for value in document]
    return visible(document) if isinstance(document, str) else document


class NotPublic(ValidationError):
    """A record refers to one that the public cannot see."""


class Cards:
    """The public cards of records, read once each."""

    def __init__(self) -> None:
        self._cards: dict[tuple[str, str], Document] = {}

    def put(self, noun: str, code: str, document: Document) -> None:
        self._cards[noun, code] = nouns()[noun].card_of(document)

    def of(self, record: Publishable) -> Document:
        """The record's card as the public sees it, unpublished edits left out."""
        key = (record.noun, record.code)
        if key not in self._cards:
            version = PublishedVersion.objects.public().filter(noun=record.noun, code=record.code).first()
            if version is None:
                raise NotPublic(_("“%(name)s” is not public yet. Publish it first.") % {"name": record})
            self.put(*key, version.document)
        return self._cards[key]

    def each(self, records: Iterable[Publishable]) -> list[Document]:
        return [self.of(record) for record in records]
