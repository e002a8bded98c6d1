import functools
import itertools
import operator
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from gpi_portal.addresses import page_address
from gpi_portal.i18n.languages import Record
from gpi_portal.models import (
    Names,
    OwnedRow,
    Publishable,
    PublishedVersion,
    Typed,
    code_rule,
    column,
    public_keys,
    texts,
)
from gpi_portal.nouns import nouns
from gpi_portal.publishing.wording import field_name, without_language, without_suffix
from programs.models import FocusArea, FundingStream, PartnerInitiative, Program
from projects.columns import SourceColumns
from projects.models.cited_value import bare, digest_of, is_prose
from projects.models.mineral import Mineral
from projects.models.project import Project
from projects.models.recipient import Recipient


class Source(SourceColumns, Publishable):
    """A published page, release or article that says something of a program or a project."""

    noun = "source"
    in_sitemap = False
    name_text = "title"
    other_names = ("url",)
    staff_columns = ("code", "url")

    class Meta(Publishable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [code_rule("source")]

    @classmethod
    def address(cls, code: str) -> str:
        return f"{page_address('projects:sources')}#{code}"

    def content(self, cards: Any) -> dict[str, Any]:
        found = super().content(cards)
        del found["text_translation"]  # it has no text of ours
        return found


class Certainty(models.TextChoices):
    """How sure a value is, in the words of page and filter."""

    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred by staff")
    ADDED = "added", _("added by staff")
    NOT_STATED = "not_stated", _("no source states it")


def exactly_one(*names: str) -> models.Q:
    """The condition that one of these columns is filled and the others are null."""
    cases = (models.Q(**{f"{other}__isnull": other != name for other in names}) for name in names)
    return functools.reduce(operator.or_, cases)


class CitationManager(models.Manager["Citation"]):
    """The citations of one record, which is the manager's."""

    instance: Publishable

    def holding(self, content: dict[str, Any]) -> list["Citation"]:
        """Those that support what the record says in this content."""
        citations = list(self.all())
        models.prefetch_related_objects(citations, "source")
        settled(citations, content, was_public=bool(self.instance.public_code))
        return [citation for citation in citations if citation.holds_in(content)]


class Citation(OwnedRow):
    """Why one field of one record holds what it holds: the source, where in it, and what it says there.

    It stands for the value that its field had when it was entered or last said something else, and for no other.
    """

    #: Whoever edits one of these looks at the value anew.
    SAYS = ("field", "certainty", "source_id", "value")
    #: Whoever edits only these does so too, unless the citation quotes its source: what it quotes stays the same then.
    EXPLAINS = ("heading", "note_en", "note_fr")

    is_evidence = True
    identity = naming = ("field", "source")
    #: The nouns that can be cited; exactly one of these columns is filled.
    HOLDERS = ("program", "focus_area", "stream", "initiative", "mineral", "recipient", "project")

    program = models.ForeignKey(Program, models.CASCADE, null=True, blank=True, related_name="citations")
    focus_area = models.ForeignKey(FocusArea, models.CASCADE, null=True, blank=True, related_name="citations")
    stream = models.ForeignKey(FundingStream, models.CASCADE, null=True, blank=True, related_name="citations")
    initiative = models.ForeignKey(PartnerInitiative, models.CASCADE, null=True, blank=True, related_name="citations")
    mineral = models.ForeignKey(Mineral, models.CASCADE, null=True, blank=True, related_name="citations")
    recipient = models.ForeignKey(Recipient, models.CASCADE, null=True, blank=True, related_name="citations")
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="citations")
    field = column(
        models.SlugField(_("field"), max_length=40, help_text=_("The name of the field without _en or _fr."))
    )
    certainty = column(models.CharField(_("certainty"), max_length=10, choices=Certainty.choices))
    source = column(
        models.ForeignKey(
            Source, models.PROTECT, null=True, blank=True, related_name="citations", verbose_name=_("source")
        )
    )
    heading = column(models.CharField(_("heading in the source"), max_length=250, blank=True))
    value = column(models.CharField(_("value as the source gives it"), max_length=500, blank=True))
    note = texts(_("note"))
    #: The digest of the value that it stands for; empty until a first publication tells (rows that were loaded raw).
    supports = models.CharField(max_length=32, blank=True, editable=False)

    #: Whether what it supports was told just now, and is not stored yet.
    is_settled_anew = False

    objects = CitationManager()

    class Meta(OwnedRow.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(
                    "program", "focus_area", "stream", "initiative", "mineral", "recipient", "project"
                ),
                name="citation_has_one_holder",
                violation_error_message=_("A citation belongs to exactly one record."),
            ),
            models.CheckConstraint(
                condition=models.Q(certainty__in=["inferred", "not_stated"]) | models.Q(source__isnull=False),
                name="citation_needs_source",
                violation_error_message=_("A value that is stated or added needs the source that says so."),
            ),
            models.CheckConstraint(
                condition=~models.Q(certainty="inferred") | (~models.Q(note_en="") & ~models.Q(note_fr="")),
                name="citation_inferred_needs_reason",
                violation_error_message=_("An inferred value needs the reason, in both languages."),
            ),
        ]

    def __str__(self) -> str:
        model = self.holder_model
        field = without_language(field_name(model, self.field)) if model else self.field
        return str(_("%(name)s: %(field)s") % {"name": field, "field": self.get_certainty_display()})

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        if self.says_something_else():
            self.cite_anew()
            update_fields = update_fields and {*update_fields, "supports"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def restore(self) -> None:
        """It stands for the value that it stood for when this state of it was entered."""
        super().save()

    @classmethod
    def published(cls, rows: Iterable["Citation"]) -> None:
        """Write down once and for all which values they support; nobody edited them, so it is not in their history."""
        told = [(row.supports, row.pk) for row in rows if row.is_settled_anew]
        if told:
            with connection.cursor() as cursor:  # one statement for a thousand rows takes a hundred times as long
                cursor.executemany(f"UPDATE {cls._meta.db_table} SET supports = %s WHERE id = %s", told)  # noqa: S608

    def says_something_else(self) -> bool:
        """Whether it is new or edited so that it speaks of the value as it is now."""
        reasoned = self.certainty == Certainty.INFERRED or not self.value
        names = (*self.SAYS, *self.EXPLAINS) if reasoned else self.SAYS
        stored = type(self).objects.filter(pk=self.pk).values_list(*names).first()
        return stored != tuple(getattr(self, name) for name in names)

    def cite_anew(self) -> None:
        """Let it stand for what its field holds in the saved record, whatever it stood for before."""
        model = self.holder_model
        if model:
            record = model._default_manager.get(pk=getattr(self, f"{model.noun}_id"))
            self.supports = digest_of(model, self.field, record.content(Names()))

    def holds_in(self, content: dict[str, Any]) -> bool:
        """Whether the value of its field is still the one that it stands for.

        What a source says is no other thing because we say it in other words of our own.
        """
        model = self.holder_model
        is_own = model is not None and is_prose(model, self.field)
        retold = is_own and not self.value and self.certainty != Certainty.NOT_STATED
        return retold or self.supports == self.digest_in(content)

    def digest_in(self, content: dict[str, Any]) -> str:
        """What it would stand for in a record that says this."""
        return digest_of(self.holder_model, self.field, content) if self.holder_model else ""

    @property
    def holder_model(self) -> type[Publishable] | None:
        """The noun of the record that is cited."""
        return next((nouns()[name] for name in self.HOLDERS if getattr(self, f"{name}_id")), None)

    @property
    def holder(self) -> Publishable | None:
        """The record that is cited."""
        return getattr(self, self.holder_model.noun) if self.holder_model else None

    def clean(self) -> None:
        if self.holder and self.field not in citable_fields(type(self.holder)):
            raise ValidationError({"field": _("This record has no field of that name that can be cited.")})

    @classmethod
    def row_name(cls, row: Record, owner: type[Typed]) -> str:
        cited = without_language(field_name(owner, row["field"]))
        return f"{cited} ({row['source']})" if row["source"] else cited


def settled(citations: Iterable[Citation], content: dict[str, Any], *, was_public: bool = True) -> list[Citation]:
    """Those of them of which nobody wrote down what they stand for, with what they do.

    It is what the public read when it first saw just this citation; where it never saw it, what the record says now.
    """
    unsettled = [citation for citation in citations if not citation.supports]
    public = public_documents(content) if unsettled and was_public else []
    for citation in unsettled:
        seen = itertools.takewhile(functools.partial(cites, bare(citation.document(Names()))), public)
        beside = functools.reduce(lambda _newer, older: older, seen, content)
        citation.supports, citation.is_settled_anew = citation.digest_in(beside), True
    return unsettled


def cites(said: Any, document: dict[str, Any]) -> bool:
    """Whether a document has the citation that says this."""
    return said in map(bare, document["citations"])


def public_documents(content: dict[str, Any]) -> list[dict[str, Any]]:
    """What the public has read of a record, the newest first."""
    versions = PublishedVersion.objects.filter(noun=content["noun"], code=content["code"], withdrawn=False)
    return list(versions.order_by("-valid_from_id").values_list("document", flat=True))


def citable_fields(model: type[Publishable]) -> list[str]:
    """The fields of a noun that can be cited: every published column, both languages of a text as one, and lists."""
    lists = [field.name for field in model._meta.many_to_many]
    links = [field.name for field in model._meta.concrete_fields if field.is_relation]
    owned = [relation.name for relation in model._meta.related_objects if issubclass(relation.related_model, OwnedRow)]
    names = [*public_keys(model), *lists, *links, *owned, *model.cited_parts]
    return sorted({without_suffix(name) for name in names} - {"citations"})
