"""What two states of a working row say differently, in the words of the public pages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from gpi_portal.models import Publishable
from gpi_portal.publishing.cards import plain
from gpi_portal.publishing.differences import FieldChange, changes_in_row
from gpi_portal.publishing.wording import field_name, in_words, language_of, row_in_words
from gpi_portal.staff.trace import State, Values, relations_of


class LinkNames:
    """What the records are called that a state links to by their ids, each read once."""

    def __init__(self, model: type[models.Model], held: Iterable[Values]) -> None:
        self._columns: dict[str, Any] = {column.name: column for column in model._meta.get_fields() if is_link(column)}
        self._unsaid = {column.name for column in model._meta.concrete_fields if not column.editable}
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for values in held:
            for name in values.keys() & self._columns.keys():
                wanted[self._columns[name].related_model].update(in_tuple(values[name]))
        self._names = {
            linked: {pk: str(found) for pk, found in linked._default_manager.in_bulk(pks).items()}
            for linked, pks in wanted.items()
        }

    def said(self, values: Values) -> Values:
        """The values as a document would hold them, each link by the name of the record at its end."""
        linked = {name: self._of(name, values[name]) for name in values.keys() & self._columns.keys()}
        return plain({name: value for name, value in {**values, **linked}.items() if name not in self._unsaid})

    def _of(self, name: str, value: Any) -> str:
        names = self._names[self._columns[name].related_model]
        gone = _("(no longer there)")
        return "; ".join(sorted(names.get(pk, gone) for pk in in_tuple(value)))


def is_link(column: Any) -> bool:
    return bool(column.is_relation and (column.concrete or column.many_to_many) and not column.auto_created)


def in_tuple(value: Any) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,) if value is not None else ()


#: Where a change stands: a field of the record; or the relation, the id and the field of a row, "" for a whole row.
Place = tuple[str, int | None, str]


def changes(model: type[Publishable], before: State, after: State) -> list[FieldChange]:
    """Field by field what the record and its rows hold differently."""
    return list(changes_by_place(model, before, after).values())


def changes_by_place(model: type[Publishable], before: State, after: State) -> dict[Place, FieldChange]:
    own = LinkNames(model, [before.values, after.values])
    said = own.said(before.values), own.said(after.values)
    found: dict[Place, FieldChange] = {}
    for name in said[1]:
        if before.values[name] != after.values[name]:
            was, becomes = (in_words(model, name, values) for values in said)
            found[name, None, ""] = FieldChange(field_name(model, name), was, becomes, language_of(name))
    currencies = [values.get("currency", "CAD") for values in said]
    for name in relations_of(model):
        found.update(row_changes(model, name, (before.rows[name], after.rows[name]), currencies))
    return {place: change for place, change in found.items() if change.before != change.after}


def row_changes(
    model: type[Publishable], name: str, pair: tuple[dict[int, Values], dict[int, Values]], currencies: list[str]
) -> Iterator[tuple[Place, FieldChange]]:
    """What differs in the rows of one kind: those that came or went as a whole, of the others what they say."""
    row_model = relations_of(model)[name].related_model
    names = LinkNames(row_model, [values for rows in pair for values in rows.values()])
    before, after = ({pk: names.said(values) for pk, values in rows.items()} for rows in pair)
    for pk in dict.fromkeys([*before, *after]):
        old, new = before.get(pk), after.get(pk)
        if old is None or new is None:
            words = [
                row_in_words(model, name, row, money) if row else ""
                for row, money in zip((old, new), currencies, strict=True)
            ]
            yield (name, pk, ""), FieldChange(field_name(model, name), *words)
        elif old != new:
            for key, change in changes_in_row(row_model, model, (old, new), currencies):
                yield (name, pk, key), change
