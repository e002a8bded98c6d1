"""Back to an earlier state of a record: its content and its rows, and nothing of what has become of it in public."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from gpi_portal.models import OwnedRow, Publishable
from gpi_portal.staff.rows import lift, unique_sets
from gpi_portal.staff.trace import State, Values, relations_of, state_of


def revert(record: Publishable, target: State) -> None:
    """Give the record the content and the rows of a state, in an act that holds the record.

    Raises `ValidationError` where the state can no longer be: it links to a record that is gone, or breaks a rule.
    """
    present = state_of(record)
    for name, relation in relations_of(type(record)).items():
        restore_rows(record, relation, present.rows[name], target.rows[name])
    saved = type(record)._default_manager.get(pk=record.pk)
    restore_columns(saved, target.values)
    saved.full_clean()
    saved.save()
    for column in saved._meta.many_to_many:
        linked_model: Any = column.related_model
        links = linked_model._default_manager.filter(pk__in=target.values[column.name])
        getattr(saved, column.name).set(links)


def restore_columns(row: models.Model, values: Values) -> None:
    for column in row._meta.concrete_fields:
        if column.name in values:
            setattr(row, column.attname, linked(column, values[column.name]))


def linked(column: "models.Field[Any, Any]", value: Any) -> Any:
    """The value of a column; of a link, the id of a record that is still there."""
    model: Any = column.related_model
    if column.is_relation and value is not None and not model._default_manager.filter(pk=value).exists():
        words = _("“%(field)s” pointed to a record that no longer exists.")
        raise ValidationError(words % {"field": column.verbose_name})
    return value


def restore_rows(record: Publishable, relation: Any, present: dict[int, Values], target: dict[int, Values]) -> None:
    """Make the rows of one kind those of the state; a row that was deleted since comes back under its own id."""
    row_model = relation.related_model
    for row in row_model._default_manager.filter(pk__in=present.keys() - target.keys()):
        row.delete()
    changed = [pk for pk, values in target.items() if present.get(pk) != values]
    rows = [restored(row_model(pk=pk), relation.field, record, target[pk]) for pk in changed]
    if unique_sets(row_model):
        lift(rows)
    for row in rows:
        row.restore()


def restored(row: OwnedRow, link: "models.Field[Any, Any]", record: Publishable, values: Values) -> OwnedRow:
    setattr(row, link.name, record)
    restore_columns(row, values)
    row.clean_fields()
    return row
