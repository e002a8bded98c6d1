"""How staff let a citation stand for a changed value: by entering what its source says, or by saying that it holds."""

import datetime
import html
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from gpi_portal.models import Names
from programs.models import FundingStream
from projects.citation_form import says
from projects.models import Citation, Project, Recipient
from tests.projects.citing import citation_url, edit_citation, send_citation
from tests.projects.test_admin import admin_url, edit, form_data
from tests.projects.test_evidence import beside, page, warning
from tests.site import UNREAD

pytestmark = [pytest.mark.django_db, pytest.mark.on_one_database]


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


def of(record, field: str, **what) -> Citation:
    return record.citations.filter(field=field, **what).first()


def row(text: str, citation: Citation) -> str:
    """The citation in the list of a record's form."""
    return html.unescape(re.search(rf'<tr id="citation-{citation.pk}">.*?</tr>', text, re.DOTALL)[0])


def holds(record, field: str, **what) -> bool:
    document = type(record).objects.get(pk=record.pk).document(Names())
    citation = record.citations.filter(field=field, **what).get()
    return (field, citation.value, citation.note_en) in [
        (row["field"], row["value"], row["note_en"]) for row in document["citations"]
    ]


def is_asked(admin_client, citation: Citation) -> bool:
    """Whether the page of a citation has the box that says that it holds for the value as it is now."""
    return (
        '<input type="checkbox" name="citations-0-supports_now"'
        in admin_client.get(citation_url(citation)).content.decode()
    )


def test_saving_names_the_fields_whose_citations_the_edit_left_behind(admin_client, project):
    url = admin_url(project, "change", project.pk)
    sent = {**form_data(admin_client.get(url, headers=UNREAD)), "amount": "7600000"}
    text = html.unescape(admin_client.post(url, sent, follow=True).content.decode())
    assert "The public will not see what is cited for Amount, Qualifier: it was entered for another value." in text
    answer = admin_client.post(url, {**form_data(admin_client.get(url, headers=UNREAD)), "naics": "21"}, follow=True)
    assert "will not see" not in answer.content.decode()


def test_the_form_says_it_beside_the_field_in_the_list_and_at_the_top_and_the_page_of_the_citation_does(
    admin_client, project
):
    edit(admin_client, project, amount="7600000")
    text = page(admin_client, project)
    sentence = "This citation was entered for another value, which its source gives as “$7.5\xa0million”. "
    sentence += "Enter what the source says of the new value, or the public reads “No source recorded”."
    assert sentence in beside(text, "amount")
    stated = of(project, "amount", certainty="stated")
    assert sentence in row(text, stated)
    assert sentence in html.unescape(admin_client.get(citation_url(stated)).content.decode())
    assert sentence in warning(text)
    assert f'<a href="#citation-{stated.pk}">Amount:' in warning(text)


def test_only_a_row_of_another_value_is_asked_whether_it_holds(admin_client, project):
    amount, stream = of(project, "amount"), of(project, "stream")
    assert not is_asked(admin_client, stream)
    edit(admin_client, project, stream=str(FundingStream.objects.get(code="joint-rd").pk))
    assert is_asked(admin_client, stream)
    assert not is_asked(admin_client, amount)


def test_a_citation_that_quotes_nothing_is_cited_anew_by_saying_so(admin_client, project):
    edit(admin_client, project, stream=str(FundingStream.objects.get(code="joint-rd").pk))
    assert not holds(project, "stream")
    edit_citation(admin_client, of(project, "stream"), supports_now="on")
    assert holds(project, "stream")
    assert warning(page(admin_client, project)) == ""


def test_saying_so_is_not_enough_where_the_quotation_gives_another_value(admin_client, project):
    edit(admin_client, project, amount="7600000")
    stated = of(project, "amount", certainty="stated")
    answer = send_citation(admin_client, stated, supports_now="on", heading="Kept")
    assert "This is what the source says of another value." in answer.content.decode()
    assert "Kept" in answer.content.decode()
    assert not holds(project, "amount", certainty="stated")
    for value in ("$7.6 million", ""):
        edit_citation(admin_client, stated, supports_now="on", value=value)
        assert holds(project, "amount", certainty="stated")


def test_an_error_of_ours_is_corrected_to_what_the_quotation_gives(admin_client, project):
    citation = project.citations.get(field="amount", certainty="stated")
    Project.objects.filter(pk=project.pk).update(amount=7_600_000)
    citation.cite_anew()
    citation.save()
    edit(admin_client, project, amount="7500000")
    assert not holds(project, "amount", certainty="stated")
    edit_citation(admin_client, of(project, "amount", certainty="stated"), supports_now="on")
    assert holds(project, "amount", certainty="stated")


def test_a_name_is_what_the_quotation_gives_in_either_language(admin_client):
    recipient = Recipient.objects.get(code="iea")
    edit(admin_client, recipient, name_fr="Agence de l’énergie")
    french = recipient.citations.get(field="name", value__startswith="Agence")
    english = recipient.citations.get(field="name", value__startswith="International")
    edit_citation(admin_client, english, supports_now="on")
    answer = send_citation(admin_client, french, supports_now="on")
    assert "This is what the source says of another value." in answer.content.decode()


@pytest.mark.parametrize(
    ("quote", "field", "is_said"),
    [
        ("up to C$7.5\xa0million", "amount", True),
        ("jusqu’à 7,5 millions de dollars", "amount", True),
        ("$7.6 million", "amount", False),
        ("US$7.5 million", "amount", False),
        ("up to C$7.5 million", "amount_qualifier", True),
        ("up to C$7.6 million", "amount_qualifier", False),
        ("Fortune Minerals Ltd., London", "recipient", True),
        ("Fortune Minerals Limited", "recipient", False),
        ("cobalt", "minerals", False),
        ("in progress", "stream", False),
    ],
)
def test_what_a_quotation_says_is_read_in_both_languages(project, quote, field, is_said):
    assert says(quote, project, field) is is_said


def test_a_day_is_read_in_both_languages(project):
    project.announced_on = datetime.date(2024, 5, 16)
    assert says("on May 16, 2024", project, "announced_on")
    assert says("le 16 mai 2024", project, "announced_on")
    assert not says("on May 17, 2024", project, "announced_on")


def test_a_note_beside_an_old_quotation_makes_it_no_new_one(admin_client, project):
    edit(admin_client, project, amount="7600000")
    stated = of(project, "amount", certainty="stated")
    edit_citation(admin_client, stated, note_en="A note", note_fr="Une note", heading="Other")
    assert not holds(project, "amount", certainty="stated")


def test_a_new_reason_is_a_new_citation_of_what_is_inferred(admin_client, project):
    edit(admin_client, project, stream=str(FundingStream.objects.get(code="joint-rd").pk))
    edit_citation(admin_client, of(project, "stream"), note_en="It is joint.", note_fr="C’est conjoint.")
    assert holds(project, "stream")


def test_a_sentence_of_ours_holds_beside_what_it_stands_on_once_staff_say_so(admin_client, project):
    edit(admin_client, project, description_en="Told in other words.")
    assert not holds(project, "description", certainty="stated")
    edit_citation(admin_client, of(project, "description", certainty="stated"), supports_now="on")
    assert holds(project, "description", certainty="stated")


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"amount": ""}, "amount", "Enter the value again, or say in the citation that it is not stated."),
        ({"start_date": "2024-05-16"}, "start_date", "This citation says that no source states a value"),
        ({"currency": "USD"}, "currency", "until then the public does not see this citation"),
    ],
)
def test_the_sentence_says_what_to_do(admin_client, project, values, field, sentence):
    edit(admin_client, project, **values)
    assert sentence in row(page(admin_client, project), of(project, field))


def test_what_an_amendment_gives_is_cited_with_the_amendments(admin_client, project):
    project.amendments.create(number=0, value=7_000_000)
    assert "The latest amendment gives the value now: cite it with the amendments." in warning(
        page(admin_client, project)
    )


def test_an_edit_that_changes_nothing_cites_nothing_anew(project):
    Project.objects.filter(pk=project.pk).update(amount=7_600_000)
    for citation in project.citations.all():
        citation.position += 1
        citation.save()
    assert not holds(project, "amount", certainty="stated")


def test_a_save_of_some_columns_keeps_what_it_stands_for_too(project):
    Project.objects.filter(pk=project.pk).update(amount=7_600_000)
    citation = project.citations.get(field="amount", certainty="stated")
    citation.value = "$7.6 million"
    citation.save(update_fields=["value"])
    assert holds(project, "amount", certainty="stated")


def test_who_may_only_look_sees_the_sentence_and_no_way_to_edit(client, project):
    Project.objects.filter(pk=project.pk).update(amount=7_600_000)
    looker = get_user_model().objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__in=["view_project", "view_citation"]))
    client.force_login(looker)
    text = page(client, project)
    assert "This citation was entered for another value" in warning(text)
    assert "/citations/" not in text
    assert client.get(citation_url(of(project, "amount"))).status_code == 403


def test_a_citation_of_a_new_record_stands_for_what_is_saved_with_it(admin_client):
    url = admin_url(Recipient(), "add")
    sent = form_data(admin_client.get(url, headers=UNREAD))
    first = {"citations-TOTAL_FORMS": "1", "citations-0-field": "name", "citations-0-certainty": "inferred"}
    reason = {"citations-0-note_en": "So.", "citations-0-note_fr": "Ainsi.", "citations-0-position": "0"}
    names = {"code": "new-one", "name_en": "New One", "name_fr": "Nouveau"}
    assert admin_client.post(url, {**sent, **names, **first, **reason}).status_code == 302
    recipient = Recipient.objects.get(code="new-one")
    assert holds(recipient, "name")
    assert Citation.objects.get(recipient=recipient).supports
    Recipient.objects.filter(pk=recipient.pk).update(name_en="Another")
    assert not holds(recipient, "name")
