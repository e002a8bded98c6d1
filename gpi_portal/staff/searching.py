"""The search of the admin, in lists and in suggestions: it finds a working row by the rules of the public search.

Rows are read when somebody searches: those that were edited since they were last read come first, then the index
answers. So nothing has to be told of an edit, whatever made it.
"""

import functools
import operator
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.db import OperationalError, transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.i18n.languages import LANGUAGES
from gpi_portal.models import IndexedRow, Publishable, rows_in

LONGEST_QUERY = 500
CHUNK = 500
Operands = tuple[search.Operand, ...]
#: The way to other records, their noun, and the key of the words that count.
Other = tuple[str, type[Publishable], str]
HELP = _(
    "All words must match, in English or in French; the beginning of a word is enough. "
    "Capitals and accents never matter."
)


class NoCards:
    """Stands for the cards of other records, whose names are looked for in their own rows."""

    class Blank(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return ""

    def of(self, record: Publishable) -> dict[str, str]:
        return self.Blank()

    def each(self, records: Iterable[Publishable]) -> list[dict[str, str]]:
        return [self.Blank() for _record in records]


def texts_of(record: Publishable) -> list[search.Text]:
    """What the public's search would read of the record itself, as staff have it now, and its staff columns."""
    columns = (str(getattr(record, name)) for name in record.staff_columns)
    return [*record.texts_of(record.content(NoCards())), *search.names(columns)]


def read_again(model: type[Publishable]) -> None:
    """Read what was edited since the search last read it.

    Where another writer holds the database for long, the search answers from what it has.
    """
    read = IndexedRow.objects.filter(noun=model.noun, record=OuterRef("pk"), modified_at=OuterRef("modified_at"))
    edited = model._default_manager.filter(~Exists(read)).order_by("pk")
    pks = list(edited.values_list("pk", flat=True))
    try:
        for start in range(0, len(pks), CHUNK):
            read_rows(model, pks[start : start + CHUNK])
    except OperationalError:
        return


def read_rows(model: type[Publishable], pks: Iterable[int]) -> None:
    links = [field.name for field in model._meta.get_fields() if field.is_relation and field.concrete]
    # Prefetched, a program that many projects have is read once, and so is the one above it.
    rows = model._default_manager.filter(pk__in=pks).prefetch_related(*links, *rows_in(model)).order_by("pk")
    with transaction.atomic():
        found = [IndexedRow(noun=model.noun, record=row.pk, modified_at=row.modified_at) for row in rows]
        unique, updated = ("noun", "record"), ("modified_at",)
        IndexedRow.objects.bulk_create(found, update_conflicts=True, unique_fields=unique, update_fields=updated)
        ids = dict(IndexedRow.objects.filter(noun=model.noun, record__in=pks).values_list("record", "pk"))
        search.index(((ids[row.pk], texts_of(row)) for row in rows), search.WORKING)


def answering(model: type[Publishable], operands: Operands, key: str = "") -> QuerySet[Any]:
    """The ids of the working rows that one of these operands finds; with the key of titles by these alone."""
    entries = search.Found((operands,), key, search.WORKING)
    return IndexedRow.objects.filter(noun=model.noun, pk__in=entries).values("record")


class RecordSearch(admin.ModelAdmin):
    """Searches records of one noun by their own texts and by the names of those that they belong to."""

    #: Shows the search box, and lets suggestions be asked for; what is searched is in `texts_of`.
    search_fields = ("code",)
    search_help_text = HELP
    #: The ways to other records of which every text finds a record too, and to those of which the names do.
    read_with: tuple[str, ...] = ()
    named_with: tuple[str, ...] = ()

    model: type[Publishable]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = search.begun(search.parse(search_term))
        if query.is_blank:
            return queryset, False
        if query.is_empty or len(search_term) > LONGEST_QUERY:
            return queryset.none(), False
        others = self.others()
        for model in dict.fromkeys([self.model, *(model for _path, model, _key in others)]):
            read_again(model)
        for group in query.required:
            queryset = queryset.filter(self.condition(group, others))
        if query.excluded:
            queryset = queryset.exclude(self.condition(query.excluded, others))
        return self.named_first(request, queryset, query.required), False

    def named_first(self, request: HttpRequest, queryset: QuerySet[Any], required: Iterable[Operands]) -> QuerySet[Any]:
        """Among suggestions, what is called so before what only speaks of it; a list keeps its own order."""
        address = getattr(request, "resolver_match", None)
        found = [Q(pk__in=answering(self.model, group, search.TITLE)) for group in required]
        if not (found and address and address.url_name == "autocomplete"):
            return queryset
        named = Case(When(functools.reduce(operator.and_, found), then=Value(0)), default=Value(1))
        return queryset.order_by(named, *(queryset.query.order_by or self.model._meta.ordering or ()))

    def others(self) -> list[Other]:
        keys = [*((path, "") for path in self.read_with), *((path, search.TITLE) for path in self.named_with)]
        ways: list[tuple[str, Any, str]] = [
            (path, get_fields_from_path(self.model, path)[-1], key) for path, key in keys
        ]
        return [(path, way.related_model, key) for path, way, key in ways]

    def condition(self, operands: Operands, others: list[Other]) -> Q:
        """That a record or one of the others is found by one of these operands."""
        found = Q(pk__in=answering(self.model, operands))
        for path, model, key in others:
            holders = self.model._default_manager.filter(**{f"{path}__in": answering(model, operands, key)})
            found |= Q(pk__in=holders.order_by().values("pk"))
        return found


class TextSearch(admin.ModelAdmin):
    """Searches the few rows of a table that is no noun, by the texts of its search fields."""

    search_help_text = HELP

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = search.begun(search.parse(search_term))
        if query.is_blank:
            return queryset, False
        if len(search_term) > LONGEST_QUERY:
            return queryset.none(), False
        rows = queryset.order_by().values_list("pk", *self.search_fields)
        found = [pk for pk, *values in rows if search.answers(named(self.search_fields, values), query)]
        return queryset.filter(pk__in=found), False


def named(columns: Iterable[str], values: Iterable[Any]) -> Iterator[search.Text]:
    """The values of these columns as texts, each in the language that its column ends in."""
    for column, value in zip(columns, values, strict=True):
        suffix = column.rpartition("_")[2]
        yield search.Text(str(value), next((language for language in LANGUAGES if language == suffix), None))
