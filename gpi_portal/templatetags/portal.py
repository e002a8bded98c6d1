"""How documents are shown: money, dates, coded values, marked words, links that keep the query."""

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gpi_portal import search
from gpi_portal.addresses import day_read, page_address
from gpi_portal.i18n import figures
from gpi_portal.i18n.currencies import currency_unit
from gpi_portal.i18n.languages import Gap, Record, active_language
from gpi_portal.nouns import nouns
from gpi_portal.pages.glossary_term import opened
from gpi_portal.publishing import facts, wording
from gpi_portal.publishing.found import reasons
from gpi_portal.query.sums import CANADIAN

register = template.Library()


@register.filter
def money(holder: Record, field: str = "amount") -> str:
    """The amount of a document in words, with its qualifier: ``up to $7.5 million``; empty where it has none.

    ``field`` names the amount; its qualifier and rounding stand beside it under the same name.
    """
    return facts.amount_in_words(holder, field)


@register.filter
def dollars(value: Any, currency: str = "CAD") -> str:
    """An exact amount in one currency."""
    return figures.money(value, currency)


@register.filter
def long_date(value: Any) -> str:
    """``October 9, 2024`` or ``9 octobre 2024``; empty where there is no date."""
    return figures.day_in_words(value)


@register.filter
def number(value: Any) -> str:
    """A whole number with its thousands grouped in the style of the page's language."""
    return figures.number(value)


@register.filter
def percent(value: int | None) -> str | None:
    """A share of a hundred, such as 75% or, in French, 75 %."""
    if value is None:
        return None
    return f"{value}\u00a0%" if active_language() == "fr" else f"{value}%"


@register.filter
def choice(value: str, field: str) -> str:
    """The words of a coded value, ``field`` as ``app.model.field``; empty for an empty code."""
    return wording.choice(value, field)


@register.filter
def unit(code: str) -> str:
    """The currency as amounts are said to be in it: ``Canadian dollars``; the usual one where none is named."""
    return currency_unit(code or CANADIAN)


@register.filter
def address(record: Record) -> str:
    """The public address of a record or of the record behind a card."""
    return facts.address(record)


register.simple_tag(page_address, name="page_url")


@register.simple_tag
def day_field() -> SafeString:
    """The part of a form that keeps its answer on the day that is being read; nothing today."""
    day = day_read()
    return format_html('<input type="hidden" name="as_of" value="{}">', day) if day else SafeString()


def placed(context: template.Context) -> set[str]:
    """What the page has shown so far of its record."""
    rendered: Any = context.render_context
    found: set[str] = rendered.setdefault("placed", set())
    return found


@register.inclusion_tag("includes/fact.html", takes_context=True)
def fact(
    context: template.Context, record: Record, field: str, term: str, value: Any = "", **more: Any
) -> dict[str, Any]:
    """One fact of a record with what is cited for its field; an empty value shows as not stated.

    What is cited for other parts of the field says nothing of a part that is empty.
    """
    placed(context).add(field)
    return facts.fact(record, field, term, value, **more)


@register.inclusion_tag("includes/facts.html", takes_context=True)
def columns(context: template.Context, record: Record, names: str) -> dict[str, Any]:
    """These columns of a record, as its noun declares them."""
    placed(context).update(names.split())
    return {"facts": [facts.fact_of(record, name) for name in names.split() if facts.has_place(record, name)]}


@register.inclusion_tag("includes/facts.html", takes_context=True)
def other_columns(context: template.Context, record: Record, but: str = "") -> dict[str, Any]:
    """The columns that the page has not shown so far; ``but``: those that it shows elsewhere."""
    seen = {*placed(context), *but.split()}
    names = [name for name in facts.listed_columns(nouns()[record["noun"]]) if name not in seen]
    return columns(context, record, " ".join(names))


@register.inclusion_tag("includes/provenance.html")
def provenance(record: Record, field: str) -> dict[str, Any]:
    """What is cited for a field whose value stands elsewhere in the page."""
    return {"citations": facts.cited(record, field)}


@register.inclusion_tag("includes/source_title.html")
def source_title(source: Record) -> dict[str, Any]:
    """The title of a source in the language of the source, which is said where the page has another one."""
    language = source["language"]
    is_other = language != active_language()
    return {"title": source[f"title_{language}"], "language": language, "in_other_language": is_other}


@register.inclusion_tag("includes/citations.html")
def citations(record: Record) -> dict[str, Any]:
    """Everything that is cited for a record, field by field in the order of its certainty."""
    return {"rows": facts.every_citation(record)}


@register.filter
def items(cards: list[Record]) -> list[dict[str, str]]:
    """The cards of other records as names with their addresses."""
    return facts.items(cards)


@register.filter
def gist(record: Record) -> str:
    """What a record is about, in the shortest text that it has."""
    return facts.gist(record)


@register.filter
def marked(text: str, query: Any) -> SafeString | str:
    """The text with the words that the query found, as safe HTML."""
    return search.highlight(text, query, active_language()) if query and not isinstance(text, Gap) else text


@register.filter
def excerpt(text: str, query: Any) -> SafeString | str:
    """The part of a text in which the query's first word stands, or its beginning, as safe HTML."""
    query = search.Query() if isinstance(text, Gap) else query or search.Query()
    return search.excerpt(text, query, active_language())


@register.simple_tag(name="reasons")
def found_reasons(version: Any, query: Any) -> list[search.Reason]:
    """Why a search found a record of any noun, where neither its title nor what it is about says so."""
    return reasons(version, query, [version.title, gist(version.record)])


@register.filter
def noun_name(noun: str) -> str:
    return wording.noun_name(noun)


@register.simple_tag
def email_link(email: str) -> SafeString:
    return format_html('<a href="mailto:{}">{}</a>', email, email)


register.simple_tag(opened, name="term")


@register.simple_tag
def styles(*names: str) -> SafeString:
    """Links to style sheets, each called by its subject: a later one may refine what an earlier one says."""
    links = ((static(f"css/{name}.css"),) for name in names)
    return format_html_join("", '\n  <link rel="stylesheet" href="{}">', links)
