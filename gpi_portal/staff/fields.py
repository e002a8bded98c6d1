"""The fields of the staff's forms: the same text, code and day, whatever the browser and its language."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime, BaseAdminDateWidget
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.days import WRITE_A_DAY, validate_day
from gpi_portal.query.fields import LineField, LinesField, Normalised

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


class TypedAdmin(TypedForms, admin.ModelAdmin):
    """An admin with such forms, which save nothing where nothing was changed."""

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)
