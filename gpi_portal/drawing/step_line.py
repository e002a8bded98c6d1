"""A step line: one value over time, which holds until the next step.

Positions are percentages of the drawing, as text, so that it can have any width while its text keeps its size.
"""

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

#: The area of the line in thousandths of the drawing: first step, last step, end of the line; top and bottom.
FIRST, LAST, END = 20, 900, 990
TOP, BOTTOM = 160, 780
#: The smallest distance between the names of steps, and between those of levels, in thousandths.
ROOM, LEVEL_ROOM = 75, 120


@dataclass(frozen=True)
class Step:
    """A value from a day on; the day may be unknown. ``stops``: nothing follows it."""

    value: Decimal
    name: str
    day: datetime.date | None = None
    title: Any = ""
    url: str = ""
    stops: bool = False


@dataclass(frozen=True)
class StepPoint:
    """A step as drawn. ``named``: there is room for its name."""

    step: Step
    x: str
    y: str
    named: bool


@dataclass(frozen=True)
class Level:
    """A horizontal line at a value. ``named``: there is room for its amount; ``below``: it is under the line."""

    value: Decimal
    y: str
    named: bool
    below: bool


@dataclass(frozen=True)
class StepLine:
    """``to_scale``: distances are proportional to time; otherwise the steps are evenly spaced in order."""

    points: list[StepPoint]
    runs: list[tuple[str, str, str, str]]
    levels: list[Level]
    to_scale: bool


def step_line(steps: Sequence[Step]) -> StepLine | None:
    """The drawing of these steps; None for fewer than two."""
    if len(steps) < 2:
        return None
    days = _scale([step.day for step in steps])
    values = [Decimal(0), *(step.value for step in steps)]
    low, high = min(values), max(values)
    across, down = _across(len(steps), days), [_down(step.value, low, high) for step in steps]
    named = _named(across)
    points = [StepPoint(step, _share(x), _share(y), x in named) for step, x, y in zip(steps, across, down, strict=True)]
    return StepLine(points, _runs(steps, across, down), _levels(low, high, steps), to_scale=bool(days))


def _scale(days: list[datetime.date | None]) -> list[datetime.date]:
    """The days if all are known, in order and not all the same; otherwise an empty list."""
    known = [day for day in days if day is not None]
    return known if len(known) == len(days) and known == sorted(known) and known[0] != known[-1] else []


def _across(number: int, days: list[datetime.date]) -> list[int]:
    if days:
        parts = [(day - days[0]) / (days[-1] - days[0]) for day in days]
    else:
        parts = [place / (number - 1) for place in range(number)]
    return [FIRST + round(part * (LAST - FIRST)) for part in parts]


def _down(value: Decimal, low: Decimal, high: Decimal) -> int:
    return BOTTOM - round((value - low) / ((high - low) or 1) * (BOTTOM - TOP))


def _named(across: list[int]) -> set[int]:
    """The positions with room for a name: the last, then from the first each one far enough from those chosen."""
    named = [across[-1]]
    for x in across:
        if all(abs(x - other) >= ROOM for other in named):
            named.append(x)
    return set(named)


def _runs(steps: Sequence[Step], across: list[int], down: list[int]) -> list[tuple[str, str, str, str]]:
    """The segments: across to the next step, then up or down to its value; past the last step unless it stops."""
    corners = [(across[0], down[0])]
    for x, y in zip(across[1:], down[1:], strict=True):
        corners += [(x, corners[-1][1]), (x, y)]
    if not steps[-1].stops:
        corners.append((END, down[-1]))
    pairs = itertools.pairwise(corners)
    return [(*_shares(start), *_shares(end)) for start, end in pairs if start != end]


def _levels(low: Decimal, high: Decimal, steps: Sequence[Step]) -> list[Level]:
    """The highest value, the last, the lowest and zero; of two close to each other, only the first is named."""
    last, fell = steps[-1].value, steps[-1].value < steps[-2].value
    found: list[Level] = []
    for value in dict.fromkeys((high, last, low, Decimal(0))):
        y = _down(value, low, high)
        named = all(abs(y - _down(other.value, low, high)) >= LEVEL_ROOM for other in found)
        below = value == low <= 0 or (value == last and fell)
        found.append(Level(value, _share(y), named, below))
    return found


def _shares(corner: tuple[int, int]) -> tuple[str, str]:
    return _share(corner[0]), _share(corner[1])


def _share(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}%"
