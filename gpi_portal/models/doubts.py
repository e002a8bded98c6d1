"""Questions about probable slips. A tick confirms that the value is meant; nothing is forbidden."""

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from gpi_portal import search
from gpi_portal.i18n.figures import long_date, money
from gpi_portal.i18n.languages import capitalized, sort_key
from gpi_portal.models.published import TORONTO

#: Amounts that differ by this factor or more probably differ by a slip: an extra zero, a missing point.
FAR = Decimal("9.5")
#: How many records of the same name one form lists at most.
MOST_ALIKE = 5

UNITS = {"thousand": 3, "mille": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "milliard": 9}
NUMBER = r"\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?"
UNIT = r"(?:[ \u00a0\u202f-]*(thousand|mille|millions?|billions?|milliards?|[mk])\b)?"
BEFORE = r"((?:\$|\b(?:CAD|USD|EUR)\b)[ \u00a0\u202f]*)?"
BEHIND = r"([ \u00a0\u202f]*(?:de[ \u00a0\u202f])?(?:\$|dollars|CAD\b|USD\b|EUR\b))?"
AMOUNT = re.compile(f"{BEFORE}({NUMBER}){UNIT}{BEHIND}", re.IGNORECASE)


@dataclass(frozen=True)
class Doubt:
    """One question, in the language of the page."""

    question: str

    @property
    def digest(self) -> str:
        """The value of a tick: it answers this question only, so that another value is questioned again."""
        return hashlib.sha256(self.question.encode()).hexdigest()[:16]


def is_far(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether one of two amounts is about ten times the other, or more."""
    small, large = sorted((abs(one or Decimal(0)), abs(other or Decimal(0))))
    return small > 0 and large >= FAR * small


def amounts_in(text: str) -> list[Decimal]:
    """The sums of money that a text names, in the style of either language: ``$7.5 million``, ``165 300 $``."""
    found = [amount_of(*match.groups()) for match in AMOUNT.finditer(text) if any(match.group(1, 3, 4))]
    alone = re.fullmatch(f"({NUMBER})", text.strip())
    return found or ([amount_of(None, alone.group(1), None, None)] if alone else [])


def amount_of(_sign: str | None, digits: str, unit: str | None, _dollars: str | None) -> Decimal:
    plain = re.sub(r"[ \u00a0\u202f]", "", digits)
    plain = re.sub(r",(?=\d{3}(\D|$))", "", plain).replace(",", ".")
    return Decimal(plain).scaleb(UNITS[unit.lower().rstrip("s")] if unit else 0)


def is_money(column: "models.Field[Any, Any]") -> bool:
    return isinstance(column, models.DecimalField) and column.decimal_places == 2


def amounts(row: models.Model) -> Iterator[tuple["models.Field[Any, Any]", Decimal | None, str]]:
    """The columns of a row that hold money, with the amount in each and its currency."""
    for field in row._meta.concrete_fields:
        if is_money(field):
            beside = "foreign_currency" if field.name.startswith("foreign_") else "currency"
            yield field, getattr(row, field.attname), getattr(row, beside, "") or "CAD"


def jumps(row: models.Model, before: models.Model | None, name: str = "") -> Iterator[Doubt]:
    """Doubts about amounts that become far larger or smaller, zero or empty; ``name``: the row within its record."""
    old = {field.name: (amount, currency) for field, amount, currency in amounts(before)} if before else {}
    for field, amount, currency in amounts(row):
        former, former_currency = old.get(field.name, (None, currency))
        if not amount or currency == former_currency:
            yield from jump(named(field, name), former, amount, former_currency)


def jump(name: str, former: Decimal | None, amount: Decimal | None, currency: str) -> Iterator[Doubt]:
    """A doubt about an amount that becomes ten times as large, a tenth, zero or empty."""
    more = _("“%(field)s” was %(before)s and becomes %(after)s: about ten times as much, or more.")
    less = _("“%(field)s” was %(before)s and becomes %(after)s: about a tenth, or less.")
    zero = _("“%(field)s” was %(before)s and becomes %(after)s.")
    empty = _("“%(field)s” was %(before)s and becomes empty.")
    if not former or (amount and not is_far(amount, former)):
        return
    values = {"field": name, "before": money(former, currency), "after": money(amount or Decimal(0), currency)}
    if not amount:
        yield Doubt((empty if amount is None else zero) % values)
    else:
        yield Doubt((more if abs(amount) > abs(former) else less) % values)


def removals(row: models.Model) -> Iterator[Doubt]:
    """Doubts about the amounts in a row that is removed."""
    for field, amount, currency in amounts(row):
        if amount:
            words = _("“%(field)s” was %(before)s and is removed.")
            yield Doubt(words % {"field": named(field, str(row)), "before": money(amount, currency)})


def named(field: "models.Field[Any, Any]", row: str) -> str:
    words = capitalized(field.verbose_name)
    return _("%(name)s: %(field)s") % {"name": row, "field": words} if row else words


def named_days(row: Any, *columns: str, name: str = "") -> Iterator[tuple[str, Any]]:
    """The days of a record or of a row in it, each with its label; ``name``: the row within its record."""
    for column in columns:
        yield named(row._meta.get_field(column), name), getattr(row, column)


def named_days_of(rows: Iterable[Any], *columns: str) -> Iterator[tuple[str, datetime.date | None]]:
    """The days of each of these rows, with their words."""
    for row in rows:
        yield from named_days(row, *columns, name=str(row))


def days_to_come(days: Iterable[tuple[str, datetime.date | int | None]]) -> Iterator[Doubt]:
    """Doubts about days or years after today in which, as the record says, something has happened already."""
    today = timezone.localdate(timezone=TORONTO)
    for name, day in days:
        if isinstance(day, int) and day > today.year:
            yield Doubt(_("“%(field)s” is %(year)s: this year has not come yet.") % {"field": name, "year": day})
        elif isinstance(day, datetime.date) and day > today:
            words = _("“%(field)s” is %(day)s: this day has not come yet.")
            yield Doubt(words % {"field": name, "day": long_date(day)})


def unlike_citations(field: str, name: str, amount: Decimal | None, currency: str, citations: Any) -> Iterator[Doubt]:
    """A doubt about an amount ten times, or a tenth of, every sum that the citations of its field give."""
    texts = [citation.value for citation in citations if citation.field == field]
    sums = [found for text in texts for found in amounts_in(text)]
    if amount and sums and all(is_far(amount, found) for found in sums):
        words = _("“%(field)s” is %(amount)s, but its citation says “%(cited)s”.")
        said = " / ".join(text for text in texts if text)
        yield Doubt(words % {"field": name, "amount": money(amount, currency), "cited": said})


def folded(name: str) -> str:
    """A name reduced to what the search compares, without punctuation and spaces."""
    return sort_key(search.plain(name))


def look_alikes(record: Any, before: Any) -> Iterator[Doubt]:
    """Doubts about other records of the noun that already have a name new on this one, capitals and accents aside."""
    own = {folded(name): name for name in record.known_names()}
    new = own.keys() - {folded(name) for name in (before.known_names() if before else ())} - {""}
    found = others_called(record, new) if new else iter(())
    for _number, (other, key) in zip(range(MOST_ALIKE), found, strict=False):
        words = _("“%(shared)s” is also a name of “%(other)s” (%(code)s). Is this record really another one?")
        yield Doubt(words % {"shared": own[key], "other": other, "code": other.code})


def others_called(record: Any, keys: Iterable[str]) -> Iterator[tuple[Any, str]]:
    """The other records of the noun with one of these folded names, each with the first match."""
    wanted = set(keys)
    for other in type(record)._base_manager.exclude(pk=record.pk).order_by("code").iterator():
        shared = next((key for key in map(folded, other.known_names()) if key in wanted), None)
        if shared:
            yield other, shared
