"""Rows into which people type: one way in for their texts, numbers and days."""

import datetime
import functools
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.days import validate_day
from gpi_portal.i18n.text import has_stack, normalised
from gpi_portal.models.columns import Columned
from gpi_portal.models.faults import faults

TOO_MANY_MARKS = _("A letter carries more than four accents or other marks: they would lie over the lines around it.")


class Typed(models.Model, metaclass=Columned):
    """A row that is normalised whenever it is checked or saved, whoever wrote it: a form, a command, an import."""

    class Meta:
        abstract = True

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        wrong = [checks.Error(sentence, obj=cls, id="gpi_portal.E001") for sentence in faults(cls)]
        return [*super().check(**kwargs), *wrong]

    def normalise(self) -> None:
        """Bring what is typed into the form in which it is kept."""
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)
            if isinstance(value, str):
                setattr(self, field.attname, kept_text(field, value))
            elif isinstance(value, Decimal):
                setattr(self, field.attname, kept_number(field, value))

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        self.normalise()
        errors: dict[str, Any] = {}
        try:
            super().clean_fields({*(exclude or ()), *self._well_chosen()})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        self.normalise()  # a number may have been something else until now
        for field in self._meta.concrete_fields:
            if field.name not in {*errors, *(exclude or ())}:
                try:
                    check(getattr(self, field.attname))
                except ValidationError as error:
                    errors[field.name] = error.error_list
        if errors:
            raise ValidationError(errors)

    def _well_chosen(self) -> Iterator[str]:
        """The columns of codes that hold one of their choices; Django goes through all 250 countries each time."""
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)
            if value and isinstance(value, str) and field.choices is not None and value in codes_of(field):
                yield field.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalise()
        super().save(*args, **kwargs)


@functools.cache
def codes_of(field: "models.Field[Any, Any]") -> frozenset[Any]:
    return frozenset(code for code, _words in field.flatchoices)


def kept_text(field: "models.Field[Any, Any]", text: str) -> str:
    """A text as its column keeps it: codes in lower case, line ends only where there may be several lines."""
    if not isinstance(field, models.CharField | models.TextField):
        return text
    kept = normalised(text, lines=isinstance(field, models.TextField))
    if getattr(getattr(field, "traits", None), "one_per_line", False):
        return "\n".join(line for line in kept.splitlines() if line)
    return kept.lower() if isinstance(field, models.SlugField) else kept


def kept_number(field: "models.Field[Any, Any]", number: Decimal) -> Decimal:
    """A number with the decimals of its column, so that 5 and 5.00 are one value; one with more decimals as it is."""
    if not (isinstance(field, models.DecimalField) and number.is_finite() and number.adjusted() < field.max_digits):
        return number
    kept = number.quantize(Decimal(1).scaleb(-field.decimal_places))
    return kept if kept == number else number


def check(value: Any) -> None:
    """Refuse a day that no record can name and a text that cannot be read."""
    if isinstance(value, str) and has_stack(value):
        raise ValidationError(TOO_MANY_MARKS)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        validate_day(value)
