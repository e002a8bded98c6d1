"""What the public reads: registry versions and the published versions of every noun."""

import datetime
import functools
import operator
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from gpi_portal.i18n.languages import Gap, Record, active_language
from gpi_portal.models.typed import Typed
from gpi_portal.nouns import nouns

#: The first registry version: nothing that stands ends with it.
NEVER = 1
#: How many keys one statement may name; SQLite takes 32,766 values as it comes.
MOST_KEYS = 10_000

TORONTO = zoneinfo.ZoneInfo("America/Toronto")


class RegistryVersionQuerySet(models.QuerySet["RegistryVersion"]):
    def latest_number(self) -> int:
        """The number of the newest registry version; 0 before the first publication."""
        return self.aggregate(number=models.Max("number"))["number"] or 0

    def latest(self) -> "RegistryVersion | None":  # type: ignore[override]  # Django's own asks by what, and raises
        """The newest registry version; None before the first publication."""
        return self.order_by("-number").first()

    def last_day(self) -> datetime.date:
        """The day of the newest registry version, which lies ahead where the clock was put back; else long ago."""
        last = self.latest()
        return last.day if last else datetime.date.min

    def on(self, day: datetime.date) -> Self:
        """The versions that stood at the end of that day, which ends at midnight in Toronto."""
        midnight = datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), TORONTO)
        return self.filter(published_at__lt=midnight)

    def wait_for_turn(self) -> None:
        """Inside a transaction, wait until no other one publishes: all that is read afterwards stands until its end."""
        list(self.select_for_update().order_by("number")[:1])

    def open_next(self, *, kind: str, by: Any, reason: str, at: datetime.datetime | None) -> "RegistryVersion":
        """Raise the registry version by one, in a transaction that has waited for its turn."""
        last = self.latest()
        at = at or timezone.now()
        if last:
            at = max(at, last.published_at)
        return self.create(number=last.number + 1 if last else 1, published_at=at, kind=kind, by=by, reason=reason)


class RegistryVersion(Typed):
    """One act of publishing: everything that became public, or ceased to be, at one moment."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("published")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    number = models.PositiveIntegerField(_("data version"), primary_key=True)
    published_at = models.DateTimeField(_("published at"), db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)

    objects = RegistryVersionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("registry version")
        verbose_name_plural = _("registry versions")
        ordering = ("-number",)

    def __str__(self) -> str:
        return str(self.number)

    @property
    def day(self) -> datetime.date:
        """The day of publication in Toronto."""
        return timezone.localtime(self.published_at, TORONTO).date()


class PublishedVersionQuerySet(models.QuerySet["PublishedVersion"]):
    def current(self) -> Self:
        """The newest version of every record, tombstones included."""
        return self.filter(valid_to__isnull=True)

    def public(self) -> Self:
        """What the public sees today: current versions that are not withdrawn."""
        return self.current().filter(withdrawn=False)

    def at(self, moment: Any) -> Self:
        """The versions that stood at a `Moment`, tombstones included."""
        return self.filter(moment.versions())

    def public_at(self, moment: Any) -> Self:
        """What the public saw, or sees, at a `Moment`."""
        return self.at(moment).filter(withdrawn=False)

    def of_record(self, record: Any) -> Self:
        """Every version of one working row's record."""
        return self.filter(noun=record.noun, code=record.code)

    def of_records(self, keys: Iterable[tuple[str, str]]) -> Self:
        """Every version of the records of which the noun and the code are given."""
        codes: dict[str, list[str]] = defaultdict(list)
        for noun, code in keys:
            codes[noun].append(code)
        chosen = (models.Q(noun=noun, code__in=found) for noun, found in codes.items())
        return self.filter(functools.reduce(operator.or_, chosen)) if codes else self.none()

    def noun(self, *nouns: str) -> Self:
        return self.filter(noun__in=nouns)

    def previous(self, version: "PublishedVersion") -> "PublishedVersion | None":
        """The version of the same record that this one replaced."""
        same = self.filter(noun=version.noun, code=version.code, valid_to=version.valid_from_id)
        return same.first()

    def up_to(self, version: "PublishedVersion") -> Self:
        """Every version of the same record up to this one, the newest first."""
        same = self.filter(noun=version.noun, code=version.code, valid_from__lte=version.valid_from_id)
        return same.select_related("valid_from").order_by("-valid_from_id")

    def referring_to(self, noun: str, *codes: str) -> Self:
        """The versions of other records whose document names one of these."""
        tags = PublishedTag.objects.filter(version=models.OuterRef("pk"), kind=noun, value__in=codes)
        return self.filter(models.Exists(tags)).exclude(noun=noun, code__in=codes)

    def close(self, keys: Sequence[int], version: RegistryVersion) -> None:
        """Let these versions end where a registry version begins."""
        for start in range(0, len(keys), MOST_KEYS):
            self.filter(pk__in=keys[start : start + MOST_KEYS]).update(valid_to=version)

    def by_name(self) -> Self:
        """In the alphabetical order of the page's language."""
        return self.order_by(f"sort_{active_language()}", "code")

    def names(self) -> dict[tuple[str, str], str]:
        """(noun, code) → name in the page's language."""
        rows = self.values_list("noun", "code", f"title_{active_language()}")
        return {(noun, code): title for noun, code, title in rows}


Versions = models.Manager.from_queryset(PublishedVersionQuerySet)


class StandingVersions(Versions["PublishedVersion"]):
    """What the public reads, or has read."""

    def get_queryset(self) -> PublishedVersionQuerySet:
        found: Any = super().get_queryset().filter(valid_from__isnull=False)
        return found  # type: ignore[no-any-return]


class StagedVersions(models.Manager["PublishedVersion"]):
    """What is written already and comes to stand with a registry version that is not open yet."""

    def get_queryset(self) -> models.QuerySet["PublishedVersion"]:
        return super().get_queryset().filter(valid_from=None)

    def stage(self, versions: Iterable["PublishedVersion"]) -> list["PublishedVersion"]:
        """Write versions of which no registry version knows yet."""
        staged = list(versions)
        for version in staged:
            version.valid_from_id, version.valid_to_id = None, NEVER
        return self.bulk_create(staged)

    def go_live(self, keys: Sequence[int], version: RegistryVersion) -> int:
        """Let these stand from a registry version on, those before them having ended; how many there were."""
        starts = range(0, len(keys), MOST_KEYS)
        some = (self.filter(pk__in=keys[start : start + MOST_KEYS]) for start in starts)
        return sum(staged.update(valid_from=version, valid_to=None) for staged in some)


class Change(models.TextChoices):
    """What a version is to the one before it."""

    ADDED = "added", pgettext_lazy("change", "added")
    EDITED = "edited", pgettext_lazy("change", "edited")
    AMENDED = "amended", pgettext_lazy("change", "amended")
    CORRECTED = "corrected", pgettext_lazy("change", "corrected")
    WITHDRAWN = "withdrawn", pgettext_lazy("change", "withdrawn")
    RESTORED = "restored", pgettext_lazy("change", "published again")


class PublishedVersion(models.Model):
    """The whole public shape of one record, as it stood from one registry version to another.

    Rows are written once; afterwards only ``valid_to`` is filled, by the version that follows. One that is only staged
    ends before it begins, so that no moment has it.
    A withdrawn record's version is a tombstone: its document holds the names, the reason and nothing else.
    """

    noun = models.CharField(max_length=20)
    code = models.CharField(max_length=120)
    # Null only while it is staged: `objects` gives none of those.
    valid_from: "models.ForeignKey[RegistryVersion, RegistryVersion]" = models.ForeignKey(  # type: ignore[misc]
        RegistryVersion, models.PROTECT, null=True, related_name="opened"
    )
    valid_to = models.ForeignKey(RegistryVersion, models.PROTECT, null=True, related_name="closed")
    withdrawn = models.BooleanField(default=False)
    change = models.CharField(_("change"), max_length=10, choices=Change.choices, default=Change.ADDED)
    title_en = models.TextField()
    title_fr = models.TextField()
    sort_en = models.CharField(max_length=200)
    sort_fr = models.CharField(max_length=200)
    document = models.JSONField(encoder=DjangoJSONEncoder)

    objects = StandingVersions()
    staged = StagedVersions()

    class Meta:
        default_permissions = ()
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=False) | models.Q(valid_to__isnull=False, valid_to=NEVER),
                name="staged_never_stands",
            ),
            models.UniqueConstraint(fields=("noun", "code", "valid_from"), name="one_version_per_publication"),
            models.UniqueConstraint(
                fields=("noun", "code"), condition=models.Q(valid_to__isnull=True), name="one_current_version"
            ),
        ]
        indexes = [
            models.Index(fields=("noun", "valid_to", "withdrawn"), name="published_by_noun"),
            models.Index("noun", Lower("code"), name="published_by_code_any_case"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.code}"

    @property
    def record(self) -> Record:
        """The document as templates read it."""
        return Record(self.document)

    @property
    def title(self) -> str:
        return self.title_in(active_language())

    def title_in(self, language: str) -> str:
        """The title in a language; where its noun lets a record have none, words that say so with the code."""
        title: str = getattr(self, f"title_{language}")
        if title:
            return title
        words = next(iter(nouns()[self.noun].gaps.values()))
        with override(language):
            return Gap(f"{words} ({self.code})")

    @property
    def last_document(self) -> dict[str, Any]:
        """The document; of a tombstone, the one in whose place it stands."""
        before = PublishedVersion.objects.previous(self) if self.withdrawn else None
        document: dict[str, Any] = (before or self).document
        return document

    def get_absolute_url(self) -> str:
        return str(nouns()[self.noun].address(self.code))

    def get_report_url(self) -> str:
        return str(nouns()[self.noun].report_address(self.code))


class PublishedTag(models.Model):
    """One thing that a published version names: a record, first of all its own, or a value of a facet of several."""

    version = models.ForeignKey(PublishedVersion, models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=120)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("version", "kind", "value"), name="tag_once")]
        indexes = [models.Index(fields=("kind", "value", "version"), name="tag_by_value")]

    def __str__(self) -> str:
        return f"{self.kind}={self.value}"
