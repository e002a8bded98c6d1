"""The sum of amounts in one currency, with what their sources say of them, in words too."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, Max, Q, Sum

from gpi_portal.i18n.figures import AmountQualifier, money, qualified

CANADIAN = "CAD"


class CurrencySum(NamedTuple):
    """The amounts of one currency: how many there are, how many are qualified or rounded, and their sum.

    ``unit`` is the coarsest rounding among them. For a single amount, ``unit`` and ``qualifier`` are what its
    source says.
    """

    number: int = 0
    up_to: int = 0
    other_qualifier: int = 0
    rounded: int = 0
    unit: int = 1
    qualifier: str = ""
    cents: int = 0

    @classmethod
    def of(cls, group: Mapping[str, Any]) -> "CurrencySum":
        """The sum from a row of query results with the `aggregates`."""
        return cls(*(group[name] for name in cls._fields)) if group["number"] else cls()

    def __add__(self, other: "CurrencySum") -> "CurrencySum":  # type: ignore[override]  # adds, does not concatenate
        added = {name: getattr(self, name) + getattr(other, name) for name in (*COUNTS, "cents")}
        return CurrencySum(**added, unit=max(self.unit, other.unit), qualifier=max(self.qualifier, other.qualifier))

    @property
    def amount(self) -> Decimal:
        return Decimal(self.cents) / 100

    @property
    def is_single(self) -> bool:
        return self.number == 1

    def plain(self, currency: str) -> str:
        """The sum in words; a single amount with its qualifier."""
        return self.with_qualifier(currency) if self.is_single else money(self.amount, currency)

    def with_qualifier(self, currency: str) -> str:
        """The sum in words with the qualifier of its amounts, such as "up to"."""
        if self.is_single:
            return qualified(money(self.amount, currency, self.unit), self.qualifier)
        vague = AmountQualifier.UP_TO if self.up_to else AmountQualifier.EXACT
        return qualified(money(self.amount, currency), AmountQualifier.ABOUT if self.other_qualifier else vague)


#: The sum of no amounts.
NOTHING = CurrencySum()
COUNTS = ("number", "up_to", "other_qualifier", "rounded")


def aggregates(row: str = "", **of: str) -> dict[str, Aggregate]:
    """The aggregates of a `CurrencySum`. ``row``: the lookup prefix of the rows; ``of``: conditions on them."""

    def where(**conditions: Any) -> Q:
        return Q(**{f"{row}{name}": value for name, value in {**of, **conditions}.items()})

    cents, stated = f"{row}cents", where(cents__isnull=False)
    vague = [AmountQualifier.ABOUT, AmountQualifier.MORE_THAN]
    return {
        "number": Count(cents, filter=where()),
        "up_to": Count(cents, filter=where(amount_qualifier=AmountQualifier.UP_TO)),
        "other_qualifier": Count(cents, filter=where(amount_qualifier__in=vague)),
        "rounded": Count(cents, filter=where(amount_rounded_to__gt=1)),
        "unit": Max(f"{row}amount_rounded_to", filter=stated),
        "qualifier": Max(f"{row}amount_qualifier", filter=stated),
        # Last: an annotation of this name would hide the column from the conditions above.
        "cents": Sum(cents, filter=where()),
    }
