"""Arithmetic of drawings, which templates cannot do."""

from django import template

from gpi_portal.drawing.charts import FULL

register = template.Library()


@register.filter
def steps(number: int, step_and_start: str) -> int:
    """``3|steps:"44 106"`` is 3 × 44 + 106."""
    step, start = map(int, step_and_start.split())
    return number * step + start


@register.filter
def scaled(length: int, full: int) -> int:
    """A mark's length on a line of ``full`` units."""
    return round(length * full / FULL)
