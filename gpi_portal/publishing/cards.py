"""The cards of other records inside a document: what the public reads of them, and no unpublished edit."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

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


class Cards:
    """The cards that the documents of one plan show: each a blank until all are known, then filled in from few queries.

    So it does not matter in which order records are planned that show each other, nor whether they do so in a ring.
    """

    def __init__(self) -> None:
        self._blanks: dict[tuple[str, str], list[Document]] = defaultdict(list)
        self._asked: dict[Publishable, dict[tuple[str, str], str]] = {}
        self._known: set[tuple[str, str]] = set()

    def asked_by(self, record: Publishable) -> "CardsOf":
        """The cards for the document of one record."""
        return CardsOf(self._blanks, self._asked.setdefault(record, {}))

    def fill(self, documents: Mapping[tuple[str, str], Document]) -> None:
        """Fill in what records say in these documents, of others what the public reads of them now."""
        wanted = self._blanks.keys() - documents.keys()
        public = PublishedVersion.objects.public().of_records(wanted).values_list("noun", "code", "document")
        read = {(noun, code): document for noun, code, document in public}
        for key, blanks in self._blanks.items():
            document = documents.get(key) or read.get(key)
            if document is not None:
                self._known.add(key)
                card = nouns()[key[0]].card_of(document)
                for blank in blanks:
                    blank.update(card)

    def missing(self, record: Publishable) -> list[str]:
        """The names of the records that it shows and that the public cannot see."""
        return [name for key, name in self._asked.get(record, {}).items() if key not in self._known]


class CardsOf:
    """The cards that one document shows."""

    def __init__(self, blanks: dict[tuple[str, str], list[Document]], asked: dict[tuple[str, str], str]) -> None:
        self._blanks, self._asked = blanks, asked

    def of(self, record: Publishable) -> Document:
        """The record's card, blank at first."""
        key = (record.noun, record.code)
        blank: Document = {"noun": record.noun, "code": record.code}
        self._blanks[key].append(blank)
        self._asked[key] = str(record)
        return blank

    def each(self, records: Iterable[Publishable]) -> list[Document]:
        return [self.of(record) for record in records]
