"""What a record held, with the rows that belong to it, after each act that the staff's trace knows."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import cached_property

from gpi_portal.models import OwnedRow, Publishable, owned_relations

#: What the trace has of a record and is no content of it: an edit does not set it, and a revert leaves it alone.
NO_CONTENT = frozenset({"id", "code", "public_code", "state", "modified_at", "published_at"})

#: Before all that a trace can hold.
NEVER = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)

Values = dict[str, Any]


@dataclass(frozen=True)
class State:
    """What a record held at one moment.

    ``values``: column or list → its value; of a link the id, of a list of links the ids in a tuple.
    ``rows``: relation → id of a row → its values. ``about``: code and state, which are no content.
    """

    values: Values = field(default_factory=dict)
    rows: dict[str, dict[int, Values]] = field(default_factory=dict)
    about: Values = field(default_factory=dict, compare=False)


def columns_of(model: type[models.Model], but: Iterable[str] = ()) -> list["models.Field[Any, Any]"]:
    """The columns of a model that are content: not its keys, nor the link of a row to its record."""
    skipped = {*NO_CONTENT, *but} if issubclass(model, Publishable) else {"id", *but}
    return [column for column in model._meta.concrete_fields if column.name not in skipped]


def relations_of(model: type[Publishable]) -> dict[str, Any]:
    """The rows that belong to records of this noun: the name of the relation → the relation."""
    return {relation.name: relation for relation in owned_relations(model)}


def values_of(row: Any, model: type[models.Model], but: Iterable[str] = ()) -> Values:
    """The content of a row, or of what the trace has of it, which may leave columns out."""
    return {
        column.name: getattr(row, column.attname) for column in columns_of(model, but) if hasattr(row, column.attname)
    }


def state_of(record: Publishable) -> State:
    """What the working row holds now, read afresh."""
    model = type(record)
    saved = model._default_manager.get(pk=record.pk)
    lists = {column.name: ids(row.pk for row in column.value_from_object(saved)) for column in model._meta.many_to_many}
    rows = {
        name: {row.pk: values_of(row, relation.related_model, [relation.field.name]) for row in rows_of(saved, name)}
        for name, relation in relations_of(model).items()
    }
    return State(values_of(saved, model) | lists, rows, {"code": saved.code, "state": saved.state})


def rows_of(record: Publishable, name: str) -> Iterable[OwnedRow]:
    rows: Iterable[OwnedRow] = getattr(record, name).all()
    return rows


def ids(found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(found))


def last_moment(record: Publishable) -> datetime.datetime:
    """When the record or a row of it was last saved."""
    histories = [record.history.all()] + [
        relation.related_model.history.filter(**{relation.field.name: record.pk})
        for relation in relations_of(type(record)).values()
    ]
    return max(rows.aggregate(last=models.Max("history_date"))["last"] or NEVER for rows in histories)


@dataclass(frozen=True)
class Act:
    """One act of the trace: when, by whom, and the row of the record's own history that it wrote, if it wrote one."""

    moment: datetime.datetime
    by: Any
    pk: int | None


class RecordTrace:
    """The trace of one record and of the rows that belong to it."""

    def __init__(self, record: Publishable) -> None:
        self.record, self.model = record, type(record)

    @cached_property
    def own(self) -> list[Any]:
        """The record's own history, the oldest first."""
        rows = self.record.history.select_related("history_user")
        return list(rows.order_by("history_date", "history_id"))

    @cached_property
    def lists(self) -> dict[str, dict[int, list[int]]]:
        """List of links → row of the record's own history → the ids in the list."""
        return {column.name: self._list(column) for column in self.model._meta.many_to_many}

    def _list(self, column: Any) -> dict[int, list[int]]:
        held: dict[int, list[int]] = defaultdict(list)
        rows = getattr(self.model.history.model, column.name).filter(history__id=self.record.pk)
        for history, pk in rows.values_list("history", column.m2m_reverse_field_name()):
            held[history].append(pk)
        return held

    @cached_property
    def of_rows(self) -> dict[str, dict[int, list[Any]]]:
        """Relation → id of a row → the history of that row, the oldest first."""
        return {name: self._histories(relation) for name, relation in relations_of(self.model).items()}

    def _histories(self, relation: Any) -> dict[int, list[Any]]:
        histories: dict[int, list[Any]] = defaultdict(list)
        rows = relation.related_model.history.filter(**{relation.field.name: self.record.pk})
        for row in rows.select_related("history_user").order_by("history_date", "history_id"):
            histories[row.id].append(row)
        return histories

    @cached_property
    def acts(self) -> list[Act]:
        """Every act, the oldest first."""
        found: dict[datetime.datetime, Act] = {}
        of_rows = (row for rows in self.of_rows.values() for history in rows.values() for row in history)
        for row in of_rows:
            found[row.history_date] = Act(row.history_date, row.history_user, None)
        for row in self.own:
            found[row.history_date] = Act(row.history_date, row.history_user, row.history_id)
        return [found[moment] for moment in sorted(found)]

    @cached_property
    def now(self) -> State:
        return state_of(self.record)

    def after(self, act: Act) -> State:
        """What the record held once the act was done."""
        return self.at(act.moment)

    def at(self, moment: datetime.datetime) -> State:
        """What the record held at a moment; before the trace of it begins, what the trace knows first."""
        if not self.own:
            return self.now
        own = standing(self.own, moment) or self.own[0]
        rows = {
            name: dict(self._rows_at(name, relation, moment)) for name, relation in relations_of(self.model).items()
        }
        about = {"code": own.code, "state": own.state}
        lists = {name: ids(held[own.history_id]) for name, held in self.lists.items()}
        return State(values_of(own, self.model) | lists, rows, about)

    def _rows_at(self, name: str, relation: Any, moment: datetime.datetime) -> Iterator[tuple[int, Values]]:
        untraced = {pk: values for pk, values in self.now.rows[name].items() if pk not in self.of_rows[name]}
        yield from untraced.items()
        for pk, history in self.of_rows[name].items():
            row = standing(history, moment)
            if row is not None:
                yield pk, values_of(row, relation.related_model, [relation.field.name])


def standing(history: list[Any], moment: datetime.datetime) -> Any:
    """The row of a history, the oldest first, that stood at a moment; None where there was nothing then.

    Before the first row there was nothing if that row says so; a row that was there before its trace begins stood as
    the trace first knows it.
    """
    past = [row for row in history if row.history_date <= moment]
    if not past:
        return None if history[0].history_type == "+" else history[0]
    return None if past[-1].history_type == "-" else past[-1]
