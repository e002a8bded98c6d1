"""A form that was opened before somebody else saved the record: what both changed, and a form that holds both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from gpi_portal.models import Publishable
from gpi_portal.staff.changes import changes_by_place
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.trace import State, Values

#: What begins the name of a choice between what was typed and what is saved.
CHOOSE = "choose-"
MOST_ROWS = 1000
Fields = Mapping[str, forms.Field]


@dataclass(frozen=True)
class Meanwhile:
    """One thing that somebody else saved since the form was opened.

    ``choice``: the name under which one chooses, where something else was typed; ``typed`` is that. ``is_new``: the row
    was removed, and what was typed in it stands in the form as a new one.
    """

    name: str
    opened: str
    saved: str
    typed: str = ""
    choice: str = ""
    language: str = ""
    is_new: bool = False


def as_sent(field: forms.Field, value: Any) -> list[str]:
    """A value as a browser sends it."""
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(value, tuple):
        return [str(item) for item in value]
    sent = field.widget.format_value(field.prepare_value(value))
    if isinstance(sent, list | tuple):
        return [str(item) for item in sent]
    return ["" if sent is None else str(sent)]


def send(data: QueryDict, field: forms.Field, name: str, value: Any) -> None:
    """Put a value under this name as a browser sends it, in parts where the field has parts."""
    whole: Any = field.widget if isinstance(field.widget, forms.MultiWidget) else None
    if whole:
        for suffix, widget, part in zip(whole.widgets_names, whole.widgets, whole.decompress(value), strict=True):
            data[f"{name}{suffix}"] = widget.format_value(part) or ""
    else:
        data.setlist(name, as_sent(field, value))


def was_changed(field: forms.Field, before: Any, data: QueryDict, name: str) -> bool:
    """Whether what was sent under this name is something else than the value."""
    sent = field.widget.value_from_datadict(data, {}, name)
    try:
        return field.has_changed(list(before) if isinstance(before, tuple) else before, sent)
    except ValidationError:
        return True


def places_in(data: QueryDict, relation: str) -> Iterator[str]:
    """What begins the names of each row that was sent of a relation."""
    total = data.get(f"{relation}-TOTAL_FORMS", "0")
    return (f"{relation}-{index}-" for index in range(min(int(total), MOST_ROWS) if is_number(total) else 0))


class Merge:
    """The form as it was sent, on top of what the record holds now.

    ``fields``: those of the record's form; ``row_fields``: per relation those of the form of a row.
    """

    def __init__(
        self, sent: QueryDict, states: tuple[State, State], fields: Fields, row_fields: dict[str, Fields]
    ) -> None:
        self.sent, (self.opened, self.saved) = sent, states
        self.fields, self.row_fields = fields, row_fields
        self.data = sent.copy()
        self.choices: dict[tuple[str, int | None, str], str] = {}
        self.renewed: set[tuple[str, int | None]] = set()
        self._take_fields("", None, fields, (self.opened.values, self.saved.values), self.data)
        for relation in row_fields:
            self._take_rows(relation)

    def meanwhile(self, model: type[Publishable]) -> list[Meanwhile]:
        """What was saved meanwhile, each with the choice that it needs."""
        found = changes_by_place(model, self.opened, self.saved)
        return [self._said(place, change) for place, change in found.items()]

    def _said(self, place: tuple[str, int | None, str], change: Any) -> Meanwhile:
        name = self.choices.get(place, "")
        choice = f"{CHOOSE}{name}" if name else ""
        typed = self._typed(place, name) if name else ""
        renewed = place[:2] in self.renewed
        return Meanwhile(change.name, change.before, change.after, typed, choice, change.language, renewed)

    def _typed(self, place: tuple[str, int | None, str], name: str) -> str:
        """What was typed, or the words of what was chosen."""
        relation, pk, row_field = place
        field = self.fields[relation] if pk is None else self.row_fields[relation][row_field]
        words = {str(value): str(label) for value, label in getattr(field, "choices", ())}
        sent = as_sent(field, field.widget.value_from_datadict(self.data, {}, name))
        return "; ".join(words.get(value, value) for value in sent)

    def _take_fields(
        self,
        relation: str,
        pk: int | None,
        fields: Fields,
        pair: tuple[Values, Values],
        data: QueryDict,
        prefix: str = "",
    ) -> None:
        """Where only the others changed a field, take theirs; where both did, keep what was typed and ask."""
        opened, saved = pair
        for name in fields.keys() & saved.keys():
            if opened[name] == saved[name]:
                continue
            field, sent = fields[name], f"{prefix}{name}"
            if not was_changed(field, opened[name], data, sent):
                send(data, field, sent, saved[name])
            elif was_changed(field, saved[name], data, sent):
                self.choices[(relation, pk, name) if relation else (name, None, "")] = sent

    def _take_rows(self, relation: str) -> None:
        opened, saved = self.opened.rows[relation], self.saved.rows[relation]
        kept: list[tuple[int, dict[str, list[str]]]] = []
        more: list[dict[str, list[str]]] = []
        for pk, row in self._sent_rows(relation):
            if pk in saved:
                kept.append((pk, row))
            elif "DELETE" in row:
                continue
            elif pk not in opened or self._row_was_changed(relation, row, opened[pk]):
                more.append({**row, "id": [""]})
                self.renewed.add((relation, pk))
        known = {pk for pk, _row in kept}
        added = [(pk, self._row_as_sent(relation, pk)) for pk in saved if pk not in known]
        self._write_rows(relation, [*kept, *added], more)
        for index, (pk, _row) in enumerate(kept):
            pair = (opened.get(pk, saved[pk]), saved[pk])
            self._take_fields(relation, pk, self.row_fields[relation], pair, self.data, f"{relation}-{index}-")

    def _sent_rows(self, relation: str) -> Iterator[tuple[int | None, dict[str, list[str]]]]:
        """The rows that were sent: the id, if it has one, and the values by field."""
        own = {*self.row_fields[relation], "id", "DELETE"}
        for start in places_in(self.sent, relation):
            sent = ((key.removeprefix(start), values) for key, values in self.sent.lists() if key.startswith(start))
            row = {name: values for name, values in sent if name in own}
            pk = self.sent.get(f"{start}id", "")
            yield int(pk) if is_number(pk) else None, row

    def _row_was_changed(self, relation: str, row: dict[str, list[str]], opened: Values) -> bool:
        """Whether a row that is gone now was changed by the one who sends it."""
        data = QueryDict(mutable=True)
        for name, values in row.items():
            data.setlist(name, values)
        fields = self.row_fields[relation]
        return any(was_changed(fields[name], opened[name], data, name) for name in fields.keys() & opened.keys())

    def _row_as_sent(self, relation: str, pk: int) -> dict[str, list[str]]:
        values, fields = self.saved.rows[relation][pk], self.row_fields[relation]
        row = {name: as_sent(fields[name], values[name]) for name in fields.keys() & values.keys()}
        return {**row, "id": [str(pk)]}

    def _write_rows(
        self, relation: str, kept: list[tuple[int, dict[str, list[str]]]], more: list[dict[str, list[str]]]
    ) -> None:
        for key in [key for key in self.data if key.startswith(f"{relation}-")]:
            del self.data[key]
        rows = [*(row for _pk, row in kept), *more]
        numbers = {"TOTAL": len(rows), "INITIAL": len(kept), "MIN_NUM": 0, "MAX_NUM": MOST_ROWS}
        for name, number in numbers.items():
            self.data[f"{relation}-{name}_FORMS"] = str(number)
        for index, row in enumerate(rows):
            for name, values in row.items():
                self.data.setlist(f"{relation}-{index}-{name}", values)


def chosen(sent: QueryDict, saved: State, fields: Fields, row_fields: dict[str, Fields]) -> QueryDict:
    """The form with what is saved wherever that was chosen; what was typed stays everywhere else."""
    data = sent.copy()
    for choice in [key for key in sent if key.startswith(CHOOSE)]:
        name = choice.removeprefix(CHOOSE)
        del data[choice]
        if sent[choice] == "saved":
            relation, _dash, place = name.partition("-")
            index, _dash, row_field = place.partition("-")
            pk = sent.get(f"{relation}-{index}-id", "")
            known = saved.rows.get(relation, {}).get(int(pk)) if is_number(pk) else saved.values
            field = row_fields.get(relation, {}).get(row_field) if is_number(pk) else fields.get(name)
            key = row_field if is_number(pk) else name
            if known is not None and field is not None and key in known:
                send(data, field, name, known[key])
    return data
