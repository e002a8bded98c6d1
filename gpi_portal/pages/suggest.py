"""Suggestions of names while a visitor types."""

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpi_portal import search
from gpi_portal.i18n.languages import active_language, sort_key
from gpi_portal.models import PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.pages.base import DataView
from gpi_portal.publishing.moments import TODAY, Moment
from gpi_portal.publishing.wording import noun_name
from gpi_portal.query.fields import MomentForm

SHORTEST, LONGEST = 2, 100
MOST = 8


class SuggestView(DataView):
    """Up to eight records with words in their names that begin as typed, and a sentence with their number.

    Text that cannot be searched for is no error: it has no suggestions.
    """

    @cached_property
    def form(self) -> MomentForm:
        return MomentForm(self.request.GET)

    @property
    def moment(self) -> Moment:
        return self.form.cleaned_data["as_of"] if self.form.is_valid() else TODAY

    def get(self, request: HttpRequest) -> JsonResponse:
        text = request.GET.get("q", "").strip()
        is_sound = self.form.is_valid() and SHORTEST <= len(text) <= LONGEST
        found = [suggestion(version) for version in suggestions(text, self.moment)[:MOST]] if is_sound else []
        number = len(found)
        summary = ngettext(
            "%(number)s suggestion. Use the arrow keys to choose it.",
            "%(number)s suggestions. Use the arrow keys to choose one.",
            number,
        )
        said = summary % {"number": number} if found else _("No suggestion")
        return JsonResponse({"summary": said, "suggestions": found})


def suggestion(version: PublishedVersion) -> dict[str, str]:
    return {"name": version.title, "kind": noun_name(version.noun), "url": version.get_absolute_url()}


def suggestions(text: str, moment: Moment) -> QuerySet[PublishedVersion]:
    """The matching records that are public at a moment, first those whose name begins with the text."""
    offered = [noun for noun, model in nouns().items() if model.is_suggested]
    name = f"sort_{active_language()}"
    begins = Case(When(**{f"{name}__startswith": sort_key(text)}, then=Value(0)), default=Value(1))
    found = PublishedVersion.objects.public_at(moment).noun(*offered).filter(search.named(search.beginnings(text)))
    return found.defer("document").order_by(begins, name, "noun", "code")
