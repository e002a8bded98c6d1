"""Citations edited by staff, each on its own page."""

from typing import Any

from django.http import HttpResponse

from projects.models import Citation
from tests.projects.test_admin import admin_url, form_data


def citation_url(citation: Citation) -> str:
    return admin_url(citation.holder, "citations_change", citation.holder.pk, citation.pk)


def row_values(values: dict[str, Any]) -> dict[str, Any]:
    return {f"citations-0-{name}": value for name, value in values.items()}


def send_citation(staff: Any, citation: Citation, **values: Any) -> HttpResponse:
    url = citation_url(citation)
    return staff.post(url, {**form_data(staff.get(url)), **row_values(values)})


def edit_citation(staff: Any, citation: Citation, **values: Any) -> None:
    response = send_citation(staff, citation, **values)
    assert response.status_code == 302, response.context["errors"]


def add_citation(staff: Any, record: Any, **values: Any) -> HttpResponse:
    url = admin_url(record, "citations_add", record.pk)
    return staff.post(url, {**form_data(staff.get(url)), **row_values(values)})
