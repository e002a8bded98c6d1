"""What publishing changed for the public, record by record, field by field and in words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gpi_portal.i18n.languages import Record, active_language
from gpi_portal.i18n.text import normalised
from gpi_portal.models import OwnedRow, Publishable, PublishedVersion, RegistryVersion, public_keys
from gpi_portal.nouns import nouns
from gpi_portal.publishing.cards import embedded, legible
from gpi_portal.publishing.plan import Plan
from gpi_portal.publishing.wording import (
    Document,
    column_name,
    field_name,
    in_words,
    language_of,
    row_in_words,
    row_keys,
    rows_of,
    without_language,
)

#: Noun and code of a record, and the number of the registry version that opened one of its versions.
Opened = tuple[str, str, int | None]
#: Of how many records that only show a changed one a preview speaks.
MOST_HOLDERS = 200


@dataclass(frozen=True)
class FieldChange:
    """One thing that a record says differently; an empty text means not stated. ``language``: that of a text."""

    name: str
    before: str
    after: str
    language: str = ""

    @property
    def is_in_other_language(self) -> bool:
        """Whether it is a text in the other language than that of the page."""
        return self.language not in ("", active_language())

    @property
    def short_name(self) -> str:
        """Its name on a page that says the language in another way."""
        return without_language(self.name) if self.language else self.name


@dataclass(frozen=True)
class Difference:
    """What one act of publishing did to one record: its last public version before it, if any, and the one after."""

    before: PublishedVersion | None
    after: PublishedVersion

    @property
    def is_of_fields(self) -> bool:
        """Whether the record was public before and is now; otherwise it changed as a whole."""
        return self.before is not None and not self.after.withdrawn

    def fields(self) -> list[FieldChange]:
        """What a reader sees differently in the record, texts in both languages."""
        return list(self._changes()) if self.is_of_fields else []

    def every_field(self) -> list[FieldChange]:
        """The same, and of a record that was never public before all that a reader will see."""
        return [] if self.after.withdrawn else list(self._changes())

    def fields_of_page(self) -> list[FieldChange]:
        """The same in the language of the page: a text of the other language only where that one alone changed."""
        found = self.fields()
        own = {change.short_name for change in found if not change.is_in_other_language}
        return [change for change in found if not (change.is_in_other_language and change.short_name in own)]

    def others(self) -> list[str]:
        """The names of other records which the record shows and which changed."""
        if self.before is None or not self.is_of_fields:
            return []
        before = {(card["noun"], card["code"]): card for card in embedded(self.before.document)}
        cards = {(card["noun"], card["code"]): card for card in embedded(self.after.document)}
        return sorted(
            str(Record(card)) for key, card in cards.items() if key in before and legible(before[key]) != legible(card)
        )

    def _changes(self) -> Iterator[FieldChange]:
        model, after = nouns()[self.after.noun], self.after.document
        before = self.before.document if self.before else {}
        for key in in_order(model, {**before, **after}):
            if legible(before.get(key)) != legible(after.get(key)):
                rows = rows_of(model, key)
                plain = [] if rows else [plain_change(model, key, before, after)]
                found = row_changes(model, rows, key, before, after) if rows else plain
                yield from (change for change in found if change.before != change.after)


def plain_change(model: type[Publishable], key: str, before: Document, after: Document) -> FieldChange:
    words = (in_words(model, key, document) for document in (before, after))
    return FieldChange(field_name(model, key), *told_apart(words, before.get(key), after.get(key)), language_of(key))


def told_apart(words: Iterable[str], before: Any, after: Any) -> tuple[str, str]:
    """The words for two values, so that a reader sees how they differ.

    Records of one name get their codes, and texts that differ only in where their lines end get signs for line ends.
    """
    old, new = words
    if old == new and codes_in(before) != codes_in(after):
        old, new = (f"{said} ({', '.join(codes_in(value))})" for said, value in ((old, before), (new, after)))
    elif old != new and old.split() == new.split():
        old, new = (normalised(said, lines=True).replace("\n", " ¶ ") for said in (old, new))
    return old, new


def codes_in(value: Any) -> list[str]:
    """The codes of the record or the records that a value of a document shows."""
    cards = value if isinstance(value, list) else [value]
    return [card["code"] for card in cards if isinstance(card, dict) and "noun" in card]


def row_changes(
    model: type[Publishable], row_model: type[OwnedRow], key: str, before: Document, after: Document
) -> Iterator[FieldChange]:
    """What differs in the rows under one key: those that came or went, of the others what they say and their order."""
    old, new = (document.get(key) or [] for document in (before, after))
    places = former_places(old, new)
    old_rows = by_identity(row_model, [row for place, row in enumerate(old) if place not in places])
    new_rows = by_identity(row_model, [row for row, place in zip(new, places, strict=True) if place is None])
    currencies = [document.get("currency", "CAD") for document in (before, after)]
    for identity in dict.fromkeys([*old_rows, *new_rows]):
        was, now = old_rows.get(identity), new_rows.get(identity)
        if was is None or now is None:
            pairs = zip((was, now), currencies, strict=True)
            whole = (row and row_in_words(model, key, row, money) for row, money in pairs)
            yield FieldChange(field_name(model, key), *(words or "" for words in whole))
        else:
            yield from (change for _key, change in changes_in_row(row_model, model, (was, now), currencies))
    kept = [place for place in places if place is not None]
    if kept != sorted(kept):
        names = {place: f"{place + 1}. {row_model.row_name(Record(old[place]), model)}" for place in kept}
        orders = ("; ".join(names[place] for place in order) for order in (sorted(kept), kept))
        yield FieldChange(_("%(field)s: order") % {"field": field_name(model, key)}, *orders)


def former_places(old: list[Document], new: list[Document]) -> list[int | None]:
    """Where each of the new rows stood among the old ones; None for one that says something else than any of them."""
    free = dict(enumerate(legible(row) for row in old))
    places: list[int | None] = []
    for row in new:
        said = legible(row)
        place = next((place for place, other in free.items() if other == said), None)
        if place is not None:
            del free[place]
        places.append(place)
    return places


def changes_in_row(
    row_model: type[OwnedRow], model: type[Publishable], pair: tuple[Document, Document], currencies: list[str]
) -> Iterator[tuple[str, FieldChange]]:
    """What a row says differently, by the key of its field."""
    name = row_model.row_name(Record(pair[1]), model)
    for key in row_keys(row_model, {**pair[0], **pair[1]}):
        before, after = (row.get(key) for row in pair)
        if legible(before) != legible(after):
            words = (in_words(row_model, key, row, money) for row, money in zip(pair, currencies, strict=True))
            of_row = _("%(name)s: %(field)s") % {"name": name, "field": column_name(row_model, key)}
            yield key, FieldChange(of_row, *told_apart(words, before, after), language_of(key))


def by_identity(model: type[OwnedRow], rows: list[Document]) -> dict[Any, Document]:
    """The rows by what makes them known again; of those that are alike in this, the first, the second and so on."""
    seen: Counter[Any] = Counter()
    found = {}
    for row in rows:
        values = (row.get(name) for name in model.identity)
        identity = tuple(value["code"] if isinstance(value, dict) else value for value in values)
        found[identity, seen[identity]] = row
        seen[identity] += 1
    return found


def in_order(model: type[Publishable], document: Document) -> list[str]:
    """The keys of a document as its noun declares them, the rest by name: PostgreSQL keeps them in no such order."""
    places = {field: place for place, field in enumerate(public_keys(model))}
    # The noun says of which kind the record is, and nothing of it.
    return sorted(document.keys() - {"noun"}, key=lambda key: (places.get(key, len(places)), key))


def differences_of(versions: Iterable[PublishedVersion]) -> list[Difference]:
    """Each version beside the last public one before it, in one query; in two where one was published again."""
    versions = list(versions)
    replaced = replaced_by(versions)
    tombstones = [version for version in replaced.values() if version.withdrawn]
    earlier = replaced_by(tombstones) if tombstones else {}

    def last_public(version: PublishedVersion) -> PublishedVersion | None:
        before = replaced.get(key_of(version))
        return earlier.get(key_of(before)) if before and before.withdrawn else before

    return [Difference(last_public(version), version) for version in versions]


def replaced_by(versions: list[PublishedVersion]) -> dict[Opened, PublishedVersion]:
    """The version that each of these replaced, by the noun, code and number of the one that replaced it."""
    replaced = PublishedVersion.objects.filter(
        noun__in={version.noun for version in versions},
        code__in={version.code for version in versions},
        valid_to__in={version.valid_from_id for version in versions},
    )
    return {(version.noun, version.code, version.valid_to_id): version for version in replaced}


def key_of(version: PublishedVersion) -> Opened:
    return version.noun, version.code, version.valid_from_id


def changes_of(version: RegistryVersion) -> list[Difference]:
    """Every record that a registry version changed, in alphabetical order."""
    return differences_of(version.opened.by_name())


def differences_of_plan(planned: Plan) -> list[Difference]:
    """What an act would change for the public, in alphabetical order; of records that only show others, some."""
    changes = [*planned.changes, *planned.spread(planned.holders[:MOST_HOLDERS])]
    tombstones = [change.before for change in changes if change.before and change.before.withdrawn]
    earlier = replaced_by(tombstones) if tombstones else {}

    def last_public(before: PublishedVersion | None) -> PublishedVersion | None:
        return earlier.get(key_of(before)) if before and before.withdrawn else before

    found = [Difference(last_public(change.before), change.version()) for change in changes]
    key = f"sort_{active_language()}"
    return sorted(found, key=lambda difference: (getattr(difference.after, key), difference.after.code))
