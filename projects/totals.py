"""What rows of the registry add up to: the one place that computes a total."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Sum

from gpi_portal.figures import AmountQualifier, money, qualified

STATED = Q(cents__isnull=False)
UP_TO = Q(amount_qualifier=AmountQualifier.UP_TO)
VAGUE = Q(amount_qualifier__in=[AmountQualifier.ABOUT, AmountQualifier.MORE_THAN])
ROUNDED = Q(amount_rounded_to__gt=1)

COUNTS = ("count", "with_amount", "up_to", "other_qualifier", "rounded")
FIGURES = {
    "count": Count("pk"),
    "with_amount": Count("cents"),
    "up_to": Count("pk", filter=STATED & UP_TO),
    "other_qualifier": Count("pk", filter=STATED & VAGUE),
    "rounded": Count("pk", filter=STATED & ROUNDED),
    "unit": Max("amount_rounded_to", filter=STATED),
    "qualifier": Max("amount_qualifier", filter=STATED),
    # The last, as the conditions above mean the column of this name.
    "cents": Sum("cents"),
}


class CurrencySum(NamedTuple):
    """The amounts of one currency. An amount that is alone keeps the unit and the qualifier of its source."""

    amount: Decimal
    unit: int
    qualifier: str
    is_alone: bool

    def plain(self, currency: str) -> str:
        """The sum in words; an amount that is alone with its qualifier."""
        return self.hedged(currency) if self.is_alone else money(self.amount, currency)

    def hedged(self, currency: str) -> str:
        """The sum in words with the qualifier of the amounts in it, such as "up to"."""
        return qualified(money(self.amount, currency, self.unit), self.qualifier)


@dataclass(frozen=True)
class Total:
    """A total with all that its rule has to say.

    ``by_currency`` holds one sum per currency, never added to each other; co-funding and superseded amendments are not
    in it. The other figures count rows: all, without an amount, "up to", "about" or "more than", and rounded.
    """

    count: int = 0
    without_amount: int = 0
    up_to: int = 0
    other_qualifier: int = 0
    rounded: int = 0
    by_currency: Mapping[str, CurrencySum] = field(default_factory=dict)

    @property
    def sums(self) -> dict[str, Decimal]:
        return {currency: each.amount for currency, each in self.by_currency.items()}

    @property
    def amounts(self) -> list[str]:
        """The sums in words, one per currency, as they stand beside their rule."""
        return [each.plain(currency) for currency, each in self.by_currency.items()]

    @property
    def amounts_alone(self) -> list[str]:
        """The same where no rule stands beside them: a sum that includes an "up to" amount says so itself."""
        return [each.hedged(currency) for currency, each in self.by_currency.items()]

    @property
    def other_currencies(self) -> bool:
        """Whether some amount is not in Canadian dollars."""
        return any(currency != "CAD" for currency in self.by_currency)

    @classmethod
    def of_groups(cls, groups: list[dict[str, Any]]) -> "Total":
        """The total of one group of rows per currency."""
        counts = {name: sum(group[name] for group in groups) for name in COUNTS}
        return cls(
            without_amount=counts["count"] - counts.pop("with_amount"),
            by_currency={group["currency"]: sum_of(group) for group in groups if group["cents"] is not None},
            **counts,
        )


def sum_of(group: dict[str, Any]) -> CurrencySum:
    amount = Decimal(group["cents"]) / 100
    if group["with_amount"] == 1:
        return CurrencySum(amount, group["unit"], group["qualifier"], is_alone=True)
    vague = AmountQualifier.UP_TO if group["up_to"] else AmountQualifier.EXACT
    return CurrencySum(amount, 1, AmountQualifier.ABOUT if group["other_qualifier"] else vague, is_alone=False)


def total_of(rows: QuerySet) -> Total:
    """The total of all the rows, in one query."""
    return Total.of_groups(list(by_currency(rows)))


def totals_by(column: str, rows: QuerySet) -> dict[str, Total]:
    """The total of the rows for each value of a column, in one query; a value without rows is not in it."""
    by_value: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for group in by_currency(rows, column):
        by_value[group[column]].append(group)
    return {value: Total.of_groups(groups) for value, groups in by_value.items()}


def totals_by_tag(kind: str, rows: QuerySet) -> dict[str, Total]:
    """The total of the rows for each thing of this kind that they name, in one query. A row may name several."""
    return totals_by("version__tags__value", rows.filter(version__tags__kind=kind))


def by_currency(rows: QuerySet, *columns: str) -> QuerySet:
    return rows.order_by().values(*columns, "currency").annotate(**FIGURES).order_by("currency")
