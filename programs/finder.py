"""Which funding stream could fit an organization: what the sources say for and against each, and what they leave open.

Nobody is ever told to be eligible. Only conditions count whose source is named; an answer of which no condition
speaks is not stated.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpi_portal.i18n.languages import Record
from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.facts import cited
from gpi_portal.publishing.moments import Moment
from programs.models import ANSWERS, Criterion
from programs.models.criteria import answers_to


def question(criterion: str, words: Any) -> forms.ChoiceField:
    """A question that may stay unanswered."""
    return forms.ChoiceField(
        label=words,
        choices=list(ANSWERS[criterion].items()),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("This answer does not exist: choose one of those below.")},
    )


class FinderForm(forms.Form):
    organization = question(Criterion.ORGANIZATION, gettext_lazy("What kind of organization is it?"))
    place = question(Criterion.PLACE, gettext_lazy("Where is it based, and with whom would it work?"))
    activity = question(Criterion.ACTIVITY, gettext_lazy("What does it want to do?"))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.given = data

    def clean(self) -> dict[str, Any]:
        for name in self.fields:
            if len({answer for answer in self.given.getlist(name) if answer}) > 1:
                self.add_error(name, _("Choose one answer."))
        return self.cleaned_data

    @property
    def answers(self) -> dict[str, str]:
        """Criterion → answer, of the questions that were answered; none where an answer is wrong."""
        return {name: answer for name, answer in self.cleaned_data.items() if answer} if self.is_valid() else {}


class Stand(models.TextChoices):
    """What a stream's condition says to an answer."""

    FOR = "for", gettext_lazy("Speaks for it")
    AGAINST = "against", gettext_lazy("Speaks against it")
    OPEN = "open", gettext_lazy("Not stated: ask")
    UNASKED = "unasked", gettext_lazy("Not answered")


@dataclass(frozen=True)
class Point:
    """One question as to one stream: the answer, the condition if a source states one, and what follows from both."""

    criterion: str
    answer: str
    condition: Record | None

    @property
    def stand(self) -> Stand:
        if not self.answer:
            return Stand.UNASKED
        if self.condition and self.answer in self.condition["admits"]:
            return Stand.FOR
        if self.condition and self.answer in self.condition["excludes"]:
            return Stand.AGAINST
        return Stand.OPEN

    @property
    def answer_in_words(self) -> str:
        return str(answers_to(self.criterion).get(self.answer, ""))


@dataclass(frozen=True)
class Advice:
    """What is stated of one stream for the answers given, a point per question, in their order."""

    version: PublishedVersion
    program: Record | None
    points: list[Point]

    def count(self, stand: Stand) -> int:
        return sum(point.stand == stand for point in self.points)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The fewest points against first, then the most in favour, then the order of the catalogue."""
        return self.count(Stand.AGAINST), -self.count(Stand.FOR), self.version.document["position"]

    @property
    def in_words(self) -> str:
        """The points against and those to ask about; never that somebody is eligible."""
        against = (
            _("Nothing that is stated speaks against it."),
            _("One point speaks against it."),
            _("Two points speak against it."),
            _("Three points speak against it."),
        )
        ask = ("", _("Ask about one point."), _("Ask about two points."), _("Ask about three points."))
        return f"{against[self.count(Stand.AGAINST)]} {ask[self.count(Stand.OPEN)]}".strip()


def sourced_conditions(stream: Record) -> dict[str, Record]:
    """Criterion → condition, of those that a citation with a source supports."""
    found = {condition["criterion"]: condition for condition in stream.get("conditions", [])}
    return {name: found[name] for name in found if any(citation["source"] for citation in cited(stream, name))}


def advice_on(version: PublishedVersion, program: Record | None, answers: dict[str, str]) -> Advice:
    conditions = sourced_conditions(version.record)
    points = [Point(name, answers.get(name, ""), conditions.get(name)) for name in Criterion.values]
    return Advice(version, program, points)


def advise(answers: dict[str, str], moment: Moment) -> list[Advice]:
    """Advice on every stream that is public at a moment, the best first."""
    versions = PublishedVersion.objects.public_at(moment).noun("stream", "program")
    programs = {version.code: version.record for version in versions if version.noun == "program"}
    streams = [version for version in versions if version.noun == "stream"]
    found = (advice_on(version, programs.get(version.document["program"]["code"]), answers) for version in streams)
    return sorted(found, key=lambda advice: advice.rank)


def contact_of_all(advice: list[Advice]) -> Record | None:
    """The program to ask about all of these streams; none where they do not have the same contact."""
    programs = [advised.program for advised in advice if advised.program]
    contacts = {(program["contact_name"], program["contact_email"]) for program in programs}
    return programs[0] if len(contacts) == 1 and len(programs) == len(advice) else None
