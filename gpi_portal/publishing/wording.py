"""What a public document says, in words: the names of its fields, and their values."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import localize
from django.utils.translation import gettext as _

from gpi_portal.i18n import figures
from gpi_portal.i18n.languages import LANGUAGES, Record, active_language, capitalized
from gpi_portal.i18n.text import has_visible
from gpi_portal.models import OwnedRow, Publishable, columns_of, traits_of
from gpi_portal.nouns import nouns

Document = dict[str, Any]


def noun_name(noun: str) -> str:
    return capitalized(nouns()[noun]._meta.verbose_name)


def choice(value: str, field: str) -> str:
    """The words of a coded value, ``field`` as ``app.model.field``; empty for an empty code."""
    app, model, name = field.split(".")
    labels = dict(apps.get_model(app, model)._meta.get_field(name).flatchoices)
    return capitalized(labels[value]) if value in labels and value != "" else ""


def field_name(model: type[models.Model], field: str) -> str:
    """The words for a column, and of a noun also for another key of its document or a part of it that is cited."""
    parts = {**model.other_parts, **model.cited_parts} if issubclass(model, Publishable) else {}
    return capitalized(parts[field] if field in parts else column_name(model, field))


def column_name(model: type[models.Model], field: str) -> str:
    """The words for a column or for the rows of another table. Raises `KeyError` where there is none of that name."""
    columns: dict[str, Any] = {column.name: column for column in model._meta.get_fields()}
    column = columns[field] if field in columns else columns[f"{field}_en"]
    return str(getattr(column, "verbose_name", None) or column.related_model._meta.verbose_name_plural)


def without_language(words: str) -> str:
    """The words for a field, without the language of its column."""
    return re.sub(r"\s*\([^)]*\)$", "", words)


def language_of(key: str) -> str:
    """The language of a text in a document; nothing for what is no text in one language."""
    return next((language for language in LANGUAGES if key.endswith(f"_{language}")), "")


def without_suffix(key: str) -> str:
    """The name of a text without its language: ``title_en`` is ``title``."""
    return key.removesuffix("_en").removesuffix("_fr")


def in_words(model: type[models.Model], key: str, document: Document, currency: str = "CAD") -> str:
    """One value of a document or of a row in it as a reader would say it; empty where it is not stated.

    ``currency`` is that of amounts beside which none stands.
    """
    value, currency = document.get(key), document.get("currency", currency)
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return str(Record(value))
    if isinstance(value, list):
        noun: Any = model  # a row has no lists
        return "; ".join(row_in_words(noun, key, item, currency) for item in value)
    field = next((field for field in model._meta.fields if field.name == key), None)
    if isinstance(field, models.DecimalField) and field.decimal_places == 2:
        return figures.money(value, currency, document.get(f"{key}_rounded_to", 1))
    if key.endswith("_rounded_to"):
        return figures.money(value, currency, value)
    if isinstance(field, models.DateField):
        return day_in_words(field, value)
    choices = dict(field.flatchoices) if field else {}
    return capitalized(choices.get(value, value)) if choices else str(value)


def day_in_words(field: "models.Field[Any, Any]", value: Any) -> str:
    if isinstance(field, models.DateTimeField):
        return localize(timezone.localtime(parse_datetime(str(value))))
    return figures.long_date(value)


def rows_of(model: type[Publishable], key: str) -> type[OwnedRow] | None:
    """The model of the rows that stand in a document under this key; None for anything else."""
    column = next((relation for relation in model._meta.related_objects if relation.name == key), None)
    return column.related_model if column and issubclass(column.related_model, OwnedRow) else None


def row_in_words(model: type[Publishable], key: str, item: Any, currency: str) -> str:
    """One item of a list: the name of a record or a code, or all that a row says in the page's language."""
    if isinstance(item, str):
        return columns_of(model)[key].said(item)
    row_model = rows_of(model, key)
    if row_model is None:
        return str(Record(item))
    own = [name for name in row_keys(row_model, item) if language_of(name) in ("", active_language())]
    more = [name for name in own if without_suffix(name) not in row_model.naming and item[name] is not False]
    said = [(name, in_words(row_model, name, item, currency)) for name in more]
    details = [f"{without_language(column_name(row_model, name))} {words}" for name, words in said if words]
    name = row_model.row_name(Record(item), model) or first_text(item)
    return _("%(name)s: %(field)s") % {"name": name, "field": ", ".join(details)} if details else name


def first_text(row: Document) -> str:
    """What stands for the name of a row that has none in the page's language."""
    return next((text for key, text in row.items() if language_of(key) and text), "…")


def missing_texts(model: type[models.Model], document: Document) -> Iterator[str]:
    """The words for each text that a document or a row in it lacks: a required one, or one that stands in one language.

    Cards of other records are not read: they were published with texts of their own.
    """
    for text in dict.fromkeys(without_suffix(key) for key in document if language_of(key)):
        blank = [key for key in (f"{text}_{language}" for language in LANGUAGES) if not has_visible(document[key])]
        if traits_of(model, text).required or len(blank) < len(LANGUAGES):
            yield from (column_name(model, key) for key in blank)
    noun: Any = model  # a row has no rows
    for key in document:
        row_model = rows_of(noun, key)
        if row_model is None:
            continue
        for row in document[key]:
            name = row_model.row_name(Record(row), noun)
            for field in missing_texts(row_model, row):
                yield _("%(name)s: %(field)s") % {"name": name, "field": field}


def row_keys(model: type[OwnedRow], row: Document) -> list[str]:
    """The keys of a row in the order of its columns: PostgreSQL keeps them in no such order."""
    return [column.name for column in model._meta.concrete_fields if column.name in row]
