"""What a citation supports: the value of its field, known again by a digest."""

import functools
import hashlib
import json
import unicodedata
from decimal import Decimal
from typing import Any

from django.db import models

from gpi_portal.i18n.text import visible
from gpi_portal.models import Publishable, columns_of, traits_of

Document = dict[str, Any]


def digest_of(model: type[Publishable], field: str, document: Document) -> str:
    """The value of a field in a document, short: two digests are equal where a reader sees the same value."""
    value = json.dumps(value_of(model, field, document), sort_keys=True, default=str)
    return hashlib.blake2b(value.encode(), digest_size=16).hexdigest()


def value_of(model: type[Publishable], field: str, document: Document) -> Any:
    """All that a citation of a field supports: both languages of a text, an amount with what qualifies it."""
    if field in model.cited_parts:
        return bare([row for row in document.get("conditions", ()) if row["criterion"] == field])
    field = traits_of(model, field).qualifies or field
    own = [value_in(model, name, document) for name in (field, f"{field}_en", f"{field}_fr")]
    if all(value in (None, "", []) for value in own):
        return None
    return [*own, *(value_in(model, name, document) for name in beside(model, field))]


@functools.cache
def beside(model: type[Publishable], field: str) -> list[str]:
    """What a citation of a field supports with it: what qualifies it, then other values that belong to it."""
    own = columns_of(model).values()
    qualifying = [column.name for column in own if column.traits.qualifies == field]
    return qualifying + [column.name for column in own if column.traits.belongs_to == field and not column.is_text]


def value_in(model: type[Publishable], name: str, document: Document) -> Any:
    column = columns_of(model).get(name)
    value = document.get(column.key if column else name)
    if column and column.traits.key:
        # The nearest one is the record's own; those above it are that one's.
        return bare((value or [])[-1:])
    if column and isinstance(column.field, models.DecimalField) and value is not None:
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
    if isinstance(value, str) and value.isascii() and value.isprintable():
        return " ".join(value.split())
    if isinstance(value, str):
        seen = (sign for sign in visible(value) if unicodedata.category(sign) != "Cf")
        return " ".join("".join(seen).split())
    return value


def is_prose(model: type[Publishable], field: str) -> bool:
    """Whether a field is told in sentences of our own, in both languages."""
    column = columns_of(model).get(field)
    if column is None or not column.is_text:
        return False
    return bool(column.traits.belongs_to) or isinstance(column.field, models.TextField)


def latest_of(amendments: list[Any]) -> Any:
    """The amendment that gives a project its value and its end; None where there is none."""
    return max(amendments, key=lambda amendment: amendment.number, default=None)
