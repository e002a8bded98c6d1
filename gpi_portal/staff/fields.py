"""The fields of the staff's forms: the same text, code and day, whatever the browser and its language."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminSplitDateTime,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    BaseAdminDateWidget,
)
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.days import WRITE_A_DAY, validate_day
from gpi_portal.i18n.text import normalised
from gpi_portal.models.doubts import is_money
from gpi_portal.publishing.wording import language_of
from gpi_portal.query.fields import AmountField, LineField, LinesField, Normalised, amount_in
from gpi_portal.staff.rights import is_number

#: A list with more choices than this is shown in part.
LONG_LIST = 40
#: What is always shown of the lists of currencies and countries.
COMMON = ("CAD", "USD", "EUR", "CA", "US")
DAY_PATTERN = _("YYYY-MM-DD")


class CodeField(Normalised, forms.SlugField):
    """A public code, in lower case however it is typed."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value).lower()

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed((initial or "").lower(), data)


class WebAddressField(Normalised, forms.URLField):
    """The address of a page."""


class MailAddressField(Normalised, forms.EmailField):
    """The address of a person."""


class MoneyField(forms.DecimalField):
    """An amount of money, written as the public writes it in a filter: 7500000, $7,500,000 or 7 500 000."""

    widget = AmountField.widget

    def to_python(self, value: Any) -> Any:
        return super().to_python(amount_in(value) if isinstance(value, str) else value)


class DayField(forms.DateField):
    """One day as YYYY-MM-DD in both languages; a picker may fill it in."""

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, str) and value.strip() and not re.fullmatch(r"\s*\d{4}-\d\d-\d\d\s*", value, re.ASCII):
            raise forms.ValidationError(WRITE_A_DAY)
        try:
            day = super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(WRITE_A_DAY) from None
        if day is not None:
            validate_day(day)
        return day


class MomentField(forms.SplitDateTimeField):
    """A day and a time of day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day, time = self.fields
        self.fields = (DayField(required=day.required, disabled=day.disabled), time)


class DayWidget(AdminDateWidget):
    """The admin's field for a day with its picker; it says in which order the day is written."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"placeholder": DAY_PATTERN, **(attrs or {})}, format="%Y-%m-%d")


class MomentWidget(AdminSplitDateTime):
    """The same beside a time of day."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        _day, time = self.widgets
        self.widgets = (BaseAdminDateWidget({"placeholder": DAY_PATTERN}, "%Y-%m-%d"), time)
        time.attrs["aria-label"] = _("Time")


class ShortSelect(forms.Select):
    """A choice from a long list: it shows what is common or in use, and takes every other one by its name or code."""

    def __init__(self, *args: Any, shown: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = {"", *COMMON, *shown}

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # one of the two stays empty

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        every, self.choices = self.choices, self.choices_shown(value)
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = every

    def choices_shown(self, value: list[str]) -> list[tuple[Any, Any]]:
        return [(code, words) for code, words in self.choices if code in self.shown or code in value]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        known = any(value == code for code, _words in self.choices)
        typed = {"value": "" if known or value is None else value, "words": _("Other: name or code")}
        other = '<input type="text" class="other-choice" name="{name}" value="{value}" placeholder="{words}" {more}>'
        more = format_html('aria-label="{}" autocomplete="off" maxlength="100"', typed["words"])
        field = format_html(other, name=name, more=more, **typed)
        return format_html("{}{}", super().render(name, value, attrs, renderer), field)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """What was typed, if anything was, else what was chosen."""
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        filled = [word for word in sent if word]
        if not filled:
            return sent[-1] if sent else None
        typed = normalised(filled[-1]).casefold()
        codes = (code for code, words in self.choices if typed in (str(code).casefold(), str(words).casefold()))
        return next(codes, filled[-1])


class SuggestedRow(AutocompleteSelect):
    """A row chosen from suggestions. What cannot be the number of one is shown as nothing, beside the error."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [pk for pk in value if is_number(str(pk))], attr)


class SuggestedRows(AutocompleteSelectMultiple):
    """Several of them."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [pk for pk in value if is_number(str(pk))], attr)


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows, each by its number. What cannot be one is an error here, and would be a failure in SQLite."""

    def _check_values(self, value: Any) -> Any:
        for pk in value:
            if not is_number(str(pk)):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": pk}
                )
        return super()._check_values(value)  # type: ignore[misc]  # Django's stubs leave it out


class TypedForms(BaseModelAdmin):
    """Forms that take text, codes and days by the one way in."""

    formfield_overrides = {
        models.CharField: {"form_class": LineField},
        models.TextField: {"form_class": LinesField},
        models.SlugField: {"form_class": CodeField},
        models.URLField: {"form_class": WebAddressField},
        models.EmailField: {"form_class": MailAddressField},
        models.DateField: {"form_class": DayField, "widget": DayWidget},
        models.DateTimeField: {"form_class": MomentField, "widget": MomentWidget},
    }

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if is_money(db_field):
            kwargs["form_class"] = MoneyField
        field, language = super().formfield_for_dbfield(db_field, request, **kwargs), language_of(db_field.name)
        if field is not None and language:
            field.widget.attrs["lang"] = language
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SuggestedRow(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SuggestedRows(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **{"form_class": RowsField, **kwargs})

    def formfield_for_choice_field(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if len(db_field.flatchoices) > LONG_LIST:
            in_use = db_field.model._base_manager.order_by().values_list(db_field.name, flat=True).distinct()
            kwargs["widget"] = ShortSelect(shown=in_use)
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class TypedAdmin(TypedForms, admin.ModelAdmin):
    """An admin with such forms, which save nothing where nothing was changed."""

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)
