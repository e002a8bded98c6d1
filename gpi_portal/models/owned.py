"""Rows that belong to a working row, such as the places of a project, and are edited and published with it."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.languages import Record
from gpi_portal.models import doubts
from gpi_portal.models.columns import columns_of
from gpi_portal.models.doubts import Doubt
from gpi_portal.models.trace import Trace
from gpi_portal.models.typed import Typed


class OwnedRow(Typed):
    """A row that belongs to one working row, is edited beside it and published inside its document."""

    #: Whether it says why a value of the record is what it is, and is no part of what the record says.
    is_evidence = False

    #: The keys of a published row by which it is known again after an edit.
    identity: tuple[str, ...] = ("name_en",)
    #: What names it, languages left out; the last of these is its name unless `row_name` says otherwise.
    naming: tuple[str, ...] = ("name",)

    position = models.PositiveSmallIntegerField(_("order"), default=0)
    history = Trace(inherit=True)

    class Meta:
        abstract = True
        default_permissions = ()  # the rights to the record are the rights to its rows
        ordering: ClassVar[tuple[str, ...]] = ("position", "pk")

    def doubts_about_change(self, before: Self | None) -> Iterable[Doubt]:
        """What in this edit of the row is probably a slip; ``before`` is the row as stored."""
        return doubts.jumps(self, before, str(self))

    def doubts_about_removal(self) -> Iterable[Doubt]:
        """What is probably a slip where the row is removed."""
        return doubts.removals(self)

    def restore(self) -> None:
        """Save the row as a past state of it."""
        self.save()

    def document(self, cards: Any) -> dict[str, Any]:
        """What the document of its record holds of it."""
        found: dict[str, Any] = {}
        for own in columns_of(type(self)).values():
            own.fill(found, self, cards)
        return found

    @classmethod
    def published(cls, rows: Iterable[Self]) -> None:
        """Write down what publishing tells of these rows; the public reads them now as they are."""

    @classmethod
    def row_name(cls, row: Record, owner: type[Typed]) -> str:
        """What a published row of this kind is called, in the document of its owner."""
        return str(row[cls.naming[-1]])


def owned_relations(model: type[models.Model]) -> list[Any]:
    """The rows that belong to a record, and not those that only point to it, as citations do to their source."""
    rows = (relation for relation in model._meta.related_objects if issubclass(relation.related_model, OwnedRow))
    return [relation for relation in rows if relation.on_delete is models.CASCADE]


def rows_in(model: type[models.Model]) -> dict[str, type[OwnedRow]]:
    """The rows that are part of what a record says, by their key in its document."""
    owned = {relation.name: relation.related_model for relation in owned_relations(model)}
    return {name: row_model for name, row_model in owned.items() if not row_model.is_evidence}
