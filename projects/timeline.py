"""The timeline of an agreement: its states, what each changed in words, and when the public first saw it.

It reads published versions only: the one shown and those before it.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gpi_portal.drawing.step_line import Step, StepLine, step_line
from gpi_portal.i18n.figures import as_date, long_date, money
from gpi_portal.i18n.languages import Record
from gpi_portal.models import PublishedVersion, RegistryVersion

Row = dict[str, Any]


@dataclass(frozen=True)
class AgreementState:
    """An agreement after one amendment. ``row`` is the published row, whose value is the total.

    ``shown_in`` is the data version in which the public first saw the amendment; ``corrected_in`` that of its present
    content, if it was published on another day.
    """

    row: Record
    changes: list[str]
    shown_in: RegistryVersion
    corrected_in: RegistryVersion | None
    is_current: bool

    @property
    def shown_on(self) -> datetime.date:
        return self.shown_in.day

    @property
    def corrected_on(self) -> datetime.date | None:
        return self.corrected_in.day if self.corrected_in else None


@dataclass(frozen=True)
class Timeline:
    """The recorded states in the order of their numbers; ``line`` draws them if there are several.

    ``missing_numbers`` are those of amendments below the highest that are not recorded.
    """

    states: list[AgreementState]
    has_original: bool
    missing_numbers: list[int]
    course: str
    line: StepLine | None
    currency: str


def timeline_of(version: PublishedVersion) -> Timeline | None:
    """The timeline of the project in this version; None if it has no amendments."""
    rows = sorted(version.document.get("amendments", []), key=lambda row: row["number"])
    if not rows:
        return None
    seen = seen_in(rows, history(version))
    currency, origin = version.document["currency"], version.document["origin"]
    states = [
        AgreementState(
            Record(row, origin), changes(before, row, currency), *seen[row["number"]], is_current=row is rows[-1]
        )
        for before, row in zip([None, *rows], rows, strict=False)
    ]
    numbers = {row["number"] for row in rows}
    missing = [number for number in range(1, rows[-1]["number"]) if number not in numbers]
    line = step_line([step(row, version.document["start_date"], currency) for row in rows])
    return Timeline(states, 0 in numbers, missing, course(rows, currency), line, currency)


def history(version: PublishedVersion) -> Iterable[PublishedVersion]:
    """The published versions of the record up to this one, oldest first, without tombstones."""
    return PublishedVersion.objects.up_to(version).filter(withdrawn=False).reverse()


def seen_in(
    rows: list[Row], versions: Iterable[PublishedVersion]
) -> dict[int, tuple[RegistryVersion, RegistryVersion | None]]:
    """Number of an amendment → the data version that first showed it, and that of its present content or None."""
    first: dict[int, RegistryVersion] = {}
    current: dict[int, tuple[Row, RegistryVersion]] = {}
    for version in versions:
        public = {row["number"]: row for row in version.document["amendments"]}
        opened = version.valid_from
        first = {number: first.get(number, opened) for number in public}
        current = {
            number: current[number] if number in current and current[number][0] == row else (row, opened)
            for number, row in public.items()
        }
    found = {number: (first[number], current[number][1]) for number in (row["number"] for row in rows)}
    return {number: (shown, None if shown.day == since.day else since) for number, (shown, since) in found.items()}


def changes(before: Row | None, row: Row, currency: str) -> list[str]:
    """What an amendment changed from the state before it, in words."""
    if before is None:
        first = _("The original agreement") if row["number"] == 0 else _("Not known: no earlier state is recorded")
        return [first, *([_("The agreement ends early")] if row["terminates"] else [])]
    found = [value_change(Decimal(before["value"]), Decimal(row["value"]), currency)]
    found += end_change(before["end_date"], row["end_date"])
    if row["terminates"] and not before["terminates"]:
        found.append(_("The agreement ends early"))
    if before["terminates"] and not row["terminates"]:
        found.append(_("The agreement no longer ends early"))
    if row["number"] - before["number"] > 1:
        found.append(compared_with(before["number"]))
    return found


def compared_with(number: int) -> str:
    """The state that is compared with if those in between are not recorded, in words."""
    if number == 0:
        return _("Compared with the original agreement: what lies between is not recorded")
    return _("Compared with amendment %(number)s: what lies between is not recorded") % {"number": number}


def value_change(before: Decimal, after: Decimal, currency: str) -> str:
    if before == after:
        return _("Value unchanged")
    words = {
        "before": money(before, currency),
        "after": money(after, currency),
        "difference": money(abs(after - before), currency),
    }
    if after > before:
        return _("Value up by %(difference)s, from %(before)s to %(after)s") % words
    return _("Value down by %(difference)s, from %(before)s to %(after)s") % words


def end_change(before: str | None, after: str | None) -> list[str]:
    if before == after:
        return []
    if after is None:
        return [_("End date no longer stated; before, it was %(day)s") % {"day": long_date(before)}] if before else []
    if before is None:
        return [_("End date now stated: %(day)s") % {"day": long_date(after)}]
    words = {"before": long_date(before), "after": long_date(after)}
    if after > before:
        return [_("End date later: from %(before)s to %(after)s") % words]
    return [_("End date earlier: from %(before)s to %(after)s") % words]


def course(rows: list[Row], currency: str) -> str:
    """The change from the first recorded state to the current one in a sentence; empty if there is only one."""
    if len(rows) < 2:
        return ""
    change = value_change(Decimal(rows[0]["value"]), Decimal(rows[-1]["value"]), currency)
    if rows[0]["number"] == 0:
        return _("Since the original agreement: %(change)s.") % {"change": lower(change)}
    words = {"number": rows[0]["number"], "change": lower(change)}
    return _("Since amendment %(number)s, the first one recorded: %(change)s.") % words


def lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def step(row: Row, start: str | None, currency: str) -> Step:
    """A state as a step of the drawing. An original without a date begins with the agreement."""
    day = row["amended_on"] or (start if row["number"] == 0 else None)
    value = Decimal(row["value"])
    name = str(row["number"])
    return Step(
        value,
        name,
        as_date(day) if day else None,
        title=f"{name}: {money(value, currency)}",
        url=f"#amendment-{name}",
        stops=row["terminates"],
    )
