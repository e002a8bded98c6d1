"""What the registry records for another record: pages of the catalogue show it without knowing the registry."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpi_portal import search
from gpi_portal.i18n import figures
from gpi_portal.i18n.languages import Record, active_language, capitalized
from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.facts import amount_in_words, fact, gist
from gpi_portal.publishing.found import reasons
from gpi_portal.publishing.moments import TODAY
from projects.columns import RecipientType
from projects.places import place_items, whereabouts
from projects.reconciliation import in_words, not_known, reconcile
from projects.registry import projects_where, rows_url, totals_per
from projects.totals import Total

register = template.Library()

SHOWN = 10


@register.inclusion_tag("projects/includes/projects_of.html", takes_context=True)
def projects_of(context: template.Context, parameter: str, code: str) -> dict[str, Any]:
    """The projects that a filter of the registry finds, their total, and the link to exactly these rows."""
    moment: Any = context.get("moment", TODAY)
    answer = projects_where(moment, **{parameter: code})
    return {
        "url": rows_url(**{parameter: code}),
        "total": answer.total,
        "parts": answer.parts,
        "versions": answer.versions(0, SHOWN),
        "more": answer.count > SHOWN,
    }


@register.inclusion_tag("includes/reconciliation.html", takes_context=True)
def envelope_beside_registry(context: template.Context, program: Record) -> dict[str, Any]:
    """The envelope of a program beside what the registry records for it, with the difference in words."""
    moment: Any = context.get("moment", TODAY)
    found = reconcile(program, moment)
    return {
        "envelope": fact(program, "envelope", _("Envelope"), amount_in_words(program, "envelope")),
        "recorded": [found.whole, *found.parts],
        "difference": in_words(found),
        "not_known": not_known(found),
    }


@register.inclusion_tag("includes/card_grid.html", takes_context=True)
def record_cards(
    context: template.Context, versions: list[PublishedVersion], parameter: str = "", level: int = 3
) -> dict[str, Any]:
    """Records as cards; with a filter of the registry, each says how many projects it has and what they come to."""
    moment: Any = context.get("moment", TODAY)
    totals = totals_per(parameter, moment) if parameter else {}
    cards = []
    for version in versions:
        total = totals.get(version.code, Total())
        meta = [projects_in_words(total.count), *total.amounts_with_qualifier] if parameter else []
        text = gist(version.record)
        cards.append({"url": version.get_absolute_url(), "title": version.title, "text": text, "meta": meta})
    return {"cards": cards, "level": level}


@register.filter
def projects_in_words(number: int) -> str:
    return ngettext("%(number)s project", "%(number)s projects", number) % {"number": figures.number(number)}


@register.inclusion_tag("projects/includes/project_item.html")
def project_item(version: PublishedVersion, query: Any = None, level: int = 3, choose: bool = False) -> dict[str, Any]:
    """One project in a list, with the words of a search marked and, where none shows, what matched.

    With ``choose`` it can be ticked to be compared.
    """
    record = version.record
    shown = (version.title, str(record["recipient"]), record["description"], str(record["program"]))
    return {
        "title": version.title,
        "url": version.get_absolute_url(),
        "record": record,
        "query": query,
        "matched": reasons(version, query, shown),
        "level": level,
        "choose": version if choose else None,
    }


register.filter(place_items)
register.filter(whereabouts)


@register.inclusion_tag("includes/result_record.html")
def recipient_item(version: PublishedVersion, total: Any, query: Any = None, choose: bool = False) -> dict[str, Any]:
    """One recipient in a list, with what the registry records for it; with ``choose`` it can be ticked."""
    record = version.record
    kind = dict(RecipientType.choices).get(record["recipient_type"])
    counted = {"name": projects_in_words(total.count), "url": rows_url(recipient=version.code)}
    meta = [capitalized(kind) if kind else "", whereabouts(record), counted, *total.amounts_with_qualifier]
    title = search.highlight(version.title, query, active_language()) if query else version.title
    return {
        "url": version.get_absolute_url(),
        "title": title,
        "meta": [text for text in meta if text],
        "matched": reasons(version, query, [version.title, whereabouts(record)]),
        "level": 3,
        "choose": version if choose else None,
    }


@register.inclusion_tag("projects/includes/mineral_table.html")
def mineral_table(entries: list[tuple[PublishedVersion, int]], heading: str) -> dict[str, Any]:
    """Minerals with their numbers of projects, each number a link to these."""
    rows = [(version, number, rows_url(mineral=version.code)) for version, number in entries]
    return {"rows": rows, "heading": heading}
