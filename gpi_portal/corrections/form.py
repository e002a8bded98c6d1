"""The form on which a reader says what is wrong in a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gpi_portal.corrections.decisions import fields_of
from gpi_portal.models import PublishedVersion
from gpi_portal.query.fields import LinesField

LONGEST_TEXT, LONGEST_SUGGESTION = 4000, 2000
#: The value that stands for none of the record's fields.
OTHER = "other"


class ReportForm(forms.Form):
    """What a reader says about one record as it stood in one version."""

    field = forms.ChoiceField(
        label=_("The field that is wrong"),
        error_messages={
            "required": _("Choose the field, or “Something else”."),
            "invalid_choice": _("This record has no such field: choose one of the list."),
        },
    )
    text = LinesField(
        label=_("What is wrong"), max_length=LONGEST_TEXT, error_messages={"required": _("Say what is wrong.")}
    )
    suggestion = LinesField(
        label=_("What it should say, and where that can be checked (optional)"),
        max_length=LONGEST_SUGGESTION,
        required=False,
    )
    contact = forms.EmailField(
        label=_("Your email address (optional)"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Write the address like name@example.org, or leave it out.")},
    )

    def __init__(self, version: PublishedVersion, data: Any = None) -> None:
        super().__init__(data)
        fields = fields_of(version).items()
        choice: Any = self.fields["field"]
        choice.choices = [("", _("Choose a field")), *fields, (OTHER, _("Something else"))]

    def answers(self) -> dict[str, str]:
        """The columns of the report; only after `is_valid()`."""
        field = self.cleaned_data["field"]
        return {**self.cleaned_data, "field": "" if field == OTHER else field}
