"""The glossary: terms explained in a sentence or two, the portal's and those that apps declare."""

import functools
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.languages import sort_key
from gpi_portal.nouns import given


@dataclass(frozen=True)
class Term:
    code: str
    name: Any
    text: Any


OWN_TERMS = (
    Term(
        "fiscal-year",
        _("Fiscal year"),
        _("The government’s year for money: from April 1 to March 31. The fiscal year 2024 to 2025 ends in 2025."),
    ),
    Term(
        "up-to",
        _("Up to"),
        _("The most that can be paid. The sum paid in the end may be lower; a total counts the most."),
    ),
    Term(
        "tombstone",
        _("Tombstone"),
        _("What stays of a withdrawn record: it keeps its address and says when and why it was withdrawn."),
    ),
    Term(
        "data-version",
        _("Data version"),
        _("The number of a state of the data. It rises by one each time that something is published or withdrawn."),
    ),
    Term("stated", _("Stated"), _("How sure a value is: the source page of the program says so.")),
    Term(
        "added",
        _("Added by staff"),
        _("How sure a value is: another source, which is named, says so; the source page of the program does not."),
    ),
    Term(
        "inferred",
        _("Inferred by staff"),
        _("How sure a value is: no source says so in these words. Staff conclude it and give the reason."),
    ),
    Term(
        "not-stated",
        _("Not stated"),
        _("No source says it, or none was found. It does not mean zero, and it does not mean no."),
    ),
)


@functools.cache
def terms() -> dict[str, Term]:
    """Every term by its code."""
    return {term.code: term for term in (*given("glossary_terms"), *OWN_TERMS)}


def in_order() -> list[Term]:
    """Every term, in alphabetical order in the page's language."""
    return sorted(terms().values(), key=lambda term: sort_key(str(term.name)))
