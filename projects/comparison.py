"""Two to four records side by side, line by line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gpi_portal.i18n.countries import place
from gpi_portal.i18n.languages import Gap, Record
from gpi_portal.models import Publishable, columns_of
from gpi_portal.publishing.facts import amount_in_words, fact, fact_of, listed_columns
from gpi_portal.publishing.moments import Moment
from gpi_portal.publishing.wording import choice
from projects.models import Project, Recipient
from projects.places import place_items
from projects.registry import rows_at, rows_url
from projects.totals import Total, totals_by

#: A letter for each record where its name is too long to repeat.
LETTERS = "ABCD"


class Likeness(StrEnum):
    """How the values of one line compare; a value that is not stated is neither like nor unlike."""

    DIFFERENT = "different"
    PARTLY = "partly"
    SAME = "same"
    NONE = "none"


@dataclass(frozen=True)
class Line:
    """One line of the comparison: for each record, the parameters of the component `fact`."""

    term: Any
    records: list[Record]
    cells: list[dict[str, Any]]
    term_code: str = ""

    @property
    def columns(self) -> list[tuple[str, Record, dict[str, Any]]]:
        """The letter of each record, the record and its cell."""
        return [*zip(LETTERS, self.records, self.cells, strict=False)]

    @property
    def stated(self) -> list[tuple[str, ...]]:
        """The values of the cells that state something."""
        return [value for value in map(stated_in, self.cells) if value]

    @property
    def likeness(self) -> Likeness:
        if len(set(self.stated)) > 1:
            return Likeness.DIFFERENT
        if not self.stated:
            return Likeness.NONE
        return Likeness.SAME if len(self.stated) == len(self.cells) else Likeness.PARTLY

    @property
    def remark(self) -> str:
        """The remark beside the line's name; empty if every record states something different."""
        if self.likeness == Likeness.SAME:
            return _("The same")
        if len(self.stated) == len(self.cells):
            return ""
        return _("Stated for %(number)s of %(all)s") % {"number": len(self.stated), "all": len(self.cells)}

    @property
    def is_said_once(self) -> bool:
        """Whether one cell can replace all: they show the same, including link, note and certainty."""
        return all(everything_in(cell) == everything_in(self.cells[0]) for cell in self.cells) and (
            self.likeness == Likeness.SAME or not isinstance(self.cells[0]["value"], Gap)
        )


def stated_in(cell: dict[str, Any]) -> tuple[str, ...]:
    """The value of a cell as comparable words; empty if it states nothing."""
    if cell.get("items"):
        return tuple(sorted(f"{item['name']} {item.get('note', '')}" for item in cell["items"]))
    return () if cell["value"] in (None, "") or isinstance(cell["value"], Gap) else (str(cell["value"]),)


def everything_in(cell: dict[str, Any]) -> tuple[Any, ...]:
    """Everything that a cell shows."""
    certainty = cell.get("certainty") if stated_in(cell) else None
    return cell.get("items") or cell["value"] or "", cell.get("url"), cell.get("note"), certainty


@dataclass(frozen=True)
class Compared:
    """A line of a comparison: its words on the record's page, and how a record's value is shown."""

    term: Any
    #: The parameters of the component `fact` for a record.
    show: Callable[[Record], dict[str, Any]]
    #: Whether it is left out if no record states it, as on the record's page.
    optional: bool = False
    #: The term of the glossary that the line is about.
    term_code: str = ""

    def line(self, records: list[Record]) -> Line:
        return Line(self.term, records, [self.cell(record) for record in records], self.term_code)

    def cell(self, record: Record) -> dict[str, Any]:
        """The parameters of the component `fact`, with the certainty of the surest citation."""
        found = self.show(record)
        return {**found, "certainty": found["citations"][0]["certainty"] if found["citations"] else ""}


def lines_of(model: type[Publishable], names: str) -> list[Compared]:
    """The lines for these columns of a noun."""
    return [compared_column(model, name) for name in names.split()]


def compared_column(model: type[Publishable], name: str) -> Compared:
    own = columns_of(model)[name]
    return Compared(own.term, lambda record: fact_of(record, name), own.traits.rare, own.traits.glossary)


def compared_rows(field: str, term: Any, as_items: Callable[[Any], list[dict[str, str]]], **more: Any) -> Compared:
    """The line for rows of a record."""
    return Compared(term, lambda record: fact(record, field, term, items=as_items(record[field])), **more)


def co_funders(funding: list[Record]) -> list[dict[str, str]]:
    return [
        {"name": co_funding["funder"], "note": amount_in_words(co_funding) or _("Not stated")} for co_funding in funding
    ]


def others(model: type[Publishable], lines: str, but: str = "") -> list[Compared]:
    """The lines for all other columns that a page lists."""
    left = (name for name in listed_columns(model) if name not in f"{lines} {but}".split())
    return lines_of(model, " ".join(left))


FIRST = (
    "description recipient amount currency agreement_type program stream focus_areas status announced_on start_date"
    " end_date minerals"
)
THEN = "initiatives"
PROJECT_LINES = (
    *lines_of(Project, FIRST),
    compared_rows("locations", gettext_lazy("Places of the work"), place_items),
    *lines_of(Project, THEN),
    compared_rows(
        "co_funding", gettext_lazy("Co-funding by others"), co_funders, optional=True, term_code="co-funding"
    ),
    *others(Project, f"{FIRST} {THEN}"),
)

NAMES = "name legal_name operating_name aliases"
RECIPIENT_LINES = (*lines_of(Recipient, NAMES), *others(Recipient, NAMES, but="website"))


def compared(declared: Iterable[Compared], records: list[Record]) -> list[Line]:
    """The lines for these records; an optional one only if a record states it."""
    found = [(compared_line, compared_line.line(records)) for compared_line in declared]
    return [line for compared_line, line in found if not (compared_line.optional and line.likeness == Likeness.NONE)]


def arranged(lines: list[Line]) -> dict[str, list[Line]]:
    """The rows of the table, those that differ first, and separately those that are the same for all records."""
    order = list(Likeness)
    apart = [line for line in lines if line.is_said_once]
    return {
        "rows": sorted((line for line in lines if not line.is_said_once), key=lambda line: order.index(line.likeness)),
        "same": [line for line in apart if line.likeness == Likeness.SAME],
        "unstated": [line for line in apart if line.likeness == Likeness.NONE],
    }


def project_gist(record: Record) -> str:
    """What distinguishes a project at a glance."""
    return ", ".join(filter(None, [str(record["recipient"] or ""), amount_in_words(record)]))


def recipient_gist(record: Record) -> str:
    """What distinguishes a recipient at a glance."""
    kind = choice(record["recipient_type"], "projects.Recipient.recipient_type")
    return ", ".join(filter(None, [kind, record["city"], place(record["country"])]))


def project_lines(records: list[Record], moment: Moment) -> list[Line]:
    return compared(PROJECT_LINES, records)


def recipient_lines(records: list[Record], moment: Moment) -> list[Line]:
    """The lines for recipients, with what the registry records for each."""
    codes = [record["code"] for record in records]
    totals = totals_by("recipient", rows_at(moment).filter(recipient__in=codes))
    urls = [rows_url(recipient=code) for code in codes]
    found = [(url, totals.get(code, Total())) for url, code in zip(urls, codes, strict=True)]
    counts = [{"value": total.count, "url": url, "items": []} for url, total in found]
    sums = [{"value": ", ".join(total.amounts), "url": url, "note": vague(total), "items": []} for url, total in found]
    return [
        *compared(RECIPIENT_LINES, records),
        Line(_("Funded projects"), records, counts),
        Line(_("Total of these projects"), records, sums),
    ]


def vague(total: Total) -> str:
    """What makes a total inexact, in words."""
    notes = [
        (
            total.without_amount,
            ngettext(
                "%(number)s of them without a stated amount",
                "%(number)s of them without a stated amount",
                total.without_amount,
            ),
        ),
        (
            total.up_to,
            ngettext(
                "Includes %(number)s “up to” amount at its highest",
                "Includes %(number)s “up to” amounts at their highest",
                total.up_to,
            ),
        ),
    ]
    return ". ".join(words % {"number": number} for number, words in notes if number)
