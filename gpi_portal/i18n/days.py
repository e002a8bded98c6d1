"""The days and years that a record may have; any other is a slip."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2100
WRITE_A_DAY = _("Write an existing day from 1900 to 2100 as YYYY-MM-DD, for example 2024-10-09.")


def validate_day(day: datetime.date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(WRITE_A_DAY)


def validate_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(_("Write a year from 1900 to 2100, for example 2024."))
