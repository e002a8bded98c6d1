"""What an administrator chooses from: the rights that have a page in the site, and groups; each in words."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpi_portal.staff.fields import RowsField
from gpi_portal.staff.roles import role_named

ACTIONS = {
    "view": gettext_lazy("can view"),
    "add": gettext_lazy("can add"),
    "change": gettext_lazy("can edit"),
    "delete": gettext_lazy("can delete"),
    "publish": gettext_lazy("can publish and withdraw"),
    "decide": gettext_lazy("can decide"),
}


def right_in_words(permission: Permission) -> str:
    """Such as “project | can edit”; Django's own words for it exist in English only."""
    model = permission.content_type.model_class()
    action = permission.codename.partition("_")[0]
    noun = model._meta.verbose_name if model else permission.content_type.model
    return f"{noun} | {ACTIONS.get(action, permission.name)}"


def group_in_words(group: Group) -> str:
    """A role under its code and its name, any other group under its name."""
    role = role_named(group.name)
    return _("%(code)s: %(name)s") % {"code": role.code, "name": role.name} if role else group.name


def listed(words: Iterator[str]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((word,) for word in sorted(words)))


def offered(site: AdminSite) -> QuerySet[Permission]:
    """The rights to what has a page in the site; those to the machinery behind it are of no use to anyone."""
    rights = Q(pk=None)
    for model in filter(site.is_registered, apps.get_models()):
        opts = model._meta
        codenames = [get_permission_codename(action, opts) for action in opts.default_permissions]
        of_model = Q(content_type__app_label=opts.app_label, content_type__model=opts.model_name)
        rights |= of_model & Q(codename__in=codenames)
    return Permission.objects.filter(rights).select_related("content_type")


def rights_of(account: User | AnonymousUser) -> QuerySet[Permission]:
    """What an account may do, or could once it is active; a superuser may do everything besides."""
    return Permission.objects.filter(Q(user=account) | Q(group__user=account)).distinct()


def grantable_rights(by: User | AnonymousUser, site: AdminSite) -> QuerySet[Permission]:
    """Of the rights that have a page, those that somebody has and so may give."""
    return offered(site) if by.is_superuser else offered(site).filter(pk__in=rights_of(by))


def grantable_groups(by: User | AnonymousUser) -> QuerySet[Group]:
    """The groups that give nothing which somebody does not have."""
    if by.is_superuser:
        return Group.objects.order_by("name")
    beyond = Permission.objects.exclude(pk__in=rights_of(by))
    return Group.objects.exclude(pk__in=Group.objects.filter(permissions__in=beyond)).order_by("name")


class ByWords(ModelChoiceIterator):
    """The choices in the alphabetical order of their words, which the database does not know."""

    def __iter__(self) -> Iterator[Any]:
        yield from sorted(super().__iter__(), key=lambda choice: choice[1])


class RightsField(RowsField):
    iterator = ByWords

    def label_from_instance(self, permission: Permission) -> str:
        return right_in_words(permission)


class GroupsField(RowsField):
    def label_from_instance(self, group: Group) -> str:
        return group_in_words(group)
