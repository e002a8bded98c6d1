"""A portal that has staff already: nobody loses a right silently, and no group of theirs is taken for a role."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from gpi_portal.models import ErrorReport
from gpi_portal.nouns import nouns
from projects.models import Amendment, Project
from tests.staff import member

pytestmark = pytest.mark.django_db

MIGRATION = import_module("gpi_portal.migrations.0008_existing_rights")


@pytest.fixture
def before():
    """The rights as they were: none to publish or to decide, four to every table."""
    Group.objects.all().delete()
    Permission.objects.filter(codename__regex="^(publish|decide)_").delete()
    for model in apps.get_models():
        for action in ("add", "change", "delete", "view"):
            name = f"{action}_{model._meta.model_name}"
            kind = ContentType.objects.get_for_model(model)
            Permission.objects.get_or_create(codename=name, content_type=kind, defaults={"name": name})


def right(name):
    return Permission.objects.get(codename=name)


def group(name, *rights):
    made = Group.objects.create(name=name)
    made.permissions.set(map(right, rights))
    return made


def carry_over(capsys):
    MIGRATION.carry_over(apps, None)
    return capsys.readouterr().out


def codes(rights):
    return set(rights.values_list("codename", flat=True))


def test_who_could_publish_still_can_noun_by_noun(before, capsys):
    officers, account = group("officers", "change_project", "view_recipient"), member(name="ada")
    account.user_permissions.add(right("change_mineral"))
    said = carry_over(capsys)
    assert codes(officers.permissions) == {"change_project", "publish_project", "view_recipient"}
    assert codes(account.user_permissions) == {"change_mineral", "publish_mineral"}
    assert "the group “officers” keeps a right of its own to publish: project." in said
    assert "the account “ada” keeps a right of its own to publish: mineral." in said


@pytest.mark.parametrize("model", nouns().values(), ids=lambda model: model.noun)
def test_that_holds_for_every_noun(before, capsys, model):
    name = model._meta.model_name
    officers = group("officers", f"change_{name}")
    carry_over(capsys)
    assert codes(officers.permissions) == {f"change_{name}", f"publish_{name}"}


def test_who_could_decide_reports_still_can(before, capsys):
    desk = group("desk", "change_errorreport", "view_errorreport")
    assert "the group “desk” keeps a right of its own to decide: error report." in carry_over(capsys)
    assert codes(desk.permissions) == {"decide_errorreport", "view_errorreport"}


def test_rights_to_machinery_go_and_who_held_one_is_named(before, capsys):
    names = ("view_historicalproject", "change_amendment", "add_publishedversion", "delete_errorreport", "add_session")
    officers = group("officers", "view_project", *names)
    said = carry_over(capsys)
    assert codes(officers.permissions) == {"view_project"}
    (line,) = (line for line in said.splitlines() if "the group “officers” no longer has" in line)
    assert [name for name in names if name not in line] == []
    kinds = ContentType.objects.get_for_models(Amendment, Amendment.history.model, for_concrete_models=False)
    assert not Permission.objects.filter(content_type__in=kinds.values()).exists()


def test_rights_that_nobody_held_go_in_silence(before, capsys):
    assert carry_over(capsys) == ""


@pytest.mark.parametrize("name", ["editor", "Editor", "PUBLISHER"])
def test_a_group_that_is_called_like_a_role_keeps_its_members_and_rights_under_another_name(before, capsys, name):
    old, account = group(name, "delete_project"), member(name="ada")
    account.groups.add(old)
    said = carry_over(capsys)
    call_command("migrate", verbosity=0)
    assert [group.name for group in account.groups.all()] == [f"{name} (before roles)"]
    assert codes(account.groups.get().permissions) == {"delete_project"}
    assert f"the group “{name}” is now “{name} (before roles)”" in said
    assert codes(Group.objects.get(name=name.lower()).permissions) != {"delete_project"}


def test_two_groups_that_are_called_like_one_role_stay_two(before, capsys):
    group("editor", "view_project")
    group("editor (before roles)", "view_mineral")
    carry_over(capsys)
    assert set(Group.objects.values_list("name", flat=True)) == {"editor (before roles)", "editor (before roles, 2)"}


def test_who_edits_accounts_is_named(before, capsys):
    group("keepers", "change_user")
    assert "the group “keepers” keeps auth.change_user, up to its own rights and no further." in carry_over(capsys)


def test_a_new_portal_has_nothing_to_carry_over(capsys):
    Permission.objects.all().delete()
    Group.objects.all().delete()
    assert carry_over(capsys) == ""
    assert not Permission.objects.exists()


def test_after_it_the_rights_are_those_of_a_new_portal(before, capsys):
    group("officers", "change_project")
    carry_over(capsys)
    call_command("migrate", verbosity=0)
    assert Permission.objects.filter(codename="publish_project").count() == 1
    rights = Permission.objects.filter(content_type__app_label__in=("gpi_portal", "programs", "projects"))
    assert rights.count() == 5 * len(nouns()) + 2
    assert ErrorReport._meta.default_permissions == ("view", "decide")
    assert Project._meta.default_permissions[-1] == "publish"
