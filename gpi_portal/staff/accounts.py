"""Accounts and groups. Nobody gives a right that they do not have, or edits an account that has more than theirs."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    SetUnusablePasswordMixin,
    UserChangeForm,
)
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gpi_portal.staff.fields import TypedAdmin
from gpi_portal.staff.forms import KeptForm
from gpi_portal.staff.granting import (
    GroupsField,
    RightsField,
    grantable_groups,
    grantable_rights,
    group_in_words,
    listed,
    right_in_words,
    rights_of,
)
from gpi_portal.staff.roles import role_named
from gpi_portal.staff.searching import TextSearch
from gpi_portal.staff.untraced import UntracedAdmin


def rights_list(rights: QuerySet[Permission]) -> SafeString:
    return format_html("<ul>{}</ul>", listed(map(right_in_words, rights.select_related("content_type"))))


class GivenRights(admin.ModelAdmin):
    """What can be given here, by the one who asks; whose rights go beyond theirs can be seen and not edited."""

    def all_rights(self, obj: Any) -> QuerySet[Permission]:
        raise NotImplementedError

    def is_beyond(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None or request.user.is_superuser:
            return False
        return self.all_rights(obj).exclude(pk__in=rights_of(request.user)).exists()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not self.is_beyond(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not self.is_beyond(request, obj)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.related_model is Permission:
            choices = {"form_class": RightsField, "queryset": grantable_rights(request.user, self.admin_site)}
        else:
            choices = {"form_class": GroupsField, "queryset": grantable_groups(request.user)}
        return super().formfield_for_manytomany(db_field, request, **{**kwargs, **choices})

    @admin.display(description=_("rights"))
    def rights_in_words(self, obj: Any) -> SafeString:
        return rights_list(self.all_rights(obj))


def password_or_none() -> Any:
    words = _("Without a password nobody can sign in to the account.")
    return SetUnusablePasswordMixin.create_usable_password_field(words)


class NewAccountForm(KeptForm, AdminUserCreationForm):
    usable_password = password_or_none()


class PasswordForm(AdminPasswordChangeForm):
    usable_password = password_or_none()


class AccountForm(KeptForm, UserChangeForm):
    """An account that exists."""


class AccountAdmin(UntracedAdmin, GivenRights, TypedAdmin, TextSearch, UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    change_password_form = PasswordForm
    readonly_fields = ("groups_in_words", "rights_in_words")
    unedited = ("last_login",)
    #: How those who may not edit an account see parts of it; its password they do not see at all.
    SEEN: dict[Any, str] = {"groups": "groups_in_words", "user_permissions": "rights_in_words"}

    def all_rights(self, obj: User) -> QuerySet[Permission]:
        return rights_of(obj)

    def is_beyond(self, request: HttpRequest, obj: User | None) -> bool:
        """Superusers are edited by superusers."""
        is_lower = obj is not None and obj.is_superuser and not request.user.is_superuser
        return is_lower or super().is_beyond(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        own = () if request.user.is_superuser else ("is_superuser",)
        return (*super().get_readonly_fields(request, obj), *own)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (
                title,
                {**options, "fields": [self.SEEN.get(name, name) for name in options["fields"] if name != "password"]},
            )
            for title, options in fieldsets
        ]

    def whole_fieldsets(self, request: HttpRequest, row: Any) -> Any:
        return super().get_fieldsets(request, row)

    @admin.display(description=_("roles and groups"))
    def groups_in_words(self, obj: User) -> SafeString:
        return format_html("<ul>{}</ul>", listed(map(group_in_words, obj.groups.all())))


class OwnGroupForm(KeptForm):
    """A group of the operator's own."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if role_named(name):
            raise ValidationError(_("“%(name)s” is the name of a role of the portal."), params={"name": name})
        return name


class RoleAdmin(UntracedAdmin, GivenRights, TextSearch, GroupAdmin):
    """Groups. Those that are roles of the portal are only seen: their rights are what its code says."""

    form = OwnGroupForm
    list_display = ("name", "role_name", "description")
    readonly_fields = ("role_name", "description", "rights_in_words")
    EDITED = ("name", "permissions")

    def all_rights(self, obj: Group) -> QuerySet[Permission]:
        return obj.permissions.all()

    def is_beyond(self, request: HttpRequest, obj: Group | None) -> bool:
        is_role = obj is not None and role_named(obj.name) is not None
        return is_role or super().is_beyond(request, obj)

    def get_fields(self, request: HttpRequest, obj: Group | None = None) -> Any:
        if obj is None or self.has_change_permission(request, obj):
            return self.EDITED
        about = ("role_name", "description") if role_named(obj.name) else ()
        return ("name", *about, "rights_in_words")

    def whole_fieldsets(self, request: HttpRequest, row: Any) -> Any:
        return [(None, {"fields": self.EDITED})]

    @admin.display(description=_("role"))
    def role_name(self, obj: Group) -> Any:
        role = role_named(obj.name)
        return role and role.name

    @admin.display(description=_("what its members may do"))
    def description(self, obj: Group) -> Any:
        role = role_named(obj.name)
        return role and role.description
