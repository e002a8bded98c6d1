"""The drawing of one value over time."""

from decimal import Decimal

import pytest

from gpi_portal.drawing.step_line import Step, step_line


@pytest.mark.parametrize("values", [(0, 0), (-5, -5), (-5, 10), (10**13, 1)])
def test_any_values_can_be_drawn_from_zero_on(values):
    line = step_line([Step(Decimal(value), str(place)) for place, value in enumerate(values)])
    assert Decimal(0) in [level.value for level in line.levels]
    heights = {point.step.value: float(point.y.removesuffix("%")) for point in line.points}
    assert sorted(heights, reverse=True) == sorted(heights, key=heights.get)


def test_nothing_is_drawn_after_the_end_of_an_agreement():
    steps = [Step(Decimal(5), "0"), Step(Decimal(1), "1")]
    running, stopped = step_line(steps), step_line([steps[0], Step(Decimal(1), "1", stops=True)])
    assert len(running.runs) == len(stopped.runs) + 1
