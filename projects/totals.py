"""Totals of registry rows: the only module that computes them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from gpi_portal.query.sums import CANADIAN, NOTHING, CurrencySum, aggregates
from projects.models import RegistryRow


@dataclass(frozen=True)
class Total:
    """A total with what its rule must mention.

    ``count`` counts all rows; ``by_currency`` has one sum per currency, never added to each other, without co-funding
    and superseded amendments. The other figures count rows of every currency.
    """

    count: int = 0
    by_currency: Mapping[str, CurrencySum] = field(default_factory=dict)

    @classmethod
    def of_groups(cls, groups: list[dict[str, Any]]) -> "Total":
        """The total of one group of rows per currency."""
        return cls(
            count=sum(group["count"] for group in groups),
            by_currency={group["currency"]: CurrencySum.of(group) for group in groups if group["number"]},
        )

    @property
    def without_amount(self) -> int:
        return self.count - sum(amounts.number for amounts in self.by_currency.values())

    @property
    def up_to(self) -> int:
        return sum(amounts.up_to for amounts in self.by_currency.values())

    @property
    def other_qualifier(self) -> int:
        return sum(amounts.other_qualifier for amounts in self.by_currency.values())

    @property
    def rounded(self) -> int:
        return sum(amounts.rounded for amounts in self.by_currency.values())

    @property
    def canadian(self) -> CurrencySum:
        """The Canadian amounts only, with their own counts."""
        return self.by_currency.get(CANADIAN, NOTHING)

    @property
    def sums(self) -> dict[str, Decimal]:
        return {currency: amounts.amount for currency, amounts in self.by_currency.items()}

    @property
    def amounts(self) -> list[str]:
        """The sums in words, one per currency, for display beside their rule."""
        return [amounts.plain(currency) for currency, amounts in self.by_currency.items()]

    @property
    def amounts_with_qualifier(self) -> list[str]:
        """The sums for display without their rule: one that includes an "up to" amount says so itself."""
        return [amounts.with_qualifier(currency) for currency, amounts in self.by_currency.items()]

    @property
    def other_currencies(self) -> bool:
        """Whether some amounts are not in Canadian dollars."""
        return any(currency != CANADIAN for currency in self.by_currency)


def total_of(rows: QuerySet[RegistryRow]) -> Total:
    """The total of all the rows, in one query."""
    return Total.of_groups(list(by_currency(rows)))


def totals_by(column: str, rows: QuerySet[RegistryRow]) -> dict[str, Total]:
    """The total of the rows for each value of a column, in one query; values without rows are missing."""
    by_value: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for group in by_currency(rows, column):
        by_value[group[column]].append(group)
    return {value: Total.of_groups(groups) for value, groups in by_value.items()}


def totals_by_tag(kind: str, rows: QuerySet[RegistryRow]) -> dict[str, Total]:
    """The total of the rows for each tag of this kind, in one query. A row may have several."""
    return totals_by("version__tags__value", rows.filter(version__tags__kind=kind))


def by_currency(rows: QuerySet[RegistryRow], *columns: str) -> Iterable[dict[str, Any]]:
    groups: QuerySet[Any] = rows.order_by().values(*columns, "currency").annotate(count=Count("pk"), **aggregates())
    return groups.order_by("currency")
