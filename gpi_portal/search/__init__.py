"""The search: one analyser, one query language and one index, the same on SQLite and PostgreSQL."""

from gpi_portal.search.highlight import Reason, excerpt, highlight, matches, why
from gpi_portal.search.index import Text, bilingual, clear, index, matching, named, names, rank
from gpi_portal.search.query import Query, beginnings, parse

__all__ = [
    "Query",
    "Reason",
    "Text",
    "beginnings",
    "bilingual",
    "clear",
    "excerpt",
    "highlight",
    "index",
    "matches",
    "matching",
    "named",
    "names",
    "parse",
    "rank",
    "why",
]
