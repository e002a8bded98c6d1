"""A right is taken away, or a record goes, while a form is open: what was typed is on the page that says so."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group

from gpi_portal.models import RegistryVersion
from projects.models import Mineral, Project
from tests.projects.test_admin import admin_url, form_data
from tests.staff import a_report, draft_of, member, signed_in

pytestmark = pytest.mark.django_db

REASONS = {"reason_en": "Typed in English", "reason_fr": "Écrit en français"}
PUBLISHING = {"reason": "Typed in English"}
QUESTIONS = ("publish", "withdraw", "accept", "decline")


@pytest.fixture
def officer():
    return member("publisher", "editor", "reviewer", name="officer")


@pytest.fixture
def mineral() -> Mineral:
    return Mineral.objects.get(code="zinc")


def given_back(page, status=403) -> str:
    """What the page gives back, in one line."""
    assert page.status_code == status
    section = re.search(r'(?s)<section class="given-back".*?</section>', page.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", section[0])).split()) if section else ""


def carried(page) -> dict[str, str]:
    return {bound.html_name: bound.value() or "" for bound in page.context["form"]}


def asking_pages() -> dict[str, tuple[str, dict[str, str]]]:
    draft, public, report = draft_of(Mineral), Mineral.objects.get(code="zinc"), a_report()
    return {
        "publish": (f"{admin_url(draft, 'publish')}?codes={draft.code}", PUBLISHING),
        "withdraw": (admin_url(public, "withdraw", public.pk), REASONS),
        "accept": (admin_url(report, "accept", report.pk), REASONS),
        "decline": (f"{admin_url(report, 'decline')}?reports={report.pk}", REASONS),
    }


def way_back(refused) -> str:
    """Where the link to the form leads."""
    return unescape(re.search(r'href="([^"]*typed=[^"]*)"', refused.content.decode())[1])


@pytest.mark.parametrize("question", QUESTIONS)
def test_reasons_of_somebody_who_may_not_any_more_are_given_back(officer, question):
    (url, typed), client = asking_pages()[question], signed_in(officer)
    opened = carried(client.get(url))
    officer.groups.set(Group.objects.filter(name="reader"))
    page = client.post(url, {**opened, **typed})
    assert all(text in given_back(page) for text in typed.values())
    assert RegistryVersion.objects.latest_number() == 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_asked_again_with_the_reasons_once_that_is_allowed(officer, question):
    (url, typed), client = asking_pages()[question], signed_in(officer)
    opened = carried(client.get(url))
    officer.groups.clear()
    refused = client.post(url, {**opened, **typed})
    officer.groups.set(Group.objects.filter(name__in=["publisher", "editor", "reviewer"]))
    page = client.get(way_back(refused))
    assert page.status_code == 200
    assert carried(page).items() >= typed.items()
    assert RegistryVersion.objects.latest_number() == 1


def test_the_texts_of_a_record_are_given_back_those_alone_that_are_new(officer):
    project = Project.objects.get(code="gpi-0001")
    url, client = admin_url(project, "change", project.pk), signed_in(officer)
    sent = {**form_data(client.get(url)), "title_fr": "Écrit par moi", "amendments-0-reason_en": "A reason of mine"}
    officer.groups.clear()
    said = given_back(client.post(url, sent))
    assert "Title (French) Écrit par moi" in said
    assert "Amendment 1: Reason (English) A reason of mine" in said
    assert "Title (English)" not in said
    project.refresh_from_db()
    assert project.title_fr != "Écrit par moi"


def test_the_form_opens_again_with_what_was_typed_once_that_is_allowed(officer, mineral):
    url, client = admin_url(mineral, "change", mineral.pk), signed_in(officer)
    sent = {**form_data(client.get(url)), "name_en": "Typed by me"}
    officer.groups.clear()
    refused = client.post(url, sent)
    address = way_back(refused)
    assert "Typed by me" in given_back(client.get(address))
    officer.groups.set(Group.objects.filter(name="editor"))
    assert form_data(client.get(address))["name_en"] == "Typed by me"


def test_what_was_typed_about_a_record_that_is_gone_is_given_back(officer):
    (url, typed), client = asking_pages()["publish"], signed_in(officer)
    opened = carried(client.get(url))
    Mineral.objects.filter(code="a-draft").delete()
    said = given_back(client.post(url, {**opened, **typed}), 404)
    assert typed["reason"] in said
    assert "open the form again" not in said


def test_somebody_who_left_the_staff_finds_it_when_they_are_back(officer, mineral):
    url, client = admin_url(mineral, "change", mineral.pk), signed_in(officer)
    sent = {**form_data(client.get(url)), "name_en": "Typed by me"}
    officer.is_staff = False
    officer.save()
    kept = client.post(url, sent)
    officer.is_staff = True
    officer.save()
    page = client.get(kept["Location"], follow=True)
    assert form_data(page)["name_en"] == "Typed by me"
