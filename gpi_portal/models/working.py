"""What staff edit: working rows, which the public sees only once they are published."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Protocol, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gpi_portal import search
from gpi_portal.addresses import page_address
from gpi_portal.i18n.languages import active_language
from gpi_portal.models import doubts
from gpi_portal.models.codes import refuse_code, validate_not_reserved
from gpi_portal.models.columns import Column, columns_of
from gpi_portal.models.doubts import Doubt
from gpi_portal.models.owned import OwnedRow, owned_relations, rows_in
from gpi_portal.models.published import Change, PublishedVersion
from gpi_portal.models.trace import Trace
from gpi_portal.models.typed import Typed


class Names:
    """Stands for the public cards of records where it only matters that there are some."""

    def of(self, record: "Publishable") -> dict[str, str]:
        return {"noun": record.noun, "code": record.code}

    def each(self, records: Iterable["Publishable"]) -> list[dict[str, str]]:
        return [self.of(record) for record in records]


class DerivedRow(Protocol):
    """The filterable columns of one published version."""

    objects: Any

    @classmethod
    def of(cls, version: PublishedVersion, document: dict[str, Any]) -> Self: ...


class TranslationStatus(models.TextChoices):
    OFFICIAL = "official", _("official translation")
    REVIEWED = "reviewed", _("our translation, reviewed")
    UNREVIEWED = "unreviewed", _("our translation, not yet reviewed")


class PublishableQuerySet(models.QuerySet["Publishable"]):
    def get_by_natural_key(self, code: str) -> "Publishable":
        return self.get(code=code)


class Publishable(Typed):
    """A working row: what staff edit. The public sees it only through the versions that publishing writes.

    A subclass says what it publishes: ``noun``, its columns, the class attributes below and, where it has them,
    ``tags_of()``, and what ``content()`` and ``texts_of()`` have beyond its columns and rows.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    noun: str
    #: The citations of the record, of a noun that can be cited.
    citations: Any
    #: Nouns are published in this order, so that what a record refers to is public before it.
    publication_rank = 0
    #: Whether its names are suggested while a visitor types.
    is_suggested = False

    #: The text that names the record: ``name`` or ``title``.
    name_text = "name"
    #: Columns by which staff find a record, beside what the search reads of its document.
    staff_columns: tuple[str, ...] = ("code",)
    #: Columns by which a record is known again, beside those that are searched as its titles.
    other_names: tuple[str, ...] = ()
    #: Parts of the document that can be cited and are no column of the record: name → its words.
    cited_parts: ClassVar[dict[str, Any]] = {}

    #: Parts of the document that are no column of the record and not cited: key → its words.
    other_parts: ClassVar[dict[str, Any]] = {}
    #: What stands for a text that a record of an origin has in the other language only: origin → words.
    gaps: ClassVar[dict[str, Any]] = {}
    #: Words that stand where a code stands in the addresses of the noun: no record has one as its code.
    reserved_codes: tuple[str, ...] = ()
    #: Whether each of its records has a page of its own, for search engines to find.
    in_sitemap = True

    #: The filterable rows derived from the published documents, for a noun that has a list with filters.
    row_model: type[DerivedRow] | None = None

    code = models.SlugField(
        _("public code"),
        max_length=120,
        unique=True,
        validators=[validate_not_reserved],
        help_text=_("Part of the public address: given once, never changed after publication, never reused."),
    )
    #: The code under which the public has seen the record; empty until its first publication.
    public_code = models.CharField(max_length=120, blank=True, default="", editable=False)
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
    # What has been public is no part of the content that a past state brings back.
    history = Trace(inherit=True, excluded_fields=["public_code"])

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        ordering: ClassVar[tuple[str, ...]] = ("code",)

    def __str__(self) -> str:
        return getattr(self, f"{self.name_text}_{active_language()}", "") or self.code

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def normalise(self) -> None:
        code = self.code
        super().normalise()
        # Codes that were public before they had to be in lower case stay as they are.
        self.code = code if code == self.public_code else self.code

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        # What has been public is settled, also where a later page of the site took its word.
        settled = self.public_code and self.code == self.public_code
        super().clean_fields({*(exclude or ()), "code"} if settled else exclude)

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        super().validate_unique(exclude)
        refuse_code(self, exclude)

    @property
    def is_waiting(self) -> bool:
        """Edited since the record was last published, or never published."""
        return self.published_at is None or self.modified_at > self.published_at

    @property
    def has_been_public(self) -> bool:
        """Whether the public has ever seen the record: then its code is fixed, and it is withdrawn and not deleted."""
        return PublishedVersion.objects.of_record(self).exists()

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

        Every noun that can be cited has its citations in the document, each with its source's card; one that was
        entered for another value than the record now has is left out.
        """
        content = self.content(cards)
        evidence = [relation for relation in owned_relations(type(self)) if relation.related_model.is_evidence]
        if not evidence:
            return content
        holding = self.citations.holding(content)
        return {**content, "citations": [citation.document(cards) for citation in holding]}

    def content(self, cards: Any) -> dict[str, Any]:
        """What the document says, without the citations of it."""
        found = {name: getattr(self, name) for name in ("noun", "code", "name_translation", "text_translation")}
        for own in columns_of(type(self)).values():
            own.fill(found, self, cards)
        for name in rows_in(type(self)):
            found[name] = [row.document(cards) for row in getattr(self, name).all()]
        return found

    def known_names(self) -> list[str]:
        """Every name by which the record is known, in both languages."""
        titles = [own for own in columns_of(type(self)).values() if own.traits.searched == "title" and not own.noun]
        columns = [*(field.name for own in titles for field in own.fields), *self.other_names]
        return list(dict.fromkeys(name for column in columns for name in getattr(self, column).splitlines() if name))

    def doubts_about_change(self, before: Self | None, rows: Mapping[str, list["OwnedRow"]]) -> Iterable[Doubt]:
        """What in this edit is probably a slip; ``before`` is the record as stored, ``rows`` are its rows as edited."""
        yield from doubts.jumps(self, before)
        yield from doubts.look_alikes(self, before)

    def doubts_about_state(self, rows: Mapping[str, list["OwnedRow"]]) -> Iterable[Doubt]:
        """What looks wrong in the record as it is, whoever made it so; asked in the edit that brings it about."""
        for field, amount, currency in doubts.amounts(self):
            name = doubts.named(field, "")
            yield from doubts.unlike_citations(field.name, name, amount, currency, rows.get("citations", ()))
        yield from self.doubts_about_rows(rows, *rows)
        yield from self.doubts_about_the_past(rows)

    def doubts_about_the_past(self, rows: Mapping[str, list["OwnedRow"]]) -> Iterable[Doubt]:
        """The days to come on which, as the record or a row of it says, something has happened."""
        yield from doubts.days_to_come(past_days(self))
        for name in rows_in(type(self)):
            yield from doubts.days_to_come(day for row in rows.get(name, ()) for day in past_days(row, str(row)))

    def doubts_about_rows(self, rows: Mapping[str, list["OwnedRow"]], *kinds: str) -> Iterable[Doubt]:
        """The amounts in rows of these kinds that are far from what the citations of their kind give."""
        for kind in kinds:
            for row in rows[kind]:
                for field, amount, currency in doubts.amounts(row):
                    name = doubts.named(field, str(row))
                    yield from doubts.unlike_citations(kind, name, amount, currency, rows.get("citations", ()))

    @property
    def may_lack_a_language(self) -> bool:
        """Whether its texts may stand in one language only, as the source of the whole record gives them."""
        return False

    @classmethod
    def card_of(cls, document: dict[str, Any]) -> dict[str, Any]:
        embedded = (key for own in columns_of(cls).values() if own.traits.in_card for key in own.keys)
        return {key: document[key] for key in ("noun", "code", *embedded)}

    @classmethod
    def change_between(cls, before: dict[str, Any], after: dict[str, Any]) -> Change:
        """What an edit that corrects nothing is called."""
        return Change.EDITED

    @classmethod
    def tags_of(cls, document: dict[str, Any]) -> Iterable[tuple[str, str]]:
        """Facet values beyond the records that the document embeds, as (kind, value): those that no row holds."""
        if cls.row_model is None:
            for own in columns_of(cls).values():
                value = document.get(own.key) if own.traits.filtered and not own.noun else None
                yield from ((own.name, code) for code in (value if isinstance(value, list) else [value]) if code)

    @classmethod
    def texts_of(cls, document: dict[str, Any]) -> list[search.Text]:
        """What the search reads in the document."""
        own = (text for column in searched_columns(cls) for text in column.texts(document))
        of_rows = (
            text
            for name, model in rows_in(cls).items()
            for row in document.get(name, ())
            for column in searched_columns(model)
            for text in column.texts(row, field=name)
        )
        return [*own, *of_rows]

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


def searched_columns(model: type[models.Model]) -> list[Column]:
    return [own for own in columns_of(model).values() if own.traits.searched]


def past_days(row: Any, name: str = "") -> Iterable[tuple[str, Any]]:
    """The days and years of a record, or of a row in it, in which something has happened, each with its label."""
    model: type[models.Model] = type(row)
    past = (own.name for own in columns_of(model).values() if own.traits.is_past)
    return doubts.named_days(row, *past, name=name)
