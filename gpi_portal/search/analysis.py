"""From text to lexemes: one analyser for both databases, queries and highlighting.

A lexeme is a word with a tag that says how it matches:

- ``=grant``: the word itself, as phrases and prefixes read it
- ``~the``: the same for a small word, which prefixes ignore
- ``en:grant``, ``fr:subvent``: the stem in one language, so that singular finds plural

A lexeme has only letters, digits and its tag, so never a quote or a space.
"""

import functools
import re
import string
import unicodedata
from collections.abc import Iterator
from typing import Literal

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.french_stemmer import FrenchStemmer

#: The language of a text; None for a name, which both languages read.
Language = Literal["en", "fr"] | None

#: Longer words are cut: PostgreSQL refuses a lexeme of 2 kB.
LONGEST_WORD = 100


def _pairs(text: str) -> dict[str, str]:
    """Parse ``"a/b c/d"`` into a dictionary."""
    return dict(pair.split("/") for pair in text.split())


#: Letters that Unicode does not decompose. A glottal stop is dropped, as in most spellings of northern names;
#: a modifier apostrophe separates words, as a typed apostrophe does.
SPECIAL = str.maketrans(
    _pairs("æ/ae œ/oe ø/o đ/d ð/d ł/l ħ/h ŧ/t þ/th ŋ/n ı/i ə/e ʔ/ ɂ/ ˀ/") | dict.fromkeys("ʻʼʽˈʹ", " ")
)


#: The Unicode categories of marks, and of invisible characters such as the soft hyphen.
ACCENTS = {"Mn", "Mc", "Me", "Cf"}
ZERO_WIDTH_SPACE = "\u200b"


def _without_accents(text: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", text) if unicodedata.category(part) not in ACCENTS)


class Folding(dict[int, str]):
    """Code point → its folded text: plain lower-case letters, nothing for an accent, a space for a separator."""

    #: Enough for every script in use here, and a bound on memory if a visitor sends all of Unicode.
    kept = 20_000

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        if len(self) < self.kept:
            self[code] = folded
        return folded

    @staticmethod
    def _fold(character: str) -> str:
        if unicodedata.category(character) in ACCENTS and character != ZERO_WIDTH_SPACE:
            return ""
        if not character.isalnum():
            return " "
        letters = _without_accents(_without_accents(character).casefold()).translate(SPECIAL)
        spaced = "".join(letter if letter.isalnum() else " " for letter in letters)
        return f" {spaced} " if " " in spaced.strip() else spaced


FOLDING = Folding()


def fold(text: str) -> str:
    """The text without case and accents, its words separated by spaces: « L’Œuvre » → ``" l oeuvre "``."""
    return text.translate(FOLDING)


def words(text: str) -> list[str]:
    """The folded words of a text, in order; apostrophes and hyphens separate them."""
    return [word[:LONGEST_WORD] for word in fold(text).split()]


def plain(text: str) -> str:
    """The folded words of a text joined by spaces, equal for names that people read as the same."""
    return " ".join(words(text))


def located_words(text: str) -> Iterator[tuple[str, int, int]]:
    """The same words, each with its start and end in the text."""
    pieces = [FOLDING[ord(character)] for character in text]
    origin = [position for position, piece in enumerate(pieces) for _ in piece]
    origin.append(len(text))
    for run in re.finditer(r"\S+", "".join(pieces)):
        end = max(origin[run.end()], origin[run.end() - 1] + 1)
        yield run.group()[:LONGEST_WORD], origin[run.start()], end


ENGLISH_SMALL_WORDS = """
    an and are as at be by for from has have in into is it its of on that the their them there these
    they this to was were which with
"""
FRENCH_SMALL_WORDS = """
    au aux avec ce ces cette dans de des du elle en est et il ils la le les leur leurs ont ou par pour qui que sa se
    ses son sont sous sur un une qu jusqu lorsqu puisqu
"""
#: Words too common to search for, those of both languages at once, and single letters (*l'*, *d'*, *'s*).
#: "or" is one in English only: in French it is gold.
SMALL_WORDS = frozenset(string.ascii_lowercase) | {*ENGLISH_SMALL_WORDS.split(), *FRENCH_SMALL_WORDS.split()}
_SMALL_WORDS_OF: dict[Language, frozenset[str]] = {"en": SMALL_WORDS | {"or"}, "fr": SMALL_WORDS, None: SMALL_WORDS}

#: Plurals that neither Snowball nor the rules below lead back to their singular, and American spellings.
IRREGULAR = {
    "en": _pairs("""
        analyses/analysis appendices/appendix axes/axis buses/bus children/child consortia/consortium crises/crisis
        criteria/criterion feet/foot fora/forum gases/gas halves/half hypotheses/hypothesis indices/index leaves/leaf
        lenses/lens lives/life matrices/matrix memoranda/memorandum men/man monies/money phenomena/phenomenon
        spectra/spectrum theses/thesis women/woman
        center/centre centers/centre color/colour defense/defence fiber/fibre labor/labour programme/program
    """),
    "fr": _pairs("""
        baux/bail boyaux/boyau cieux/ciel coraux/corail emaux/email joyaux/joyau materiaux/materiau noyaux/noyau
        travaux/travail tuyaux/tuyau vitraux/vitrail yeux/oeil
    """),
}

#: Nouns that Snowball mistakes for a future tense: *minerai* (ore) would become *min*, as *mine* does.
FRENCH_NOUNS = {"minerai"}


def french_base(word: str) -> str:
    """A folded French word in the form that Snowball knows: ``metaux`` → ``metal``, ``essais`` → ``essai``.

    Snowball expects accents, which folding removed (so ``miniere`` must become ``minier`` here), and it does not
    reduce some plurals, such as ``enjeux`` and ``lois``.
    """
    if word.endswith(("eaux", "jeux", "lieux", "feux", "voeux", "aveux", "cheveux", "neveux")):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-2] + "l"
    if word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    return word[:-1] if word.endswith("iere") else word


def stem(word: str, language: Literal["en", "fr"]) -> str:
    """What the singular and the plural of a folded word share.

    A stemmer has state, so threads must not share one; making one is cheap.
    """
    word = IRREGULAR[language].get(word, word)
    if language == "en":
        return str(EnglishStemmer().stemWord(word))
    word = french_base(word)
    return word if word in FRENCH_NOUNS else str(FrenchStemmer().stemWord(word))


def exact(word: str, language: Language) -> str:
    """The lexeme of the exact word in a text of this language."""
    return f"~{word}" if word in _SMALL_WORDS_OF[language] else f"={word}"


@functools.lru_cache(maxsize=100_000)
def stems(word: str, language: Language) -> tuple[str, ...]:
    """The lexemes of the word's stems: none for a small word, both languages' for a name."""
    if language is None:
        return stems(word, "en") + stems(word, "fr")
    return () if word in _SMALL_WORDS_OF[language] else (f"{language}:{stem(word, language)}",)
