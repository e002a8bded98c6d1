"""The form of a record and of the rows that belong to it."""

from django import forms


class RowFormSet(forms.BaseInlineFormSet):
    """The rows of one kind that belong to a record."""


class RecordForm(forms.ModelForm):
    """One record as staff edit it."""

    @property
    def formsets(self) -> tuple[RowFormSet, ...]:
        """The record's rows as they were sent with it; known before the form is validated."""
        return getattr(self.instance, "sent_rows", ())
