"""The words of a text that a query found, by the rules of the search."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from gpi_portal.search.analysis import Language, exact, located_words, stems
from gpi_portal.search.index import Text
from gpi_portal.search.query import Operand, Query, QueryTerm

Span = tuple[int, int]

#: Characters of an excerpt at most, and of them before the first word found.
EXCERPT = 160
LEAD = 60


class Reading:
    """A text as the index reads it, with the position of each word."""

    def __init__(self, text: str, language: Language) -> None:
        self.words = list(located_words(text))
        self.lexemes = [{exact(word, language), *stems(word, language)} for word, _, _ in self.words]
        self.places: dict[str, list[int]] = {}
        for place, found in enumerate(self.lexemes):
            for lexeme in found:
                self.places.setdefault(lexeme, []).append(place)

    def shows(self, term: QueryTerm) -> bool:
        return any(self.spans(term))

    def spans(self, term: QueryTerm) -> Iterator[Span]:
        """Where the term occurs, as (start, end) in the text."""
        for sequence in term.sequences:
            if term.is_prefix:
                yield from self._beginning_with(sequence[0])
            else:
                yield from self._in_a_row(sequence)

    def _beginning_with(self, prefix: str) -> Iterator[Span]:
        for lexeme, places in self.places.items():
            if lexeme.startswith(prefix):
                yield from (self.words[place][1:] for place in places)

    def _in_a_row(self, sequence: tuple[str, ...]) -> Iterator[Span]:
        for place in self.places.get(sequence[0], ()):
            row = self.lexemes[place : place + len(sequence)]
            if len(row) == len(sequence) and all(map(set.__contains__, row, sequence)):
                yield self.words[place][1], self.words[place + len(row) - 1][2]

    def found(self, query: Query) -> list[Span]:
        """Every occurrence of the query's terms, in order and without overlap."""
        found: list[Span] = []
        for start, end in sorted(span for term in query.wanted for span in self.spans(term)):
            if found and start < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found


def matches(text: str, query: Query, language: Language) -> bool:
    """Whether `highlight` would find anything."""
    return bool(Reading(text, language).found(query))


def answers(texts: Iterable[Text], query: Query) -> bool:
    """Whether the query would find a record with these texts."""
    readings = [Reading(text.text, text.language) for text in texts]

    def shown(operand: Operand) -> bool:
        return all(any(reading.shows(term) for reading in readings) for term in operand)

    required = all(any(map(shown, group)) for group in query.required)
    return required and not query.is_empty and not any(map(shown, query.excluded))


def highlight(text: str, query: Query, language: Language) -> SafeString:
    """The text as HTML, the words that the query found inside ``<mark>``. A name has no language."""
    found = Reading(text, language).found(query)
    ends = [0, *(end for _, end in found)]
    parts = ((text[before:start], text[start:end]) for before, (start, end) in zip(ends, found, strict=False))
    return format_html_join("", "{}<mark>{}</mark>", parts) + escape(text[ends[-1] :])


def excerpt(text: str, query: Query, language: Language) -> SafeString:
    """`highlight`, with a long text cut around the first word found."""
    if len(text) <= EXCERPT:
        return highlight(text, query, language)
    first, _ = next(iter(Reading(text, language).found(query)), (0, 0))
    start = (text.find(" ", first - LEAD, first) + 1 or first) if first > LEAD else 0
    shown = text[start : start + EXCERPT]
    if start + EXCERPT < len(text):
        shown = shown.rpartition(" ")[0] or shown
    before, after = "… " * (start > 0), " …" * (start + len(shown) < len(text))
    return format_html("{}{}{}", before, highlight(shown, query, language), after)


class Reason(NamedTuple):
    """Where the query found a word that the visible texts do not show."""

    label: Any
    language: Language
    html: SafeString


def why(query: Query, shown: Iterable[Text], others: Iterable[tuple[Any, Text]]) -> list[Reason]:
    """For each word of the query that is in no shown text, the first of the other (label, text) that has it."""
    missing = _missing(query, [Reading(text.text, text.language) for text in shown])
    unseen = [(label, text, Reading(text.text, text.language)) for label, text in others] if missing else []
    reasons: dict[Reason, None] = {}
    for term in missing:
        for label, text, reading in unseen:
            if reading.shows(term):
                reasons[Reason(label, text.language, excerpt(text.text, query, text.language))] = None
                break
    return list(reasons)


def _missing(query: Query, seen: list[Reading]) -> list[QueryTerm]:
    """The terms found in none of these texts, except alternatives of an OR when another one is found."""

    def visible(term: QueryTerm) -> bool:
        return any(reading.shows(term) for reading in seen)

    open_groups = (group for group in query.required if not any(all(map(visible, operand)) for operand in group))
    return [term for group in open_groups for operand in group for term in operand if not visible(term)]
