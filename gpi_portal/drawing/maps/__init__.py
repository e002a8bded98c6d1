"""Maps: places as shapes with marks. `bench/maps` made the shapes; the borders take no position on their status."""

import functools
import json
import math
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from gpi_portal.drawing.charts import Mark
from gpi_portal.drawing.maps.projections import PROJECTIONS

MAPS = ("canada", "world")
SMALLEST, LARGEST = 13, 32


@dataclass(frozen=True)
class Place:
    """A place of a map with its mark; the circle's area grows with the number of rows."""

    mark: Mark
    path: str
    x: int
    y: int
    radius: int


@dataclass(frozen=True)
class Site:
    """A place with coordinates from a source, in degrees, and the record that it belongs to."""

    name: str
    kind: str
    precision: str
    latitude: Decimal
    longitude: Decimal
    record: str
    url: str


@dataclass(frozen=True)
class Spot:
    """A site on a map."""

    site: Site
    x: int
    y: int


@dataclass(frozen=True)
class Map:
    """A map and its size. ``land`` is one path for all places without a mark."""

    name: str
    width: int
    height: int
    land: str
    places: list[Place]
    marks: list[Mark]
    spots: list[Spot]

    @property
    def undrawn(self) -> int:
        """How many marks have a place that is not on the map."""
        return len(self.marks) - len(self.places)


def map_of(name: str, marks: list[Mark], sites: list[Site]) -> Map:
    """The map with these marks, the largest first so that none hides a smaller one, and the sites on top."""
    sheet = _sheet(name)
    shapes = sheet["places"]
    most = max((mark.count for mark in marks), default=1)
    drawn = [mark for mark in marks if "x" in shapes.get(mark.value, {})]
    marked = {mark.value for mark in drawn}
    return Map(
        name=name,
        width=sheet["width"],
        height=sheet["height"],
        land="".join(shape["path"] for code, shape in shapes.items() if code not in marked),
        places=[
            Place(mark, radius=_radius(mark.count, most), **shapes[mark.value])
            for mark in sorted(drawn, key=lambda mark: -mark.count)
        ],
        marks=marks,
        spots=[Spot(site, *_placed(name, site)) for site in sites],
    )


def _placed(name: str, site: Site) -> tuple[int, int]:
    """The position of a site on the sheet."""
    sheet = _sheet(name)
    x, y = PROJECTIONS[name](float(site.longitude), float(site.latitude))
    return round((x - sheet["left"]) * sheet["scale"]), round((y - sheet["top"]) * sheet["scale"])


def _radius(count: int, most: int) -> int:
    return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / most)) if count and most > 1 else SMALLEST


@functools.cache
def _sheet(name: str) -> dict[str, Any]:
    sheet: dict[str, Any] = json.loads(Path(__file__).with_name(f"{name}.json").read_text())
    return sheet
