"""The registry as it stood on a past day, or as it stands today."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from gpi_portal.models import TORONTO, RegistryVersion


def today() -> datetime.date:
    """The present day in Toronto, where a day of the registry ends."""
    return timezone.localdate(timezone=TORONTO)


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
        if not self.is_exact or self.number is None or self.day is None:
            return True
        known = RegistryVersion.objects.filter(number__in=(self.number, self.number + 1))
        days = {version.number: version.day for version in known}
        begins, ends = days[self.number], days.get(self.number + 1, today())
        return self.day == begins or begins <= self.day <= min(today(), ends)


TODAY = Moment()
