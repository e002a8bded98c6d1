"""The terms of funding, each in a sentence or two: the glossary page and the definitions that open in place."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.languages import sort_key


@dataclass(frozen=True)
class Term:
    code: str
    name: Any
    text: Any


TERMS = {
    term.code: term
    for term in (
        Term(
            "grant",
            _("Grant"),
            _("Money given to a recipient that meets the conditions; it does not have to account for how it is spent."),
        ),
        Term(
            "contribution",
            _("Contribution"),
            _("Money given for a stated purpose. The recipient has to account for it and can be audited."),
        ),
        Term(
            "agreement",
            _("Agreement"),
            _("What the department and the recipient sign: how much money, for what, from when to when."),
        ),
        Term(
            "amendment",
            _("Amendment"),
            _("A later change to an agreement. Each one states the new total value, not the difference."),
        ),
        Term(
            "agreement-value",
            _("Agreement value"),
            _("All the money that an agreement provides for, over all its years, after its latest amendment."),
        ),
        Term(
            "co-funding",
            _("Co-funding"),
            _("Money from another funder for the same project. It is shown apart and is in no total."),
        ),
        Term("recipient", _("Recipient"), _("The organization or person that receives the money.")),
        Term(
            "fiscal-year",
            _("Fiscal year"),
            _("The government’s year for money: from April 1 to March 31. The fiscal year 2024 to 2025 ends in 2025."),
        ),
        Term(
            "funding-stream",
            _("Funding stream"),
            _("One of the ways in which a program gives money, with its own purpose and conditions."),
        ),
        Term(
            "call-for-proposals",
            _("Call for proposals"),
            _("A period in which organizations can propose projects for funding, under published conditions."),
        ),
        Term(
            "repayable",
            _("Repayable"),
            _("Money that has to be paid back, under conditions set in the agreement. Non-repayable money does not."),
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
}


def in_order() -> list[Term]:
    """Every term, in the alphabetical order of the page's language."""
    return sorted(TERMS.values(), key=lambda term: sort_key(str(term.name)))
