"""The admin beside its evidence: under each field its citations, and a warning of the values that have none.

What can be cited and by what is known to an app above, whose `AppConfig` names its `Evidence`.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gpi_portal.models import Names, Publishable, PublishedVersion
from gpi_portal.nouns import given, nouns
from gpi_portal.publishing.differences import Difference
from gpi_portal.publishing.wording import field_name, without_language
from gpi_portal.staff.row_pages import row_url


@dataclass(frozen=True)
class Cited:
    """One citation of a record as staff read it: in words.

    ``outdated`` says in a sentence why the public would not see it; it is empty while it supports its value.
    """

    pk: int
    words: str
    certainty: str
    source: str = ""
    heading: str = ""
    value: str = ""
    note: str = ""
    outdated: str = ""


class Evidence:
    """What stands behind the values of a record. As it is here, nothing is known of any."""

    def covers(self, model: type[Publishable]) -> bool:
        """Whether the records of this noun are cited at all."""
        return False

    def citations(self, record: Publishable, document: dict[str, Any]) -> dict[str, list[Cited]]:
        """Field → its citations; ``document`` is what the record would be published as."""
        return {}

    def missing(self, model: type[Publishable], document: dict[str, Any]) -> list[str]:
        """The fields of a document, or of what would be one, that hold a value which no citation supports."""
        return []

    def without_value(self, model: type[Publishable], document: dict[str, Any]) -> list[str]:
        """The fields of such a document that hold no value and have a citation that says there is one."""
        return []


@functools.cache
def declared_evidence() -> Evidence:
    """That of the app which declares some."""
    return next((import_string(path)() for path in given("staff_evidence")), Evidence())


def words_of(model: type[Publishable], field: str) -> str:
    return without_language(field_name(model, field))


def column_of(fields: Iterable[str], field: str) -> str | None:
    """The column of a form in which a field begins: itself, or the English of the two; None where it has none."""
    return next((name for name in (field, f"{field}_en") if name in fields), None)


def named_in(
    versions: Iterable[PublishedVersion], fields_of: Callable[[type[Publishable], dict[str, Any]], list[str]]
) -> Iterator[tuple[str, str]]:
    """The versions in which some of these fields are found, each with their words."""
    for version in versions:
        model = nouns()[version.noun]
        names = [words_of(model, field) for field in fields_of(model, version.document)]
        if names:
            yield version.title, ", ".join(names)


def cited_by(rows: list[Cited]) -> SafeString:
    return format_html('<ul class="field-citations">{}</ul>', format_html_join("", "<li>{}</li>", map(link_to, rows)))


def link_to(row: Cited) -> tuple[SafeString]:
    """The citation as a link to its row in the list, with what is wrong with it."""
    link = format_html('<a href="#citation-{}">{}</a>', row.pk, row.words)
    note = format_html('<span class="field-uncited">{}</span>', row.outdated) if row.outdated else ""
    return (format_html("{}{}", link, note),)


def link_to_cite(url: str) -> SafeString:
    """To the page that adds a citation."""
    return format_html('<a class="field-cite" href="{}">{}</a>', url, _("Add a citation"))


@dataclass(frozen=True)
class Found:
    """The citations of a record by field, its values that none supports, and its fields that have one and no value."""

    citations: dict[str, list[Cited]]
    missing: list[str]
    without_value: list[str]

    @property
    def outdated(self) -> list[tuple[str, Cited]]:
        """The citations that were entered for another value, each with its field."""
        return list(outdated_in(self.citations))


#: The relation of a record to its citations.
CITATIONS = "citations"
#: What is known of a record that is not saved yet, or of a noun that is not cited.
NOTHING = Found({}, [], [])


def found_of(obj: Publishable) -> Found:
    """What was found for the record whose form is being made."""
    found: Found = getattr(obj, "evidence_found", NOTHING)
    return found


def outdated_in(citations: dict[str, list[Cited]]) -> Iterator[tuple[str, Cited]]:
    yield from ((field, row) for field, rows in citations.items() for row in rows if row.outdated)


class EvidenceAdmin(admin.ModelAdmin):
    """Shows the evidence of a record where it is edited. It warns and never stands in the way."""

    @property
    def evidence(self) -> Evidence:
        return declared_evidence()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        texts = {} if obj is None else self.notes_beside(obj, may_cite=self.has_change_permission(request, obj))
        return super().get_form(request, obj, change, **{"help_texts": texts, **kwargs})

    def found_for(self, obj: Any) -> Found:
        """The evidence of the record as it is saved, whatever a form has just done to the object."""
        if not hasattr(obj, "evidence_found"):
            obj.evidence_found = self.found_saved(obj)
        return found_of(obj)

    def found_saved(self, obj: Publishable) -> Found:
        saved = self.model._default_manager.filter(pk=obj.pk).first()
        return self.found_in(saved) if saved is not None and self.evidence.covers(self.model) else NOTHING

    def found_in(self, record: Publishable) -> Found:
        document, evidence = record.document(Names()), self.evidence
        about = self.model, document
        return Found(evidence.citations(record, document), evidence.missing(*about), evidence.without_value(*about))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            self.warn_of_outdated(request, form.instance)

    def warn_of_outdated(self, request: HttpRequest, obj: Publishable) -> None:
        """Name the fields whose citations this edit has made those of another value."""
        known = {row.pk for _field, row in found_of(obj).outdated}
        fields = dict.fromkeys(field for field, row in self.found_saved(obj).outdated if row.pk not in known)
        if fields:
            text = _("The public will not see what is cited for %(fields)s: it was entered for another value.")
            names = ", ".join(words_of(self.model, field) for field in fields)
            self.message_user(request, text % {"fields": names}, messages.WARNING)

    def notes_beside(self, obj: Publishable, *, may_cite: bool) -> dict[str, SafeString]:
        """Column → its usual help with the citations of its field, or that there is none."""
        columns = {column.name: column for column in (*self.opts.fields, *self.opts.many_to_many)}
        found = self.found_for(obj)
        notes = {field: cited_by(rows) for field, rows in found.citations.items()}
        none = format_html('<span class="field-uncited">{}</span>', _("No citation"))
        notes |= {field: format_html("{}{}", notes.get(field, ""), none) for field in found.missing}
        if may_cite:
            urls = {field: row_url(obj, CITATIONS, field=field) for field in notes}
            notes = {field: format_html("{}{}", note, link_to_cite(urls[field])) for field, note in notes.items()}
        at = {field: column_of(columns, field) for field in notes}
        return {name: format_html("{}{}", columns[name].help_text, notes[field]) for field, name in at.items() if name}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("obj") is not None:
            context |= self.evidence_context(request, kwargs["obj"], context["adminform"].form.fields)
        return super().render_change_form(request, context, *args, **kwargs)

    def evidence_context(self, request: HttpRequest, obj: Publishable, fields: Iterable[str]) -> dict[str, Any]:
        """The citations of a record, and what the evidence lacks, with its place in the form."""
        found = self.found_for(obj)
        return {
            "cited": self.cited_rows(request, obj, found),
            "outdated": [(words_of(self.model, field), row) for field, row in found.outdated],
            "uncited": self.places_of(found.missing, fields),
            "without_value": self.places_of(found.without_value, fields),
        }

    def cited_rows(self, request: HttpRequest, obj: Publishable, found: Found) -> dict[str, Any] | None:
        """The list of the citations, with the addresses for those who may edit them; None of what is never cited."""
        if not self.evidence.covers(self.model):
            return None
        may_cite = self.has_change_permission(request, obj)
        rows = [
            (words_of(self.model, field), row, row_url(obj, CITATIONS, row.pk) if may_cite else "")
            for field, cited in found.citations.items()
            for row in cited
        ]
        return {"rows": rows, "add_url": row_url(obj, CITATIONS) if may_cite else ""}

    def places_of(self, found: list[str], fields: Iterable[str]) -> list[tuple[str, str]]:
        """Fields in words, each with its address in the form, if it has one there."""
        places = [(field, column_of(fields, field)) for field in found]
        return [(words_of(self.model, field), f"#id_{name}" if name else "") for field, name in places]

    def warnings_of(self, changes: Iterable[Difference], records: Iterable[Publishable]) -> dict[str, Any]:
        """Of these records, those that would be published with something that the evidence lacks, and with what."""
        chosen = {(record.noun, record.code): record for record in records}
        versions = [change.after for change in changes if (change.after.noun, change.after.code) in chosen]
        ask = {"uncited": self.evidence.missing, "without_value": self.evidence.without_value}
        warnings = {name: list(named_in(versions, fields_of)) for name, fields_of in ask.items()}
        beside = [(version, chosen[version.noun, version.code]) for version in versions]
        return {**warnings, "outdated": [(version.title, rows) for version, rows in self.fallen_away(beside) if rows]}

    def fallen_away(
        self, beside: Iterable[tuple[PublishedVersion, Publishable]]
    ) -> Iterator[tuple[PublishedVersion, list[tuple[str, Cited]]]]:
        """The versions, each with the citations of its working row that it lacks and the words for their fields."""
        for version, record in beside:
            found = outdated_in(self.evidence.citations(record, version.document))
            yield version, [(words_of(self.model, field), row) for field, row in found]

    def get_list_display(self, request: HttpRequest) -> Any:
        first, second, *others = super().get_list_display(request)
        more = ("without_citation",) if self.evidence.covers(self.model) else ()
        return (first, second, *more, *others)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list with what is published of each of its rows, in one query."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        public = PublishedVersion.objects.public().filter(noun=self.model.noun, code__in=[row.code for row in rows])
        documents = {version.code: version.document for version in public}
        for row in rows:
            row.public_document = documents.get(row.code)
        changelist.result_list = rows
        return changelist

    @admin.display(description=_("without a citation"), empty_value="")
    def without_citation(self, obj: Any) -> str | None:
        """The fields that the public sees without a citation, in words; nothing for a record that is not public."""
        if obj.public_document is None:
            return None
        return ", ".join(
            words_of(self.model, field) for field in self.evidence.missing(self.model, obj.public_document)
        )
