"""What staff edit: working rows, which the public sees only once they are published."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from gpi_portal import search
from gpi_portal.addresses import page_address
from gpi_portal.languages import Record, active_language
from gpi_portal.models.published import Change, PublishedVersion

#: Words that stand where a public code stands in an address: the site's own pages below a list.
RESERVED_CODES = frozenset({"charts", "carte", "compare", "comparer", "map"})


def validate_not_reserved(code: str) -> None:
    if code in RESERVED_CODES:
        raise ValidationError(_("“%(code)s” is the address of a page of the site."), params={"code": code})


class TranslationStatus(models.TextChoices):
    OFFICIAL = "official", _("official translation")
    REVIEWED = "reviewed", _("our translation, reviewed")
    UNREVIEWED = "unreviewed", _("our translation, not yet reviewed")


class PublishableQuerySet(models.QuerySet):
    def get_by_natural_key(self, code: str) -> "Publishable":
        return self.get(code=code)


class Publishable(models.Model):
    """A working row: what staff edit. The public sees it only through the versions that publishing writes.

    A subclass says what it publishes: ``noun``, the class attributes below, ``document()`` and, where it has them,
    ``tags_of()`` and ``texts_of()``.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    noun: str
    #: Nouns are published in this order, so that what a record refers to is public before it.
    publication_rank = 0
    #: Whether its names are suggested while a visitor types.
    is_suggested = False
    #: The order among records of one noun: a parent comes before its children.
    depth = 0
    #: The text that names the record: ``name`` or ``title``.
    name_text = "name"
    #: The texts that must be there in both languages before the record may be public.
    required_texts: tuple[str, ...] = ("name",)
    #: The columns that the document takes over as they are.
    public_fields: tuple[str, ...] = ()
    #: The part of the document that other records embed, beyond noun and code.
    card_fields: tuple[str, ...] = ("name_en", "name_fr")
    #: Columns by which staff find a record, beside what the search reads of its document.
    staff_columns: tuple[str, ...] = ("code",)
    #: Bilingual texts of the document that the search reads; a word in a title weighs more.
    title_texts: tuple[str, ...] = ("name",)
    body_texts: tuple[str, ...] = ()
    #: Parts of the document that can be cited and are no column of the record: name → its words.
    cited_parts: ClassVar[dict[str, Any]] = {}

    #: The filterable rows derived from the published documents, for a noun that has a list with filters.
    row_model: type[models.Model] | None = None

    code = models.SlugField(
        _("public code"),
        max_length=120,
        unique=True,
        validators=[validate_not_reserved],
        help_text=_("Part of the public address: given once, never changed after publication, never reused."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    name_translation = models.CharField(
        _("translation of the name"),
        max_length=10,
        choices=TranslationStatus.choices,
        default=TranslationStatus.UNREVIEWED,
    )
    text_translation = models.CharField(
        _("translation of the other texts"),
        max_length=10,
        choices=TranslationStatus.choices,
        default=TranslationStatus.UNREVIEWED,
    )
    modified_at = models.DateTimeField(_("last edited"), auto_now=True)
    published_at = models.DateTimeField(_("last published"), null=True, editable=False)
    history = HistoricalRecords(inherit=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return getattr(self, f"{self.name_text}_{active_language()}", "") or self.code

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def is_waiting(self) -> bool:
        """Edited since the record was last published, or never published."""
        return self.published_at is None or self.modified_at > self.published_at

    @classmethod
    def address(cls, code: str) -> str:
        """The public address of the record in the page's language, as of the day that is being read."""
        return page_address(f"{cls._meta.app_label}:{cls.noun}", code=code)

    @classmethod
    def report_address(cls, code: str) -> str:
        """Where a reader reports an error in the record."""
        return reverse(f"{cls._meta.app_label}:{cls.noun}-report", kwargs={"code": code})

    def get_absolute_url(self) -> str:
        return self.address(self.code)

    def document(self, cards: Any) -> dict[str, Any]:
        """The complete public shape; ``cards.of(record)`` gives the public card of a record it refers to.

        Every noun that can be cited has its citations in the document, each with its source's card.
        """
        fields = ("name_translation", "text_translation", *self.public_fields)
        return {
            "noun": self.noun,
            "code": self.code,
            **{field: getattr(self, field) for field in fields},
            "citations": [citation.document(cards) for citation in self.citations.all()],
        }

    @property
    def may_lack_a_language(self) -> bool:
        """Whether its texts may stand in one language only, as the source of the whole record gives them."""
        return False

    @classmethod
    def card_of(cls, document: dict[str, Any]) -> dict[str, Any]:
        return {key: document[key] for key in ("noun", "code", *cls.card_fields)}

    @classmethod
    def change_between(cls, before: dict[str, Any], after: dict[str, Any]) -> Change:
        """What an edit that corrects nothing is called."""
        return Change.EDITED

    @classmethod
    def tags_of(cls, document: dict[str, Any]) -> Iterable[tuple[str, str]]:
        """Facet values beyond the records that the document embeds, as (kind, value)."""
        return ()

    @classmethod
    def texts_of(cls, document: dict[str, Any]) -> list[search.Text]:
        """What the search reads in the document."""
        return [
            *(text for name in cls.title_texts for text in search.bilingual(document, name, weight="title")),
            *(text for name in cls.body_texts for text in search.bilingual(document, name)),
        ]

    @classmethod
    def index_versions(cls, documents: Mapping[PublishedVersion, dict[str, Any]]) -> None:
        """Derive the noun's own filterable rows from new versions and their documents."""
        if cls.row_model:
            rows = (cls.row_model.of(version, document) for version, document in documents.items())
            cls.row_model.objects.bulk_create(rows)

    @classmethod
    def clear_index(cls) -> None:
        """Drop the noun's filterable rows, to make them again."""
        if cls.row_model:
            cls.row_model.objects.all().delete()


class OwnedRow(models.Model):
    """A row that belongs to one working row, is edited beside it and published inside its document."""

    #: The keys of a published row by which it is known again after an edit.
    identity: tuple[str, ...] = ("name_en",)
    #: What names it, languages left out; the last of these is its name unless `row_name` says otherwise.
    naming: tuple[str, ...] = ("name",)

    position = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    @classmethod
    def row_name(cls, row: Record, owner: type[Publishable]) -> str:
        """What a published row of this kind is called, in the document of its owner."""
        return str(row[cls.naming[-1]])
