"""How documents are shown: money, dates, coded values, marked words, links that keep the query."""

from decimal import Decimal
from typing import Any

from django import template
from django.apps import apps
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gpi_portal import search
from gpi_portal.addresses import day_read, page_address
from gpi_portal.i18n import figures, glossary
from gpi_portal.i18n.countries import place_name
from gpi_portal.i18n.currencies import currency_name, currency_unit
from gpi_portal.i18n.languages import Gap, Record, active_language, capitalized
from gpi_portal.nouns import nouns
from gpi_portal.publishing.wording import field_name, without_language
from gpi_portal.query.sums import CANADIAN

register = template.Library()


@register.filter
def money(holder: Record, field: str = "amount") -> str:
    """The amount of a document in words, with its qualifier: ``up to $7.5 million``; empty where it has none.

    ``field`` names the amount; its qualifier and rounding stand beside it under the same name.
    """
    value = holder.get(field)
    if value is None:
        return ""
    text = figures.money(value, holder.get("currency", "CAD"), holder.get(f"{field}_rounded_to", 1))
    return figures.qualified(text, holder.get(f"{field}_qualifier", "exact"))


@register.filter
def dollars(value: Any, currency: str = "CAD") -> str:
    """An exact amount in one currency."""
    return figures.money(value, currency)


@register.filter
def long_date(value: Any) -> str:
    """``October 9, 2024`` or ``9 octobre 2024``; empty where there is no date."""
    return figures.long_date(value) if value else ""


@register.filter
def number(value: Any) -> str:
    """A whole number with its thousands grouped in the style of the page's language."""
    return figures.digits(Decimal(value), active_language())


@register.filter
def percent(value: int | None) -> str | None:
    """A share of a hundred, such as 75% or, in French, 75 %."""
    if value is None:
        return None
    return f"{value}\u00a0%" if active_language() == "fr" else f"{value}%"


@register.filter
def choice(value: str, field: str) -> str:
    """The words of a coded value, ``field`` as ``app.model.field``; empty for an empty code."""
    app, model, name = field.split(".")
    labels = dict(apps.get_model(app, model)._meta.get_field(name).flatchoices)
    return capitalized(labels[value]) if value in labels and value != "" else ""


@register.filter
def currency(code: str) -> str:
    """The name of a currency."""
    return currency_name(code)


@register.filter
def unit(code: str) -> str:
    """The currency as amounts are said to be in it: ``Canadian dollars``; the usual one where none is named."""
    return currency_unit(code or CANADIAN)


@register.filter
def place(code: str) -> str:
    """The name of a country (``CL``) or of a province or territory (``CA-NT``)."""
    return place_name(code, active_language()) if code else ""


@register.filter
def places(codes: list[str]) -> str:
    """The names of these places, in one line."""
    return ", ".join(map(place, codes))


@register.filter
def address(record: Record) -> str:
    """The public address of a record or of the record behind a card."""
    return str(nouns()[record["noun"]].address(record["code"]))


register.simple_tag(page_address, name="page_url")


@register.simple_tag
def day_field() -> SafeString:
    """The part of a form that keeps its answer on the day that is being read; nothing today."""
    day = day_read()
    return format_html('<input type="hidden" name="as_of" value="{}">', day) if day else SafeString()


ORDER_OF_CERTAINTY = ("stated", "added", "inferred", "not_stated")


def cited(record: Record, field: str) -> list[Record]:
    """The citations of one field of a document, the ones that state it first."""
    found = [citation for citation in record.get("citations", []) if citation["field"] == field]
    return sorted(found, key=lambda citation: ORDER_OF_CERTAINTY.index(citation["certainty"]))


@register.inclusion_tag("includes/fact.html")
def fact(record: Record, field: str, term: str, value: Any = "", **more: Any) -> dict[str, Any]:
    """One fact of a record with what is cited for its field; an empty value shows as not stated.

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
        **more,
    }


@register.inclusion_tag("includes/provenance.html")
def provenance(record: Record, field: str) -> dict[str, Any]:
    """What is cited for a field whose value stands elsewhere in the page."""
    return {"citations": cited(record, field)}


@register.inclusion_tag("includes/source_title.html")
def source_title(source: Record) -> dict[str, Any]:
    """The title of a source in the language of the source, which is said where the page has another one."""
    language = source["language"]
    return {"title": source[f"title_{language}"], "language": language, "foreign": language != active_language()}


@register.inclusion_tag("includes/citations.html")
def citations(record: Record) -> dict[str, Any]:
    """Everything that is cited for a record, field by field in the order of its certainty."""
    model = nouns()[record["noun"]]
    fields = dict.fromkeys(citation["field"] for citation in record["citations"])
    rows = [
        (without_language(field_name(model, field)), citation) for field in fields for citation in cited(record, field)
    ]
    return {"rows": rows}


@register.filter
def items(cards: list[Record]) -> list[dict[str, str]]:
    """The cards of other records as names with their addresses."""
    return [{"url": address(card), "name": str(card)} for card in cards]


@register.filter
def gist(record: Record) -> str:
    """What a record is about, in the shortest text that it has."""
    return next((record[text] for text in ("summary", "description", "publisher") if record.get(text)), "")


@register.filter
def lines(text: str) -> str:
    """Names kept one per line, as one line."""
    return ", ".join(line for line in text.splitlines() if line.strip())


@register.filter
def marked(text: str, query: Any) -> SafeString | str:
    """The text with the words that the query found, as safe HTML."""
    return search.highlight(text, query, active_language()) if query and not isinstance(text, Gap) else text


@register.filter
def excerpt(text: str, query: Any) -> SafeString | str:
    """The part of a text in which the query's first word stands, or its beginning, as safe HTML."""
    query = search.Query() if isinstance(text, Gap) else query or search.Query()
    return search.excerpt(text, query, active_language())


@register.filter
def noun_name(noun: str) -> str:
    return capitalized(nouns()[noun]._meta.verbose_name)


@register.simple_tag
def email_link(email: str) -> SafeString:
    return format_html('<a href="mailto:{}">{}</a>', email, email)


@register.simple_tag
def term(code: str, words: str = "") -> SafeString:
    """A term of the glossary, in its own words or in others, whose meaning opens in place."""
    found = glossary.TERMS[code]
    return render_to_string("includes/term.html", {"term": found, "words": words or found.name})


#: The terms behind the federal codes of agreement types.
AGREEMENT_TERMS = {"G": "grant", "C": "contribution"}


@register.filter
def agreement_term(code: str, words: str) -> SafeString | str:
    """The words of an agreement type, with their meaning where the glossary has it."""
    return term(AGREEMENT_TERMS[code], words) if code in AGREEMENT_TERMS else words
