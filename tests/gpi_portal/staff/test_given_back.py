"""A right is taken away, or a record goes, while a form is open: what was typed is on the page that says so."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group

from gpi_portal.models import RegistryVersion
from gpi_portal.nouns import nouns
from projects.models import Mineral, Project, Recipient
from tests.projects.test_admin import admin_url, form_data
from tests.staff import a_report, draft_of, member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.on_one_database]

REASONS = {"reason_en": "Typed in English", "reason_fr": "Écrit en français"}
PUBLISHING = {"reason": "Typed in English"}
QUESTIONS = ("publish", "withdraw", "accept", "decline")
#: A new row as a browser sends it: what was typed, and what the form filled in.
AMENDMENT = {
    "amendments-TOTAL_FORMS": "1",
    "amendments-0-id": "",
    "amendments-0-position": "0",
    "amendments-0-reason_en": "A reason of mine",
}


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
    assert "What you typed before is below. Nothing has been done with it yet." in page.content.decode()
    assert RegistryVersion.objects.latest_number() == 1


def test_the_texts_of_a_record_are_given_back_those_alone_that_are_new(officer):
    project = Project.objects.get(code="gpi-0001")
    url, client = admin_url(project, "change", project.pk), signed_in(officer)
    sent = {**form_data(client.get(url)), "title_fr": "Écrit par moi", **AMENDMENT}
    officer.groups.clear()
    said = given_back(client.post(url, sent))
    assert "Title (French) Écrit par moi" in said
    assert "Amendment 1: Reason (English) A reason of mine" in said
    assert "Title (English)" not in said
    assert "Order" not in said
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
    page = client.get(address)
    assert form_data(page)["name_en"] == "Typed by me"
    assert "What you typed before is below. It has not been saved yet." in page.content.decode()


def test_what_nobody_changed_is_not_given_back(officer):
    """A citation that was opened from a field, with what its form fills in."""
    project = Project.objects.get(code="gpi-0001")
    url, client = f"{admin_url(project, 'citations_add', project.pk)}?field=recipient", signed_in(officer)
    sent = form_data(client.get(url))
    assert sent["citations-0-field"] == "recipient"
    officer.groups.clear()
    assert given_back(client.post(url, sent)) == ""
    chosen = given_back(client.post(url, {**sent, "citations-0-certainty": "added"}))
    assert chosen.endswith("Citation 1: Certainty added by staff")
    said = given_back(client.post(url, {**sent, "citations-0-value": "Seen in the release"}))
    assert said.endswith("Citation 1: Value as the source gives it Seen in the release")


def test_what_a_question_fills_in_itself_is_not_given_back(officer):
    report, client = a_report(), signed_in(officer)
    url = admin_url(report, "accept", report.pk)
    filled_in = {"initial-after_en": "Is public", "after_en": "Is public", "initial-before_en": "", "before_en": ""}
    sent = {**carried(client.get(url)), **filled_in, "before_en": "Typed"}
    officer.groups.clear()
    assert given_back(client.post(url, sent)).endswith("Before (English) Typed")


@pytest.mark.parametrize("noun", nouns())
def test_the_form_of_a_record_that_nobody_touched_gives_nothing_back(officer, noun):
    record = nouns()[noun].objects.order_by("pk").first()
    url, client = admin_url(record, "change", record.pk), signed_in(officer)
    sent = form_data(client.get(url))
    officer.groups.clear()
    assert given_back(client.post(url, sent)) == ""


#: What was chosen and not typed in the form of a project, and what the page says of it.
CHOICES = {
    "another status": ({"status": "completed"}, "Status completed"),
    "another recipient": ({"recipient": "4"}, "Recipient (not shown)"),
    "other minerals": ({"minerals": ["1", "2"]}, "Minerals (not shown)"),
    "no mineral": ({"minerals": []}, "Minerals (empty)"),
    "a row to be removed": ({"locations-0-DELETE": "on"}, "Location 1 to be removed"),
    "a text that was deleted": ({"description_fr": ""}, "Description (French) (empty)"),
}


@pytest.mark.parametrize("what", CHOICES)
def test_what_was_only_chosen_is_given_back_and_the_form_opens_again_with_it(officer, what):
    (values, words), client = CHOICES[what], signed_in(officer)
    project = Project.objects.get(code="gpi-0001")
    url = admin_url(project, "change", project.pk)
    sent = {**form_data(client.get(url)), **values}
    officer.groups.clear()
    refused = client.post(url, sent)
    assert words in given_back(refused)
    officer.groups.set(Group.objects.filter(name="editor"))
    page = client.get(way_back(refused))
    opened = page.context["adminform"].form.data
    assert {name: opened.getlist(name) for name in values} == {
        name: [value] if isinstance(value, str) else value for name, value in values.items()
    }
    assert "What you typed before is below. It has not been saved yet." in page.content.decode()


def test_names_that_one_may_not_see_are_not_shown(officer):
    project = Project.objects.get(code="gpi-0001")
    url, client = admin_url(project, "change", project.pk), signed_in(officer)
    other = Recipient.objects.exclude(pk=project.recipient_id).first()
    sent = {**form_data(client.get(url)), "recipient": str(other.pk)}
    officer.groups.set(Group.objects.filter(name="reader"))
    assert f"Recipient {other}" in given_back(client.post(url, sent))
    officer.groups.clear()
    assert str(other) not in given_back(client.post(url, sent))


def test_a_tick_beside_a_question_is_given_back(officer):
    (url, _typed), client = asking_pages()["publish"], signed_in(officer)
    opened = carried(client.get(url))
    officer.groups.clear()
    refused = client.post(url, {**opened, "correction": "on"})
    assert "This corrects an error that the public has seen Yes" in given_back(refused)
    officer.groups.set(Group.objects.filter(name="publisher"))
    assert carried(client.get(way_back(refused)))["correction"] is True


def test_the_field_that_was_chosen_for_a_correction_is_given_back_in_words(officer):
    report, client = a_report(), signed_in(officer)
    url = admin_url(report, "accept", report.pk)
    sent = {**carried(client.get(url)), "initial-field": ""}
    officer.groups.clear()
    assert given_back(client.post(url, sent)) == ""
    assert given_back(client.post(url, {**sent, "field": "name"})).endswith("Field Name")


@pytest.mark.parametrize(("roles", "may_see"), [(["reader"], True), ([], False)])
def test_the_page_says_what_came_between_and_leads_to_the_list_that_one_may_see(officer, mineral, roles, may_see):
    url, client = admin_url(mineral, "change", mineral.pk), signed_in(officer)
    sent = {**form_data(client.get(url)), "name_en": "Typed by me"}
    officer.groups.set(Group.objects.filter(name__in=roles))
    page = client.post(url, sent).content.decode()
    assert "Your right to do this was taken away while the form was open." in page
    assert (f'href="{admin_url(mineral, "changelist")}"' in page) is may_see
    assert "Search the funded projects" not in page


def test_what_was_typed_about_a_record_that_is_gone_is_given_back(officer):
    (url, typed), client = asking_pages()["publish"], signed_in(officer)
    opened = carried(client.get(url))
    Mineral.objects.filter(code="a-draft").delete()
    page = client.post(url, {**opened, **typed})
    said = given_back(page, 404)
    assert typed["reason"] in said
    assert "open the form again" not in said
    assert "The record was deleted while the form was open." in page.content.decode()


def test_who_may_add_no_record_gets_back_what_they_typed_about_one_that_is_gone():
    draft, client = draft_of(Mineral), signed_in(member("translator"))
    url = admin_url(draft, "change", draft.pk)
    sent = {**form_data(client.get(url)), "name_en": "Typed by me"}
    draft.delete()
    assert "Typed by me" in given_back(client.post(url, sent), 404)


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


def test_what_was_typed_before_signing_in_outlives_its_record(officer):
    """Also where the session ends once more, on the form of what is a new record then."""
    client, draft = signed_in(officer), Mineral.objects.create(code="a-draft", name_en="Draft", name_fr="Ébauche")
    url, add = admin_url(draft, "change", draft.pk), admin_url(draft, "add")
    sent = {**form_data(client.get(url)), "name_en": "Typed by me"}
    held = asked_to_sign_in(client, officer, url, sent, meanwhile=draft.delete)
    assert "was deleted after you opened it" in held.content.decode()
    held = asked_to_sign_in(client, officer, add, form_data(held))
    assert client.post(add, form_data(held)).status_code == 302
    assert Mineral.objects.get(code="a-draft").name_en == "Typed by me"


def asked_to_sign_in(client, account, url, sent, meanwhile=lambda: None):
    """The page that one comes to who sends a form without a session, and signs in."""
    client.logout()
    asked = client.post(url, sent)["Location"]
    meanwhile()
    client.force_login(account)
    return client.get(asked, follow=True)


IS_KEPT = "It is kept for one day and given back once you have signed in to the same account."


@pytest.mark.parametrize("lost", ["is_staff", "is_active", "session"])
def test_who_is_asked_to_sign_in_reads_that_what_they_typed_is_kept(officer, mineral, lost):
    url, client = admin_url(mineral, "change", mineral.pk), signed_in(officer)
    sent = {**form_data(client.get(url)), "name_en": "Typed by me"}
    assert IS_KEPT not in client.get("/admin/login/", {"next": f"{url}?typed={'0' * 64}"}, follow=True).content.decode()
    if lost == "session":
        client.logout()
    else:
        setattr(officer, lost, False)
        officer.save()
    asked = client.post(url, sent)["Location"]
    assert IS_KEPT in client.get(asked).content.decode()
    assert IS_KEPT in client.post(asked, {"username": "officer", "password": "wrong"}).content.decode()
    assert IS_KEPT not in client.get("/admin/login/").content.decode()


def test_who_signed_in_and_is_not_on_the_staff_any_more_can_change_the_language(officer):
    officer.is_staff = False
    officer.save()
    page = signed_in(officer).get("/admin/login/").content.decode()
    assert page.count('name="language"') == page.count('class="theme-toggle"') == 1
