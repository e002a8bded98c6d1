"""The forms of accounts and groups are kept and saved once as those of records are; no password is kept."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gpi_portal.models import SentForm
from projects.models import Mineral, Project
from tests.gpi_portal.staff.test_given_back import asked_to_sign_in, given_back, way_back
from tests.projects.test_admin import admin_url, form_data
from tests.staff import admin_urls, client_of, member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.on_one_database]

MANAGING = ("view_group", "add_group", "change_group", "view_user", "add_user", "change_user", "view_project")


@pytest.fixture
def manager():
    """Somebody who manages accounts and groups."""
    officer = member("editor", name="officer")
    officer.user_permissions.set(Permission.objects.filter(codename__in=MANAGING))
    return officer


def managed(kind: str) -> tuple[str, dict[str, object], list[str]]:
    """A form: its address, what is typed and chosen in it, and what the page of a refusal says of that."""
    right = Permission.objects.get(codename="view_project")
    rights, words = [str(right.pk)], "project | can view"
    if kind == "a new group":
        return reverse("admin:auth_group_add"), {"name": "Typed", "permissions": rights}, ["Name Typed", words]
    if kind == "a new account":
        typed = {"username": "typed", "password1": "a secret of ours", "password2": "a secret of ours"}
        return reverse("admin:auth_user_add"), typed, ["Username typed"]
    row = Group.objects.create(name="ours") if kind == "a group" else member(name="somebody")
    url = reverse(f"admin:auth_{row._meta.model_name}_change", args=(row.pk,))
    if kind == "a group":
        return url, {"permissions": rights}, [f"Permissions {words}"]
    return url, {"user_permissions": rights, "first_name": "Typed"}, ["First name Typed", f"User permissions {words}"]


MANAGED = ("a group", "a new group", "an account", "a new account")


def form_of(client, url) -> dict[str, object]:
    """What a browser would send of a form without rows, the moments of an account included."""
    sent = dict(form_data(client.get(url)))
    joined = timezone.localtime(sent.pop("date_joined")) if "date_joined" in sent else None
    moment = {"date_joined_0": f"{joined:%Y-%m-%d}", "date_joined_1": f"{joined:%H:%M:%S}"} if joined else {}
    return {**sent, **moment}


@pytest.mark.parametrize("kind", MANAGED)
def test_what_was_changed_in_an_account_or_a_group_is_given_back(manager, kind):
    (url, typed, words), client = managed(kind), signed_in(manager)
    sent = form_of(client, url)
    manager.user_permissions.clear()
    assert given_back(client.post(url, sent)) == ""
    refused = client.post(url, {**sent, **typed})
    said = given_back(refused)
    assert [text for text in words if text not in said] == []
    assert "secret" not in refused.content.decode()
    assert "secret" not in SentForm.objects.get().data
    manager.user_permissions.set(Permission.objects.filter(codename__in=MANAGING))
    page = client.get(way_back(refused))
    assert "What you typed before is below. It has not been saved yet." in page.content.decode()
    opened = page.context["adminform"].form.data
    assert [name for name in typed if "password" not in name and not opened[name]] == []
    assert not User.objects.filter(first_name="Typed").exists()
    assert not Group.objects.filter(name="Typed").exists()


@pytest.mark.parametrize("kind", MANAGED)
def test_an_account_or_a_group_is_given_back_after_signing_in_and_saved_once(manager, kind):
    (url, typed, _words), client = managed(kind), signed_in(manager)
    sent = {**form_of(client, url), **typed}
    page = asked_to_sign_in(client, manager, url, sent)
    assert "What you typed before is below. It has not been saved yet." in page.content.decode()
    again = {**form_of(client, url), **typed}
    answers = [client.post(url, again) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert len({answer["Location"] for answer in answers}) == 1
    assert Group.objects.filter(name="Typed").count() == (kind == "a new group")
    assert User.objects.filter(username="typed").count() == (kind == "a new account")


@pytest.mark.parametrize("kind", ["a group", "an account"])
def test_what_was_changed_in_an_account_or_a_group_that_is_gone_is_given_back(manager, kind):
    (url, typed, words), client = managed(kind), signed_in(manager)
    sent = {**form_of(client, url), **typed}
    (Group.objects.filter(name="ours") if kind == "a group" else User.objects.filter(username="somebody")).delete()
    page = client.post(url, sent)
    said = given_back(page, 404)
    assert [text for text in words if text not in said] == []


def test_every_form_of_the_staff_knows_who_opened_it():
    """An error report is decided only once its record is corrected: `test_given_back` looks at that form."""
    pages = ("_add", "_change", "_publish", "_withdraw", "_decline")
    client, read_only = client_of("superuser"), ("gpi_portal_errorreport_add", "gpi_portal_errorreport_change")
    urls = {name: url for name, url in admin_urls().items() if name.endswith(pages) and name not in read_only}
    for name in ("password_change", "auth_user_password_change"):  # there is nothing in them but a password
        urls.pop(name)
    without = [name for name, url in urls.items() if 'name="opened"' not in client.get(url).content.decode()]
    assert without == []


ANOTHERS = "This form was opened under another account, so nothing was saved."


@pytest.mark.parametrize("kind", ["a form", "a question"])
def test_whoever_signs_in_to_another_account_is_told_why_nothing_is_given_back(kind):
    """As the browser does whose token against forged forms became another one when somebody signed in."""
    mineral = Mineral.objects.get(code="zinc")
    anna, ben = (User.objects.create_superuser(name) for name in ("anna", "ben"))
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    url = (
        admin_url(mineral, "change", mineral.pk) if kind == "a form" else f"{admin_url(mineral, 'publish')}?codes=zinc"
    )
    opened = client.get(url)
    mark = opened.context["adminform"].form if kind == "a form" else opened.context["form"]
    typed = {"name_en": "Typed", "reason": "Typed", "opened": mark["opened"].value()}
    client.force_login(ben)
    shown = client.post(url, typed, follow=True)
    assert [str(message) for message in shown.context["messages"]] == [ANOTHERS]
    assert "Typed" not in shown.content.decode()
    address = shown.redirect_chain[-1][0]
    client.force_login(anna)
    again = client.get(address).content.decode()
    assert "Typed" in again
    assert ANOTHERS not in again


@pytest.mark.parametrize("asked", ["0" * 64, "0" * 63, "é", "' OR 1=1"])
def test_an_address_that_gives_nothing_back_is_that_of_the_form(manager, asked):
    page = signed_in(manager).get(f"{reverse('admin:auth_group_add')}?typed={asked}")
    assert page.status_code == 200
    assert "What you typed before" not in page.content.decode()


@pytest.mark.parametrize("query", [f"typed={'0' * 64}&x=%00", "typed=%00"])
def test_an_address_that_is_refused_before_anybody_is_known_is_answered(manager, query):
    assert signed_in(manager).get(f"{reverse('admin:auth_group_add')}?{query}").status_code == 400


def test_no_more_rows_are_read_than_were_sent():
    """Of a form that claims to have very many, as no browser does."""
    client, project = client_of("superuser"), Project.objects.get(code="gpi-0001")
    url = admin_url(project, "change", project.pk)
    sent = form_data(client.get(url))
    claimed = {name: "9" * 30 for name in sent if name.endswith("-TOTAL_FORMS")}
    page = client.post(url, {**sent, **claimed, "title_en": ""})
    sizes = {inline.formset.prefix: len(inline.formset.forms) for inline in page.context["inline_admin_formsets"]}
    assert sizes == {name.removesuffix("-TOTAL_FORMS"): int(sent[name]) for name in claimed}
