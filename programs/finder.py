"""Which funding stream could fit an organization: what the sources say for and against each, and what they leave open.

Nobody is ever told to be eligible. Only conditions count whose source is named; an answer of which no condition
speaks is not stated.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpi_portal.languages import Record
from gpi_portal.models import PublishedVersion
from gpi_portal.moments import Moment
from gpi_portal.templatetags.portal import cited
from programs.models import ANSWERS, Criterion


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


@dataclass(frozen=True)
class Advice:
    """What is stated of one stream for the answers given, each list in the order of the questions."""

    version: PublishedVersion
    program: Record | None
    favourable: list[Record] = field(default_factory=list)
    unfavourable: list[Record] = field(default_factory=list)
    #: What the sources leave open for this answer: the criterion, and what they do say of it, if anything.
    open: list[tuple[str, Record | None]] = field(default_factory=list)
    #: Conditions on questions that were not answered.
    unasked: list[Record] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, int, int]:
        """The fewest points against first, then the most in favour, then the order of the catalogue."""
        return len(self.unfavourable), -len(self.favourable), self.version.document["position"]


def sourced_conditions(stream: Record) -> dict[str, Record]:
    """Criterion → condition, of those that a citation with a source supports."""
    found = {condition["criterion"]: condition for condition in stream.get("conditions", [])}
    return {name: found[name] for name in found if any(each["source"] for each in cited(stream, name))}


def advice_on(version: PublishedVersion, program: Record | None, answers: dict[str, str]) -> Advice:
    advice, conditions = Advice(version, program), sourced_conditions(version.record)
    for criterion in Criterion.values:
        condition, answer = conditions.get(criterion), answers.get(criterion)
        if answer is None:
            advice.unasked.extend([condition] if condition else [])
        elif condition and answer in condition["admits"]:
            advice.favourable.append(condition)
        elif condition and answer in condition["excludes"]:
            advice.unfavourable.append(condition)
        else:
            advice.open.append((criterion, condition))
    return advice


def advise(answers: dict[str, str], moment: Moment) -> list[Advice]:
    """Advice on every stream that is public at a moment, the best first."""
    versions = PublishedVersion.objects.public_at(moment).noun("stream", "program")
    programs = {version.code: version.record for version in versions if version.noun == "program"}
    streams = [version for version in versions if version.noun == "stream"]
    found = (advice_on(version, programs.get(version.document["program"]["code"]), answers) for version in streams)
    return sorted(found, key=lambda advice: advice.rank)
