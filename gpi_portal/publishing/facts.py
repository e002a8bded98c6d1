"""What pages show of a public document: one fact with what is cited for it, an amount, an address, a gist."""

from typing import Any

from gpi_portal.i18n import figures
from gpi_portal.i18n.languages import Gap, Record
from gpi_portal.nouns import nouns
from gpi_portal.publishing.wording import field_name, without_language

ORDER_OF_CERTAINTY = ("stated", "added", "inferred", "not_stated")


def cited(record: Record, field: str) -> list[Record]:
    """The citations of one field of a document, the ones that state it first."""
    found = [citation for citation in record.get("citations", []) if citation["field"] == field]
    return sorted(found, key=lambda citation: ORDER_OF_CERTAINTY.index(citation["certainty"]))


def every_citation(record: Record) -> list[tuple[str, Record]]:
    """Everything that is cited for a record, each with the words for its field, field by field."""
    model = nouns()[record["noun"]]
    fields = dict.fromkeys(citation["field"] for citation in record["citations"])
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
        **more,
    }


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
