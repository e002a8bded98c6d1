"""The registry as it stood on a past day, or as it stands today."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpi_portal.fields import DayField
from gpi_portal.figures import long_date
from gpi_portal.models import TORONTO, RegistryVersion


@dataclass(frozen=True)
class Moment:
    """What a page reads: the newest versions, or those that stood at the end of a day.

    ``number`` is the registry version of that moment; None for today. ``is_exact``: it was asked for by its number, as
    the day may have seen several.
    """

    number: int | None = None
    day: datetime.date | None = None
    is_exact: bool = False

    @property
    def is_past(self) -> bool:
        return self.number is not None

    def versions(self, prefix: str = "") -> Q:
        """The condition that a published version stands at this moment; ``prefix`` leads to it from another row."""
        if self.number is None:
            return Q(**{f"{prefix}valid_to__isnull": True})
        ends = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": self.number})
        return ends & Q(**{f"{prefix}valid_from__lte": self.number})

    def registry_version(self) -> RegistryVersion | None:
        """The data version that stood then; None before the first publication."""
        versions = RegistryVersion.objects.all()
        return (versions if self.number is None else versions.filter(number=self.number)).latest()

    @property
    def as_of(self) -> str:
        """How a query asks for this moment: ``2026-11-24`` or ``2026-11-24.15``; empty for today."""
        if self.day is None:
            return ""
        return f"{self.day}.{self.number}" if self.is_exact else str(self.day)


TODAY = Moment()


class MomentField(DayField):
    """A day from the first publication to today, as a `Moment`; today's when none is given.

    After a point it takes a data version that stood on that day: ``2026-11-24.15``.
    """

    def clean(self, value: str | None) -> Moment:
        text, point, version = (value or "").strip().partition(".")
        day = super().clean(text if text or not point else value)
        if day is None:
            return TODAY
        if day > timezone.localdate(timezone=TORONTO):
            raise forms.ValidationError(_("This day has not come yet."))
        last = RegistryVersion.objects.on(day).latest_number()
        if not last:
            raise forms.ValidationError(before_the_beginning())
        return Moment(version_on(day, version, last), day, is_exact=True) if point else Moment(last, day)


def version_on(day: datetime.date, version: str, last: int) -> int:
    """The data version of this number, which stood on that day; ``last`` is the one at its end."""
    first = RegistryVersion.objects.on(day - datetime.timedelta(days=1)).latest_number() or 1
    if not (re.fullmatch(r"\d{1,9}", version, re.ASCII) and first <= int(version) <= last):
        raise forms.ValidationError(_("On this day there was no data version “%(number)s”.") % {"number": version[:20]})
    return int(version)


def before_the_beginning() -> Any:
    first = RegistryVersion.objects.order_by("number").first()
    if first is None:
        return _("Nothing was public yet on that day.")
    return _("Nothing was public yet on that day: the registry begins on %(day)s.") % {"day": long_date(first.day)}


class MomentForm(forms.Form):
    """The day on which a page is read."""

    as_of = MomentField(label=_("As it stood on"), required=False)
