"""The history of a record: every edit with its rows, every publication with its reason, and the way back to a state."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from gpi_portal.i18n.languages import capitalized
from gpi_portal.models import Publishable, PublishedVersion, RegistryVersion
from gpi_portal.publishing.differences import FieldChange
from gpi_portal.staff.changes import changes
from gpi_portal.staff.trace import RecordTrace


@dataclass(frozen=True)
class Entry:
    """One line of the history. ``pk``: the row of the record's own history whose state can be looked at."""

    moment: datetime.datetime
    by: Any
    what: str
    reason: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    pk: int | None = None


def history_of(record: models.Model) -> list[Entry]:
    """The whole history of a record, or of an error report, the newest first."""
    public = publications(record) if isinstance(record, Publishable) else []
    return sorted([*edits(record), *public], key=lambda entry: entry.moment, reverse=True)


def edits(record: models.Model) -> list[Entry]:
    """The acts that made the record or changed something in it."""
    traced: Any = record
    trace, before, found = RecordTrace(traced), None, []
    for act in trace.acts:
        after = trace.after(act)
        if before is None:
            found.append(Entry(act.moment, act.by, _("Created"), pk=act.pk))
        elif made := [*code_change(before, after), *changes(trace.model, before, after)]:
            found.append(Entry(act.moment, act.by, _("Edited"), changes=made, pk=act.pk))
        before = after
    return found


def code_change(before: Any, after: Any) -> list[FieldChange]:
    codes = before.about["code"], after.about["code"]
    return [FieldChange(_("Public code"), *codes)] if codes[0] != codes[1] else []


def publications(record: Publishable) -> list[Entry]:
    """What became of the record in public: published, corrected, withdrawn, each with the reason that was given."""
    versions = PublishedVersion.objects.filter(noun=record.noun, code=record.code).defer("document")
    return [
        Entry(version.valid_from.published_at, version.valid_from.by, words_for(version), reason_of(version.valid_from))
        for version in versions.select_related("valid_from__by")
    ]


def reason_of(act: RegistryVersion) -> str:
    """Why it was published; where nobody on the staff did it, the portal's own words in the language of the page."""
    return act.reason if act.by or not act.reason else _(act.reason)


def words_for(version: PublishedVersion) -> str:
    words = _("%(change)s in data version %(number)s")
    return words % {"change": capitalized(version.get_change_display()), "number": version.valid_from_id}
