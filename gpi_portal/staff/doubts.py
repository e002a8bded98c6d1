"""Asking once whether a probable slip is meant: a box to tick for each question, in the form that is being saved."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from gpi_portal.models import OwnedRow, Publishable
from gpi_portal.models.doubts import Doubt
from gpi_portal.staff.trace import relations_of

#: The name under which the form sends the questions that were answered with yes.
MEANT = "meant"
MOST_ANSWERS = 100


class Question(NamedTuple):
    """One question as the page shows it."""

    digest: str
    words: str
    is_meant: bool


class Asking(forms.ModelForm):
    """Beside a form of a record: what it asks, and what was answered before."""

    questions: tuple[Question, ...] = ()

    @property
    def answers(self) -> list[str]:
        """The questions that were answered with yes when the form was sent."""
        sent = self.data.getlist(MEANT) if hasattr(self.data, "getlist") else []
        return [digest for digest in sent[:MOST_ANSWERS] if re.fullmatch("[0-9a-f]{16}", digest)]

    @property
    def other_answers(self) -> list[str]:
        """Those of them that the page does not show: they stay given while something else is put right."""
        shown = {question.digest for question in self.questions}
        return [digest for digest in self.answers if digest not in shown]

    def ask(self, formsets: tuple[Any, ...]) -> None:
        """Once all else is right, keep the record from being saved until every question is answered with yes."""
        if self.errors or not all(formset.is_valid() for formset in formsets):
            return
        answers = set(self.answers)
        found = dict.fromkeys(doubts_about(self.instance, formsets))
        self.questions = tuple(Question(doubt.digest, doubt.question, doubt.digest in answers) for doubt in found)
        if not all(question.is_meant for question in self.questions):
            words = _("Something is probably a slip. Correct it, or tick in the box above that it is meant.")
            self.add_error(None, forms.ValidationError(words, code="doubt"))


def doubts_about(record: Publishable, formsets: tuple[Any, ...]) -> Iterator[Doubt]:
    """What saving the record with these rows makes one ask; nothing about what was so before."""
    before = type(record)._base_manager.filter(pk=record.pk).first() if record.pk else None
    stored = stored_rows(before or record)
    rows = stored | {name_of(formset): rows_in(formset) for formset in formsets}
    yield from record.doubts_about_change(before, rows)
    for name, edited in rows.items():
        former = {row.pk: row for row in stored[name]}
        for row in edited:
            if row.pk in former:
                yield from row.doubts_about_change(former[row.pk])
    for formset in formsets:
        removed = {form.instance.pk for form in formset.deleted_forms}
        for row in (row for row in stored[name_of(formset)] if row.pk in removed):
            yield from row.doubts_about_removal()
    known = set(before.doubts_about_state(stored)) if before else set()
    yield from (doubt for doubt in record.doubts_about_state(rows) if doubt not in known)


def stored_rows(record: Publishable) -> dict[str, list[OwnedRow]]:
    """The rows that belong to a record, by the name under which it knows them; none of a record that is new."""
    return {name: list(getattr(record, name).all()) if record.pk else [] for name in relations_of(type(record))}


def name_of(formset: Any) -> str:
    return str(formset.fk.remote_field.get_accessor_name())


def rows_in(formset: Any) -> list[OwnedRow]:
    """The rows as the form would leave them."""
    kept = [form for form in formset.forms if form not in formset.deleted_forms]
    return [form.instance for form in kept if form.instance.pk or form.has_changed()]
