"""The form of a record and of the rows that belong to it."""

import functools
import re
from collections.abc import Sequence
from typing import Any

from django import forms

from gpi_portal.models import OwnedRow
from gpi_portal.staff.doubts import Asking
from gpi_portal.staff.rows import lift, unique_sets


class CarriedField(forms.CharField):
    """What a form says of itself and nobody types."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowFormSet(forms.BaseInlineFormSet):
    """The rows of one kind that belong to a record. What one of them gives up, another one may take."""

    model: type[OwnedRow]

    def total_form_count(self) -> int:
        """The rows that were sent, however many there are said to be: each costs time, while nobody else can save."""
        return min(super().total_form_count(), self.sent_rows) if self.is_bound else super().total_form_count()

    @functools.cached_property
    def sent_rows(self) -> int:
        place = re.compile(rf"{re.escape(str(self.prefix))}-(\d{{1,4}})-", re.ASCII)
        return 1 + max((int(found[1]) for found in map(place.match, self.data) if found), default=-1)

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """Django's sentence with the labels of the fields, where Django has the names of columns."""
        fields = self.form.base_fields
        return super().get_unique_error_message(
            tuple(str(fields[name].label) for name in unique_check if name in fields)
        )

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        if commit and unique_sets(self.model):
            lift(form.instance for form in self.initial_forms if form.has_changed() or form in self.deleted_forms)
        return super().save_existing_objects(commit)


class KeptForm(forms.ModelForm):
    """A form of a `KeepingAdmin`: it knows who opened it, and is not valid while it is only shown again."""

    opened = CarriedField(required=False)

    def _post_clean(self) -> None:
        self.judge()
        held = getattr(self.instance, "held", None)
        if held:
            self.add_error(None, held.reason)

    def judge(self) -> None:
        """Hold what was typed against the row's own rules."""
        super()._post_clean()  # type: ignore[misc]  # Django's stubs leave it out


class RecordForm(KeptForm, Asking):
    """One record as staff edit it."""

    @property
    def formsets(self) -> tuple[RowFormSet, ...]:
        """The record's rows as they were sent with it; known before the form is validated."""
        formsets: tuple[RowFormSet, ...] = getattr(self.instance, "sent_rows", ())
        return formsets

    def _post_clean(self) -> None:
        super()._post_clean()
        if not getattr(self.instance, "held", None):
            self.ask(self.formsets)

    def judge(self) -> None:
        if self._meta.fields:  # a form of rows alone judges nothing of what it does not show
            super().judge()
