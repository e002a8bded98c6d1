"""Turn the rights of an existing portal into those that the roles consist of, and print the names concerned.

A new portal has no rights yet when it migrates, so nothing happens there.
"""

import itertools
from collections.abc import Iterator
from typing import Any

from django.apps import apps as installed
from django.contrib.auth import get_permission_codename
from django.db import migrations
from django.db.models import Q

from gpi_portal.nouns import nouns
from gpi_portal.staff.roles import role_named

#: Django's internal models, which have no page: a right on them never had an effect.
MACHINERY = (("admin", "logentry"), ("auth", "permission"), ("contenttypes", "contenttype"), ("sessions", "session"))


def holders(apps: Any, permission: Any) -> Iterator[tuple[str, Any]]:
    """The accounts and groups that hold a right directly, by name, each with the set that holds it."""
    for group in apps.get_model("auth", "Group").objects.filter(permissions=permission).order_by("name"):
        yield f"group “{group.name}”", group.permissions
    for account in apps.get_model("auth", "User").objects.filter(user_permissions=permission).order_by("username"):
        yield f"account “{account.username}”", account.user_permissions


def clear_names_of_roles(apps: Any) -> None:
    """Rename a group that happens to have the name of a role; it keeps its members and rights."""
    groups = apps.get_model("auth", "Group").objects
    for group in groups.order_by("pk"):
        role, old = role_named(group.name), group.name
        if role:
            names = (
                f"{old} (before roles{more})" for more in itertools.chain([""], map(", {}".format, itertools.count(2)))
            )
            group.name = next(name for name in names if not groups.filter(name=name).exists())
            group.save()
            print(f"Rights: the group “{old}” is now “{group.name}”; “{role.code}” is a role of the portal.")


def give_to_those_who_had(apps: Any, old: str, new: str, models: Any) -> None:
    """Where one right allowed several things, give its holders the separate right for each."""
    permissions = apps.get_model("auth", "Permission").objects
    for model in models:
        opts = model._meta
        right = {"content_type__app_label": opts.app_label, "content_type__model": opts.model_name}
        had = permissions.filter(codename=get_permission_codename(old, opts), **right).first()
        if had is None:
            continue
        given, _is_new = permissions.get_or_create(
            codename=get_permission_codename(new, opts),
            content_type_id=had.content_type_id,
            defaults={"name": f"Can {new} {opts.verbose_name_raw}"},
        )
        for name, rights in holders(apps, had):
            rights.add(given)
            print(f"Rights: the {name} keeps a right of its own to {new}: {opts.verbose_name_raw}.")


def remove_rights_without_page(apps: Any) -> None:
    """Remove rights on history tables, rows and other internals; print each holder with all of theirs in one line."""
    permissions = apps.get_model("auth", "Permission").objects
    held: dict[str, list[str]] = {}
    for model in installed.get_models():
        opts = model._meta
        is_machinery = (opts.app_label, opts.model_name) in MACHINERY
        used = [get_permission_codename(action, opts) for action in opts.default_permissions if not is_machinery]
        used += [codename for codename, _name in opts.permissions]
        of_model = Q(content_type__app_label=opts.app_label, content_type__model=opts.model_name)
        for permission in permissions.filter(of_model).exclude(codename__in=used):
            for name, _rights in holders(apps, permission):
                held.setdefault(name, []).append(f"{opts.app_label}.{permission.codename}")
            permission.delete()
    for name, codes in held.items():
        print(
            f"Rights: the {name} no longer has these, as no page asks for them; "
            f"whoever may edit a record may edit its rows: {', '.join(sorted(codes))}."
        )


def name_keepers_of_accounts(apps: Any) -> None:
    """Print who edits accounts: they can no longer edit one with more rights, or give rights that they lack."""
    permissions = apps.get_model("auth", "Permission").objects
    for permission in permissions.filter(content_type__app_label="auth", codename__in=("change_user", "change_group")):
        for name, _rights in holders(apps, permission):
            print(f"Rights: the {name} keeps auth.{permission.codename}, up to its own rights and no further.")


def carry_over(apps: Any, schema_editor: Any) -> None:
    clear_names_of_roles(apps)
    give_to_those_who_had(apps, "change", "publish", nouns().values())
    give_to_those_who_had(apps, "change", "decide", [installed.get_model("gpi_portal", "ErrorReport")])
    remove_rights_without_page(apps)
    name_keepers_of_accounts(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("gpi_portal", "0007_rights"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
