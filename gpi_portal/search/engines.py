"""The two full-text engines: how each stores lexemes, and how a query asks for them.

Both take finished lexemes and neither split nor change them, so both find the same. In their SQL,
``{table}`` is the table of an index and ``{function}`` the function that reads it.
"""

from collections.abc import Iterable, Sequence


class FTS5:
    """SQLite: a full-text table whose tokens are our lexemes, separated by spaces."""

    insert = "INSERT INTO {table} (rowid, lexemes) VALUES (%s, %s)"
    select = "SELECT rowid FROM {table} WHERE {table} MATCH %s"
    both, either = " AND ", " OR "

    @staticmethod
    def document(row: Sequence[str | None], loose: Iterable[str]) -> str:
        """The row of lexemes, in which None is a gap, then those whose place does not matter."""
        return " ".join((*(lexeme or "^" for lexeme in row), "^", *loose))

    @staticmethod
    def sequence(lexemes: Sequence[str], *, prefix: bool) -> str:
        return '"' + " ".join(lexemes) + '"' + "*" * prefix


class Tsvector:
    """PostgreSQL: a `tsvector` and a `tsquery`, both written here; the server never parses text."""

    insert = "INSERT INTO {table} (rowid, lexemes) VALUES (%s, %s::tsvector)"
    #: Migration 0002 says why this is a function.
    select = "SELECT rowid FROM {function}(%s::tsquery) AS rowid"
    both, either = " & ", " | "

    @staticmethod
    def document(row: Sequence[str | None], loose: Iterable[str]) -> str:
        """The row of lexemes, in which None is a gap, then those whose place does not matter."""
        places: dict[str, list[str]] = {}
        for place, lexeme in enumerate(row, start=1):
            if lexeme:
                places.setdefault(lexeme, []).append(str(place))
        placed = (f"'{lexeme}':{','.join(found)}" for lexeme, found in places.items())
        return " ".join((*placed, *(f"'{lexeme}'" for lexeme in loose)))

    @staticmethod
    def sequence(lexemes: Sequence[str], *, prefix: bool) -> str:
        return " <-> ".join(f"'{lexeme}'" + ":*" * prefix for lexeme in lexemes)


ENGINES: dict[str, type[FTS5] | type[Tsvector]] = {"sqlite": FTS5, "postgresql": Tsvector}
