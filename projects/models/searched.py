"""What the search reads of a project beside its own texts: whom and what it names, its places, its numbers."""

from typing import Any

from gpi_portal import search
from gpi_portal.i18n.countries import place_names
from gpi_portal.i18n.languages import in_both
from programs.models import AgreementType

#: The records that a document names beside its recipient.
CARDS = ("program", "parents", "initiatives", "stream", "focus_areas", "minerals")
NUMBERS = ("code", "reference_number", "agreement_number")


def texts_beside(document: dict[str, Any]) -> list[search.Text]:
    kind = document["agreement_type"]
    return [
        *(search.bilingual(in_both(AgreementType(kind).label), "text", field="agreement_type") if kind else []),
        *recipient_texts(document["recipient"]),
        *(text for field in CARDS for card in cards_in(document[field]) for text in card_texts(card, field)),
        *(text for place in document["locations"] for text in place_texts(place)),
        *(text for money in document["co_funding"] for text in funder_texts(money)),
        *(text for number in NUMBERS for text in search.names([document[number]], field=number)),
    ]


def funder_texts(money: dict[str, Any]) -> list[search.Text]:
    return search.bilingual(money, "funder", "note", field="co_funding")


def cards_in(part: Any) -> list[dict[str, Any]]:
    return part if isinstance(part, list) else [part] if part else []


def card_texts(card: dict[str, Any], field: str) -> list[search.Text]:
    """What the search reads of another record: its names, an acronym and other names where it has them."""
    own = [name for name in ("name", "acronym") if f"{name}_en" in card]
    aliases = card.get("aliases", "").splitlines()
    return [*search.bilingual(card, *own, field=field), *search.names(aliases, field=field)]


def recipient_texts(card: dict[str, Any]) -> list[search.Text]:
    places = place_names(card["country"], card["province"] and f"CA-{card['province']}")
    return [
        *search.bilingual(card, "name", "legal_name", "operating_name", weight="title", field="recipient"),
        *search.bilingual(card, "city", field="recipient"),
        *search.names([*card["aliases"].splitlines(), *places], field="recipient"),
    ]


def place_texts(place: dict[str, Any]) -> list[search.Text]:
    places = place_names(place["country"], place["province"] and f"CA-{place['province']}")
    return [*search.bilingual(place, "name", field="locations"), *search.names(places, field="locations")]
