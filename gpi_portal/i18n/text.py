"""The normal form of text: what is typed, loaded or imported becomes what a reader sees, and nothing else."""

import functools
import re
import unicodedata
from collections.abc import Iterable

#: How many marks a letter may have; more would cover the lines around it.
MOST_MARKS = 4
#: No real text has more marks in a row (Unicode's "stream-safe" limit), and sorting them takes quadratic time.
LONGEST_RUN = 30
#: Spaces that keep two words on one line. French needs them before its double punctuation.
NO_BREAK = "\u00a0\u202f"
ZERO_WIDTH_JOINERS = "\u200c\u200d"
#: Format characters that are visible: signs above or around Arabic, Syriac and Kaithi numbers.
DRAWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
#: Invisible letters, marks and signs, such as the place of an object (U+FFFC) or a note without a head (U+1D159), and
#: code points reserved for more of them.
UNDRAWN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2065\u3164\uffa0\ufffc\U00016fe4\U0001d159"
).union(map(chr, range(0xFFF0, 0xFFF9)), map(chr, range(0xE0000, 0xE0100)), map(chr, range(0xE01F0, 0xE1000)))
LINE_ENDS = "\r\n|[\n\r\v\f\u0085\u2028\u2029]"
#: Signs that are the space of their script: Braille, hieroglyphs, SignWriting. Between other signs they are kept.
BLANK_SIGNS = "\u2800\U00013441\U00013442\U0001da7f\U0001da80"


def character_class(characters: Iterable[str]) -> str:
    """The inside of a character class of a pattern with these characters."""
    ranges: list[list[int]] = []
    for point in sorted(map(ord, characters)):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


MARK = character_class(one for one in map(chr, range(0x300, 0x1E950)) if unicodedata.category(one) in ("Mn", "Me"))
STACK = re.compile(f"[{MARK}]{{{MOST_MARKS + 1}}}")
OVERLONG = re.compile(f"([{MARK}]{{{LONGEST_RUN}}})[{MARK}]+")
#: Where a joiner changes how its neighbours look: scripts that join or stack letters, and emoji.
JOINED = "\u0600-\u109f\u1780-\u18af\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\u2190-\u2bff\ufe0f\U00010a00-\U0001faff"
IDLE_JOINER = re.compile(f"(?<![{JOINED}])[{ZERO_WIDTH_JOINERS}]|[{ZERO_WIDTH_JOINERS}](?![{JOINED}])")
VARIATION = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
#: Characters with registered variants: digits and signs, ideographs, emoji; no letter of an alphabet.
VARIED = "#*0-9\u00a9\u00ae\u2010-\u2027\u2030-\u205e\u2070-\u2bff\u3001-\u9fff\uf900-\ufaff\U0001f000-\U0003ffff"
IDLE_VARIATION = re.compile(f"(?<![{VARIED}])[{VARIATION}]")
#: A text of one line in which nothing but runs of spaces can be put right: Latin letters, the usual signs.
PLAIN = re.compile(f"[ -~{NO_BREAK[0]}\u00c0-\u024f«»’“”–—…]*")
BLANKS = re.compile(f"[ {NO_BREAK}]{{2,}}")


class Admission(dict[int, str]):
    """A table for `str.translate`, filled on demand: what each character becomes."""

    def __missing__(self, point: int) -> str:
        self[point] = admitted = self._admit(chr(point))
        return admitted

    @staticmethod
    def _admit(character: str) -> str:
        category = unicodedata.category(character)
        if character in "\n" + NO_BREAK + ZERO_WIDTH_JOINERS or character in DRAWN_FORMATS:
            return character
        if character == "\u2007":  # the space as wide as a digit keeps numbers together
            return NO_BREAK[0]
        if character == "\t" or category == "Zs":
            return " "
        is_none = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
        return "" if category in ("Cc", "Cf", "Cs") or character in UNDRAWN or is_none else character


ADMITTED = Admission()


@functools.lru_cache(maxsize=4096)  # a text is checked several times on its way in
def normalised(text: str, *, lines: bool = False) -> str:
    """The text as it is stored: composed letters, one kind of line end, no run of spaces, nothing invisible.

    ``lines`` keeps line ends, with at most one empty line in a row; otherwise the text is one line. A text in which a
    reader would see nothing is empty.
    """
    kept = text
    if not PLAIN.fullmatch(text):
        kept = re.sub(LINE_ENDS, "\n" if lines else " ", text).translate(ADMITTED)
        kept = OVERLONG.sub(r"\1", IDLE_JOINER.sub("", IDLE_VARIATION.sub("", kept)))
        kept = unicodedata.normalize("NFC", kept)
    kept = "\n".join(BLANKS.sub(one_blank, line).strip(" " + NO_BREAK) for line in kept.split("\n"))
    kept = re.sub("\n{3,}", "\n\n", kept).strip("\n")
    return kept if has_visible(kept) else ""


def one_blank(run: re.Match[str]) -> str:
    """The replacement for a run of spaces: the first that does not break, if there is one."""
    return next((blank for blank in run.group() if blank in NO_BREAK), " ")


def visible(text: str) -> str:
    """The text as a reader sees it: two texts look the same if these are equal."""
    if text.isascii():
        return normalised(text, lines=True)
    plain = re.sub(f"[{ZERO_WIDTH_JOINERS}{VARIATION}]", "", normalised(text, lines=True))
    return normalised(plain.translate(dict.fromkeys(map(ord, NO_BREAK + BLANK_SIGNS), " ")), lines=True)


def has_visible(text: str) -> bool:
    """Whether at least one character is visible by itself: a letter, a digit, a sign."""
    return any(
        unicodedata.category(character)[0] in "LNPS" and character not in UNDRAWN and character not in BLANK_SIGNS
        for character in text
    )


def has_stack(text: str) -> bool:
    """Whether a letter has so many marks that they would cover other lines."""
    return not text.isascii() and STACK.search(normalised(f".{text}", lines=True)) is not None


def in_one_line(text: str) -> str:
    """Names that are stored one per line, as one line."""
    return ", ".join(line for line in text.splitlines() if line.strip())
