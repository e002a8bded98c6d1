"""Whether a call for proposals is open, from its dates alone."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.languages import Record

#: A call that closes within so many days is closing soon.
SOON = datetime.timedelta(days=30)


class CallState(models.TextChoices):
    UPCOMING = "upcoming", _("Not open yet")
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Closing soon")
    CLOSED = "closed", _("Closed")
    UNKNOWN = "unknown", _("Not stated whether it is open")


#: How the component `badge` shows a state.
BADGES = {CallState.OPEN: "open", CallState.CLOSING: "warning", CallState.CLOSED: "closed"}


def call_state(call: Record, today: datetime.date) -> CallState:
    """The state of a published call on that day; its last day belongs to it."""
    opens, closes = (value and datetime.date.fromisoformat(value) for value in (call["opens_on"], call["closes_on"]))
    if closes and closes < today:
        return CallState.CLOSED
    if opens and opens > today:
        return CallState.UPCOMING
    if not (opens and closes):
        return CallState.UNKNOWN
    return CallState.CLOSING if closes - today <= SOON else CallState.OPEN


def call_badge(call: Record, today: datetime.date) -> dict[str, str]:
    state = call_state(call, today)
    return {"kind": BADGES.get(state, "neutral"), "text": state.label}
