"""Charts: the values of a facet as marks, each with its figures and a link to the rows that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import ngettext

from gpi_portal.i18n.languages import sort_key
from gpi_portal.publishing.moments import TODAY
from gpi_portal.query.facets import Facet, FacetValue
from gpi_portal.query.fields import MOST_VALUES, NONE
from gpi_portal.query.sums import CANADIAN, NOTHING, CurrencySum

#: More bars are hard to read; files hold all values.
MOST_BARS = 12
MOST_YEARS = 24
#: Lengths are in thousandths of the longest: whole numbers are written the same in both languages.
FULL = 1000


@dataclass(frozen=True)
class Mark:
    """One value of a chart. ``url`` is the query of its rows; the lengths are out of `FULL`.

    ``money``: the amounts drawn; ``in_other_currency``: how many rows have an amount that is not drawn.
    """

    value: str
    label: str
    count: int
    money: CurrencySum = NOTHING
    url: str = ""
    amount_length: int = 0
    count_length: int = 0
    in_other_currency: int = 0
    currency: str = CANADIAN

    @property
    def amount(self) -> Decimal | None:
        """The sum of these rows in the currency of the chart; None if no amount is stated."""
        return self.money.amount if self.money.number else None

    @property
    def words(self) -> str:
        """The amount with its qualifier, as a total without its rule beside it; empty if there is none."""
        return self.money.with_qualifier(self.currency) if self.money.number else ""

    @property
    def without_amount(self) -> int:
        """How many of the rows have no stated amount in any currency."""
        return self.count - self.money.number - self.in_other_currency

    @property
    def stated(self) -> bool:
        return self.value != NONE


@dataclass(frozen=True)
class Chart:
    """A facet as marks. ``left_out``: how many values are not drawn one by one.

    Where values do not overlap, the last mark (the first, for years) adds up what is left out. ``chosen``: the facet's
    own filter is in force, so only the chosen values are here.
    """

    facet: Facet
    marks: list[Mark]
    left_out: int = 0
    chosen: bool = False

    @property
    def years(self) -> list[Mark]:
        """The years from the first to the last, including those without rows; undated rows come last."""
        if self.left_out:
            return self.marks
        years = {int(mark.value): mark for mark in self.marks if mark.stated}
        if not years or max(years) - min(years) > MOST_YEARS:
            return self.marks
        span = [str(year) for year in range(min(years), max(years) + 1)]
        names = self.facet.among.names(span, TODAY)
        filled = [years.get(int(year)) or Mark(year, names[year], 0) for year in span]
        return filled + [mark for mark in self.marks if not mark.stated]


def chart_of(facet: Facet, values: Sequence[FacetValue], query: QueryDict) -> Chart:
    """The chart of these values, the largest amount first, or years in order."""
    ordered = sorted(values, key=_by_year if facet.over_time else _by_amount)
    stated = [value for value in ordered if value.value != NONE]
    left_out = max(len(stated) - (MOST_YEARS if facet.over_time else MOST_BARS), 0)
    rest = stated[:left_out] if facet.over_time else stated[len(stated) - left_out :]
    hidden = {value.value for value in rest}
    groups = [[value] for value in ordered if value.value not in hidden]
    if rest and not facet.overlaps:
        groups.insert(0 if facet.over_time else len(stated) - left_out, rest)
    marks = _drawn([_mark(facet, group, query) for group in groups])
    return Chart(facet, marks, left_out, chosen=any(value.selected for value in values))


def all_marks(facet: Facet, values: Sequence[FacetValue], query: QueryDict) -> list[Mark]:
    """Every value as a mark."""
    ordered = sorted(values, key=_by_year if facet.over_time else _by_amount)
    return _drawn([_mark(facet, [value], query) for value in ordered])


def query_of(query: QueryDict, facet: Facet, values: list[str]) -> str:
    """The query with exactly these values of the facet, on its first page."""
    changed = query.copy()
    changed.pop("page", None)
    changed.setlist(facet.name, values)
    return f"?{changed.urlencode()}"


def _mark(facet: Facet, values: Sequence[FacetValue], query: QueryDict) -> Mark:
    """The mark of one value, or of several added up if no row has two of them."""
    codes = [value.value for value in values]
    one = len(values) == 1
    return Mark(
        value=codes[0] if one else "",
        label=values[0].label if one else _others(facet, len(values)),
        count=sum(value.count or 0 for value in values),
        money=sum((value.money for value in values), NOTHING),
        in_other_currency=sum(value.in_other_currency for value in values),
        currency=values[0].currency,
        url=query_of(query, facet, codes) if len(codes) <= MOST_VALUES else "",
    )


def _others(facet: Facet, number: int) -> str:
    if facet.over_time:
        return ngettext("%(number)s earlier year", "%(number)s earlier years", number) % {"number": number}
    return ngettext("%(number)s other", "%(number)s others", number) % {"number": number}


def _drawn(marks: list[Mark]) -> list[Mark]:
    """The marks with lengths relative to the longest of each kind."""
    most_cents = max((mark.money.cents for mark in marks), default=0)
    most_rows = max((mark.count for mark in marks), default=0)
    return [
        replace(mark, amount_length=_length(mark.money.cents, most_cents), count_length=_length(mark.count, most_rows))
        for mark in marks
    ]


def _length(part: int, most: int) -> int:
    """The length of a bar, visible for anything above zero; a negative amount has none."""
    return max(round(part * FULL / most), 4) if part > 0 else 0


def _by_amount(value: FacetValue) -> Any:
    return value.value == NONE, -value.money.cents, -(value.count or 0), sort_key(value.label)


def _by_year(value: FacetValue) -> Any:
    return value.value == NONE, value.value
