"""Doing what a plan says: one registry version, which readers see whole or not at all."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from gpi_portal import search
from gpi_portal.models import OwnedRow, Publishable, PublishedVersion, RegistryVersion, owned_relations
from gpi_portal.nouns import nouns
from gpi_portal.publishing.derived import derive
from gpi_portal.publishing.plan import PIECE, NotAsShown, Plan, Planned, pieces
from gpi_portal.publishing.wording import Document


@dataclass(frozen=True)
class Act:
    """What a registry version says of itself: of which kind it is, by whom and why, and when, now unless given."""

    kind: str
    by: Any = None
    reason: str = ""
    at: datetime.datetime | None = None

    def do(self, make: Callable[[], Plan], confirmed: str | None = None, *, size: int = 1) -> RegistryVersion | None:
        """Do what the plan says that is made here; the new registry version, or None where nothing changes.

        ``size``: how many records are chosen; others that show them come on top.

        Raises `ValidationError` with every reason against it, and `NotAsShown` where ``confirmed``, the fingerprint of
        what somebody confirms, is not the plan's.

        A plan of ordinary size is made and done while nobody else publishes. For a large one the new versions are
        written first, piece by piece, where no reader finds them; others wait only while they come to stand.
        """
        with transaction.atomic():
            RegistryVersion.objects.wait_for_turn()
            is_first = not RegistryVersion.objects.exists()
            plan = checked(make(), confirmed) if size <= PIECE or is_first else None
            if plan and (plan.size <= PIECE or is_first):
                keys = [key for piece in plan.pieces() for key in self.stage(piece)]
                return self.go_live(plan, keys)
        return self._in_pieces(make, confirmed)

    def _in_pieces(self, make: Callable[[], Plan], confirmed: str | None) -> RegistryVersion | None:
        forget_staged()  # what an act that died has left
        keys: list[int] = []
        known = present()
        plan = checked(make(), confirmed)
        try:
            for piece in plan.pieces():
                with transaction.atomic():
                    keys += self.stage(piece)
            with transaction.atomic():
                RegistryVersion.objects.wait_for_turn()
                if known != present() and make().fingerprint != plan.fingerprint:
                    raise NotAsShown
                return self.go_live(plan, keys)
        except BaseException:
            forget(keys)
            raise

    def stage(self, piece: Iterable[Planned]) -> list[int]:
        """Write new versions, with all that follows from them, where no reader finds them; their keys."""
        corrects = self.kind == RegistryVersion.Kind.CORRECTED
        changes = list(piece)
        versions = PublishedVersion.staged.stage(change.version(corrects=corrects) for change in changes)
        read = {version: read_in(change) for version, change in zip(versions, changes, strict=True)}
        for noun in dict.fromkeys(version.noun for version in versions):
            derive(nouns()[noun], {version: read[version] for version in versions if version.noun == noun})
        return [version.pk for version in versions]

    def go_live(self, plan: Plan, keys: list[int]) -> RegistryVersion | None:
        """Let the staged versions take the place of those before them, all at once."""
        version = None
        if plan.size:
            version = RegistryVersion.objects.open_next(kind=self.kind, by=self.by, reason=self.reason, at=self.at)
            replaced = [change.before.pk for change in plan.changes if change.before]
            PublishedVersion.objects.close([*replaced, *plan.holders], version)
            if PublishedVersion.staged.go_live(keys, version) != len(keys):
                raise NotAsShown  # another large act began after this one and took it for dead
        if self.kind == RegistryVersion.Kind.WITHDRAWN:
            set_in_rows(plan.records, state=Publishable.State.WITHDRAWN)
        else:
            settle(plan.records)
        return version


def checked(plan: Plan, confirmed: str | None) -> Plan:
    if plan.problems:
        raise ValidationError(plan.problems)
    if confirmed not in (None, plan.fingerprint):
        raise NotAsShown
    return plan


def present() -> tuple[Any, ...]:
    """Something that is another one as soon as anybody has published or edited anything; read in one query."""
    traced: list[Any] = [*nouns().values(), *(row for row in apps.get_models() if issubclass(row, OwnedRow))]
    newest = (model.history.order_by("-history_id").values("history_id")[:1] for model in traced)
    edits: dict[str, Any] = {f"edit_{number}": models.Subquery(last) for number, last in enumerate(newest)}
    return RegistryVersion.objects.order_by("-number").values_list("number", *edits.values()).first() or ()


def read_in(change: Planned) -> Document:
    """The document by which a version is found: a tombstone is found like the record in whose place it stands."""
    return change.before.document if change.withdrawn and change.before else change.document


def forget(keys: list[int]) -> None:
    """Drop what was staged and came to nothing."""
    search.index((key, []) for key in keys)
    for some in pieces(keys):
        PublishedVersion.staged.filter(pk__in=some).delete()


def forget_staged() -> None:
    """Drop all that is staged; a large act that is under way finds that out and is not done, or planned again."""
    forget(list(PublishedVersion.staged.values_list("pk", flat=True)))


def settle(records: list[Publishable]) -> None:
    """Write down in the working rows that the public reads them as they are now."""
    set_in_rows(records, state=Publishable.State.PUBLISHED, published_at=timezone.now(), public_code=F("code"))
    for model, rows in by_model(records):
        for relation in owned_relations(model):
            relation.related_model.published(row for record in rows for row in getattr(record, relation.name).all())


def set_in_rows(records: list[Publishable], **values: Any) -> None:
    """Write what has become of records in public, which is no edit of them: no trace has it."""
    for model, rows in by_model(records):
        for some in pieces(rows):
            model._default_manager.filter(pk__in=[record.pk for record in some]).update(**values)


def by_model(records: list[Publishable]) -> Iterator[tuple[type[Publishable], list[Publishable]]]:
    for model in nouns().values():
        rows = [record for record in records if isinstance(record, model)]
        if rows:
            yield model, rows
