"""Suggestions of names while a visitor types."""

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from gpi_portal import search
from gpi_portal.addresses import reading
from gpi_portal.i18n.languages import active_language, sort_key
from gpi_portal.models import PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.moments import TODAY, Moment
from gpi_portal.publishing.wording import noun_name
from gpi_portal.query.fields import MomentForm

SHORTEST, LONGEST = 2, 100
MOST = 8


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Up to eight records with words in their names that begin as typed, and a sentence with their number.

    Text that cannot be searched for is no error: it has no suggestions.
    """
    text, form = request.GET.get("q", "").strip(), MomentForm(request.GET)
    is_sound = form.is_valid() and SHORTEST <= len(text) <= LONGEST
    moment = form.cleaned_data["as_of"] if is_sound else TODAY
    found = list(suggestions(text, moment)[:MOST]) if is_sound else []
    with reading(moment.as_of):
        suggested = [suggestion(version) for version in found]
    number = len(suggested)
    summary = ngettext(
        "%(number)s suggestion. Use the arrow keys to choose it.",
        "%(number)s suggestions. Use the arrow keys to choose one.",
        number,
    )
    return JsonResponse(
        {
            "summary": summary % {"number": number} if suggested else _("No suggestion"),
            "suggestions": suggested,
        }
    )


def suggestion(version: PublishedVersion) -> dict[str, str]:
    return {"name": version.title, "kind": noun_name(version.noun), "url": version.get_absolute_url()}


def suggestions(text: str, moment: Moment) -> QuerySet[PublishedVersion]:
    """The matching records that are public at a moment, first those whose name begins with the text."""
    offered = [noun for noun, model in nouns().items() if model.is_suggested]
    name = f"sort_{active_language()}"
    begins = Case(When(**{f"{name}__startswith": sort_key(text)}, then=Value(0)), default=Value(1))
    found = PublishedVersion.objects.public_at(moment).noun(*offered).filter(search.named(search.beginnings(text)))
    return found.defer("document").order_by(begins, name, "noun", "code")
