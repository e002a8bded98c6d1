"""What a record consists of: each column declared once, beside its field, in the `columns.py` of an app.

    name = texts(_("name"), length=250, searched="title", in_card=True)
    opened_on = column(models.DateField(_("opened"), null=True, blank=True), filtered=True)

Documents, pages, facets, search, comparison, changes, evidence and the staff's forms read what `columns_of` gives.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.db import models
from django.db.models.base import ModelBase
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gpi_portal import search
from gpi_portal.i18n.languages import LANGUAGES, Record, capitalized_lazy, localized

Document = dict[str, Any]
SomeField = TypeVar("SomeField", bound="models.Field[Any, Any]")

NAMES_OF_LANGUAGES = {"en": _("English"), "fr": _("French")}


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What is said of a column beside its field."""

    #: How much a word found in it weighs in a search; empty: it is not searched.
    searched: Literal["", "title", "body"] = ""
    #: Whether other records embed it with the name of this one.
    in_card: bool = False
    #: Whether a record without it, in both languages, may not be public.
    required: bool = False
    #: Whether the list of the noun can be narrowed by it.
    filtered: bool = False
    #: Whether it is the portal's own, so that no source gives it.
    is_ours: bool = False
    #: Its words on public pages, where its label is not enough.
    term: Any = ""
    #: What says one of its codes in words, where its field has no choices.
    names: Callable[[str], str] | None = None
    #: How a page shows it, as parameters of the component `fact`, where its kind does not tell.
    show: Callable[[Record], dict[str, Any]] | None = None
    #: Whether a page leaves it out where it is not stated.
    rare: bool = False
    #: The column without which a page leaves it out.
    beside: str = ""
    #: The column with which a page shows it.
    shown_with: str = ""
    #: The term of the glossary that it is about.
    glossary: str = ""
    #: The column without which it says nothing: whoever cites it cites that one.
    qualifies: str = ""
    #: The column whose citations it stands on where that one is stated.
    belongs_to: str = ""
    #: The rows that give its value, and are cited for it, where the record has any.
    given_by: str = ""
    #: Whether a source can say that there is none.
    empty_is_answer: bool = False
    #: Whether it is the day or the year of something that has happened: staff are asked about one to come.
    is_past: bool = False
    #: Whether each of its lines is a text of its own.
    one_per_line: bool = False
    #: Its key in the document, where that is not its name.
    key: str = ""
    #: What the document holds of it, or which records it names, where that is not the value of its field.
    reads: Callable[[Any], Any] | None = None


def column(field: SomeField, **traits: Any) -> SomeField:
    """A field of the record that is public, with what is said of it."""
    vars(field)["traits"] = Traits(**traits)
    return field


class texts(localized):
    """A public text in both languages, in two fields: ``title_en`` and ``title_fr``; ``title`` is that of the page."""

    def __init__(self, label: Any, *, length: int = 0, blank: bool = True, **traits: Any) -> None:
        make: Any = functools.partial(models.CharField, max_length=length) if length else models.TextField
        self.label = label
        self.fields: dict[str, Any] = {}
        for language, words in NAMES_OF_LANGUAGES.items():
            field = column(make(format_lazy("{} ({})", label, words), blank=blank), **traits)
            vars(field)["text"] = self
            self.fields[language] = field

    def contribute_to_class(self, model: Any, name: str) -> None:
        self.name = name
        setattr(model, name, self)
        for language, field in self.fields.items():
            model.add_to_class(f"{name}_{language}", field)


class Declarations(dict[str, Any]):
    """The body of a class, which remembers what it says twice."""

    def __init__(self) -> None:
        super().__init__()
        self.twice: list[str] = []

    def __setitem__(self, name: str, value: Any) -> None:
        if isinstance(value, models.Field | texts) and name in self:
            self.twice.append(name)
        super().__setitem__(name, value)


class Columned(ModelBase):
    """The class of models that have columns."""

    #: The names that the body of the class gives to two columns.
    said_twice: list[str]

    @classmethod
    def __prepare__(cls, name: str, bases: Any, /, **kwargs: Any) -> Declarations:
        return Declarations()

    def __new__(cls, name: str, bases: Any, body: Any, **kwargs: Any) -> Any:
        model: Any = super().__new__(cls, name, bases, body, **kwargs)
        inherited = (twice for base in bases for twice in getattr(base, "said_twice", ()))
        model.said_twice = [*inherited, *getattr(body, "twice", ())]
        return model


@dataclass(frozen=True)
class Column:
    """One thing that a record, or a row of it, consists of."""

    name: str
    #: Where it is kept: one field or, for a text in both languages, two.
    fields: tuple[Any, ...]
    traits: Traits

    @property
    def field(self) -> Any:
        return self.fields[0]

    @property
    def is_text(self) -> bool:
        """Whether it is a text in both languages."""
        return len(self.fields) > 1

    @property
    def noun(self) -> Any:
        """The model of the records that it names; None where it names none."""
        return self.field.related_model

    @property
    def is_many(self) -> bool:
        return bool(self.field.many_to_many)

    @property
    def is_list(self) -> bool:
        """Whether it names several records."""
        return self.is_many or bool(self.noun and self.traits.reads)

    @property
    def label(self) -> Any:
        """Its words for staff, without a language."""
        return self.field.text.label if self.is_text else self.field.verbose_name

    @property
    def term(self) -> Any:
        """Its words on public pages."""
        return self.traits.term or capitalized_lazy(self.label)

    @property
    def key(self) -> str:
        return self.traits.key or self.name

    @property
    def keys(self) -> list[str]:
        """The keys of the document that hold it."""
        return [field.name for field in self.fields] if self.is_text else [self.key]

    @property
    def parameter(self) -> str:
        """The name of its filter: that of the noun whose records it names, else its own."""
        return str(self.noun.noun) if self.noun else self.name

    @property
    def choices(self) -> dict[str, Any]:
        return dict(self.field.flatchoices)

    def said(self, code: str) -> str:
        """One of its codes in words, in the page's language."""
        return self.traits.names(code) if self.traits.names else str(self.choices.get(code, code))

    @functools.cached_property
    def has_choices(self) -> bool:
        return bool(self.field.choices)

    @property
    def is_coded(self) -> bool:
        return bool(self.traits.names) or self.has_choices

    @functools.cached_property
    def _words(self) -> dict[str, dict[str, str]]:
        """What its codes are called in each language, for those that were asked for."""
        return {}

    def said_in_both(self, code: str) -> dict[str, str]:
        """One of its codes in words in each language, as a document has them."""
        if code not in self._words:
            said = {}
            for language in LANGUAGES:
                with override(language):
                    said[f"text_{language}"] = self.said(code)
            self._words[code] = said
        return self._words[code]

    @functools.cached_property
    def taken_over(self) -> list[tuple[str, str]]:
        """Its keys in the document, each with the attribute whose value stands there as it is, if it is one."""
        if self.is_text:
            return [(field.attname, field.attname) for field in self.fields]
        return [] if self.noun or self.traits.reads else [(self.key, self.name)]

    def fill(self, document: Document, record: Any, cards: Any) -> None:
        """Put into the document what it holds of the record."""
        if self.taken_over:
            for key, name in self.taken_over:
                document[key] = getattr(record, name)
            return
        value = self.traits.reads(record) if self.traits.reads else getattr(record, self.name)
        if self.is_many:
            value = value.all()
        if self.noun:
            value = (cards.each if self.is_list else cards.of)(value) if self.is_list or value else None
        document[self.key] = value

    def texts(self, document: Document, weight: str = "", field: str = "") -> list[search.Text]:
        """What the search reads of it in a document; ``weight`` and ``field`` those of the part that embeds it."""
        value, told = document.get(self.key), {"weight": weight or self.traits.searched, "field": field or self.key}
        most: Any = told
        if self.is_text:
            known = self.keys[0] in document
            return search.bilingual(document, self.name, weight=most["weight"], field=field) if known else []
        if self.noun:
            cards = value if self.is_list else [value]
            return [text for card in cards or () if card for text in self.texts_of_card(card, most["field"])]
        if self.is_coded:
            return self._texts_of_codes(
                [code for code in (value if isinstance(value, list) else [value]) if code], most
            )
        return search.names(str(value or "").splitlines(), **most)

    def texts_of_card(self, card: Document, field: str) -> Iterator[search.Text]:
        """What the search reads of another record: a title there weighs as much here, if its mention does."""
        for own in columns_of(self.noun).values():
            if own.traits.in_card and own.traits.searched:
                is_title = self.traits.searched == own.traits.searched == "title" and own.is_text
                yield from own.texts(card, "title" if is_title else "body", field)

    def _texts_of_codes(self, codes: list[str], told: Any) -> list[search.Text]:
        """Their names: those of places have no language, and both languages read them."""
        said = [self.said_in_both(code) for code in codes]
        if self.traits.names:
            return search.names((words for both in said for words in both.values()), **told)
        return [text for both in said for text in search.bilingual(both, "text", **told)]


@functools.cache
def columns_of(model: type[models.Model]) -> dict[str, Column]:
    """The columns of a noun, or of a row that belongs to one, by name, in the order of their declaration."""
    fields: Any = sorted([*model._meta.concrete_fields, *model._meta.many_to_many])
    found: dict[str, list[Any]] = {}
    for field in fields:
        if hasattr(field, "traits"):
            text = getattr(field, "text", None)
            found.setdefault(text.name if text else field.name, []).append(field)
    return {name: Column(name, tuple(own), own[0].traits) for name, own in found.items()}


def traits_of(model: type[models.Model], name: str) -> Traits:
    """What is said of a column; nothing of what is none, such as the rows of a record."""
    own = columns_of(model).get(name)
    return own.traits if own else Traits()


def public_keys(model: type[models.Model]) -> list[str]:
    """The keys of a document that hold the record's own values, and not other records, in their order."""
    return [key for own in columns_of(model).values() if not own.noun for key in own.keys]
