"""Two who edit at once, a form sent twice, a session that ended: nothing typed is lost, nothing is saved twice."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gpi_portal.models import SentForm
from projects.models import Location, Mineral, Project, Recipient
from tests.projects.test_admin import admin_url, confirm, edit, form_data
from tests.site import UNREAD

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def project() -> Project:
    """A project with few rows, and the places of another one."""
    project = Project.objects.get(code="gpi-0011")
    for number in range(3):
        Location.objects.create(
            project=project, kind="site", name_en=f"Place {number}", name_fr=f"Lieu {number}", country="CA"
        )
    return project


def opened(client, record) -> dict[str, str]:
    return form_data(client.get(admin_url(record, "change", record.pk), headers=UNREAD))


def send(client, record, data, **values):
    return client.post(admin_url(record, "change", record.pk), {**data, **values})


def meanwhile(response) -> dict[str, tuple[str, str, str]]:
    lines = response.context["held"].meanwhile
    return {line.name: (line.opened, line.saved, line.typed) for line in lines}


def test_the_second_one_sees_both_values_keeps_what_they_typed_and_chooses(anna, ben, project):
    title, first, second = project.title_en, opened(anna, project), opened(ben, project)
    assert send(anna, project, first, title_en="Anna’s title", title_fr="Le titre d’Anna").status_code == 302
    held = send(ben, project, second, title_en="Ben’s title", coverage_en="Ben’s coverage", coverage_fr="Portée")
    assert meanwhile(held)["Title (English)"] == (title, "Anna’s title", "Ben’s title")
    assert held.context["held"].by == "anna"
    project.refresh_from_db()
    assert (project.title_en, project.coverage_en) == ("Anna’s title", "")
    again = form_data(held)
    assert again["title_en"] == "Ben’s title"
    assert again["title_fr"] == "Le titre d’Anna"
    assert send(ben, project, again, **{"choose-title_en": "saved"}).status_code == 302
    project.refresh_from_db()
    assert (project.title_en, project.coverage_en) == ("Anna’s title", "Ben’s coverage")


def test_what_was_typed_is_saved_where_that_is_chosen(anna, ben, project):
    first, second = opened(anna, project), opened(ben, project)
    send(anna, project, first, title_en="Anna’s title")
    held = send(ben, project, second, title_en="Ben’s title")
    send(ben, project, form_data(held), **{"choose-title_en": "typed"})
    project.refresh_from_db()
    assert project.title_en == "Ben’s title"


ROW_EDITS = {
    "another field of the row": ({"locations-0-province": "ON"}, {"locations-0-name_en": "Ben’s place"}),
    "another row": ({"locations-1-name_en": "Anna’s place"}, {"locations-0-name_en": "Ben’s place"}),
}


@pytest.mark.parametrize(("annas", "bens"), ROW_EDITS.values(), ids=ROW_EDITS)
def test_edits_of_different_fields_come_together(anna, ben, project, annas, bens):
    first, second = opened(anna, project), opened(ben, project)
    send(anna, project, first, **annas)
    held = send(ben, project, second, **bens)
    assert send(ben, project, form_data(held)).status_code == 302
    rows = list(project.locations.values())
    for values in (annas, bens):
        for name, value in values.items():
            _prefix, index, field = name.split("-")
            assert rows[int(index)][field] == value


def test_a_row_that_was_removed_meanwhile_is_named_and_what_was_typed_in_it_stays(anna, ben, project):
    first, second = opened(anna, project), opened(ben, project)
    send(anna, project, first, **{"locations-0-DELETE": "on", "locations-1-DELETE": "on"})
    held = send(ben, project, second, **{"locations-1-name_en": "Ben’s place"})
    page = held.content.decode()
    assert "Place 0" in page
    assert "Ben’s place" in page
    assert page.count("The form has it as a new one") == 1
    assert send(ben, project, form_data(held)).status_code == 302
    assert {place.name_en for place in project.locations.all()} == {"Place 2", "Ben’s place"}


def test_a_row_that_was_added_meanwhile_stays(anna, ben, project):
    first, second = opened(anna, project), opened(ben, project)
    new = {"locations-TOTAL_FORMS": "4", "locations-3-kind": "site", "locations-3-country": "CA", "locations-3-id": ""}
    new |= {"locations-3-position": "0", "locations-3-name_fr": "Lieu"}
    send(anna, project, first, **new, **{"locations-3-name_en": "Anna’s place"})
    held = send(ben, project, second, **new, **{"locations-3-name_en": "Ben’s place"})
    assert send(ben, project, form_data(held)).status_code == 302
    names = {place.name_en for place in project.locations.all()}
    assert names == {"Place 0", "Place 1", "Place 2", "Anna’s place", "Ben’s place"}


AMENDMENT = {"amendments-TOTAL_FORMS": "1", "amendments-0-number": "0", "amendments-0-id": ""}


def test_two_who_give_one_number_are_told_and_neither_loses_a_word(anna, ben, project):
    first, second = opened(anna, project), opened(ben, project)
    send(anna, project, first, **AMENDMENT, **{"amendments-0-value": "200000"})
    held = send(
        ben, project, second, **AMENDMENT, **{"amendments-0-value": "300000", "amendments-0-reason_en": "Typed"}
    )
    answer = send(ben, project, form_data(held))
    assert answer.status_code == 200
    assert "Please correct the duplicate data for Number" in answer.content.decode()
    assert "Typed" in answer.content.decode()
    assert [int(row.value) for row in project.amendments.all()] == [200_000]


def test_numbers_are_swapped_in_one_form(anna, project):
    for number in range(2):
        project.amendments.create(number=number, value=100_000 + number, amended_on="2025-04-01")
    data = opened(anna, project)
    answer = send(anna, project, data, **{"amendments-0-number": "1", "amendments-1-number": "0"})
    assert answer.status_code == 302
    assert [int(row.value) for row in project.amendments.all()] == [100_001, 100_000]
    project.refresh_from_db()
    assert int(project.amount) == 100_000


def test_a_number_is_taken_from_a_row_that_goes(anna, project):
    for number in range(3):
        project.amendments.create(number=number, value=100_000 + number, amended_on="2025-04-01")
    edit(anna, project, **{"amendments-1-number": "2", "amendments-2-DELETE": "on"})
    assert [(row.number, int(row.value)) for row in project.amendments.all()] == [(0, 100_000), (2, 100_001)]


def test_a_form_that_is_sent_twice_is_saved_once(anna, project):
    data = {**opened(anna, project), "locations-TOTAL_FORMS": "4", "locations-3-kind": "site", "locations-3-id": ""}
    data |= {"locations-3-country": "CA", "locations-3-name_en": "New", "locations-3-name_fr": "Nouveau"}
    data |= {"locations-3-position": "3"}
    answers = [anna.post(admin_url(project, "change", project.pk), data, follow=True) for _time in range(3)]
    assert project.locations.filter(name_en="New").count() == 1
    assert "was acted on once" in answers[-1].content.decode()


def test_a_record_that_was_deleted_meanwhile_can_be_saved_as_a_new_one(anna, ben):
    mineral = Mineral.objects.create(code="draft", name_en="Draft", name_fr="Ébauche")
    data = opened(ben, mineral)
    anna.post(admin_url(mineral, "delete", mineral.pk), {"post": "yes"})
    held = send(ben, mineral, data, name_en="Ben’s name")
    assert "was deleted after you opened it" in held.content.decode()
    assert f'action="{reverse("admin:projects_mineral_add")}"' in held.content.decode()
    answer = ben.post(reverse("admin:projects_mineral_add"), form_data(held))
    assert answer.status_code == 302
    assert Mineral.objects.get(code="draft").name_en == "Ben’s name"


def test_a_record_that_was_withdrawn_meanwhile_is_saved_as_it_is_typed(anna, ben, project):
    data = opened(ben, project)
    confirm(anna, admin_url(project, "withdraw", project.pk), reason_en="Twice.", reason_fr="Deux fois.")
    send(ben, project, data, title_en="Ben’s title")
    project.refresh_from_db()
    assert (project.title_en, project.state) == ("Ben’s title", "withdrawn")


def test_a_form_that_was_not_opened_here_is_shown_before_it_is_saved(anna, project):
    data = {**opened(anna, project), "opened": "forged"}
    held = send(anna, project, data, title_en="Forged")
    assert held.status_code == 200
    assert Project.objects.get(pk=project.pk).title_en == project.title_en
    assert send(anna, project, form_data(held)).status_code == 302


@pytest.fixture
def mineral() -> Mineral:
    return Mineral.objects.get(code="zinc")


def sign_in_again(client, name: str, address: str):
    credentials = {"username": name, "password": "a long pass phrase"}
    return client.post(address, credentials, follow=True)


def test_what_was_typed_before_signing_in_is_given_back_and_saved_when_one_says_so(anna, mineral):
    data = opened(anna, mineral)
    anna.logout()
    asked = send(anna, mineral, data, name_en="Typed without a session")
    assert asked.status_code == 302
    back = sign_in_again(anna, "anna", asked.url)
    assert "It has not been saved yet" in back.content.decode()
    assert "Typed without a session" in back.content.decode()
    assert len(back.context["errors"]) == 1
    assert Mineral.objects.get(pk=mineral.pk).name_en == mineral.name_en
    assert send(anna, mineral, form_data(back)).status_code == 302
    assert Mineral.objects.get(pk=mineral.pk).name_en == "Typed without a session"


def test_what_was_saved_while_somebody_signed_in_is_not_saved_over(anna, ben, mineral):
    data = opened(anna, mineral)
    anna.logout()
    asked = send(anna, mineral, data, name_en="Anna’s name")
    send(ben, mineral, opened(ben, mineral), name_en="Ben’s name")
    back = sign_in_again(anna, "anna", asked.url)
    held = send(anna, mineral, form_data(back))
    assert meanwhile(held)["Name (English)"][1:] == ("Ben’s name", "Anna’s name")
    assert Mineral.objects.get(pk=mineral.pk).name_en == "Ben’s name"


def test_what_was_typed_is_given_back_to_nobody_else(anna, ben, mineral):
    data = opened(anna, mineral)
    anna.logout()
    asked = send(anna, mineral, data, name_en="Anna’s words")
    ben.logout()
    assert "Anna’s words" not in sign_in_again(ben, "ben", asked.url).content.decode()
    send(ben, mineral, data, name_en="Anna’s words")
    assert Mineral.objects.get(pk=mineral.pk).name_en == mineral.name_en


def test_nothing_is_kept_for_somebody_who_was_not_signed_in(client, mineral):
    for value in ("", "forged", "a:b:c"):
        client.post(admin_url(mineral, "change", mineral.pk), {"opened": value, "name_en": "A stranger’s words"})
    assert not SentForm.objects.exists()


def test_what_was_kept_is_deleted_after_a_day(anna, mineral, monkeypatch):
    data = opened(anna, mineral)
    anna.logout()
    asked = send(anna, mineral, data, name_en="Typed long ago")
    SentForm.objects.update(sent_at=timezone.now() - datetime.timedelta(hours=25))
    assert "Typed long ago" not in sign_in_again(anna, "anna", asked.url).content.decode()
    send(anna, mineral, opened(anna, mineral), name_en="Typed today")
    assert not SentForm.objects.exclude(data="").exists()


def test_a_reason_that_was_typed_before_signing_in_is_given_back_and_nothing_is_published(anna, mineral):
    send(anna, mineral, opened(anna, mineral), name_en="A new name")
    url = f"{admin_url(mineral, 'publish')}?codes=zinc"
    form = anna.get(url).context["form"]
    sent = {bound.html_name: bound.value() or "" for bound in form if bound.is_hidden}
    anna.logout()
    asked = anna.post(url, {**sent, "reason": "Typed without a session"})
    back = sign_in_again(anna, "anna", asked.url)
    assert "Typed without a session" in back.content.decode()
    mineral.refresh_from_db()
    assert mineral.is_waiting


def test_publishing_from_a_form_saves_it_first(anna, mineral):
    answer = anna.post(
        admin_url(mineral, "change", mineral.pk),
        {**opened(anna, mineral), "name_en": "Unsaved", "_publish": "1"},
        follow=True,
    )
    assert "Unsaved" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"{admin_url(mineral, 'publish')}?codes=zinc"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_form_five_times_at_once_is_saved_once():
    client = signed_in("anna")
    page = client.get(reverse("admin:projects_recipient_add"))
    data = {**form_data(page), "code": "sent-five-times", "name_en": "Five", "name_fr": "Cinq"}

    def send_it(_number: int) -> int:
        try:
            own = Client()
            own.cookies = client.cookies
            return own.post(reverse("admin:projects_recipient_add"), data).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(send_it, range(5)))
    assert answers == [302] * 5
    assert Recipient.objects.filter(code="sent-five-times").count() == 1
