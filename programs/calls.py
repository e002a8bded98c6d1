"""Whether a call for proposals is open, from its dates alone."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.languages import Record
from gpi_portal.models import PublishedVersion

#: A call that closes within so many days is closing soon.
SOON = datetime.timedelta(days=30)


class CallState(models.TextChoices):
    """In the order in which they concern somebody who wants to apply."""

    CLOSING = "closing", _("Closing soon")
    OPEN = "open", _("Open")
    UPCOMING = "upcoming", _("Not open yet")
    UNKNOWN = "unknown", _("Dates not stated")
    CLOSED = "closed", _("Closed")


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


def call_badge(call: Record, today: datetime.date) -> dict[str, Any]:
    state = call_state(call, today)
    words: Any = state.label
    if state == CallState.UNKNOWN and call["opens_on"]:
        words = gettext("Last day not stated")
    elif state == CallState.UNKNOWN and call["closes_on"]:
        words = gettext("First day not stated")
    return {"kind": BADGES.get(state, "neutral"), "text": words}


@dataclass(frozen=True)
class SharedCall:
    """A call with the streams that it is for. Each of them holds it, under a code of its own."""

    call: Record
    streams: list[PublishedVersion] = field(default_factory=list)


def calls_of(streams: Iterable[PublishedVersion], today: datetime.date) -> list[SharedCall]:
    """Every call once, those first that can still be answered; calls that differ in nothing but their code are one."""
    found: dict[str, SharedCall] = {}
    for version in streams:
        for call in version.record["calls"]:
            content = repr(sorted((name, value) for name, value in call.document.items() if name != "code"))
            found.setdefault(content, SharedCall(call)).streams.append(version)
    order = list(CallState)
    return sorted(found.values(), key=lambda shared: order.index(call_state(shared.call, today)))
