"""What pages show of a public document: one fact with what is cited for it, an amount, an address, a gist."""

from typing import Any

from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext as _

from gpi_portal.i18n import figures
from gpi_portal.i18n.languages import Gap, Record, capitalized
from gpi_portal.i18n.text import in_one_line
from gpi_portal.models import Column, Publishable, columns_of
from gpi_portal.nouns import nouns
from gpi_portal.publishing.wording import field_name, without_language

#: What a page of a record says above its facts.
AT_THE_TOP = ("summary", "description")
ORDER_OF_CERTAINTY = ("stated", "added", "inferred", "not_stated")


def cited(record: Record, field: str) -> list[Record]:
    """The citations of one field of a document, the ones that state it first."""
    found = [citation for citation in record.get("citations", []) if citation["field"] == field]
    return sorted(found, key=lambda citation: ORDER_OF_CERTAINTY.index(citation["certainty"]))


def every_citation(record: Record) -> list[tuple[str, Record]]:
    """Everything that is cited for a record, each with the words for its field, field by field."""
    model = nouns()[record["noun"]]
    fields = dict.fromkeys(citation["field"] for citation in record.get("citations", []))
    return [
        (without_language(field_name(model, field)), citation) for field in fields for citation in cited(record, field)
    ]


def fact(record: Record, field: str, term: str, value: Any = "", **more: Any) -> dict[str, Any]:
    """One fact of a record with what is cited for its field, as the component `fact` takes it.

    What is cited for other parts of the field says nothing of a part that is empty.
    """
    citations, is_stated = cited(record, field), value not in ("", None) or bool(more.get("items"))
    if not is_stated:
        citations = [citation for citation in citations if citation["certainty"] == "not_stated"]
    return {
        "term": term,
        "value": value,
        "gap": isinstance(value, Gap),
        "citations": citations,
        "uncited": is_stated and not citations,
        "items": [],
        **more,
    }


def fact_of(record: Record, name: str) -> dict[str, Any]:
    """One column of a record as the component `fact` takes it, under the words that pages have for it."""
    own = columns_of(nouns()[record["noun"]])[name]
    cited_as = own.traits.given_by if record.get(own.traits.given_by) else name
    return fact(record, cited_as, own.term, **shown(own, record))


def listed_columns(model: type[Publishable]) -> list[str]:
    """The columns of a noun that a page lists: not its name, nor what stands at the top of the page."""
    names = [name for name in columns_of(model) if name not in (model.name_text, *AT_THE_TOP)]
    traits = {name: columns_of(model)[name].traits for name in names}
    return [name for name, own in traits.items() if not (own.is_ours or own.qualifies or own.shown_with)]


def has_place(record: Record, name: str) -> bool:
    """Whether a page shows this column of a record at all."""
    own = columns_of(nouns()[record["noun"]])[name]
    has_company = not own.traits.beside or bool(record.get(own.traits.beside))
    return has_company and not (own.traits.rare and record.get(own.key) in ("", None, []))


def shown(own: Column, record: Record) -> dict[str, Any]:
    """How a page shows the value of a column: words, a link, or a list of records."""
    value = record.get(own.key)
    if own.traits.show:
        return own.traits.show(record)
    if own.noun:
        if own.is_list:
            return {"items": items(value or [])}
        return {"value": str(value), "url": address(value)} if value else {"value": ""}
    if value in ("", None, []) or isinstance(value, Gap):
        return {"value": value if isinstance(value, Gap) else ""}
    return {"value": words_of(own, record), **({"url": value} if isinstance(own.field, models.URLField) else {})}


def words_of(own: Column, record: Record) -> Any:
    """The stated value of a column that names no record, in words."""
    value, field = record[own.key], own.field
    if own.is_coded:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(capitalized(own.said(code)) for code in codes)
    if isinstance(field, models.DecimalField) and field.decimal_places == 2:
        return amount_in_words(record, own.name)
    if isinstance(field, models.DateField):
        return figures.day_in_words(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.EmailField):
        return format_html('<a href="mailto:{}">{}</a>', value, value)
    return in_one_line(value) if isinstance(field, models.TextField) and not own.is_text else value


def amount_in_words(holder: Record, field: str = "amount") -> str:
    """An amount of a document in words, with its qualifier: ``up to $7.5 million``; empty where it has none."""
    value = holder.get(field)
    if value is None:
        return ""
    text = figures.money(value, holder.get("currency", "CAD"), holder.get(f"{field}_rounded_to", 1))
    return figures.qualified(text, holder.get(f"{field}_qualifier", "exact"))


def address(card: Record) -> str:
    """The public address of a record or of the record behind a card."""
    return str(nouns()[card["noun"]].address(card["code"]))


def items(cards: list[Record]) -> list[dict[str, str]]:
    """The cards of other records as names with their addresses."""
    return [{"url": address(card), "name": str(card)} for card in cards]


def gist(record: Record) -> str:
    """What a record is about, in the shortest text that it has."""
    return next((record[text] for text in ("summary", "description", "publisher") if record.get(text)), "")
