"""The evidence for the values of a record: which need a citation, and which of those have none."""

from typing import Any

from django.utils.translation import gettext as _

from gpi_portal.i18n.languages import capitalized
from gpi_portal.models import Names, Publishable
from gpi_portal.staff.citations import Cited, Evidence
from projects.models.cited_value import BELONGS_TO, KEYS, QUALIFIES, WORDS, bare
from projects.models.provenance import Certainty, Citation, citable_fields

Document = dict[str, Any]

#: Fields that no source states: the origin of a record, its position in a list, our heading for it.
OURS = {"origin", "position", "kind"}
#: Fields that the latest amendment gives: the amendments are cited instead.
DERIVED = {"amount", "end_date"}
#: Fields that are an answer even if empty: a source can say that a mineral is on no list.
EMPTY_ANSWERS = {"list_version"}


class RecordEvidence(Evidence):
    """The evidence for the records of every noun that has citations."""

    def covers(self, model: type[Publishable]) -> bool:
        return model.noun in Citation.HOLDERS

    def citations(self, record: Publishable, document: Document) -> dict[str, list[Cited]]:
        if not self.covers(type(record)):
            return {}
        held = [bare(row) for row in document["citations"]]
        found: dict[str, list[Cited]] = {}
        for citation in record.citations.select_related("source"):
            is_held = bare(citation.document(Names())) in held
            outdated = "" if is_held else self.outdated(type(record), citation, document)
            found.setdefault(citation.field, []).append(cited(citation, outdated))
        return found

    def outdated(self, model: type[Publishable], citation: Citation, document: Document) -> str:
        """Why a citation is not in the document, and what to do about it."""
        field = citation.field
        if not has_value(model, field, document):
            action = _("Enter the value again, or say in the citation that it is not stated.")
        elif QUALIFIES.get(field, field) in DERIVED and document.get("amendments"):
            action = _("The latest amendment gives the value now: cite it with the amendments.")
        elif field in self.missing(model, document):
            action = _("Enter what the source says of the new value, or the public reads “No source recorded”.")
        else:
            action = _("Enter what the source says of the new value; until then the public does not see this citation.")
        return f"{what_it_was_for(citation)} {action}"

    def missing(self, model: type[Publishable], document: Document) -> list[str]:
        if not self.covers(model):
            return []
        said = cited_as_said(document)
        return [
            field
            for field in citable_fields(model)
            if field not in OURS and has_value(model, field, document) and not supported(model, field, document, said)
        ]

    def without_value(self, model: type[Publishable], document: Document) -> list[str]:
        said = cited_as_said(document) - EMPTY_ANSWERS if self.covers(model) else ()
        return [field for field in citable_fields(model) if field in said and not has_value(model, field, document)]


def cited_as_said(document: Document) -> set[str]:
    """The fields for which a citation says that a source, or the portal, gives a value."""
    return {citation["field"] for citation in document["citations"] if citation["certainty"] != Certainty.NOT_STATED}


def supported(model: type[Publishable], field: str, document: Document, cited: set[str]) -> bool:
    """Whether a value has a citation: its own or that of the value that it belongs to.

    A value that belongs to another stated value needs none itself; the other does.
    """
    if field == "conditions":
        # Each condition is cited under its criterion, a separate field.
        return True
    if field in DERIVED and document.get("amendments"):
        return "amendments" in cited
    other = BELONGS_TO.get(field)
    if other and (has_value(model, other, document) or field not in WORDS):
        return True
    return field in cited


def what_it_was_for(citation: Citation) -> str:
    if citation.certainty == Certainty.NOT_STATED:
        return _("This citation says that no source states a value, and there is one now.")
    if citation.value:
        words = _("This citation was entered for another value, which its source gives as “%(value)s”.")
        return words % {"value": citation.value}
    return _("This citation was entered for another value.")


def has_value(model: type[Publishable], field: str, document: Document) -> bool:
    """Whether a document has a value in a field. "No" is one only if the field can also be "not stated"."""
    if field in model.cited_parts:
        return any(row["criterion"] == field for row in document["conditions"])
    key = KEYS.get(field, field)
    values = [document.get(name) for name in (key, f"{key}_en", f"{key}_fr")]
    nullable = any(column.null for column in model._meta.concrete_fields if column.name == field)
    return any((value or nullable) if isinstance(value, bool) else value not in (None, "", []) for value in values)


def cited(citation: Citation, outdated: str) -> Cited:
    return Cited(
        citation.pk,
        in_words(citation),
        certainty=capitalized(citation.get_certainty_display()),
        source=str(citation.source or ""),
        heading=citation.heading,
        value=citation.value,
        note=citation.note,
        outdated=outdated,
    )


def in_words(citation: Citation) -> str:
    """``Stated: the title of its source``."""
    certainty = capitalized(citation.get_certainty_display())
    if citation.source is None:
        return certainty
    return _("%(certainty)s: %(source)s") % {"certainty": certainty, "source": citation.source}
