"""The values of which the samples of the gallery are made, in both languages."""

import datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.figures import money
from gpi_portal.i18n.languages import Record, active_language
from gpi_portal.models import PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.query.filters import (
    AmountFilter,
    DayFilter,
    FilterSet,
    OrderOption,
    PageOption,
    PageSizeOption,
    WordsFilter,
)


class T(NamedTuple):
    """A text of a sample in both languages."""

    en: str
    fr: str


def spoken(value: Any) -> Any:
    """The value in the active language, at any depth: a `T` becomes its text, a function its result."""
    if isinstance(value, T):
        return getattr(value, active_language())
    if isinstance(value, dict):
        return {key: spoken(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [spoken(part) for part in value]
    return value() if callable(value) and not isinstance(value, type) else value


class SampleFilterSet(FilterSet):
    q = WordsFilter(label=_("Words"))
    date_from = DayFilter(label=_("From"))
    date_to = DayFilter(label=_("To"))
    amount_min = AmountFilter(label=_("At least"))
    amount_max = AmountFilter(label=_("At most"))
    order = OrderOption(label=_("Sort by"), choices=[("newest", _("Newest first")), ("title", _("Title, A to Z"))])
    page = PageOption(label=_("Page"))
    page_size = PageSizeOption(label=_("Results per page"))

    class Meta:
        model = PublishedVersion
        fields: list[Any] = []


def form(query: str = "", field: str = "") -> Any:
    """A function that makes the form of a list for a query, or one field of it, in the active language."""

    def make() -> Any:
        made = SampleFilterSet(QueryDict(query)).form
        made.is_valid()
        return made[field] if field else made

    return make


def pages(number: int, last: int) -> dict[str, Any]:
    """The parameters of `pagination`."""
    paginator = Paginator(range(last * 10), 10)
    elided = list(paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))
    return {"page": paginator.page(number), "pages": elided, "last_page": last}


SHORT = T("Cobalt from tailings", "Du cobalt tiré de résidus")
LONG = T(
    "Demonstration of a very long name for an environmentally responsible hydrometallurgical rare-earth separation and "
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenhersteller pilot plant",
    "Démonstration d’un très long nom pour une usine pilote de séparation hydrométallurgique des terres rares et de "
    "l’anticonstitutionnellementhydrométallurgiquement",
)
ARABIC = T("مشروع المعادن الحرجة", "مشروع المعادن الحرجة")
EMOJI = T("Lithium 🔋 in Tłı̨chǫ and Whatì 🇨🇦", "Du lithium 🔋 à Tłı̨chǫ et à Whatì 🇨🇦")
TEXT = T(
    "A sentence that says in plain words what this is about.", "Une phrase qui dit en mots simples de quoi il s’agit."
)
ODD_NAMES = [
    (T("long name", "nom long"), LONG),
    (T("right to left", "de droite à gauche"), ARABIC),
    (T("signs", "signes"), EMOJI),
]
#: Any noun will do for a sample.
NOUN = next(iter(nouns()))
USUAL, EMPTY, ERROR = T("usual", "habituel"), T("nothing", "rien"), T("error", "erreur")
ONE, MANY = T("one", "un seul"), T("very many", "un très grand nombre")

MONEY = T("$1,250,000", "1 250 000 $")
TAGS = [{"url": "#", "name": T("Nickel", "Nickel")}, {"name": EMOJI, "note": T("not listed", "hors liste")}]
CHIP = {"label": T("Mineral", "Minéral"), "value": T("Cobalt", "Cobalt"), "url": "#"}
LONG_CHIP = {"label": T("Recipient", "Bénéficiaire"), "value": LONG, "url": "#"}
CHOICE = {"value": "cobalt", "label": T("Cobalt", "Cobalt"), "count": 12, "selected": False}
CHOSEN = {**CHOICE, "value": "long", "label": LONG, "selected": True, "count": 1_800_000}
NO_ROW = {**CHOICE, "value": "tin", "label": ARABIC, "count": 0}
HUNDRED = [
    {**CHOICE, "value": f"value-{number}", "label": f"NAICS {number}", "count": number} for number in range(100, 0, -1)
]
FACET = {"name": "sample", "label": T("Mineral", "Minéral"), "overlaps": True}
WRONG = "q=%2B&date_from=2024-13-40&amount_min=5&amount_max=x&order=nothing"
SOURCE = {
    "noun": NOUN,
    "code": "sample",
    "language": "en",
    "title_en": "Source page",
    "title_fr": "Page source",
    "publisher_en": "A publisher",
    "publisher_fr": "Un éditeur",
    "published_on": "2026-05-01",
    "retrieved_on": None,
}
CITATIONS = [
    (
        name,
        Record({"certainty": certainty, "note": "", "heading": heading, "value": value, "source": source}),
    )
    for name, certainty, heading, value, source in (
        (T("Amount", "Montant"), "stated", "Table 1", "US$6,380,555", SOURCE),
        (T("Title", "Titre"), "inferred", "", str(LONG.en), SOURCE),
        (T("Program", "Programme"), "not_stated", "", "", None),
    )
]
TOTAL = {"count": 11, "without_amount": 2, "up_to": 1, "other_qualifier": 3, "rounded": 4, "by_currency": {"CAD": "1"}}
DAY = datetime.date(2026, 11, 23)
VERSION = {
    "get_absolute_url": "#",
    "get_change_display": T("corrected", "corrigé"),
    "valid_from": {"day": DAY},
    "valid_from_id": 128,
    "noun": NOUN,
    "code": "sample",
}
RESULT = {
    "url": "#",
    "title": SHORT,
    "recipient": T("A company Ltd.", "Une société ltée"),
    "amount": MONEY,
    "date": T("October 9, 2024", "9 octobre 2024"),
    "program": T("A program", "Un programme"),
    "excerpt": TEXT,
    "minerals": TAGS,
    "matched": [{"label": T("co-funder", "cofinanceur"), "language": "", "html": ARABIC}],
}
CORRECTION = {
    "noun": NOUN,
    "url": "#",
    "title": SHORT,
    "day": DAY,
    "number": 3,
    "field": T("Amount", "Montant"),
    "before": T("$120,000", "120 000 $"),
    "after": MONEY,
    "reason": TEXT,
}
CARD = {"url": "#", "title": SHORT, "kicker": T("Program", "Programme"), "text": TEXT, "meta": [MONEY, SHORT]}
NOTICE = {"title": SHORT, "text": TEXT, "url": "#", "link": SHORT}


def mark(label: Any, amount: str | None, length: int, *, stated: bool = True) -> dict[str, Any]:
    """A mark of a chart; its amount has this length and its number of rows half of it."""
    lengths = {"amount_length": length, "count_length": length // 2}
    return {
        "label": label,
        "url": "#",
        "words": amount and (lambda: money(amount)),
        "count": length,
        "stated": stated,
        **lengths,
    }


def chart(marks: list[dict[str, Any]], *, over_time: bool) -> dict[str, Any]:
    facet = {"name": "sample", "label": T("Funding stream", "Volet"), "overlaps": not over_time, "over_time": over_time}
    return {"facet": facet, "marks": marks, "years": marks}


MARKS = [
    mark(SHORT, "6380555.5", 1000),
    mark(LONG, "1", 4),
    mark(ARABIC, "-5", 0),
    mark(EMOJI, None, 250),
    mark(T("Not stated", "Non précisé"), None, 0, stated=False),
]
YEARS = [mark(f"{year}-{(year + 1) % 100:02}", f"{year}", year % 1000) for year in range(2000, 2024)]
FILES = {"base": "#", "drawing": "#", "table": "#"}
WHERE = {"kind": SHORT, "precision": SHORT, "latitude": "63.54", "longitude": "-116.75"}
SPOTS = [
    {"x": 30 * place, "y": 15, "site": {"name": name, "record": LONG, "url": "#", **WHERE}}
    for place, name in enumerate((SHORT, LONG, ARABIC), start=1)
]
MAP = {
    "name": "world",
    "width": 100,
    "height": 50,
    "land": "M5 5h90v40h-90z",
    "places": [{"mark": {"url": "#", "label": LONG, "count": 2}, "path": "M20 20h9v9z", "x": 50, "y": 25, "radius": 3}],
    "spots": SPOTS,
}
