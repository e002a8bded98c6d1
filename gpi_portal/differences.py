"""What publishing changed for the public, record by record, field by field and in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpi_portal import figures
from gpi_portal.countries import place_name
from gpi_portal.languages import Record, active_language, capitalized
from gpi_portal.models import Publishable, PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing import publish


@dataclass(frozen=True)
class Difference:
    """What one act of publishing did to one record: the version before it, if any, and the version after."""

    before: PublishedVersion | None
    after: PublishedVersion

    def fields(self) -> list[tuple[str, str, str]]:
        """The fields that differ: (its name, before, after) in words; an empty text means not stated.

        None for a record that is new, withdrawn or published again: it changed as a whole.
        """
        if self.before is None or self.before.withdrawn or self.after.withdrawn:
            return []
        model, before, after = nouns()[self.after.noun], self.before.document, self.after.document
        return [
            (field_name(model, key), in_words(model, key, before), in_words(model, key, after))
            for key in in_order(model, after)
            if before.get(key) != after[key]
        ]


def in_order(model: type[Publishable], document: dict[str, Any]) -> list[str]:
    """The keys of a document as its noun declares them, the rest by name: PostgreSQL keeps them in no such order."""
    places = {field: place for place, field in enumerate(model.public_fields)}
    return sorted(document, key=lambda key: (places.get(key, len(places)), key))


def differences_of(versions: Iterable[PublishedVersion]) -> list[Difference]:
    """Each version beside the one that it replaced, in one query."""
    versions = list(versions)
    replaced = PublishedVersion.objects.filter(
        noun__in={version.noun for version in versions},
        code__in={version.code for version in versions},
        valid_to__in={version.valid_from_id for version in versions},
    )
    before = {(each.noun, each.code, each.valid_to_id): each for each in replaced}
    return [Difference(before.get((each.noun, each.code, each.valid_from_id)), each) for each in versions]


def changes_of(version: RegistryVersion) -> list[Difference]:
    """Every record that a registry version changed, in alphabetical order."""
    return differences_of(version.opened.by_name())


def preview(records: Iterable[Publishable]) -> list[Difference]:
    """What publishing these working rows would change for the public; raises what `publish` would raise."""
    with transaction.atomic():
        version = publish(records)
        changes = changes_of(version) if version else []
        transaction.set_rollback(True)
    return changes


def field_name(model: type[Publishable], field: str) -> str:
    """The words for a key of a noun's document, or for a part of it that is cited."""
    if field in model.cited_parts:
        return capitalized(model.cited_parts[field])
    columns = {each.name: each for each in model._meta.get_fields()}
    column = columns.get(field) or columns.get(f"{field}_en")
    if column is None:
        # The programs above a record are the one part of a document that is no column.
        return _("Programs above it")
    words = getattr(column, "verbose_name", None) or column.related_model._meta.verbose_name_plural
    return capitalized(words)


def without_language(words: str) -> str:
    """The words for a field, without the language of its column."""
    return re.sub(r"\s*\([^)]*\)$", "", words)


def in_words(model: type[Publishable], key: str, document: dict[str, Any]) -> str:
    """One value of a document as a reader would say it; empty where it is not stated."""
    value = document.get(key)
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return str(Record(value))
    if isinstance(value, list):
        return list_in_words(value, document.get("currency", "CAD"))
    field = next((field for field in model._meta.fields if field.name == key), None)
    if isinstance(field, models.DecimalField):
        return figures.money(value, document.get("currency", "CAD"), document.get(f"{key}_rounded_to", 1))
    choices = dict(field.flatchoices) if field else {}
    return capitalized(choices.get(value, value)) if choices else str(value)


def list_in_words(items: list[Any], currency: str) -> str:
    """Several values in one line: the names of records, places and funders, or how many rows there are."""
    if all(isinstance(item, dict) and "noun" in item for item in items):
        return ", ".join(str(Record(item)) for item in items)
    names = [name_of(item, currency) for item in items]
    if all(names):
        return ", ".join(names)
    return ngettext("%(number)s entry", "%(number)s entries", len(items)) % {"number": len(items)}


def name_of(item: Any, currency: str) -> str:
    """What a row inside a document is called, or nothing."""
    if isinstance(item, str):
        return place_name(item, active_language()) if len(item) == 2 else item
    record = Record(item)
    if "amended_on" in item:
        words = {"number": item["number"], "amount": figures.money(item["value"], currency)}
        return _("%(number)s: %(amount)s") % words
    return next((str(record[key]) for key in ("name", "funder", "text") if f"{key}_en" in item), "")
