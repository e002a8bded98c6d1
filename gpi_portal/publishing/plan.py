"""What an act of publishing would change, before it is done: read in sets, without a lock, and nothing written."""

import copy
import functools
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpi_portal.i18n.languages import sort_key
from gpi_portal.models import Change, Publishable, PublishedVersion, shown_relations
from gpi_portal.models.codes import problem_of_code
from gpi_portal.nouns import nouns
from gpi_portal.publishing.cards import Cards, embedded, legible, plain
from gpi_portal.publishing.wording import Document, missing_texts

#: How many records are read or written at a time.
PIECE = 250
#: A record in the registry: its noun and its public code.
Key = tuple[str, str]
Item = TypeVar("Item")
NOT_PUBLIC = gettext_lazy("“%(name)s” is not public yet. Publish it first.")


def pieces(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items, a bounded number at a time."""
    return (items[start : start + PIECE] for start in range(0, len(items), PIECE))


class NotAsShown(Exception):
    """What is about to be done is not what was shown to the person who confirms it."""


def fingerprint(shown: Any) -> str:
    """A digest of what a page shows before somebody confirms it, whatever the language in which it shows it."""
    text = json.dumps(shown, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


class Planned(NamedTuple):
    """One record that an act changes: the version that is current, if any, and the document that takes its place."""

    noun: str
    code: str
    before: PublishedVersion | None
    document: Document
    withdrawn: bool = False

    def version(self, *, corrects: bool = False) -> PublishedVersion:
        """The version that would be written, not saved and in no registry version yet."""
        name = nouns()[self.noun].name_text
        titles = {"title_en": self.document[f"{name}_en"], "title_fr": self.document[f"{name}_fr"]}
        return PublishedVersion(
            noun=self.noun,
            code=self.code,
            withdrawn=self.withdrawn,
            change=self._change(corrects),
            document=self.document,
            # A federal record may lack one of them; it then stands where the other one would.
            sort_en=sort_key(titles["title_en"] or titles["title_fr"]),
            sort_fr=sort_key(titles["title_fr"] or titles["title_en"]),
            **titles,
        )

    def _change(self, corrects: bool) -> Change:
        if self.withdrawn:
            return Change.WITHDRAWN
        if self.before is None:
            return Change.ADDED
        if self.before.withdrawn:
            return Change.RESTORED
        if corrects:
            return Change.CORRECTED
        return Change(nouns()[self.noun].change_between(self.before.document, self.document))


@dataclass(frozen=True)
class Plan:
    """What an act would change.

    ``changes``: the records of the act that would say something else. ``cards``: of these, the cards that others show
    and that would say something else. ``holders``: the keys of the versions that show them. ``records``: the working
    rows of the act, those too of which the public sees exactly this already. ``problems``: why it may not be done.
    """

    changes: list[Planned]
    cards: dict[Key, Document] = field(default_factory=dict)
    holders: list[int] = field(default_factory=list)
    records: list[Publishable] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many versions it would write."""
        return len(self.changes) + len(self.holders)

    @property
    def fingerprint(self) -> str:
        """It is the same as long as the act would change the same in the same way."""
        changes = [
            (*change[:2], change.withdrawn, change.before and change.before.pk, change.document)
            for change in sorted(self.changes, key=lambda change: change[:2])
        ]
        return fingerprint([changes, sorted(self.holders)])

    def pieces(self) -> Iterator[Sequence[Planned]]:
        """All that it would change, a bounded number at a time."""
        yield from pieces(self.changes)
        yield from (list(self.spread(holders)) for holders in pieces(self.holders))

    def spread(self, holders: Collection[int]) -> Iterator[Planned]:
        """What these holders would show: their documents with the new cards in them."""
        for version in PublishedVersion.objects.filter(pk__in=holders).order_by("pk"):
            document = plain(version.document)
            for card in list(embedded(document)):
                new = self.cards.get((card["noun"], card["code"]))
                if new is not None:
                    card.clear()
                    card.update(new)
            yield Planned(version.noun, version.code, version, document)


def plan(records: Iterable[Publishable]) -> Plan:
    """What publishing these working rows would change."""
    rows = read(records)
    refusals = {row: mistakes(row) for row in rows}
    current, cards = current_versions(rows), Cards()
    documents = {key_of(row): row.document(cards.asked_by(row)) for row in rows}
    cards.fill(documents)
    taken = {(noun, code.lower()) for noun, code in current}
    for row in rows:
        if row.code != row.public_code and (row.public_code or (row.noun, row.code.lower()) in taken):
            refusals[row].append(problem_of_code(row))
        refusals[row] += [NOT_PUBLIC % {"name": name} for name in cards.missing(row)]
        refusals[row] += [] if refusals[row] else gaps(row, documents[key_of(row)])
    words = _("%(name)s: %(field)s")
    problems = [words % {"name": row.code, "field": text} for row, found in refusals.items() for text in found]
    if problems:
        return Plan([], records=rows, problems=problems)
    changes = [
        Planned(noun, code, current.get((noun, code)), plain(document)) for (noun, code), document in documents.items()
    ]
    return spread_out([change for change in changes if says_more(change)], rows, documents)


def plan_withdrawal(current: PublishedVersion, record: Publishable, tombstone: Document) -> Plan:
    """What putting a tombstone in the place of a public record would change.

    The record may have lost its working row, on a portal of earlier days.
    """
    change = Planned(current.noun, current.code, current, plain(tombstone), withdrawn=True)
    return Plan([change], records=[record] if record.pk else [])


def key_of(record: Publishable) -> Key:
    return record.noun, record.code


def read(records: Iterable[Publishable]) -> list[Publishable]:
    """The rows, read anew where a query is given, noun by noun and each with all that its document shows."""
    found = list(records.all() if isinstance(records, models.QuerySet) else map(copy.copy, records))
    for stranger in {type(record) for record in found if not isinstance(record, Publishable)}:
        raise TypeError(f"{stranger.__name__} is not published: it is no noun.")
    rows = {(record.noun, record.pk): record for record in found}
    for noun, model in nouns().items():
        chosen = [row for row in rows.values() if row.noun == noun]
        for row in chosen:
            row._prefetched_objects_cache = {}  # what somebody read of it before is not what is stored now
        models.prefetch_related_objects(chosen, *shown_relations(model))
    return list(rows.values())


def current_versions(rows: Iterable[Publishable]) -> dict[Key, PublishedVersion]:
    """The current version of each row that has one, by its noun and the code in lower case, tombstones included."""
    codes: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        codes[row.noun].append(row.code.lower())
    lower = PublishedVersion.objects.current().alias(lower=Lower("code"))
    found = (version for noun, wanted in codes.items() for version in lower.filter(noun=noun, lower__in=wanted))
    return {(version.noun, version.code): version for version in found}


def mistakes(row: Publishable) -> list[str]:
    """What is wrong with the row as it is stored, in words, once its texts are in the form in which they are kept.

    Its links, and the rules that the database keeps by itself, hold for what is stored.
    """
    links = {column.name for column in row._meta.concrete_fields if column.is_relation}
    found: list[str] = []
    for check in (functools.partial(row.clean_fields, links), row.clean):
        try:
            check()
        except ValidationError as error:
            found += error.messages
    return found


def gaps(record: Publishable, document: Document) -> list[str]:
    """Which of its texts lack a language, in words; empty when the public would read all in both."""
    if record.may_lack_a_language:
        return []
    words = _("“%(field)s” is empty: a record is published in both languages at once.")
    return [words % {"field": field} for field in missing_texts(type(record), document)]


def says_more(change: Planned) -> bool:
    """Whether a reader could tell the new document from what is public now."""
    before = change.before
    return before is None or before.withdrawn or legible(before.document) != legible(change.document)


def spread_out(changes: list[Planned], rows: list[Publishable], documents: Collection[Key]) -> Plan:
    """The plan with all that shows one of the changed records and is not published itself."""
    cards = {change[:2]: nouns()[change.noun].card_of(change.document) for change in changes if has_new_card(change)}
    codes: dict[str, list[str]] = defaultdict(list)
    for noun, code in cards:
        codes[noun].append(code)
    holders: dict[int, None] = {}
    for noun, wanted in codes.items():
        for some in pieces(wanted):
            found = PublishedVersion.objects.public().referring_to(noun, *some)
            keys = found.order_by("pk").values_list("pk", "noun", "code")
            holders |= {pk: None for pk, noun, code in keys if (noun, code) not in documents}
    return Plan(changes, cards, list(holders), rows)


def has_new_card(change: Planned) -> bool:
    """Whether others show the record, and would show it in another way."""
    card_of = nouns()[change.noun].card_of
    return (
        change.before is not None
        and not change.before.withdrawn
        and card_of(change.document) != card_of(change.before.document)
    )
