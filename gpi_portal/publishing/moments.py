"""The registry as it stood on a past day, or as it stands today."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.figures import long_date
from gpi_portal.models import RegistryVersion
from gpi_portal.publishing.clock import today
from gpi_portal.query.fields import DayField


@dataclass(frozen=True)
class Moment:
    """What a page reads: the newest versions, or those that stood at the end of a day.

    ``number`` is the registry version of that moment; None for today. ``is_exact``: it was asked for by its number,
    whatever the day.
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

    @property
    def is_of_its_day(self) -> bool:
        """Whether its data version stood on its day: it did not where a clock was wrong or the address was changed."""
        if not self.is_exact:
            return True
        known = RegistryVersion.objects.filter(number__in=(self.number, self.number + 1))
        days = {version.number: version.day for version in known}
        begins, ends = days[self.number], days.get(self.number + 1, today())
        return self.day == begins or begins <= self.day <= min(today(), ends)


TODAY = Moment()


class MomentField(DayField):
    """A day from the first publication to today, as a `Moment`; today's when none is given.

    After a point it takes a data version, ``2026-11-24.15``, which decides alone what is read: such an address means
    the same for ever, whatever the clock did on that day or does now.
    """

    def clean(self, value: str | None) -> Moment:
        text, point, version = (value or "").strip().partition(".")
        day: datetime.date | None = super().clean(text if text or not point else value)
        if day is None:
            return TODAY
        if point:
            return Moment(known_version(version), day, is_exact=True)
        if day > today() and day > RegistryVersion.objects.last_day():
            raise forms.ValidationError(_("This day has not come yet."))
        last = RegistryVersion.objects.on(day).latest_number()
        if not last:
            raise forms.ValidationError(before_the_beginning())
        return Moment(last, day)


def known_version(text: str) -> int:
    """The number of a data version that there is."""
    number = int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0
    if not RegistryVersion.objects.filter(number=number).exists():
        raise forms.ValidationError(_("On this day there was no data version “%(number)s”.") % {"number": text[:20]})
    return number


def before_the_beginning() -> Any:
    first = RegistryVersion.objects.order_by("number").first()
    if first is None:
        return _("Nothing was public yet on that day.")
    return _("Nothing was public yet on that day: the registry begins on %(day)s.") % {"day": long_date(first.day)}


class MomentForm(forms.Form):
    """The day on which a page is read."""

    as_of = MomentField(label=_("As it stood on"), required=False)
