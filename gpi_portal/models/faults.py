"""What is wrong with the columns that a noun, or a row, declares: the start says it in sentences."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import trans_real

from gpi_portal.i18n.languages import in_both
from gpi_portal.models.columns import Column, columns_of

#: What the document of every record has beside its columns.
KEYS_OF_EVERY_NOUN = frozenset(["noun", "code", "name_translation", "text_translation", "citations"])
#: The letters that the kind of a tag has at most.
LONGEST_TAG = 20
#: What the address of every list can say beside its filters.
PARAMETERS_OF_EVERY_LIST = frozenset(["q", "as_of", "order", "page", "page_size"])


def faults(model: Any) -> Iterator[str]:
    columns = columns_of(model).values()
    twice = Counter([*model.said_twice, *model.said_twice, *(key for own in columns for key in own.keys)])
    yield from (f"“{name}” is declared twice: give one of the two another name." for name in twice if twice[name] > 1)
    for own in columns:
        yield from faults_of(own)
        if own.key in KEYS_OF_EVERY_NOUN and hasattr(model, "noun"):
            yield f"“{own.key}” is in the document of every record: give the column another name."


def faults_of(own: Column) -> Iterator[str]:
    words = [own.label, *([own.traits.term] if own.traits.term else [])]
    for text in words:
        if not is_in_both_languages(text):
            yield f"The label “{text}” of “{own.name}” is in one language only: mark it for translation, and say it."
    if own.traits.filtered and not (own.noun or own.is_coded):
        yield f"Lists are to be narrowed by “{own.name}”, and nothing gives the names of its values: say `names`."
    if own.traits.filtered and len(own.parameter) > LONGEST_TAG:
        yield f"“{own.parameter}” is too long for a filter: give the column a name of {LONGEST_TAG} letters at most."
    if own.traits.filtered and own.parameter in PARAMETERS_OF_EVERY_LIST:
        yield f"“{own.parameter}” already has a meaning in the address of a list: give the column another name."


def is_in_both_languages(text: Any) -> bool:
    """Whether a text has a French translation, which may be the same word."""
    if not isinstance(text, Promise):
        return False
    both = in_both(text)
    english, french = both["text_en"], both["text_fr"]
    return french != english or english in translated_words()


def translated_words() -> set[str]:
    """Every text that has a French translation, those of a context too."""
    catalog: Any = trans_real.translation("fr")._catalog  # type: ignore[attr-defined]  # as Django's own views read it
    return {key.rpartition("\x04")[2] for key, _words in catalog.items() if isinstance(key, str)}
