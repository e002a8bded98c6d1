"""The envelope of a program, the amounts that the registry records for it, and what the two leave open.

A difference is between statements of sources. No source states what was paid, so it is never called money left.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from gpi_portal.i18n.figures import AmountQualifier, money
from gpi_portal.i18n.languages import Record
from gpi_portal.publishing.moments import Moment
from gpi_portal.query.sums import CANADIAN
from projects.registry import ProjectAnswer, projects_where, rows_url
from projects.totals import Total


@dataclass(frozen=True)
class Part:
    """The program's own rows, or those of one program under it.

    ``amount``: the sum of their Canadian dollars in words; empty if there are none.
    """

    name: str
    count: int
    amount: str
    url: str


@dataclass(frozen=True)
class Reconciliation:
    """An envelope and what is recorded under it, in Canadian dollars; None if nothing is stated.

    ``unit`` is the coarsest rounding among the figures; ``approximate``: a qualifier such as "about" also makes the
    difference inexact. ``parts`` are the program's own rows and those of programs under it.
    """

    envelope: Decimal | None
    qualifier: str
    envelope_unit: int
    total: Total
    whole: Part
    parts: list[Part]
    unit: int
    approximate: bool

    @property
    def difference(self) -> Decimal | None:
        """The recorded amount minus the envelope, unrounded; None if one of them is not stated."""
        if self.envelope is None or not self.total.canadian.number:
            return None
        return self.total.canadian.amount - self.envelope

    @property
    def rounded_difference(self) -> Decimal | None:
        """The size of the difference, as precise as its figures; 0 if it is smaller than their rounding."""
        if self.difference is None or self.unit == 1:
            return self.difference and abs(self.difference)
        return (abs(self.difference) / self.unit).quantize(Decimal(1), ROUND_HALF_UP) * self.unit


def reconcile(program: Record, moment: Moment) -> Reconciliation:
    """The envelope of a published program beside the registry's answer of that moment."""
    answer = projects_where(moment, program=program["code"])
    canadian = answer.total.canadian
    envelope = Decimal(program["envelope"]) if program["envelope"] is not None else None
    inexact = (AmountQualifier.ABOUT, AmountQualifier.MORE_THAN)
    return Reconciliation(
        envelope=envelope,
        qualifier=program["envelope_qualifier"],
        envelope_unit=program["envelope_rounded_to"],
        total=answer.total,
        whole=part_of(program["name"], answer.total, program=program["code"]),
        parts=parts_of(answer, program),
        unit=max(canadian.unit, program["envelope_rounded_to"]),
        approximate=program["envelope_qualifier"] in inexact or bool(canadian.up_to or canadian.other_qualifier),
    )


def part_of(name: str, total: Total, **filters: str) -> Part:
    amount = total.canadian.plain(CANADIAN) if total.canadian.number else ""
    return Part(name, total.count, amount, rows_url(**filters))


def parts_of(answer: ProjectAnswer, program: Record) -> list[Part]:
    """The program's own projects and those of each program under it; empty if there is only one of these."""
    own = _("%(name)s, own projects") % {"name": program["name"]}
    names = {code: own if code == program["code"] else name for code, name, _total in answer.own_programs}
    return [part_of(names[code], total, own_program=code) for code, _name, total in answer.own_programs]


def in_words(found: Reconciliation) -> str:
    """The difference as a sentence, or the reason why there is none."""
    if found.envelope is None:
        return _("No source states an envelope, so there is nothing to compare.")
    rounded = found.rounded_difference
    if found.difference is None or rounded is None:
        return _("The registry records no amount in Canadian dollars, so there is nothing to compare.")
    if found.difference == 0:
        return _("The recorded amounts add up to the envelope as it is written.")
    more = found.difference > 0
    if rounded == 0:
        above = _("The recorded amounts exceed the envelope, by less than the figures are rounded to (%(amount)s).")
        below = _("The recorded amounts are below the envelope, by less than the figures are rounded to (%(amount)s).")
        return (above if more else below) % {"amount": money(found.unit, rounded_to=found.unit)}
    if found.approximate or found.unit > 1:
        above = _("The recorded amounts exceed the envelope by about %(amount)s.")
        below = _("The recorded amounts come to about %(amount)s less than the envelope.")
    else:
        above = _("The recorded amounts exceed the envelope by %(amount)s.")
        below = _("The recorded amounts come to %(amount)s less than the envelope.")
    return (above if more else below) % {"amount": money(rounded, rounded_to=found.unit)}


def not_known(found: Reconciliation) -> list[str]:
    """What the two figures leave open, one sentence each."""
    return [
        *about_the_envelope(found),
        *about_total(found.total),
        _("Awards that no source lists are not in the registry; there may be some."),
        _("What was paid in the end is not known: the sources say what was announced or agreed."),
    ]


def about_the_envelope(found: Reconciliation) -> list[str]:
    if found.envelope is None:
        return []
    kinds: dict[str, Any] = {
        AmountQualifier.UP_TO: _("The envelope is an upper limit: its source says “up to”."),
        AmountQualifier.ABOUT: _("The envelope is approximate: its source says “about”."),
        AmountQualifier.MORE_THAN: _("The envelope is a lower limit: its source says “more than”."),
    }
    sentences = [kinds[found.qualifier]] if found.qualifier in kinds else []
    if found.envelope_unit > 1:
        unit = money(found.envelope_unit, rounded_to=found.envelope_unit)
        sentences.append(_("The envelope is stated to the nearest %(unit)s.") % {"unit": unit})
    return [*sentences, _("Whether the envelope also pays for other things than awards is not stated.")]


def about_total(total: Total) -> list[str]:
    """What the recorded amounts leave open, with the numbers concerned; amounts are the Canadian ones."""
    rounded = ngettext_lazy(
        "%(number)s amount is rounded by its source.", "%(number)s amounts are rounded by their sources.", "number"
    )
    up_to = ngettext_lazy(
        "%(number)s amount says “up to” and counts at its highest.",
        "%(number)s amounts say “up to” and count at their highest.",
        "number",
    )
    vague = ngettext_lazy("%(number)s amount is approximate.", "%(number)s amounts are approximate.", "number")
    without = ngettext_lazy(
        "%(number)s project has no stated amount and adds nothing.",
        "%(number)s projects have no stated amount and add nothing.",
        "number",
    )
    counts = (
        (rounded, total.canadian.rounded),
        (up_to, total.canadian.up_to),
        (vague, total.canadian.other_qualifier),
        (without, total.without_amount),
    )
    sentences = [text % {"number": number} for text, number in counts if number]
    others = [
        amounts.with_qualifier(currency) for currency, amounts in total.by_currency.items() if currency != CANADIAN
    ]
    if others:
        text = _("Amounts in other currencies are neither converted nor counted: %(amounts)s.")
        sentences.append(text % {"amounts": ", ".join(others)})
    return sentences
