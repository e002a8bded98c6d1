"""What the pages of the catalogue show of a funding stream."""

import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString

from gpi_portal.i18n.languages import Record
from gpi_portal.pages.glossary_term import opened
from gpi_portal.publishing.facts import fact
from programs import calls
from programs.columns import AgreementType
from programs.finder import Point
from programs.models import Criterion

register = template.Library()

#: The terms of the glossary behind the federal codes of agreement types.
AGREEMENT_TERMS: dict[str, str] = {AgreementType.GRANT: "grant", AgreementType.CONTRIBUTION: "contribution"}


@register.filter
def agreement_term(code: str, words: str) -> SafeString | str:
    """The words of an agreement type, with their meaning where the glossary has it."""
    return opened(AGREEMENT_TERMS[code], words) if code in AGREEMENT_TERMS else words


@register.filter
def call_badge(call: Record, today: datetime.date) -> dict[str, str]:
    """The state of a call on that day, as the component `badge` takes it."""
    return calls.call_badge(call, today)


@register.filter
def criterion_name(criterion: str) -> str:
    """The words of what a condition is about."""
    name = str(Criterion(criterion).label)
    return name[:1].upper() + name[1:]


@register.inclusion_tag("programs/includes/condition_point.html")
def condition_point(stream: Record, point: Point) -> dict[str, Any]:
    """One question as to a stream, with what the sources say to the answer and which of them do."""
    text = point.condition["text"] if point.condition else ""
    return {**fact(stream, point.criterion, criterion_name(point.criterion), text), "point": point}
