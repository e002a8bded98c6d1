"""The one door to the public: publish, withdraw, and what it refuses."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gpi_portal import search
from gpi_portal.i18n.languages import sort_key
from gpi_portal.i18n.text import normalised
from gpi_portal.models import Change, Publishable, PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.cards import Cards, NotPublic, embedded, legible, plain
from gpi_portal.publishing.wording import Document, missing_texts


def fingerprint(shown: Any) -> str:
    """A digest of what a page shows before somebody confirms it, whatever the language in which it shows it."""
    text = json.dumps(shown, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class NotAsShown(Exception):
    """What is about to be done is not what was shown to the person who confirms it."""


class Publication:
    """One act of publishing. It raises the registry version once, and only if something changes."""

    def __init__(self, *, kind: str, by: Any, reason: str, at: datetime.datetime | None) -> None:
        self._open: Callable[[], RegistryVersion] = lambda: RegistryVersion.objects.open_next(
            kind=kind, by=by, reason=reason, at=at
        )
        self.version: RegistryVersion | None = None
        self.cards = Cards()
        self._new: dict[str, list[PublishedVersion]] = {}

    @property
    def opened(self) -> RegistryVersion:
        """The registry version of this act, which its first change opens."""
        if self.version is None:
            self.version = self._open()
        return self.version

    def put(self, noun: str, code: str, document: Document, *, withdrawn: bool = False) -> None:
        """Make this document the record's current version; one that says what the current one says changes nothing."""
        document = plain(document)
        current = PublishedVersion.objects.current().filter(noun=noun, code=code).first()
        if not (current and current.withdrawn == withdrawn and legible(current.document) == legible(document)):
            self._replace(current, noun, code, document, withdrawn)
            if current and not (withdrawn or current.withdrawn):
                self._spread(noun, code, current.document, document)
        if not withdrawn:
            self.cards.put(noun, code, document)

    def _replace(
        self, current: PublishedVersion | None, noun: str, code: str, document: Document, withdrawn: bool
    ) -> None:
        version = self.opened
        if current and current.valid_from_id == version.number:
            self._forget(current)
            current = PublishedVersion.objects.previous(current)
        elif current:
            PublishedVersion.objects.filter(pk=current.pk).update(valid_to=version)
        name = nouns()[noun].name_text
        titles = {"title_en": document[f"{name}_en"], "title_fr": document[f"{name}_fr"]}
        new = PublishedVersion.objects.create(
            noun=noun,
            code=code,
            valid_from=version,
            withdrawn=withdrawn,
            change=self._change(current, document, withdrawn),
            document=document,
            # A federal record may lack one of them; it then stands where the other one would.
            sort_en=sort_key(titles["title_en"] or titles["title_fr"]),
            sort_fr=sort_key(titles["title_fr"] or titles["title_en"]),
            **titles,
        )
        self._new.setdefault(noun, []).append(new)

    def _change(self, before: PublishedVersion | None, document: Document, withdrawn: bool) -> Change:
        if withdrawn:
            return Change.WITHDRAWN
        if before is None:
            return Change.ADDED
        if before.withdrawn:
            return Change.RESTORED
        if self.opened.kind == RegistryVersion.Kind.CORRECTED:
            return Change.CORRECTED
        return Change(nouns()[before.noun].change_between(before.document, document))

    def _forget(self, version: PublishedVersion) -> None:
        """Drop a version written earlier in this same act: nobody has seen it."""
        self.finish()
        search.index([(version.pk, [])])
        version.delete()

    def _spread(self, noun: str, code: str, before: Document, document: Document) -> None:
        """Carry a record's card, where it changed, into every public document that embeds it."""
        card = nouns()[noun].card_of(document)
        if card == nouns()[noun].card_of(before):
            return
        self.finish()
        for version in PublishedVersion.objects.public().referring_to(noun, code):
            holder = version.document
            for old in list(embedded(holder)):
                if (old["noun"], old["code"]) == (noun, code):
                    old.clear()
                    old.update(card)
            self.put(version.noun, version.code, holder)

    def finish(self) -> None:
        """Write what is derived from the new versions: tags, filterable rows, search terms."""
        for noun, versions in self._new.items():
            derive(nouns()[noun], versions)
        self._new.clear()


def derive(model: type[Publishable], versions: list[PublishedVersion]) -> None:
    """Everything that follows from the documents of these versions alone; `reindex` calls it again.

    A tombstone is found like the record in whose place it stands.
    """
    documents = {version: last_document(version) for version in versions}
    tags = {
        (version.pk, kind, value)
        for version, document in documents.items()
        for kind, value in (
            (version.noun, version.code),
            *((card["noun"], card["code"]) for card in embedded(document)),
            *model.tags_of(document),
        )
    }
    PublishedTag.objects.bulk_create(PublishedTag(version_id=pk, kind=kind, value=value) for pk, kind, value in tags)
    model.index_versions(documents)
    search.index((version.pk, model.texts_of(document)) for version, document in documents.items())


def last_document(version: PublishedVersion) -> Document:
    """The version's document; of a tombstone, the one that it took the place of."""
    before = PublishedVersion.objects.previous(version) if version.withdrawn else None
    document: Document = (before or version).document
    return document


def problems(record: Publishable) -> list[str]:
    """Why the record may not be published as it is, in words; empty when it may."""
    try:
        record.full_clean()
    except ValidationError as error:
        return error.messages
    return []


def gaps(record: Publishable, document: Document) -> list[str]:
    """Which of its texts lack a language, in words; empty when the public would read all in both."""
    if record.may_lack_a_language:
        return []
    words = _("“%(field)s” is empty: a record is published in both languages at once.")
    return [words % {"field": field} for field in missing_texts(type(record), document, record.required_texts)]


def publish(
    records: Iterable[Publishable],
    *,
    by: Any = None,
    reason: str = "",
    correction: bool = False,
    at: datetime.datetime | None = None,
    confirmed: str | None = None,
) -> RegistryVersion | None:
    """Publish working rows, all of them or none.

    Returns the new registry version, or None when the public already sees exactly this. Raises `ValidationError`
    with every reason when a record may not be published, and `NotAsShown` where ``confirmed``, the fingerprint of
    what somebody confirms, is not that of what would be published. ``at`` is the moment, now unless given.
    """
    ranks = list(nouns())
    kind = RegistryVersion.Kind.CORRECTED if correction else RegistryVersion.Kind.PUBLISHED
    with transaction.atomic():
        RegistryVersion.objects.wait_for_turn()
        ordered = sorted(records, key=lambda record: (ranks.index(record.noun), record.depth))
        publication = Publication(kind=kind, by=by, reason=reason, at=at)
        refusals = [text for record in ordered for text in _put(publication, record)]
        if refusals:
            raise ValidationError(refusals)
        publication.finish()
        if confirmed not in (None, contents(publication.version)):
            raise NotAsShown
    return publication.version


def contents(version: RegistryVersion | None) -> str:
    """The fingerprint of all that a registry version changes for the public; ``None`` changes nothing."""
    opened = version.opened.order_by("noun", "code") if version else ()
    closed = version.closed.order_by("pk") if version else ()
    return fingerprint(
        [
            [(new.noun, new.code, new.withdrawn, new.document) for new in opened],
            [old.pk for old in closed],
        ]
    )


def _put(publication: Publication, record: Publishable) -> list[str]:
    found = problems(record)
    try:
        document = record.document(publication.cards)
        found += gaps(record, document)
    except NotPublic as error:
        found += error.messages
    if not found:
        if "citations" in document:
            record.citations.settle(document)
        publication.put(record.noun, record.code, document)
        record.state, record.published_at = Publishable.State.PUBLISHED, timezone.now()
        record.public_code = record.code
        record.save(update_fields=["state", "published_at", "public_code"])
    return [f"{record.code}: {text}" for text in found]


def withdraw(
    record: Publishable,
    *,
    reason_en: str,
    reason_fr: str,
    by: Any = None,
    at: datetime.datetime | None = None,
    confirmed: int | None = None,
) -> RegistryVersion:
    """Take a record off the public site: its address stays and says when and why.

    Raises `ValidationError` when the record is not public, when a language of the reason is missing, or while
    other public records refer to it, and `NotAsShown` where ``confirmed``, the key of the version that somebody
    withdraws, is not that of the public one.
    """
    reason_en, reason_fr = (normalised(reason, lines=True) for reason in (reason_en, reason_fr))
    if not (reason_en and reason_fr):
        raise ValidationError(_("Give the reason in both languages: it is public."))
    name = record.name_text
    with transaction.atomic():
        RegistryVersion.objects.wait_for_turn()
        version = _to_withdraw(record)
        if confirmed not in (None, version.pk):
            raise NotAsShown
        tombstone = {
            **{key: version.document[key] for key in ("noun", "code", f"{name}_en", f"{name}_fr")},
            "reason_en": reason_en,
            "reason_fr": reason_fr,
        }
        publication = Publication(kind=RegistryVersion.Kind.WITHDRAWN, by=by, reason=reason_en, at=at)
        publication.put(record.noun, record.code, tombstone, withdrawn=True)
        publication.finish()
        if record.pk:  # what the public reads may have lost its working row on a portal of earlier days
            record.state = Publishable.State.WITHDRAWN
            record.save(update_fields=["state"])
    return publication.opened


def _to_withdraw(record: Publishable) -> PublishedVersion:
    """The record's public version; raises `ValidationError` where it has none or other public records refer to it."""
    version = PublishedVersion.objects.public().filter(noun=record.noun, code=record.code).first()
    if version is None:
        raise ValidationError(_("“%(name)s” is not public.") % {"name": record})
    holders = PublishedVersion.objects.public().referring_to(record.noun, record.code)
    if holders:
        names = ", ".join(holder.title for holder in holders[:5])
        raise ValidationError(
            _("Other public records refer to “%(name)s”. Publish them without it first: %(holders)s")
            % {"name": record, "holders": names}
        )
    return version
