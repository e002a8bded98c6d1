"""What rows of the registry add up to: the one place that computes a total."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from gpi_portal.figures import AmountQualifier, money

STATED = Q(cents__isnull=False)
UP_TO = Q(amount_qualifier=AmountQualifier.UP_TO)
VAGUE = Q(amount_qualifier__in=[AmountQualifier.ABOUT, AmountQualifier.MORE_THAN])
ROUNDED = Q(amount_rounded_to__gt=1)

COUNTS = {
    "count": Count("pk"),
    "with_amount": Count("cents"),
    "up_to": Count("pk", filter=STATED & UP_TO),
    "other_qualifier": Count("pk", filter=STATED & VAGUE),
    "rounded": Count("pk", filter=STATED & ROUNDED),
}


@dataclass(frozen=True)
class Total:
    """A total with all that its rule has to say.

    ``sums`` holds one amount per currency, never added to each other; co-funding and superseded amendments are not
    in it. The other figures count rows: all, without an amount, "up to", "about" or "more than", and rounded.
    """

    count: int = 0
    without_amount: int = 0
    up_to: int = 0
    other_qualifier: int = 0
    rounded: int = 0
    sums: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def amounts(self) -> list[str]:
        """The sums in words, one per currency."""
        return [money(amount, currency) for currency, amount in self.sums.items()]

    @property
    def other_currencies(self) -> bool:
        """Whether some amount is not in Canadian dollars."""
        return any(currency != "CAD" for currency in self.sums)

    @classmethod
    def _of_groups(cls, groups: list[dict[str, Any]]) -> "Total":
        """The total of one group per currency."""
        counts = {name: sum(group[name] for group in groups) for name in COUNTS}
        return cls(
            without_amount=counts["count"] - counts.pop("with_amount"),
            sums={group["currency"]: Decimal(group["cents"]) / 100 for group in groups if group["cents"] is not None},
            **counts,
        )


def totals_by(column: str, rows: QuerySet) -> dict[Any, Total]:
    """The total of the rows for each value of a column, in one query; a value without rows is not in it."""
    by_value: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for group in _by_currency(rows, column):
        by_value[group[column]].append(group)
    return {value: Total._of_groups(groups) for value, groups in by_value.items()}


def total_of(rows: QuerySet) -> Total:
    """The total of all the rows, in one query."""
    return Total._of_groups(list(_by_currency(rows)))


def _by_currency(rows: QuerySet, *columns: str) -> QuerySet:
    groups = rows.order_by().values(*columns, "currency")
    return groups.annotate(**COUNTS, cents=Sum("cents")).order_by("currency")
