"""What a condition of a funding stream is about, and the answers that an organization can give."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Criterion(models.TextChoices):
    """One thing that an organization can say of itself; each is a question of the page that finds a stream."""

    ORGANIZATION = "organization", _("kind of organization")
    PLACE = "place", _("place and partners")
    ACTIVITY = "activity", _("purpose of the work")


#: Criterion → the codes of its answers, with their words.
ANSWERS: dict[str, dict[str, Any]] = {
    Criterion.ORGANIZATION: {
        "company": _("A company"),
        "research": _("A university or a research organization"),
        "nonprofit": _("A not-for-profit organization"),
        "indigenous": _("An Indigenous government or organization"),
        "government": _("Another government or public body"),
        "international": _("An international organization"),
        "other": _("Another kind, or a person"),
    },
    Criterion.PLACE: {
        "canada-partners": _("In Canada, with partners in other countries"),
        "canada-alone": _("In Canada, without partners in other countries"),
        "abroad": _("In another country"),
    },
    Criterion.ACTIVITY: {
        "research": _("Research and development on critical minerals"),
        "development": _("Develop a critical minerals project in Canada"),
        "traceability": _("Make supply chains more transparent and easier to trace"),
        "responsible": _("Promote responsible development of resources"),
        "other": _("Something else"),
    },
}


def answers_to(criterion: str) -> dict[str, Any]:
    """The answers to a criterion; none to one that does not exist."""
    return ANSWERS.get(criterion, {})
