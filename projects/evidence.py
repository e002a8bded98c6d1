"""What stands behind the values of a record: which need a citation, and which of them have none."""

from typing import Any

from django.utils.translation import gettext as _

from gpi_portal.evidence import Evidence
from gpi_portal.languages import capitalized
from gpi_portal.models import Publishable
from projects.models.provenance import Certainty, Citation, citable_fields

Document = dict[str, Any]

#: Not said by any source: where a record came from, its place in a list, under which heading we put it.
OURS = {"origin", "position", "kind"}
#: What only qualifies another value, and our own short form of another text, stand on the citations of that.
BELONGS_TO = {
    "amount_qualifier": "amount",
    "amount_rounded_to": "amount",
    "currency": "amount",
    "envelope_qualifier": "envelope",
    "envelope_rounded_to": "envelope",
    "foreign_currency": "foreign_value",
    "summary": "description",
    "title": "description",
}
#: Those of them that say something even without it.
WORDS = {"summary", "title"}
#: What the latest amendment gives is cited with the amendments.
DERIVED = {"amount", "end_date"}
#: An answer even where it is empty: a source can say that a mineral is on no list.
EMPTY_ANSWERS = {"list_version"}
#: The key of a document that holds a field of another name.
KEYS = {"parent": "parents"}


class RecordEvidence(Evidence):
    """The citations of every noun that has some."""

    def covers(self, model: type[Publishable]) -> bool:
        return model.noun in Citation.HOLDERS

    def citations(self, record: Publishable) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for place, citation in enumerate(record.citations.all()):
            found.setdefault(citation.field, []).append((in_words(citation), f"#citations-{place}"))
        return found

    def missing(self, model: type[Publishable], document: Document) -> list[str]:
        if not self.covers(model):
            return []
        cited = cited_as_said(document)
        return [
            field
            for field in citable_fields(model)
            if field not in OURS and has_value(model, field, document) and not supported(model, field, document, cited)
        ]

    def without_value(self, model: type[Publishable], document: Document) -> list[str]:
        cited = cited_as_said(document) - EMPTY_ANSWERS if self.covers(model) else ()
        return [field for field in citable_fields(model) if field in cited and not has_value(model, field, document)]


def cited_as_said(document: Document) -> set[str]:
    """The fields of which a citation says that a source, or we, give a value."""
    return {each["field"] for each in document["citations"] if each["certainty"] != Certainty.NOT_STATED}


def supported(model: type[Publishable], field: str, document: Document, cited: set[str]) -> bool:
    """Whether a value stands on a citation, its own or that of what it belongs to.

    A value that belongs to another one is not asked about by itself: the other one is.
    """
    if field == "conditions":
        # Each condition is cited by its criterion, which is a field of its own.
        return True
    if field in DERIVED and document.get("amendments"):
        return "amendments" in cited
    other = BELONGS_TO.get(field)
    if other and (has_value(model, other, document) or field not in WORDS):
        return True
    return field in cited


def has_value(model: type[Publishable], field: str, document: Document) -> bool:
    """Whether a document says something in a field. "No" is an answer only where there is "not stated" beside it."""
    if field in model.cited_parts:
        return any(row["criterion"] == field for row in document["conditions"])
    key = KEYS.get(field, field)
    values = [document.get(name) for name in (key, f"{key}_en", f"{key}_fr")]
    nullable = any(column.null for column in model._meta.concrete_fields if column.name == field)
    return any((value or nullable) if isinstance(value, bool) else value not in (None, "", []) for value in values)


def in_words(citation: Citation) -> str:
    """``Stated: the title of its source``."""
    certainty = capitalized(citation.get_certainty_display())
    if citation.source is None:
        return certainty
    return _("%(certainty)s: %(source)s") % {"certainty": certainty, "source": citation.source}
