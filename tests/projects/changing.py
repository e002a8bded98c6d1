"""One value of a working row changed to another one, and back, whatever its kind; and what is cited then."""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from gpi_portal.models import Names, Publishable, PublishedVersion

Undo = Callable[[], Any]

#: A first row for a list that has none.
FIRST_ROWS = {
    "co_funding": {"funder_en": "A funder", "funder_fr": "Un bailleur"},
    "locations": {"kind": "site", "name_en": "A place", "name_fr": "Un lieu", "country": "CA"},
    "conditions": {"admits": "other", "text_en": "A condition", "text_fr": "Une condition"},
}
#: Where not every text will do.
OTHERS = {
    "countries": ("FR", "DE"),
    "website": ("https://example.org/", "https://example.com/"),
    "contact_email": ("a@example.org", "b@example.org"),
    "business_number": ("123456789", "987654321"),
}


def change(record: Publishable, field: str) -> Undo | None:
    """Change a field in the database, past the object in hand; what it returns puts the old value back.

    Nothing where the record would not be valid then, as a country abroad beside a province.
    """
    try:
        with transaction.atomic():
            undo = changed(record, field)
            type(record).objects.get(pk=record.pk).full_clean()
    except (IntegrityError, ValidationError):
        return None
    return undo


def changed(record: Publishable, field: str) -> Undo:
    if field in record.cited_parts:
        return change_row(record.conditions.filter(criterion=field), "conditions", criterion=field)
    columns = {column.name: column for column in record._meta.get_fields()}
    if f"{field}_en" in columns:
        return change_columns(record, f"{field}_en", f"{field}_fr")
    column = columns[field]
    if column.many_to_many:
        return change_links(getattr(record, field))
    if column.one_to_many:
        return change_row(getattr(record, field).all(), field)
    return change_columns(record, field)


def change_columns(record: Publishable, *names: str) -> Undo:
    rows = type(record).objects.filter(pk=record.pk)
    old = rows.values(*names).get()
    rows.update(**{name: another(record, record._meta.get_field(name), old[name]) for name in names})
    return lambda: rows.update(**old)


def change_links(manager: Any) -> Undo:
    old = list(manager.all())
    manager.add(manager.model.objects.exclude(pk__in=[record.pk for record in old]).first())
    return lambda: manager.set(old)


def change_row(rows: Any, kind: str, **more: Any) -> Undo:
    first = rows.first()
    if first is None:
        owner = {rows._hints["instance"]._meta.model_name.replace("fundingstream", "stream"): rows._hints["instance"]}
        return rows.model.objects.create(**owner, **FIRST_ROWS[kind], **more).delete
    column = next(name for name in ("funder_en", "name_en", "text_en") if hasattr(first, name))
    row, old = rows.model.objects.filter(pk=first.pk), getattr(first, column)
    row.update(**{column: f"{old} x"})
    return lambda: row.update(**{column: old})


def another(record: Publishable, column: models.Field, old: Any) -> Any:
    """Some other value of a column that is valid there."""
    if column.is_relation:
        others = column.related_model.objects.exclude(pk=old)
        return (others.exclude(pk=record.pk) if column.related_model is type(record) else others).first()
    if column.name in OTHERS or column.choices:
        known = OTHERS.get(column.name) or [value for value, _words in column.flatchoices if value != ""]
        return next(value for value in known if value != old)
    if isinstance(column, models.BooleanField):
        return not old
    if isinstance(column, models.DateField):
        return datetime.date(2024, 5, 5) if old is None else old + datetime.timedelta(days=1)
    if isinstance(column, models.IntegerField | models.DecimalField):
        return 2025 if old is None else old + 1
    return f"{old} x".strip()


def fresh(record: Publishable) -> Publishable:
    return type(record).objects.get(pk=record.pk)


def cited(document: dict[str, Any]) -> list[tuple[str, str]]:
    """The citations of a document, each as its field and what its source is quoted with."""
    return [(row["field"], row["value"]) for row in document["citations"]]


def held(record: Publishable) -> list[tuple[str, str]]:
    return cited(fresh(record).document(Names()))


def public(record: Publishable) -> dict[str, Any]:
    return PublishedVersion.objects.public().get(noun=record.noun, code=record.code).document
