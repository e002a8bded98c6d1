"""The search: one analyser, one query language and one index, the same on SQLite and PostgreSQL."""

from gpi_portal.search.analysis import plain
from gpi_portal.search.highlight import Reason, answers, excerpt, highlight, matches, why
from gpi_portal.search.index import (
    TITLE,
    WORKING,
    Found,
    Text,
    bilingual,
    clear,
    index,
    matching,
    named,
    names,
    rank,
    stored,
)
from gpi_portal.search.query import Operand, Query, beginnings, begun, parse

__all__ = [
    "TITLE",
    "WORKING",
    "Found",
    "Operand",
    "Query",
    "Reason",
    "Text",
    "answers",
    "beginnings",
    "begun",
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
    "plain",
    "rank",
    "stored",
    "why",
]
