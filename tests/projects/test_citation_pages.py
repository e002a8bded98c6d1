"""A record's form lists its citations; each is edited on its own page, as part of its record."""

import html
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from gpi_portal.nouns import nouns
from programs.models import FundingStream
from projects.models import Citation, Project, Recipient
from tests.projects.citing import add_citation, citation_url, edit_citation, row_values, send_citation
from tests.projects.test_admin import admin_url, edit, form_data

pytestmark = pytest.mark.django_db

HEAVIEST = 120_000


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


@pytest.fixture
def citation(project) -> Citation:
    return project.citations.get(field="amount", certainty="stated")


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser(name, password="a long pass phrase"))
    return client


@pytest.fixture
def anna() -> Client:
    return signed_in("anna")


@pytest.fixture
def ben() -> Client:
    return signed_in("ben")


def change_url(record) -> str:
    return admin_url(record, "change", record.pk)


@pytest.mark.parametrize("noun", list(nouns()))
def test_no_form_of_a_record_is_heavy(admin_client, noun):
    weights = {
        record.code: len(admin_client.get(change_url(record)).content) for record in nouns()[noun].objects.all()[:15]
    }
    assert {code: weight for code, weight in weights.items() if weight > HEAVIEST} == {}
    assert len(weights) >= (11 if noun == "project" else 1)


def test_the_form_lists_every_citation_with_all_that_it_says(admin_client, project):
    text = html.unescape(admin_client.get(change_url(project)).content.decode())
    for citation in project.citations.select_related("source"):
        row = re.search(rf'<tr id="citation-{citation.pk}">.*?</tr>', text, re.DOTALL)[0]
        said = (str(citation.source or ""), citation.heading, citation.value, citation.note_en)
        assert all(words in row for words in said)
        assert f'href="{citation_url(citation)}"' in row


def test_a_citation_is_added_from_beside_its_field(admin_client, project):
    text = html.unescape(admin_client.get(change_url(project)).content.decode())
    address = f"{admin_url(project, 'citations_add', project.pk)}?field=naics"
    assert f'href="{address}"' not in text
    Project.objects.filter(pk=project.pk).update(naics="21")
    assert f'href="{address}"' in html.unescape(admin_client.get(change_url(project)).content.decode())
    form = admin_client.get(address).context["inline_admin_formsets"][0].formset.forms[0]
    assert form["field"].value() == "naics"
    reason = {"certainty": "inferred", "note_en": "So.", "note_fr": "Ainsi."}
    answer = add_citation(admin_client, project, field="naics", **reason)
    assert answer["Location"] == f"{change_url(project)}#citations-group"
    assert project.citations.get(field="naics").note_fr == "Ainsi."


def test_an_empty_citation_is_not_saved(admin_client, project):
    answer = add_citation(admin_client, project)
    assert answer.status_code == 200
    assert "This field is required" in answer.content.decode()


def test_a_citation_that_is_sent_twice_is_saved_once(admin_client, project):
    url = admin_url(project, "citations_add", project.pk)
    values = row_values({"field": "naics", "certainty": "inferred", "note_en": "So.", "note_fr": "Ainsi."})
    data = {**form_data(admin_client.get(url)), **values}
    answers = [admin_client.post(url, data, follow=True) for _time in range(2)]
    assert "was acted on once" in answers[1].content.decode()
    assert project.citations.filter(field="naics").count() == 1


def test_two_who_edit_one_citation_choose(anna, ben, citation):
    url = citation_url(citation)
    second = form_data(ben.get(url))
    edit_citation(anna, citation, heading="Anna’s heading", value="$7.5 million, says Anna")
    held = ben.post(url, {**second, **row_values({"heading": "Ben’s heading"})})
    assert held.context["held"].by == "anna"
    again = form_data(held)
    assert again["citations-0-heading"] == "Ben’s heading"
    assert again["citations-0-value"] == "$7.5 million, says Anna"
    assert ben.post(url, {**again, "choose-citations-0-heading": "saved"}).status_code == 302
    citation.refresh_from_db()
    assert (citation.heading, citation.value) == ("Anna’s heading", "$7.5 million, says Anna")


def test_a_value_that_was_changed_meanwhile_is_shown_before_a_citation_of_it_is_saved(anna, ben, project, citation):
    url = citation_url(citation)
    data = form_data(ben.get(url))
    edit(anna, project, amount="7600000")
    held = ben.post(url, {**data, **row_values({"heading": "Ben’s heading"})})
    assert "Amount" in {line.name for line in held.context["held"].meanwhile}
    assert ben.post(url, form_data(held)).status_code == 302
    citation.refresh_from_db()
    assert citation.heading == "Ben’s heading"


def test_an_edit_of_a_citation_holds_up_neither_the_form_of_its_record_nor_another_citation(
    anna, ben, project, citation
):
    other = project.citations.get(field="minerals")
    of_record, of_other = form_data(ben.get(change_url(project))), form_data(ben.get(citation_url(other)))
    edit_citation(anna, citation, heading="Anna’s heading")
    other_edit = {**of_other, **row_values({"heading": "Ben’s heading"})}
    assert ben.post(citation_url(other), other_edit).status_code == 302
    assert ben.post(change_url(project), {**of_record, "title_en": "Ben’s title"}).status_code == 302
    headings = {row.pk: row.heading for row in project.citations.all()}
    assert (headings[citation.pk], headings[other.pk]) == ("Anna’s heading", "Ben’s heading")


def test_what_was_typed_into_a_citation_that_is_gone_can_be_saved_as_a_new_one(anna, ben, project, citation):
    url = citation_url(citation)
    data = form_data(ben.get(url))
    edit_citation(anna, citation, DELETE="on")
    held = ben.post(url, {**data, **row_values({"heading": "Ben’s heading"})})
    assert held.status_code == 200
    assert ben.post(url, form_data(held)).status_code == 302
    assert project.citations.filter(heading="Ben’s heading").count() == 1
    assert ben.get(url).status_code == 404


def test_what_was_typed_into_a_citation_before_signing_in_is_given_back(anna, citation):
    url = citation_url(citation)
    data = form_data(anna.get(url))
    anna.logout()
    asked = anna.post(url, {**data, **row_values({"heading": "Typed without a session"})})
    credentials = {"username": "anna", "password": "a long pass phrase"}
    back = anna.post(asked.url, credentials, follow=True)
    assert "Typed without a session" in back.content.decode()
    assert anna.post(url, form_data(back)).status_code == 302
    citation.refresh_from_db()
    assert citation.heading == "Typed without a session"


def test_the_page_of_a_citation_touches_no_citation_of_another_record(admin_client, citation):
    stranger = FundingStream.objects.get(code="joint-rd").citations.first()
    url = admin_url(citation.holder, "citations_change", citation.holder.pk, stranger.pk)
    assert admin_client.get(url).status_code == 404
    send_citation(admin_client, citation, id=str(stranger.pk), heading="Stolen")
    assert not Citation.objects.filter(heading="Stolen").exists()


# --- Long lists of choices ---------------------------------------------------------------------------


def test_a_list_of_currencies_is_short_and_takes_every_other_one(admin_client, project):
    text = admin_client.get(change_url(project)).content.decode()
    assert 'value="EUR"' in text
    assert 'value="CHF"' not in text
    for typed in ("CHF", "swiss franc"):
        Project.objects.filter(pk=project.pk).update(currency="CAD")
        edit(admin_client, project, currency=["CAD", typed])
        project.refresh_from_db()
        assert project.currency == "CHF"
    assert 'value="CHF" selected' in admin_client.get(change_url(project)).content.decode()


def test_a_currency_that_there_is_not_is_refused_and_stays_typed(admin_client, project):
    data = {**form_data(admin_client.get(change_url(project))), "currency": ["CAD", "shells"]}
    answer = admin_client.post(change_url(project), data)
    assert answer.status_code == 200
    assert 'value="shells"' in answer.content.decode()


def test_a_country_is_found_by_its_name_in_the_language_of_the_page(admin_client):
    recipient = Recipient.objects.get(code="iea")
    url = change_url(recipient)
    french = {"accept-language": "fr"}
    data = {**form_data(admin_client.get(url, headers=french)), "country": ["FR", "Allemagne"]}
    assert admin_client.post(url, data, headers=french).status_code == 302
    recipient.refresh_from_db()
    assert recipient.country == "DE"
