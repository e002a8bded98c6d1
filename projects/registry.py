"""The registry's answer to a validated query: which rows, how many, how much, and the same for each facet value.

Every list, chart, map and file asks here, so that no two disagree and none knows how rows are stored.
"""

import functools
from typing import Any

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Concat
from django.http import QueryDict
from django.urls import reverse

from gpi_portal.addresses import page_address
from gpi_portal.i18n.languages import active_language
from gpi_portal.models import PublishedTag, PublishedVersion
from gpi_portal.publishing.moments import TODAY, Moment
from gpi_portal.query.answer import Answer
from gpi_portal.query.facets import record_names
from gpi_portal.query.filters import FilterSet
from gpi_portal.query.sums import NOTHING, CurrencySum
from projects.facets import CHANGE_FACETS, CHART_FACETS, PLACES, PROJECT_FACETS, RECIPIENT_FACETS
from projects.filters import ChangeFilterSet, ProjectFilterSet, RecipientFilterSet
from projects.models import RecipientRow, RegistryRow
from projects.totals import Total, total_of, totals_by, totals_by_tag


def rows_at(moment: Moment) -> QuerySet[RegistryRow]:
    """The rows of the registry that are public at a moment."""
    return RegistryRow.objects.standing(moment)


def rows_url(**parameters: str) -> str:
    """The address of the registry's list with these filters, as of the day being read."""
    return page_address("projects:list", **parameters)


class RowAnswer(Answer):
    """The answer to a query of rows that are derived from published versions."""

    def versions(self, start: int, stop: int) -> list[PublishedVersion]:
        return [row.version for row in self.rows.select_related("version")[start:stop]]


class ProjectAnswer(RowAnswer):
    facets = PROJECT_FACETS
    summed = (*CHART_FACETS, PLACES)
    usual_order = "newest"

    def base(self) -> QuerySet[RegistryRow]:
        return rows_at(self.moment)

    @functools.cached_property
    def total(self) -> Total:
        return total_of(self.rows)

    @property
    def drawn(self) -> CurrencySum:
        """The sum of the amounts that charts draw: those in the currency of the query."""
        return self.total.by_currency.get(self.filters.cleaned["currency"], NOTHING)

    @property
    def is_drawn_in_part(self) -> bool:
        """Whether charts leave out some amounts, which are in other currencies."""
        return bool(set(self.total.by_currency) - {self.filters.cleaned["currency"]})

    @property
    def query(self) -> QueryDict:
        """The query of this answer, without its page and empty values."""
        query: QueryDict = self.filters.data.copy()
        query.pop("page", None)
        for name, values in list(query.lists()):
            query.setlist(name, [value for value in values if value])
        return query

    @functools.cached_property
    def own_programs(self) -> list[tuple[str, str, Total]]:
        """If the chosen program has programs under it: code, name and total of each one's own projects, by name."""
        if not self.filters.cleaned["program"]:
            return []
        parts = totals_by("program", self.rows)
        names = record_names("program")(list(parts), self.moment)
        if len(parts) < 2:
            return []
        return [(code, names[code], parts[code]) for code in sorted(parts, key=names.__getitem__)]

    @property
    def parts(self) -> list[tuple[str, Total, str]]:
        """The parts of such a program's total: name, total and address of the rows of each."""
        return [(name, total, self.narrowed(own_program=code)) for code, name, total in self.own_programs]

    def located(self, most: int) -> list[PublishedVersion]:
        """At most ``most`` projects of the answer with coordinates, by title."""
        tags = PublishedTag.objects.filter(kind="coordinates", version__in=self.rows.order_by().values("pk"))
        return list(PublishedVersion.objects.filter(pk__in=tags.values("version")).by_name()[:most])

    def narrowed(self, **parameters: str) -> str:
        """The address of the same query with these parameters replaced."""
        query = self.query
        for name, value in parameters.items():
            query[name] = value
        return f"{reverse('projects:list')}?{query.urlencode()}"

    @property
    def count(self) -> int:
        return self.total.count

    def ordering(self) -> list[Any]:
        orders = {
            "oldest": F("date").asc(nulls_last=True),
            "title": f"version__sort_{active_language()}",
        }
        newest = F("date").desc(nulls_last=True)
        if self.order_in_force in ("amount", "-amount"):
            return [self.currency_rank, self.order_in_force.replace("amount", "cents")]
        is_best_first = self.order_in_force == "relevance"
        return [F("relevance").desc(), newest] if is_best_first else [orders.get(self.order_in_force, newest)]

    @property
    def currency_rank(self) -> Case:
        """Sort amounts in the currency of the query first, then each other currency, then rows without an amount."""
        asked = self.filters.cleaned["currency"]
        return Case(
            When(cents__isnull=True, then=Value("2")),
            When(currency=asked, then=Value("0")),
            default=Concat(Value("1"), "currency"),
        )


class RecipientAnswer(RowAnswer):
    facets = RECIPIENT_FACETS
    usual_order = "name"

    def base(self) -> QuerySet[RecipientRow]:
        return RecipientRow.objects.standing(self.moment)

    def ordering(self) -> list[Any]:
        name = f"version__sort_{active_language()}"
        if self.order_in_force == "relevance":
            return [F("relevance").desc(), name]
        return [*self.received, name] if self.order_in_force == "-amount" else [name]

    @property
    def received(self) -> list[OrderBy]:
        """Sort recipients by what the registry records for them in the currency of the query, the most first.

        Recipients with amounts in other currencies only follow, by the first of these; then all others.
        """
        asked = self.filters.cleaned["currency"]
        own = rows_at(self.moment).filter(recipient=OuterRef("code"), cents__isnull=False)
        sums = own.values("currency").annotate(sum=Sum("cents")).order_by("currency")
        others = sums.exclude(currency=asked)
        return [
            Subquery(sums.filter(currency=asked).values("sum")).desc(nulls_last=True),
            Subquery(others.values("currency")[:1]).asc(nulls_last=True),
            Subquery(others.values("sum")[:1]).desc(nulls_last=True),
        ]


class ChangeAnswer(Answer):
    """Versions as changes: every one after the registry's first publication, up to the moment of the query."""

    facets = CHANGE_FACETS
    usual_order = "newest"

    def base(self) -> QuerySet[PublishedVersion]:
        changes = PublishedVersion.objects.filter(valid_from__gt=1)
        return changes.filter(valid_from__lte=self.moment.number) if self.moment.is_past else changes

    def ordering(self) -> list[Any]:
        return ["-valid_from_id", f"sort_{active_language()}"]

    def versions(self, start: int, stop: int) -> list[PublishedVersion]:
        return list(self.rows.select_related("valid_from")[start:stop])


def answer(filters: FilterSet) -> Answer:
    """The registry's answer to a valid filter set of projects, recipients or changes."""
    answers = {
        ProjectFilterSet: ProjectAnswer,
        RecipientFilterSet: RecipientAnswer,
        ChangeFilterSet: ChangeAnswer,
    }
    return answers[type(filters)](filters)


def projects_where(moment: Moment = TODAY, **filters: Any) -> ProjectAnswer:
    """The answer to a query made in code, such as ``projects_where(mineral="cobalt")``."""
    query = QueryDict(mutable=True)
    query.update({**filters, "as_of": moment.as_of})
    filterset = ProjectFilterSet(query)
    if not filterset.is_valid():
        raise ValueError(filterset.errors)
    return ProjectAnswer(filterset)


def totals_per(parameter: str, moment: Moment) -> dict[str, Total]:
    """The total of the projects for each value of a facet; the totals of overlapping values do not add up."""
    facet = next(facet for facet in PROJECT_FACETS if facet.name == parameter)
    rows = rows_at(moment)
    return totals_by_tag(facet.name, rows) if not facet.column else totals_by(facet.column, rows)


def tag_counts(kind: str, moment: Moment) -> dict[str, int]:
    """How many projects of the registry have each tag of this kind."""
    tags = PublishedTag.objects.filter(kind=kind, version__in=rows_at(moment).values("version"))
    return dict(tags.values_list("value").annotate(Count("pk")))
