"""The form of a record and of the rows that belong to it."""

from django import forms

from gpi_portal.staff.doubts import Asking


class RowFormSet(forms.BaseInlineFormSet):
    """The rows of one kind that belong to a record."""


class RecordForm(Asking, forms.ModelForm):
    """One record as staff edit it."""

    @property
    def formsets(self) -> tuple[RowFormSet, ...]:
        """The record's rows as they were sent with it; known before the form is validated."""
        return getattr(self.instance, "sent_rows", ())

    def _post_clean(self) -> None:
        super()._post_clean()
        # A state that is brought back from the history comes without rows, and is not asked about.
        if hasattr(self.instance, "sent_rows"):
            self.ask(self.formsets)
