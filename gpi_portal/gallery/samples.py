"""The samples of the gallery by component: (name of the state, parameters) for each state that it can have."""

from collections.abc import Iterable
from typing import Any

from gpi_portal.gallery.on_figures import ON_FIGURES
from gpi_portal.gallery.values import (
    ARABIC,
    CARD,
    CHIP,
    CHOICE,
    CHOSEN,
    CITATIONS,
    CORRECTION,
    DAY,
    EMOJI,
    EMPTY,
    ERROR,
    FACET,
    FILES,
    HUNDRED,
    LONG,
    LONG_CHIP,
    MANY,
    MAP,
    MARKS,
    MONEY,
    NO_ROW,
    NOTICE,
    NOUN,
    ODD_NAMES,
    ONE,
    RESULT,
    SHORT,
    SOURCE,
    SPOTS,
    TAGS,
    TEXT,
    TOTAL,
    USUAL,
    VERSION,
    WRONG,
    YEARS,
    T,
    chart,
    form,
    pages,
)
from gpi_portal.i18n.languages import Record, active_language

Samples = list[tuple[Any, dict[str, Any]]]


def each_of(name: str, values: Iterable[str | int], **more: Any) -> Samples:
    """One sample per value of one parameter."""
    return [(value, {name: value, **more}) for value in values]


def odd(name: str, **more: Any) -> Samples:
    """One sample per kind of odd text in one parameter."""
    return [(state, {**more, name: text}) for state, text in ODD_NAMES]


REFERENCE = {"words": {"en": TEXT.en, "fr": TEXT.fr}, "version": 3}
ICONS = ["search", "menu", "close", "external", "info", "warning", "check", "previous", "next", "first", "last"]
CERTAINTIES = ["stated", "inferred", "added", "not_stated"]

SAMPLES: dict[str, Samples] = {
    **ON_FIGURES,
    "badge": [*each_of("kind", ["neutral", "open", "warning", "closed"], text=SHORT), *odd("text")],
    "bar": each_of("length", [0, 4, 500, 1000]),
    "before_after": [
        (USUAL, {"before": SHORT, "after": TEXT}),
        (EMPTY, {"before": "", "after": SHORT}),
        *odd("after", before=LONG),
    ],
    "beyond": [(ONE, {"last_page": 1}), (MANY, {"last_page": 180_000})],
    "brand": [(USUAL, {})],
    "brand_head": [(EMPTY, {})],
    "breadcrumbs": [
        (ONE, {"breadcrumb": [{"url": "#", "name": SHORT}]}),
        (MANY, {"breadcrumb": [{"url": "#", "name": text} for text in (SHORT, LONG, ARABIC, EMOJI)]}),
    ],
    "card": [
        (USUAL, {**CARD, "badge": {"kind": "open", "text": SHORT}}),
        (EMPTY, {"url": "#", "title": SHORT}),
        *odd("title", **CARD),
    ],
    "card_grid": [(ONE, {"cards": [CARD]}), (MANY, {"cards": [CARD] * 6}), (EMPTY, {"cards": []})],
    "card_note": [(USUAL, {})],
    "certainty": [*each_of("certainty", CERTAINTIES), *odd("reason", certainty="inferred")],
    "chart": [
        (USUAL, {"chart": chart(MARKS, over_time=False), **FILES}),
        (T("over time", "dans le temps"), {"chart": chart(YEARS, over_time=True), **FILES}),
        (T("one bar", "une seule barre"), {"chart": {**chart(MARKS[:1], over_time=False), "chosen": True}, **FILES}),
        (MANY, {"chart": {**chart(MARKS * 6, over_time=False), "left_out": 10_000}, **FILES}),
        (EMPTY, {"chart": chart([], over_time=False), **FILES}),
    ],
    "chips": [
        (ONE, {"chips": [CHIP], "clear_url": "#"}),
        (MANY, {"chips": [CHIP, LONG_CHIP, *[CHIP] * 20], "clear_url": "#"}),
        (EMPTY, {"chips": []}),
    ],
    "citations": [(USUAL, {"rows": CITATIONS}), (EMPTY, {"rows": []})],
    "cite": [
        (USUAL, {"reference": REFERENCE, "base": "#"}),
        (EMPTY, {"reference": None}),
    ],
    "year": [(USUAL, {"mark": MARKS[0]}), (EMPTY, {"mark": MARKS[-1]})],
    "years": [(ONE, {"years": YEARS[:1]}), (MANY, {"years": YEARS})],
    "compare_bar": [(USUAL, {"url": "#", "hint": TEXT})],
    "compare_choice": [
        (USUAL, {"noun": NOUN, "code": "a", "title": SHORT}),
        *odd("title", noun=NOUN, code="b"),
    ],
    "correction_item": [
        (USUAL, CORRECTION),
        (EMPTY, {**CORRECTION, "before": ""}),
        (T("in the other language", "dans l’autre langue"), {**CORRECTION, "language": T("fr", "en")}),
        *odd("title", **CORRECTION),
    ],
    "date_modified": [(USUAL, {"date_modified": DAY}), (EMPTY, {"date_modified": None})],
    "empty_state": [(USUAL, {"chips": [CHIP, LONG_CHIP], "clear_url": "#", "help_url": "#"}), (EMPTY, {})],
    "error_summary": [
        (ERROR, {"form": form(WRONG)}),
        (
            T("of another form", "d’un autre formulaire"),
            {"form": form(WRONG), "summary_title": SHORT, "summary_text": TEXT},
        ),
        (EMPTY, {"form": form()}),
    ],
    "fact": [
        (USUAL, {"term": SHORT, "value": MONEY, "citations": [CITATIONS[0][1]]}),
        (EMPTY, {"term": SHORT, "value": ""}),
        (T("without a source", "sans source"), {"term": SHORT, "value": MONEY, "uncited": True}),
        (T("in the other language only", "dans l’autre langue seulement"), {"term": SHORT, "value": TEXT, "gap": True}),
        (
            MANY,
            {"term": SHORT, "items": TAGS * 10, "note": TEXT, "citations": [citation for _name, citation in CITATIONS]},
        ),
        *odd("value", term=SHORT, citations=[CITATIONS[1][1]]),
    ],
    "facts": [(USUAL, {"facts": [{"term": SHORT, "value": MONEY, "items": []}, {"term": LONG, "items": []}]})],
    "field_errors": [(ONE, {"errors": [TEXT], "error_id": "e"}), (MANY, {"errors": [TEXT, LONG], "error_id": "e"})],
    "filter_choice": [
        (USUAL, {"name": "sample", "choice": CHOICE}),
        (T("selected, long name", "choisi, nom long"), {"name": "sample", "choice": CHOSEN}),
        (T("no record", "aucune fiche"), {"name": "sample", "choice": NO_ROW}),
    ],
    "filter_group": [
        (USUAL, {"name": "a", "legend": SHORT, "values": [CHOICE, CHOSEN, NO_ROW], "overlaps": True, "open": True}),
        (ERROR, {"name": "b", "legend": SHORT, "values": [CHOICE], "errors": [TEXT]}),
        (EMPTY, {"name": "c", "legend": SHORT, "values": [], "open": True}),
        (T("another filter is wrong", "un autre filtre est erroné"), {"name": "e", "legend": SHORT, "invalid": True}),
        (MANY, {"name": "d", "legend": LONG, "values": HUNDRED, "open": True}),
    ],
    "filter_panel": [
        (USUAL, {"form": form("q=nickel"), "facets": [{"facet": FACET, "values": [CHOICE, CHOSEN]}], "active": 2}),
        (ERROR, {"form": form(WRONG), "facets": [{"facet": FACET, "values": [], "errors": [TEXT]}]}),
    ],
    "icon": each_of("name", [*ICONS, "download"]),
    "key_figures": [
        (USUAL, {"figures": [{"values": [MONEY], "label": SHORT, "note": TEXT, "url": "#"}] * 3}),
        (MANY, {"figures": [{"values": [MONEY] * 3, "label": SHORT, "total": TOTAL}]}),
        (ONE, {"figures": [{"values": ["1"], "label": LONG}]}),
        (EMPTY, {"figures": [{"values": [], "label": SHORT}]}),
    ],
    "map": [(USUAL, {"map": MAP, "base": "#"}), (EMPTY, {"map": {**MAP, "places": [], "spots": []}})],
    "mark_table": [
        (USUAL, {"marks": MARKS, "label": SHORT, "labelled": "component-mark_table"}),
        (EMPTY, {"marks": [], "label": LONG, "labelled": "component-mark_table"}),
    ],
    "matched": [(USUAL, {"matched": RESULT["matched"]}), (EMPTY, {"matched": []})],
    "moment_banner": [
        (T("a past day", "un jour passé"), {"moment": {"is_past": True, "day": DAY, "number": 3}}),
        (EMPTY, {"moment": {"is_past": False}}),
    ],
    "navigation_link": [
        (USUAL, {"page": "about-data", "key": "about", "name": SHORT}),
        (T("current", "courant"), {"page": "about-data", "key": "about", "section": "about", "name": SHORT}),
    ],
    "not_stated": [(USUAL, {})],
    "notice": [*each_of("kind", ["info", "success", "warning", "error"], **NOTICE), *odd("title", text=TEXT)],
    "notice_bar": [(USUAL, {})],
    "page_header": [
        (USUAL, {"title": SHORT, "kicker": SHORT, "lead": TEXT, "status": {"kind": "open", "text": SHORT}}),
        ("hero", {"title": SHORT, "lead": TEXT, "hero": True}),
        *odd("title", lead=LONG),
    ],
    "pagination": [
        (T("first", "première"), pages(1, 3)),
        (MANY, pages(90_000, 180_000)),
        (T("one page", "une seule page"), pages(1, 1)),
    ],
    "provenance": [
        *[(citation["certainty"], {"citations": [citation]}) for _name, citation in CITATIONS],
        (MANY, {"citations": [citation for _name, citation in CITATIONS]}),
        (EMPTY, {"citations": []}),
    ],
    "radio_field": [
        (T("selected", "choisi"), {"field": form("order=title", "order")}),
        (ERROR, {"field": form(WRONG, "order")}),
    ],
    "range_field": [
        (
            USUAL,
            {
                "name": "x",
                "legend": SHORT,
                "low": form("", "date_from"),
                "high": form("", "date_to"),
                "hint": TEXT,
                "open": True,
            },
        ),
        (ERROR, {"name": "y", "legend": SHORT, "low": form(WRONG, "amount_min"), "high": form(WRONG, "amount_max")}),
    ],
    "record_foot": [
        (
            USUAL,
            {
                "history": [VERSION],
                "reference": REFERENCE,
                "version": {"get_report_url": "#"},
                "request": {"path": "#"},
            },
        ),
    ],
    "record_history": [(USUAL, {"history": [VERSION]}), (MANY, {"history": [VERSION] * 30})],
    "record_lead": [
        (USUAL, {"name": SHORT, "url": "#", "amount": MONEY}),
        (EMPTY, {"name": SHORT, "url": "#", "amount": ""}),
        *odd("name", url="#", amount=MONEY),
    ],
    "report_link": [(USUAL, {"url": "#", "number": 3}), (MANY, {"url": "#", "number": 3, "source": Record(SOURCE)})],
    "result_item": [(USUAL, RESULT), (EMPTY, {"url": "#", "title": SHORT}), *odd("title", **RESULT)],
    "result_record": [
        (USUAL, {"url": "#", "title": SHORT, "kind": SHORT, "text": TEXT, "meta": [MONEY, TAGS[0]]}),
        *odd("title", url="#"),
    ],
    "results_bar": [
        (USUAL, {"summary": MONEY, "order": form("", "order"), "page_size": form("", "page_size"), **pages(2, 9)}),
        (EMPTY, {"summary": T("0 projects", "0 projet")}),
        (ERROR, {"summary": SHORT, "order": form(WRONG, "order")}),
    ],
    "search_box": [(USUAL, {"action": "#", "label": SHORT, "hint": TEXT}), *odd("value", action="#", label=SHORT)],
    "select_field": [
        (USUAL, {"field": form("", "order")}),
        (T("selected", "choisi"), {"field": form("", "page_size"), "selected": 50}),
        (ERROR, {"field": form(WRONG, "order")}),
    ],
    "site_footer": [(USUAL, {})],
    "site_header": [(USUAL, {"section": "about"})],
    "site_table": [(USUAL, {"spots": SPOTS})],
    "source_line": [
        (USUAL, {"source": Record(SOURCE)}),
        (MANY, {"source": Record(SOURCE), "heading": LONG.en, "value": MONEY}),
    ],
    "source_title": [
        (
            T("English", "anglais"),
            {"title": SHORT.en, "language": "en", "in_other_language": lambda: active_language() != "en"},
        ),
        (
            T("French", "français"),
            {"title": SHORT.fr, "language": "fr", "in_other_language": lambda: active_language() != "fr"},
        ),
    ],
    "tag_list": [(ONE, {"items": TAGS[:1]}), (MANY, {"items": TAGS * 20, "label": SHORT})],
    "term": [(USUAL, {"words": SHORT, "term": {"code": "a", "text": TEXT}}), *odd("words", term={"text": LONG})],
    "text_area": [
        (USUAL, {"field": form("", "q"), "hint": TEXT}),
        (ERROR, {"field": form(WRONG, "q"), "rows": 3}),
    ],
    "text_field": [
        (USUAL, {"field": form("", "q"), "hint": TEXT}),
        (ERROR, {"field": form(WRONG, "date_from")}),
    ],
    "tombstone": [
        (USUAL, {"reason": TEXT, "day": T("October 9, 2024", "9 octobre 2024"), "url": "#", "link": SHORT}),
        (EMPTY, {}),
        *odd("reason"),
    ],
    "total_rule": [(USUAL, {"total": {**TOTAL, "other_currencies": True}}), (ONE, {"total": {"count": 1}})],
    "total_box": [
        (USUAL, {"amounts": [MONEY, T("US$5,000", "5 000 $ US")], "total": TOTAL, "url": "#"}),
        (EMPTY, {"amounts": [], "total": {"count": 0}}),
        (ONE, {"amounts": [MONEY], "total": {"count": 1}, "title": LONG}),
    ],
    "translation_status": [
        (T("name", "nom"), {"record": {"name_translation": "unreviewed"}}),
        (T("texts", "textes"), {"record": {"text_translation": "unreviewed"}}),
        (EMPTY, {"record": {"name_translation": "official"}}),
    ],
}
