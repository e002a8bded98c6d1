"""The evidence for the values of a record: which need a citation, and which of those have none."""

from typing import Any

from django.utils.translation import gettext as _

from gpi_portal.i18n.languages import capitalized
from gpi_portal.models import Names, Publishable, columns_of, traits_of
from gpi_portal.staff.citations import Cited, Evidence
from projects.models.cited_value import bare
from projects.models.provenance import Certainty, Citation, citable_fields

Document = dict[str, Any]


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
        elif is_given_by_rows(model, field, document):
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
            if not traits_of(model, field).is_ours
            and has_value(model, field, document)
            and not supported(model, field, document, said)
        ]

    def without_value(self, model: type[Publishable], document: Document) -> list[str]:
        said = cited_as_said(document) if self.covers(model) else set()
        open_fields = (field for field in citable_fields(model) if not traits_of(model, field).empty_is_answer)
        return [field for field in open_fields if field in said and not has_value(model, field, document)]


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
    traits = traits_of(model, field)
    if document.get(traits.given_by):
        return traits.given_by in cited
    if traits.qualifies:
        return True
    if traits.belongs_to and (has_value(model, traits.belongs_to, document) or not is_text(model, field)):
        return True
    return field in cited


def is_text(model: type[Publishable], field: str) -> bool:
    column = columns_of(model).get(field)
    return column is not None and column.is_text


def is_given_by_rows(model: type[Publishable], field: str, document: Document) -> bool:
    """Whether a value, or the one that it qualifies, is that of the rows of the record, which are cited for it."""
    traits = traits_of(model, field)
    return bool(document.get(traits_of(model, traits.qualifies or field).given_by))


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
    column = columns_of(model).get(field)
    key = column.key if column else field
    values = [document.get(name) for name in (key, f"{key}_en", f"{key}_fr")]
    nullable = column is not None and column.field.null
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
