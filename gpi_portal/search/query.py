"""Parse what a visitor types into a `Query`. Any text is valid.

All words must match; ``"a phrase"``; ``-word`` and ``-"a phrase"``; ``OR`` or ``OU`` in capitals between two words or
phrases, which binds tighter than the rest; ``prefix*``. An operator in a place without meaning is ignored.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gpi_portal.search.analysis import SMALL_WORDS, exact, located_words, stems, words

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
MINUS = "-−–"
EITHER = {"OR", "OU"}
SHORTEST_PREFIX = 2

#: A phrase in quotes, else what is between spaces and quotes.
PIECE = re.compile(rf'([{MINUS}]*)"([^"]*)"|([^\s"]+)')
#: A letter, with its accent composed or as a separate mark.
LETTER = r"[^\W\d_][\u0300-\u036f]*"
#: Single letters or groups of digits joined into one word: R&D, U.S., 165,300, 7.5.
JOINED = re.compile(rf"(?<![^\W_])(?:{LETTER}(?:[&./-]+{LETTER})+|\d+(?:[.,]\d+)+)(?![^\W_])")


@dataclass(frozen=True)
class QueryTerm:
    """A word, a phrase of exact words, or the beginning of a word.

    ``sequences``: what matches it, any one of these sequences of adjacent lexemes.
    """

    words: tuple[str, ...]
    kind: str = "word"
    sequences: tuple[tuple[str, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sequences", tuple(dict.fromkeys(self._sequences())))

    def _sequences(self) -> Iterator[tuple[str, ...]]:
        if self.kind == "prefix":
            yield (f"={self.words[0]}",)
        elif self.kind == "word" and not self.is_small:
            for lexeme in stems(self.words[0], None):
                yield (lexeme,)
        else:
            for language in ("en", "fr"):
                yield tuple(exact(word, language) for word in self.words)

    @property
    def is_prefix(self) -> bool:
        return self.kind == "prefix"

    @property
    def is_small(self) -> bool:
        """Whether the word is too common to search for together with others."""
        return self.kind == "word" and self.words[0] in SMALL_WORDS


#: What an operator applies to: a term, or the terms of one chunk such as *semi-conducteur*, which must all match.
Operand = tuple[QueryTerm, ...]


@dataclass(frozen=True)
class Query:
    """One operand of each group in ``required`` must match, and none of ``excluded``."""

    text: str = ""
    required: tuple[tuple[Operand, ...], ...] = ()
    excluded: tuple[Operand, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed: there is no search."""
        return not self.text.strip()

    @property
    def is_empty(self) -> bool:
        """Whether something was typed, but no searchable word."""
        return not (self.is_blank or self.required or self.excluded)

    @property
    def wanted(self) -> tuple[QueryTerm, ...]:
        """The terms that a found text may show, each once."""
        return tuple(dict.fromkeys(term for group in self.required for operand in group for term in operand))


@dataclass(frozen=True)
class _Piece:
    """One part of the query as typed: an operand, or the operator between two."""

    operand: Operand = ()
    negative: bool = False
    either: bool = False

    @property
    def is_small(self) -> bool:
        return bool(self.operand) and all(term.is_small for term in self.operand)


def parse(text: str) -> Query:
    """The query that the visitor means."""
    pieces = [piece for piece in _pieces(text) if piece.operand or piece.either]
    if not any(piece.operand for piece in pieces):
        pieces = [_Piece(operand) for operand in _operands_named_like_operators(text)]
    elif any(piece.operand and not piece.is_small for piece in pieces):
        pieces = [_without_small_words(piece) for piece in pieces if not piece.is_small]
    return Query(text, *_grouped(pieces))


def beginnings(text: str) -> Query:
    """The query for names in which each typed word begins a word, whatever characters are between them.

    Small words are ignored; the last one counts if there are only small words, as it may begin a longer word.
    """
    typed = [word for word in words(text) if len(word) >= SHORTEST_PREFIX]
    wanted = [word for word in typed if word not in SMALL_WORDS] or typed[-1:]
    return Query(text, tuple(((QueryTerm((word,), "prefix"),),) for word in dict.fromkeys(wanted)))


def begun(query: Query) -> Query:
    """The query of somebody still typing: each word also matches the words that it begins.

    The words of one chunk, such as *semi-cond*, become separate groups, as they must all match anyway.
    """
    groups: list[tuple[Operand, ...]] = []
    for group in query.required:
        parts = [((term,),) for term in group[0]] if len(group) == 1 else [group]
        groups += (tuple(term for operand in part for term in _begun(operand)) for part in parts)
    return replace(query, required=tuple(groups))


def _begun(operand: Operand) -> Iterator[Operand]:
    yield operand
    if len(operand) == 1 and operand[0].kind == "word":
        yield (QueryTerm(operand[0].words, "prefix"),)


def _pieces(text: str) -> Iterator[_Piece]:
    text = text.translate(QUOTES)
    if text.count('"') % 2:
        text = "".join(text.rsplit('"', 1))
    for minus, phrase, chunk in PIECE.findall(text):
        if chunk in EITHER:
            yield _Piece(either=True)
        elif chunk:
            yield _Piece(tuple(_terms(chunk)), negative=chunk[0] in MINUS)
        elif words(phrase):
            yield _Piece((QueryTerm(tuple(words(phrase)), "phrase"),), negative=bool(minus))


def _terms(chunk: str) -> Iterator[QueryTerm]:
    """The terms of a chunk: words, a phrase for what is `JOINED`, and a prefix at the end."""
    before, prefix = _split_prefix(chunk)
    start = 0
    for joined in JOINED.finditer(before):
        yield from (QueryTerm((word,)) for word in words(before[start : joined.start()]))
        yield QueryTerm(tuple(words(joined.group())), "phrase")
        start = joined.end()
    yield from (QueryTerm((word,)) for word in words(before[start:]))
    if prefix:
        yield QueryTerm((prefix,), "prefix")


def _split_prefix(chunk: str) -> tuple[str, str]:
    """What is before the prefix, and the prefix; the whole chunk and an empty text if there is none."""
    before, _, after = chunk.rpartition("*")
    before = before.rstrip("*")
    *_, (word, start, end) = ("", 0, 0), *located_words(before)
    if len(word) < SHORTEST_PREFIX or end < len(before) or words(after):
        return chunk, ""
    return before[:start], word


def _operands_named_like_operators(text: str) -> list[Operand]:
    """A query of operators only means the word: *or* is gold in French."""
    operands: list[Operand] = [(QueryTerm((word,)),) for word in words(text) if word.upper() in EITHER]
    return operands[:1]


def _without_small_words(piece: _Piece) -> _Piece:
    return _Piece(tuple(term for term in piece.operand if not term.is_small), piece.negative, piece.either)


def _grouped(pieces: Iterable[_Piece]) -> tuple[tuple[tuple[Operand, ...], ...], tuple[Operand, ...]]:
    """What is required and what is excluded; an operator counts only between two positive operands."""
    required: list[list[Operand]] = []
    excluded: list[Operand] = []
    after_operand, either = False, False
    for piece in pieces:
        if piece.either:
            either = after_operand
        elif piece.negative:
            excluded.append(piece.operand)
            after_operand, either = False, False
        else:
            if either:
                required[-1].append(piece.operand)
            else:
                required.append([piece.operand])
            after_operand, either = True, False
    groups = dict.fromkeys(tuple(dict.fromkeys(group)) for group in required)
    return tuple(groups), tuple(dict.fromkeys(excluded))
