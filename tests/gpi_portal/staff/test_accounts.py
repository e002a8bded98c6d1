"""Accounts and groups: what can be chosen, and that nobody raises themselves."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.staff import client_of, member, signed_in

pytestmark = pytest.mark.django_db

ACCOUNTS = ("view_user", "add_user", "change_user", "delete_user", "view_group", "add_group", "change_group")


def officer(*more):
    """Somebody who may edit accounts and groups, read projects, and is no superuser."""
    account = member("reader", name="officer")
    account.user_permissions.set(Permission.objects.filter(codename__in=[*ACCOUNTS, *more]))
    return account


def url_of(row, page="change"):
    return reverse(f"admin:auth_{row._meta.model_name}_{page}", args=[row.pk])


def choices(client, url, field):
    return {str(words) for _value, words in client.get(url).context["adminform"].form.fields[field].choices}


def sent(account, **values):
    """What a browser would send of the form of an account."""
    joined = account.date_joined
    return {
        "username": account.username,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": joined.strftime("%Y-%m-%d"),
        "date_joined_1": joined.strftime("%H:%M:%S"),
        **values,
    }


def post(client, row, data):
    """Send a form as the page does that shows it: it says who opened it, and what it showed."""
    form = client.get(url_of(row)).context["adminform"].form
    return client.post(url_of(row), {**data, "opened": form.initial["opened"]})


# --- What can be chosen -------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "field"), [("user", "user_permissions"), ("group", "permissions")])
def test_only_rights_that_somebody_can_use_are_offered_in_words(row, field):
    kind = {"user": member(name="somebody"), "group": Group.objects.create(name="officers")}[row]
    offered = choices(client_of("superuser"), url_of(kind), field)
    assert len(offered) == 8 * 5 + 2 + 4 + 4
    assert {"project | can publish and withdraw", "error report | can decide", "funding stream | can edit"} <= offered
    assert not [words for words in offered if re.search(r"histor|session|log entry|content type|Can ", words)]


def test_roles_are_offered_by_code_and_name():
    offered = choices(client_of("superuser"), url_of(member(name="somebody")), "groups")
    assert {"editor: Editor", "publisher: Publisher"} <= offered


def test_who_may_only_see_an_account_sees_its_rights_in_words_and_nothing_of_its_password():
    page = client_of("auditor").get(url_of(member("editor", name="somebody"))).content.decode()
    assert "editor: Editor" in page
    assert "project | can edit" in page
    assert "algorithm" not in page
    assert "../password/" not in page


@pytest.mark.parametrize("name", ["editor", "Editor", " READER "])
def test_no_group_of_ones_own_is_called_like_a_role(name):
    client = client_of("superuser")
    answer = client.post(reverse("admin:auth_group_add"), {"name": name})
    assert "name" in answer.context["adminform"].form.errors
    assert client.post(reverse("admin:auth_group_add"), {"name": "editors"}).status_code == 302


# --- Nobody raises themselves -------------------------------------------------------------------------


def test_superusers_are_edited_by_superusers():
    client, boss = signed_in(officer()), User.objects.create_superuser("boss")
    assert client.get(url_of(boss)).status_code == 200
    assert client.post(url_of(boss), sent(boss)).status_code == 403
    for page in ("delete", "password_change"):
        assert client.get(url_of(boss, page)).status_code == 403
        assert client.post(url_of(boss, page), {"password1": "x", "password2": "x"}).status_code == 403


def test_nobody_makes_a_superuser_but_a_superuser():
    account = officer()
    client = signed_in(account)
    assert post(client, account, sent(account, is_superuser="on")).status_code == 302
    account.refresh_from_db()
    assert not account.is_superuser


def test_nobody_gives_a_right_or_a_group_beyond_their_own():
    account, other = officer(), member(name="other")
    client, editor = signed_in(account), Group.objects.get(name="editor")
    publish = Permission.objects.get(codename="publish_project")
    assert "editor: Editor" not in choices(client, url_of(other), "groups")
    assert "project | can publish and withdraw" not in choices(client, url_of(other), "user_permissions")
    for forged in ({"groups": [editor.pk]}, {"user_permissions": [publish.pk]}):
        for row in (account, other):
            assert post(client, row, sent(row, **forged)).context["errors"]
            assert not row.has_perm("projects.publish_project")


def test_what_one_has_one_can_give():
    client, other = signed_in(officer("publish_project")), member(name="other")
    reader, publish = Group.objects.get(name="reader"), Permission.objects.get(codename="publish_project")
    answer = post(client, other, sent(other, groups=[reader.pk], user_permissions=[publish.pk]))
    assert answer.status_code == 302
    assert [group.name for group in other.groups.all()] == ["reader"]
    assert list(other.user_permissions.all()) == [publish]


@pytest.mark.parametrize("is_active", [True, False])
def test_an_account_that_has_more_rights_is_not_edited_nor_its_password_set(is_active):
    client, other = signed_in(officer()), member("editor", name="other", is_active=is_active)
    assert client.post(url_of(other), sent(other)).status_code == 403
    assert client.post(url_of(other, "password_change"), {"password1": "x"}).status_code == 403
    assert client.get(url_of(other)).status_code == 200


def test_a_group_is_given_nothing_beyond_ones_own_rights():
    client, publish = signed_in(officer()), Permission.objects.get(codename="publish_project")
    own, higher = Group.objects.create(name="officers"), Group.objects.create(name="publishers of old")
    higher.permissions.add(publish)
    assert post(client, own, {"name": "officers", "permissions": [publish.pk]}).context["errors"]
    assert client.post(url_of(higher), {"name": "ours"}).status_code == 403
    assert not own.permissions.exists()
