"""The index: what it holds of each published version, how it is written, and how a query reads it.

It is a table without a model, keyed by the version's id; a second one holds the working rows, which staff search. Only
this package and the migrations that create these tables know them; `dumpdata` and `flush` ignore them. Writing an
entry again replaces it.
"""

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, NamedTuple

from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, Expression, IntegerField, Q, Value, When
from django.db.models.functions import Cast

from gpi_portal.search.analysis import Language, exact, stems, words
from gpi_portal.search.engines import ENGINES, FTS5, Tsvector
from gpi_portal.search.query import Operand, Query

Weight = Literal["title", "body"]
Engine = type[FTS5] | type[Tsvector]
BOTH: tuple[Language, ...] = ("en", "fr")

#: The limits of a PostgreSQL `tsvector` (16,383 positions, 255 per lexeme, 1 MB), applied on both databases so that
#: both hold the same. What exceeds them is not searched.
MOST_PLACES = 16_000
MOST_PLACES_OF_A_LEXEME = 255
MOST_BYTES = 200_000

#: Names of programs, minerals and places stand in very many records: how long a text is whose words are remembered.
LONGEST_NAME = 300

#: The words of a title are indexed again with this prefix, which ranking by relevance uses.
TITLE = "^"

CHUNK = 500
DELETE_ALL = "DELETE FROM {table}"
READ = "SELECT rowid, lexemes FROM {table} WHERE rowid IN ({places})"
DELETE_ONE = "DELETE FROM {table} WHERE rowid = %s"


class Index(NamedTuple):
    """A table of lexemes and, on PostgreSQL, the function that reads it."""

    table: str
    function: str


PUBLISHED = Index("gpi_portal_searchindex", "gpi_portal_found")
WORKING = Index("gpi_portal_workingindex", "gpi_portal_working_found")


@dataclass(frozen=True)
class Text:
    """One text of a record. The language of a name is None: both languages read it.

    ``field``: the key of the document that it comes from, which a page names where it says what was found.
    """

    text: str
    language: Language
    weight: Weight = "body"
    field: str = ""


def bilingual(document: Mapping[str, Any], *names: str, weight: Weight = "body", field: str = "") -> list[Text]:
    """The texts ``<name>_en`` and ``<name>_fr`` of a document for each name, without blank ones.

    They come from their own keys, unless the document is a part of another one, under the key ``field``.
    """
    keys = ((f"{name}_{language}", language) for name in names for language in BOTH)
    return [Text(document[key], language, weight, field or key) for key, language in keys if document[key]]


def names(texts: Iterable[str], *, weight: Weight = "body", field: str = "") -> list[Text]:
    """Names, codes and numbers, which have no language, without blank ones."""
    return [Text(text, None, weight, field) for text in texts if text]


def lexemes(texts: Iterable[Text]) -> tuple[list[str | None], list[str]]:
    """What the index holds of a record: its words in order, with None where no phrase may cross, and its stems."""
    row: list[str | None] = []
    loose: dict[str, None] = {}
    left = MOST_BYTES
    for text in sorted(texts, key=lambda text: text.weight != "title"):
        is_name = len(text.text) <= LONGEST_NAME
        known, read = (_words, _read) if is_name else (_words.__wrapped__, _read.__wrapped__)
        for key in ("", TITLE) if text.weight == "title" else ("",):
            found = known(text.text)[: max(0, MOST_PLACES - len(row))]
            while (size := len("".join(found).encode())) > left:
                found = found[: len(found) // 2]
            left -= size
            placed, stemmed = read(found, text.language)
            row += [key + lexeme for lexeme in placed] if key else placed
            row += [None] if found else []
            loose |= dict.fromkeys([key + stem for stem in stemmed] if key else stemmed)
    return _thinned(row), list(loose)


@functools.lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words(text))


@functools.lru_cache(maxsize=4096)
def _read(found: tuple[str, ...], language: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lexemes of words in order, and those of their stems."""
    each_once = dict.fromkeys(found)
    placed = {word: exact(word, language) for word in each_once}
    stemmed = dict.fromkeys(stem for word in each_once for stem in stems(word, language))
    return tuple([placed[word] for word in found]), tuple(stemmed)


def _thinned(row: list[str | None]) -> list[str | None]:
    """The row with None for each lexeme after its first `MOST_PLACES_OF_A_LEXEME`."""
    if len(row) <= MOST_PLACES_OF_A_LEXEME or max(Counter(row).values()) <= MOST_PLACES_OF_A_LEXEME:
        return row
    places: Counter[str | None] = Counter()
    thinned: list[str | None] = []
    for lexeme in row:
        places[lexeme] += 1
        thinned.append(lexeme if places[lexeme] <= MOST_PLACES_OF_A_LEXEME else None)
    return thinned


def index(entries: Iterable[tuple[int, Iterable[Text]]], into: Index = PUBLISHED) -> None:
    """Replace the entry of each (version id, texts); an empty list of texts removes it."""
    engine = ENGINES[connection.vendor]
    insert = engine.insert.format(table=into.table)
    delete = DELETE_ONE.format(table=into.table)
    left = iter(entries)
    with transaction.atomic(), connection.cursor() as cursor:
        while chunk := dict(islice(left, CHUNK)):
            cursor.executemany(delete, [(version,) for version in chunk])
            found = ((version, lexemes(texts)) for version, texts in chunk.items())
            rows = [(version, engine.document(row, loose)) for version, (row, loose) in found if row]
            if rows:
                cursor.executemany(insert, rows)


def stored(keys: list[int], within: Index = PUBLISHED) -> dict[int, str]:
    """The entries of these versions as the database keeps them."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(keys))
        cursor.execute(READ.format(table=within.table, places=places), keys)
        return dict(cursor.fetchall())


def clear(index: Index = PUBLISHED) -> None:
    """Empty an index before it is rebuilt."""
    with connection.cursor() as cursor:
        cursor.execute(DELETE_ALL.format(table=index.table))


class Found(Expression):
    """The ids of the entries in which one operand of each group matches, as a subquery that runs once."""

    def __init__(self, groups: tuple[tuple[Operand, ...], ...], key: str = "", within: Index = PUBLISHED) -> None:
        super().__init__(output_field=BigIntegerField())
        self.groups = groups
        self.key = key
        self.within = within

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str]]:
        engine = ENGINES[connection.vendor]
        groups = (self._any(engine, (self._operand(engine, operand) for operand in group)) for group in self.groups)
        return f"({engine.select.format(**self.within._asdict())})", (engine.both.join(groups),)

    def _operand(self, engine: Engine, operand: Operand) -> str:
        terms = (
            self._any(engine, (self._sequence(engine, sequence, term.is_prefix) for sequence in term.sequences))
            for term in operand
        )
        return f"({engine.both.join(terms)})"

    def _sequence(self, engine: Engine, sequence: tuple[str, ...], prefix: bool) -> str:
        return engine.sequence([self.key + lexeme for lexeme in sequence], prefix=prefix)

    @staticmethod
    def _any(engine: Engine, parts: Iterable[str]) -> str:
        return f"({engine.either.join(parts)})"


def matching(query: Query, field: str = "pk") -> Q:
    """The condition that a published version matches the query; ``field`` is the column with the version's id.

    A blank query matches everything, one without a searchable word nothing.
    """
    if query.is_empty:
        return Q(**{f"{field}__in": []})
    condition = Q(**{f"{field}__in": Found(query.required)}) if query.required else Q()
    if query.excluded:
        condition &= ~Q(**{f"{field}__in": Found((query.excluded,))})
    return condition


def named(query: Query, field: str = "pk") -> Q:
    """The condition that the names of a published version match the query; a query without words matches nothing."""
    return Q(**{f"{field}__in": Found(query.required, TITLE) if query.required else []})


def rank(query: Query, field: str = "pk") -> Case | Cast:
    """The relevance of a version that matches the query, the same on both databases.

    2: the titles alone match all of it; 1: they match a part; 0: they match nothing.
    """
    if not query.required:
        return Cast(Value(0), IntegerField())  # a bare number in ORDER BY would mean a column
    part = (tuple(operand for group in query.required for operand in group),)
    levels = zip(dict.fromkeys((query.required, part)), (2, 1), strict=False)
    found = (When(Q(**{f"{field}__in": Found(groups, TITLE)}), then=Value(score)) for groups, score in levels)
    return Case(*found, default=Value(0), output_field=IntegerField())
