from typing import Any

from django.utils.translation import gettext_lazy as _

from gpi_portal.pages.list import ListView
from gpi_portal.pages.record import RecordView
from gpi_portal.query.answer import Answer
from gpi_portal.query.filters import FilterSet
from projects.facets import RECIPIENT_FACETS
from projects.filters import RecipientFilterSet
from projects.registry import answer, rows_at
from projects.totals import Total, totals_by


class RecipientListView(ListView):
    """The recipients, each with what the registry records for it."""

    template_name = "projects/recipient_list.html"
    section = "recipients"
    filterset_class = RecipientFilterSet
    facets = RECIPIENT_FACETS
    list_title = _("Recipients")
    reference_key = "gpi-recipients"

    def answer(self, filters: FilterSet) -> Answer:
        return answer(filters)

    def page(self, answer: Answer) -> dict[str, Any]:
        page = super().page(answer)
        rows = rows_at(answer.moment).filter(recipient__in=[version.code for version in page["versions"]])
        totals = totals_by("recipient", rows)
        return {**page, "entries": [(version, totals.get(version.code, Total())) for version in page["versions"]]}


class RecipientView(RecordView):
    noun = "recipient"
    template_name = "projects/recipient.html"
    section = "recipients"
    parents = (("projects:recipients", _("Recipients")),)
