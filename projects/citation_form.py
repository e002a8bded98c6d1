"""The form of a citation in its record's form, which asks about it again when the value has changed."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gpi_portal.i18n.languages import LANGUAGES
from gpi_portal.models import Publishable, public_keys, traits_of
from gpi_portal.publishing.wording import in_words
from gpi_portal.staff.citations import found_of
from gpi_portal.staff.forms import RowFormSet
from projects.models import Citation
from projects.models.cited_value import bare, is_prose


class CitationForm(forms.ModelForm):
    """One citation. ``outdated``: ids of citations entered for another value → the sentence that says so."""

    supports_now = forms.BooleanField(label=_("This citation supports the value as it is now"), required=False)

    def __init__(self, *args: Any, outdated: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["supports_now"]
        asked.help_text = outdated.get(self.instance.pk, "")
        if not asked.help_text:
            asked.widget, asked.disabled = forms.HiddenInput(), True

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("supports_now") and self.repeats_what_was_said():
            problem = _("This is what the source says of another value. Enter what it says of the new one, or nothing.")
            self.add_error("value", problem)
        return super().clean()

    def repeats_what_was_said(self) -> bool:
        """Whether its quotation is unchanged and does not contain the new value."""
        says_something_else = {name.removesuffix("_id") for name in Citation.SAYS} & set(self.changed_data)
        quote, record = self.instance.value, self.instance.holder
        if not quote or record is None or says_something_else:
            return False
        return not is_prose(type(record), self.instance.field) and not says(quote, record, self.instance.field)

    def save(self, commit: bool = True) -> Citation:
        if self.cleaned_data.get("supports_now"):
            self.instance.cite_anew()
        saved: Citation = super().save(commit)
        return saved


class CitationFormSet(RowFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        outdated = {row.pk: row.outdated for _field, row in found_of(self.instance).outdated}
        return {**super().get_form_kwargs(index), "outdated": outdated}


def says(quote: str, record: Publishable, field: str) -> bool:
    """Whether a quotation contains the value of a field, as written in either language."""
    # Some Canadian sources write C$ for $.
    quote = re.sub(r"\bca?\$", "$", bare(quote).casefold())
    words = (
        bare(text).casefold() for language in LANGUAGES for text in value_in_words(record, field, language) if text
    )
    return any(re.search(rf"(?<!\w){re.escape(text)}(?!\w|[.,]?\d)", quote) for text in words)


def value_in_words(record: Publishable, field: str, language: str) -> list[str]:
    """The value of a field in words; for a qualifier its amount; empty for a list."""
    model, field = type(record), traits_of(type(record), field).qualifies or field
    values = {name: getattr(record, name) for name in public_keys(model)}
    with override(language):
        if getattr(record, f"{field}_id", None):
            return [str(getattr(record, field))]
        return [in_words(model, name, values) for name in (field, f"{field}_en", f"{field}_fr") if name in values]
