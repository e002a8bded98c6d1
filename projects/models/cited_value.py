"""What a citation supports: the value of its field, known again by a digest."""

import hashlib
import json
import unicodedata
from decimal import Decimal
from typing import Any

from django.db import models

from gpi_portal.models import Publishable

Document = dict[str, Any]

#: Says nothing without its amount: whoever cites it cites the amount too.
QUALIFIES = {
    "amount_qualifier": "amount",
    "amount_rounded_to": "amount",
    "envelope_qualifier": "envelope",
    "envelope_rounded_to": "envelope",
}
#: What only qualifies another value, and our own short form of another text, stand on the citations of that.
BELONGS_TO = {
    **QUALIFIES,
    "currency": "amount",
    "foreign_currency": "foreign_value",
    "summary": "description",
    "title": "description",
}
#: Those of them that say something even without it.
WORDS = {"summary", "title"}
#: The key of a document that holds a field of another name.
KEYS = {"parent": "parents"}


def digest_of(model: type[Publishable], field: str, document: Document) -> str:
    """The value of a field in a document, short: two digests are equal where a reader sees the same value."""
    value = json.dumps(value_of(model, field, document), sort_keys=True, default=str)
    return hashlib.blake2b(value.encode(), digest_size=16).hexdigest()


def value_of(model: type[Publishable], field: str, document: Document) -> Any:
    """All that a citation of a field supports: both languages of a text, an amount with what qualifies it."""
    if field in model.cited_parts:
        return bare([row for row in document.get("conditions", ()) if row["criterion"] == field])
    field = QUALIFIES.get(field, field)
    own = [value_in(model, name, document) for name in (field, f"{field}_en", f"{field}_fr")]
    if all(value in (None, "", []) for value in own):
        return None
    more = [name for name, other in BELONGS_TO.items() if other == field and name not in WORDS]
    return [*own, *(value_in(model, name, document) for name in more)]


def value_in(model: type[Publishable], name: str, document: Document) -> Any:
    value = document.get(KEYS.get(name, name))
    if name in KEYS:
        # The nearest one is the record's own; those above it are that one's.
        return bare((value or [])[-1:])
    column = next((column for column in model._meta.concrete_fields if column.name == name), None)
    if isinstance(column, models.DecimalField) and value is not None:
        return f"{Decimal(value).normalize():f}"
    return bare(value)


def bare(value: Any) -> Any:
    """A part of a document without what is no part of its value.

    That is the order of a list, what the card of another record says of it, and characters of a text that nobody sees.
    """
    if isinstance(value, dict):
        return (
            [value["noun"], value["code"].casefold()] if "noun" in value else {key: bare(value[key]) for key in value}
        )
    if isinstance(value, list):
        return sorted(map(bare, value), key=lambda item: json.dumps(item, sort_keys=True, default=str))
    if isinstance(value, str):
        seen = (sign for sign in unicodedata.normalize("NFC", value) if unicodedata.category(sign) != "Cf")
        return " ".join("".join(seen).split())
    return value


def is_prose(model: type[Publishable], field: str) -> bool:
    """Whether a field is told in sentences of our own, in both languages."""
    columns = (column for column in model._meta.concrete_fields if column.name == f"{field}_en")
    return field in WORDS or any(isinstance(column, models.TextField) for column in columns)


def latest_of(amendments: list[Any]) -> Any:
    """The amendment that gives a project its value and its end; None where there is none."""
    return max(amendments, key=lambda amendment: amendment.number, default=None)
