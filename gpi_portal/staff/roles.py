"""The roles that the portal ships: groups of fixed names, whose rights are what stands here after each `migrate`."""

from typing import Any, NamedTuple

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth import get_permission_codename
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(NamedTuple):
    """What its members may do with the records of every noun, with error reports, with accounts and groups."""

    code: str
    name: Any
    description: Any
    records: tuple[str, ...]
    reports: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    def actions_on(self, model: Any) -> tuple[str, ...]:
        if hasattr(model, "publication_rank"):
            return self.records
        kinds = {"gpi_portal.ErrorReport": self.reports, "auth.User": self.accounts, "auth.Group": self.accounts}
        return kinds.get(model._meta.label, ())


ROLES = (
    Role("reader", pgettext_lazy("role", "Reader"), _("Sees every record, drafts included."), ("view",)),
    Role(
        "translator",
        pgettext_lazy("role", "Translator"),
        _("Sees and edits every record."),
        ("view", "change"),
    ),
    Role(
        "editor",
        pgettext_lazy("role", "Editor"),
        _("Sees, adds and edits every record, deletes drafts, and sees error reports."),
        ("view", "add", "change", "delete"),
        reports=("view",),
    ),
    Role(
        "reviewer",
        pgettext_lazy("role", "Reviewer"),
        _("Sees and edits every record, and sees error reports."),
        ("view", "change"),
        reports=("view",),
    ),
    Role(
        "publisher",
        pgettext_lazy("role", "Publisher"),
        _("Sees, publishes and withdraws every record, and decides error reports."),
        ("view", "publish"),
        reports=("view", "decide"),
    ),
    Role(
        "auditor",
        pgettext_lazy("role", "Auditor"),
        _("Sees every record, every error report, and who may do what."),
        ("view",),
        reports=("view",),
        accounts=("view",),
    ),
)


def role_named(name: str) -> Role | None:
    """The role that a group's name stands for, whatever its case."""
    return next((role for role in ROLES if role.code == name.strip().casefold()), None)


def keep_roles(sender: AppConfig, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """After `migrate`, give every role exactly its rights in one app; Django has just made these rights."""
    try:
        groups = apps.get_model("auth", "Group").objects.using(using)
        permissions = apps.get_model("auth", "Permission").objects.using(using)
    except LookupError:
        return
    of_app = permissions.filter(content_type__app_label=sender.label)
    for role in ROLES:
        given = {
            get_permission_codename(action, model._meta)
            for model in sender.get_models()
            for action in role.actions_on(model)
        }
        group, _is_new = groups.get_or_create(name=role.code)
        group.permissions.remove(*of_app.filter(group=group).exclude(codename__in=given))
        group.permissions.add(*of_app.filter(codename__in=given))
