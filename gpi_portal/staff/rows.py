"""Saving the rows of a record together: what one of them gives up, another one may take."""

from collections.abc import Iterable

from django.db import models

from gpi_portal.models import OwnedRow


def unique_sets(model: type[models.Model]) -> bool:
    """Whether the model has columns of which no two rows may hold the same."""
    constraints = any(isinstance(constraint, models.UniqueConstraint) for constraint in model._meta.constraints)
    return constraints or any(column.unique and not column.primary_key for column in model._meta.concrete_fields)


def lift(rows: Iterable[OwnedRow]) -> None:
    """Take rows out that are about to be saved or deleted, so that none stands in the way of another one.

    Each is put back under its own id as it is saved: the trace sees a change and no gap.
    """
    rows = [row for row in rows if row.pk]
    if rows:
        saved = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])
        saved._raw_delete(saved.db)
