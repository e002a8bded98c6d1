"""The day as the portal counts it."""

import datetime

from django.utils import timezone

from gpi_portal.models import TORONTO


def today() -> datetime.date:
    """The present day in Toronto, where a day of the registry ends."""
    return timezone.localdate(timezone=TORONTO)
