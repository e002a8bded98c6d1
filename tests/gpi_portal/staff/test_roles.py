"""The roles that the portal ships, and the rights that there are at all."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from gpi_portal.nouns import nouns
from gpi_portal.staff.roles import ROLES
from projects.models import Project
from tests.staff import client_of, member, signed_in

pytestmark = pytest.mark.django_db

OURS = ("gpi_portal", "programs", "projects")
MATRIX = {
    "reader": {"view"},
    "translator": {"view", "change"},
    "editor": {"view", "add", "change", "delete"},
    "reviewer": {"view", "change"},
    "publisher": {"view", "publish"},
    "auditor": {"view"},
}
REPORTS = {"editor": {"view"}, "reviewer": {"view"}, "publisher": {"view", "decide"}, "auditor": {"view"}}


def rights_of_group(name):
    return {
        f"{app}.{code}"
        for app, code in Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    }


def wanted(name):
    rights = {
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for model in nouns().values()
        for action in MATRIX[name]
    }
    rights |= {f"gpi_portal.{action}_errorreport" for action in REPORTS.get(name, ())}
    return rights | ({"auth.view_user", "auth.view_group"} if name == "auditor" else set())


@pytest.mark.parametrize("name", MATRIX)
def test_every_role_is_there_after_migrate_and_may_what_its_name_says(name):
    assert rights_of_group(name) == wanted(name)


def test_migrating_again_gives_the_roles_their_rights_back_and_makes_no_second_one():
    Group.objects.get(name="editor").permissions.clear()
    Group.objects.get(name="reader").permissions.set(Permission.objects.all())
    Group.objects.get(name="auditor").delete()
    before = Group.objects.count()
    call_command("migrate", verbosity=0)
    assert {name: rights_of_group(name) for name in MATRIX} == {name: wanted(name) for name in MATRIX}
    assert Group.objects.count() == before + 1


def test_migrating_leaves_the_members_of_a_role_and_every_other_group_alone():
    account, own = member("editor"), Group.objects.create(name="officers")
    own.permissions.set(Permission.objects.filter(codename="view_project"))
    call_command("migrate", verbosity=0)
    assert [group.name for group in account.groups.all()] == ["editor"]
    assert rights_of_group("officers") == {"projects.view_project"}


def test_there_are_no_rights_to_machinery():
    rights = {model: model._meta.default_permissions for app in OURS for model in apps.get_app_config(app).get_models()}
    of_nouns = {rights.pop(model) for model in nouns().values()}
    assert of_nouns == {("add", "change", "delete", "view", "publish")}
    assert {model._meta.label: given for model, given in rights.items() if given} == {
        "gpi_portal.ErrorReport": ("view", "decide")
    }
    assert Permission.objects.filter(content_type__app_label__in=OURS).count() == 5 * len(nouns()) + 2


def test_roles_add_up():
    client, project = signed_in(member("translator", "publisher")), Project.objects.get(code="gpi-0001")
    page = client.get(f"/admin/projects/project/{project.pk}/change/").content.decode()
    assert 'name="_save"' in page
    assert "Save and publish…" in page


def test_a_role_that_is_taken_away_between_form_and_post_counts_no_more():
    account, project = member("publisher"), Project.objects.get(code="gpi-0011")
    client, url = signed_in(account), reverse("admin:projects_project_withdraw", args=[project.pk])
    assert client.get(url).status_code == 200
    account.groups.clear()
    assert client.post(url, {"reason_en": "Twice.", "reason_fr": "Deux fois."}).status_code == 403
    project.refresh_from_db()
    assert project.state == "published"


# --- Who has no role ----------------------------------------------------------------------------------


def front_page(language="en"):
    client = client_of("without a role")
    return client.get("/admin/", headers={"accept-language": language}).content.decode()


def test_staff_without_a_role_are_told_whom_to_ask():
    assert "Ask an administrator of this portal" in front_page()


def test_the_one_to_ask_is_the_operator_where_there_is_one():
    with override_settings(OPERATOR={"operator_contact": "registry@example.org"}):
        page = front_page()
    assert 'href="mailto:registry@example.org"' in page
    assert "Ask an administrator" not in page


def test_staff_with_a_role_are_told_nothing_of_the_kind():
    assert "You have no role" not in client_of("reader").get("/admin/").content.decode()


# --- In words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.code)
def test_a_role_is_listed_and_shown_with_its_name_and_what_it_may_do(role):
    client = client_of("superuser")
    group = Group.objects.get(name=role.code)
    for url in (reverse("admin:auth_group_changelist"), reverse("admin:auth_group_change", args=[group.pk])):
        page = client.get(url).content.decode()
        assert role.code in page
        assert str(role.name) in page
        assert str(role.description) in page


def test_roles_have_names_of_their_own_in_french():
    def words(language):
        with translation.override(language):
            return [str(text) for role in ROLES for text in (role.name, role.description)]

    assert not set(words("en")) & set(words("fr"))


def test_the_rights_of_a_role_are_read_and_not_chosen():
    client, group = client_of("superuser"), Group.objects.get(name="editor")
    url = reverse("admin:auth_group_change", args=[group.pk])
    page = client.get(url).content.decode()
    assert "<li>project | can edit</li>" in page
    assert 'name="name"' not in page
    assert client.post(url, {"name": "editors"}).status_code == 403
    assert client.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(groups=group).count() == 0
