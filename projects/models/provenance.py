import functools
import operator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gpi_portal.addresses import page_address
from gpi_portal.languages import Record, localized
from gpi_portal.models import OwnedRow, Publishable
from gpi_portal.wording import field_name, without_language, without_suffix
from programs.models import FocusArea, FundingStream, PartnerInitiative, Program
from projects.models.mineral import Mineral
from projects.models.project import Project
from projects.models.recipient import Recipient


class Source(Publishable):
    """A published page, release or article that says something of a program or a project."""

    class Kind(models.TextChoices):
        PAGE = "page", _("web page")
        RELEASE = "release", _("news release")
        ARTICLE = "article", _("article")
        DATASET = "dataset", _("data set")

    noun = "source"
    required_texts = ("publisher",)
    name_text = "title"
    public_fields = (
        "kind",
        "title_en",
        "title_fr",
        "publisher_en",
        "publisher_fr",
        "url",
        "language",
        "published_on",
        "retrieved_on",
        "licence_en",
        "licence_fr",
    )
    card_fields = (
        "title_en",
        "title_fr",
        "publisher_en",
        "publisher_fr",
        "url",
        "language",
        "published_on",
        "retrieved_on",
    )
    title_texts = ("title",)
    body_texts = ("publisher",)
    staff_columns = ("code", "url")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title_en = models.CharField(_("title (English)"), max_length=300)
    title_fr = models.CharField(_("title (French)"), max_length=300)
    publisher_en = models.CharField(_("publisher (English)"), max_length=200)
    publisher_fr = models.CharField(_("publisher (French)"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    language = models.CharField(
        _("language of the source"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))]
    )
    published_on = models.DateField(pgettext_lazy("date", "published"), null=True, blank=True)
    retrieved_on = models.DateField(pgettext_lazy("date", "retrieved"), null=True, blank=True)
    licence_en = models.CharField(_("licence (English)"), max_length=250, blank=True)
    licence_fr = models.CharField(_("licence (French)"), max_length=250, blank=True)

    title = localized()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("code",)

    @classmethod
    def address(cls, code: str) -> str:
        return f"{page_address('projects:sources')}#{code}"

    def document(self, cards: Any) -> dict[str, Any]:
        fields = ("name_translation", *self.public_fields)
        return {"noun": self.noun, "code": self.code, **{field: getattr(self, field) for field in fields}}


class Certainty(models.TextChoices):
    """How sure a value is, in the words of mark and filter."""

    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred by staff")
    ADDED = "added", _("added by staff")
    NOT_STATED = "not_stated", _("no source states it")


def exactly_one(*names: str) -> models.Q:
    """The condition that one of these columns is filled and the others are null."""
    cases = (models.Q(**{f"{other}__isnull": other != name for other in names}) for name in names)
    return functools.reduce(operator.or_, cases)


class Citation(OwnedRow):
    """Why one field of one record holds what it holds: the source, where in it, and what it says there."""

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
    field = models.SlugField(_("field"), max_length=40, help_text=_("The name of the field without _en or _fr."))
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty.choices)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="citations", verbose_name=_("source")
    )
    heading = models.CharField(_("heading in the source"), max_length=250, blank=True)
    value = models.CharField(_("value as the source gives it"), max_length=500, blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_fr = models.TextField(_("note (French)"), blank=True)

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
        return f"{self.field}: {self.get_certainty_display()}"

    @property
    def holder(self) -> Publishable | None:
        """The record that is cited."""
        return next((getattr(self, name) for name in self.HOLDERS if getattr(self, f"{name}_id")), None)

    def clean(self) -> None:
        if self.holder and self.field not in citable_fields(type(self.holder)):
            raise ValidationError({"field": _("This record has no field of that name that can be cited.")})

    def document(self, cards: Any) -> dict[str, Any]:
        fields = ("field", "certainty", "heading", "value", "note_en", "note_fr")
        return {
            "source": cards.of(self.source) if self.source else None,
            **{field: getattr(self, field) for field in fields},
        }

    @classmethod
    def row_name(cls, row: Record, owner: type[Publishable]) -> str:
        cited = without_language(field_name(owner, row["field"]))
        return f"{cited} ({row['source']})" if row["source"] else cited


def citable_fields(model: type[Publishable]) -> list[str]:
    """The fields of a noun that can be cited: every published column, both languages of a text as one, and lists."""
    lists = [field.name for field in model._meta.many_to_many]
    links = [field.name for field in model._meta.concrete_fields if field.is_relation]
    owned = [relation.name for relation in model._meta.related_objects if issubclass(relation.related_model, OwnedRow)]
    names = [*model.public_fields, *lists, *links, *owned, *model.cited_parts]
    return sorted({without_suffix(name) for name in names} - {"citations"})
