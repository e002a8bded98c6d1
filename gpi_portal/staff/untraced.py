"""Accounts and groups, of which no trace is kept: two who edit one at once see both values field by field."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from gpi_portal.staff.given_back import as_filled_in, filled_in_of, in_words
from gpi_portal.staff.keeping import Held, KeepingAdmin, unrecognized
from gpi_portal.staff.merging import CHOOSE, Fields, Meanwhile, Merge, chosen, send
from gpi_portal.staff.sent import carry, open_form, opened
from gpi_portal.staff.trace import State, Values, ids


class UntracedAdmin(KeepingAdmin):
    """The form carries, signed, what it showed. A password is in no form but its own."""

    #: What changes without anybody's edit, so that nobody is asked about it.
    unedited: tuple[str, ...] = ()

    def mark(self, request: HttpRequest, row: models.Model | None, filled_in: Mapping[str, Any] | None = None) -> str:
        if row is None or row.pk is None:
            return super().mark(request, row, filled_in)
        values = self.values(request, row, filled_in)
        # A signed text holds numbers and words; `in_row` makes moments of words again.
        said = {name: str(one) if isinstance(one, datetime.datetime) else one for name, one in values.items()}
        return open_form(request, shown=said)

    def save(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any) -> HttpResponse:
        """Save the form if it stands on what the row holds now; two of one row wait for each other."""
        self.refuse_gone(request, object_id)
        row = self.locked(object_id)
        held = self.merge(request, row) if row else None
        if held:
            return self.hold(request, object_id, form_url, extra_context, held)
        return self.form_view(request, object_id, form_url, extra_context)

    def merge(self, request: HttpRequest, row: models.Model) -> Held | None:
        """Put what was sent on top of what the row holds; why it cannot be saved at once, if others saved it."""
        form = opened(request.POST)
        if form is None or form.shown is None:
            return Held(unrecognized())
        fields, saved = self.compared(request, row), self.values(request, row)
        carry(request, chosen(request.POST, State(saved), fields, {}))
        before = {name: in_row(self.model, name, value) for name, value in form.shown.items()}
        both = {name: fields[name] for name in fields.keys() & before.keys()}
        merged = Merge(request.POST, (State(before), State(saved)), both, {})
        carry(request, merged.data)
        asked = [name for name in both if before[name] != saved[name]]
        meanwhile = [
            said(request, name, both[name], (before[name], saved[name]), merged)
            for name in asked
            if name not in self.unedited
        ]
        reason = _("Someone else has saved a change since you opened this form. Yours have not been saved yet.")
        return Held(reason, meanwhile) if meanwhile else None

    def compared(self, request: HttpRequest, row: models.Model) -> Fields:
        """The fields of the form, in its order, that this account may edit, and no password."""
        names = flatten_fieldsets(self.get_fieldsets(request, row))
        form: type[forms.ModelForm] = self.get_form(request, row, change=True, fields=names)
        columns = {column.name for column in (*self.opts.fields, *self.opts.many_to_many)}
        return {name: field for name, field in form.base_fields.items() if name in columns and not field.disabled}

    def values(self, request: HttpRequest, row: models.Model, filled_in: Mapping[str, Any] | None = None) -> Values:
        """What the form shows of a row; of links those that it offers."""
        read = filled_in_of(row) if filled_in is None else filled_in
        return {name: shown_value(field, read[name]) for name, field in self.compared(request, row).items()}


def shown_value(field: Any, value: Any) -> Any:
    if isinstance(field, forms.ModelMultipleChoiceField):
        offered: Any = field.queryset
        return ids(offered.filter(pk__in=[row.pk for row in value]).values_list("pk", flat=True))
    return as_filled_in(value)


def in_row(model: type[models.Model], name: str, value: Any) -> Any:
    """A value as the row holds it, of what the form has carried."""
    column: Any = model._meta.get_field(name)
    return tuple(value) if column.many_to_many else column.to_python(value)


def said(request: HttpRequest, name: str, field: forms.Field, pair: tuple[Any, Any], merged: Merge) -> Meanwhile:
    """One field in words: what it was, what was saved, and what was typed where one has to choose."""
    data = QueryDict(mutable=True)
    words = []
    for value in pair:
        send(data, field, name, value)
        words.append(words_of(request, field, data, name))
    was, became = words
    if name not in merged.choices.values():
        return Meanwhile(str(field.label), was, became)
    typed = words_of(request, field, merged.data, name)
    return Meanwhile(str(field.label), was, became, typed, f"{CHOOSE}{name}")


def words_of(request: HttpRequest, field: forms.Field, data: QueryDict, name: str) -> str:
    return "; ".join(in_words(request, field, field.widget.value_from_datadict(data, {}, name)))
