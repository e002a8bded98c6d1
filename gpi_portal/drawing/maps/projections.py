"""Map projections."""

import math
from collections.abc import Callable

Point = tuple[float, float]
#: Longitude and latitude in degrees → x to the right and y downwards, in units of the earth's radius.
Projection = Callable[[float, float], Point]

BERING_STRAIT = -168.5


def lambert(longitude: float, latitude: float) -> Point:
    """The conformal conic of the Atlas of Canada: parallels 49° and 77°, meridian 95° west."""
    first, second = math.radians(49), math.radians(77)
    slope = math.log(math.cos(first) / math.cos(second)) / math.log(_stretch(second) / _stretch(first))
    radius = math.cos(first) * _stretch(first) ** slope / slope / _stretch(math.radians(latitude)) ** slope
    angle = slope * math.radians(longitude + 95)
    return radius * math.sin(angle), radius * math.cos(angle)


def _stretch(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


def equal_earth(longitude: float, latitude: float) -> Point:
    """The Equal Earth projection (Šavrič, Patterson and Jenny, 2018), which keeps areas in proportion.

    Its edge runs through the Bering Strait, where it cuts no country.
    """
    longitude = (longitude - BERING_STRAIT) % 360 - 180
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    x = math.radians(longitude) * math.cos(angle)
    x /= math.sqrt(3) / 2 * (a1 + 3 * a2 * angle**2 + 7 * a3 * angle**6 + 9 * a4 * angle**8)
    return x, -(a1 * angle + a2 * angle**3 + a3 * angle**7 + a4 * angle**9)


PROJECTIONS: dict[str, Projection] = {"canada": lambert, "world": equal_earth}
