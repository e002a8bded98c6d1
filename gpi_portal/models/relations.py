"""What a record consists of beside its own columns: the rows that belong to it, and the records that it names."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.constants import LOOKUP_SEP

from gpi_portal.models.owned import owned_relations
from gpi_portal.models.working import Publishable

#: How far records above a record are read ahead; those further up are read one by one.
STEPS = 4


def shown_relations(model: type[Publishable]) -> list[str]:
    """What a document shows beside the columns of its row: records and rows, to be read for many at once."""
    owned = {relation.name: relation for relation in owned_relations(model)}
    of_rows = (
        f"{name}{LOOKUP_SEP}{link}" for name, row in owned.items() for link in links_of(row.related_model, but=model)
    )
    lists = (column.name for column in model._meta.many_to_many)
    return [*chains_of(model), *lists, *owned, *of_rows]


def links_of(model: type[models.Model], *, but: type[models.Model] | None = None) -> dict[str, type[models.Model]]:
    """The columns that lead to a record, with its noun; ``but``: none to this one."""
    columns = (column for column in model._meta.concrete_fields if column.is_relation)
    linked: dict[str, Any] = {column.name: column.related_model for column in columns}
    return {name: noun for name, noun in linked.items() if issubclass(noun, Publishable) and noun is not but}


def chains_of(model: type[models.Model]) -> Iterator[str]:
    """The same, those on to records of the same noun followed a few steps: a program, and those above it."""
    for name, noun in links_of(model).items():
        own = [up for up, above in links_of(noun).items() if above is noun]
        yield name
        yield from (LOOKUP_SEP.join([name, *[up] * steps]) for up in own for steps in range(1, STEPS))
