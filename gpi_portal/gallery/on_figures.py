"""The samples of the components that explain a figure: timelines and reconciliations."""

import datetime
from decimal import Decimal
from typing import Any

from gpi_portal.drawing.step_line import Step, step_line
from gpi_portal.gallery.values import (
    ARABIC,
    CITATIONS,
    DAY,
    EMOJI,
    EMPTY,
    LONG,
    MANY,
    MONEY,
    ONE,
    SHORT,
    TEXT,
    USUAL,
    T,
)

ORIGINAL = T("The original agreement", "L’entente initiale")
EARLIER = datetime.date(2024, 4, 1)
VERSION = {"number": 1}
CORRECTED = {"corrected_on": DAY, "corrected_in": VERSION}


def state(number: int, value: str, **row: Any) -> dict[str, Any]:
    """A state of an agreement, as the component `timeline` takes it."""
    changes = [TEXT, SHORT] if number else [ORIGINAL]
    empty = {"amended_on": None, "end_date": None, "terminates": False, "reason": ""}
    shown = {"changes": changes, "shown_on": DAY, "shown_in": VERSION}
    return {"row": {**empty, "number": number, "value": Decimal(value), **row}, **shown}


def timeline(*states: dict[str, Any], dated: bool = True, **more: Any) -> dict[str, Any]:
    """The parameters of `timeline`: these states, the last one current, drawn a year apart or undated."""
    states[-1]["is_current"] = True
    rows = [state["row"] for state in states]
    steps = [
        Step(
            row["value"],
            str(row["number"]),
            EARLIER.replace(year=EARLIER.year + place) if dated else None,
            stops=row["terminates"],
        )
        for place, row in enumerate(rows)
    ]
    line = step_line(steps)
    usual = {
        "has_original": rows[0]["number"] == 0,
        "missing_numbers": [],
        "course": TEXT if line else "",
        "currency": "CAD",
    }
    return {"timeline": {"states": list(states), "line": line, **usual, **more}}


ENDED = state(2, "90000", amended_on="2026-04-01", end_date="2026-04-15", terminates=True, reason=LONG)
TWENTY = [state(number, str(165_300 + number * 7919 % 13 * 40_000)) for number in range(20)]
USUAL_STATES = (
    state(0, "165300", end_date="2026-03-31"),
    {**state(1, "200000.55", amended_on="2025-04-01", end_date="2027-03-31", reason=TEXT), **CORRECTED},
)
WITHOUT_ORIGINAL = T("without the original", "sans l’original")
BELOW_ZERO = T("below zero, other currency", "sous zéro, autre devise")
RECORDED = {"name": SHORT, "amount": T("$674,650", "674\u00a0650\u00a0$"), "count": 5, "url": "#"}
ENVELOPE = {
    "envelope": {"term": SHORT, "value": MONEY, "citations": [CITATIONS[0][1]]},
    "recorded": [RECORDED],
    "difference": TEXT,
    "not_known": [TEXT, LONG],
}

ON_FIGURES = {
    "reconciliation": [
        (USUAL, ENVELOPE),
        (MANY, {**ENVELOPE, "recorded": [RECORDED, RECORDED, {**RECORDED, "name": LONG, "amount": ""}]}),
        (EMPTY, {**ENVELOPE, "envelope": {"term": SHORT, "value": ""}, "recorded": [{**RECORDED, "count": 0}]}),
    ],
    "step_line": [
        (USUAL, {"line": timeline(*USUAL_STATES, ENDED)["timeline"]["line"], "currency": "CAD"}),
        (MANY, {"line": timeline(*TWENTY)["timeline"]["line"], "currency": "USD"}),
        (
            T("all zero", "tout à zéro"),
            {"line": step_line([Step(Decimal(0), "0"), Step(Decimal(0), "1")]), "currency": "CAD"},
        ),
    ],
    "timeline": [
        (USUAL, timeline(*USUAL_STATES, ENDED)),
        (WITHOUT_ORIGINAL, timeline(state(1, "5", reason=ARABIC), state(4, "5", reason=EMOJI), missing_numbers=[2, 3])),
        (BELOW_ZERO, timeline(state(0, "-500"), state(1, "1234567.89"), dated=False, currency="USD")),
        (ONE, timeline(state(0, "165300"))),
        (MANY, timeline(*TWENTY, dated=False)),
    ],
}
