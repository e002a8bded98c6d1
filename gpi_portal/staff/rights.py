"""Who may do what with a record, its rows and an error report; every page and every button asks here."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest
from simple_history.admin import SimpleHistoryAdmin

#: Every number that a row can have is shorter than this.
LONGEST_NUMBER = 19


def may(request: HttpRequest, action: str, model: type[models.Model]) -> bool:
    opts = model._meta
    return request.user.has_perm(f"{opts.app_label}.{get_permission_codename(action, opts)}")


def is_number(word: str) -> bool:
    """Whether a word of an address can name a row; what is no number, the database refuses to look for."""
    return word.isdecimal() and len(word) < LONGEST_NUMBER


def require_numbers(*words: str) -> None:
    if not all(map(is_number, words)):
        raise Http404


class RecordRights(admin.ModelAdmin):
    """The rights to a noun. To publish is a right of its own, which withdraws too; whoever has it sees the records."""

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, "publish", self.model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_publish_permission(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context["has_publish_permission"] = self.has_publish_permission(request, kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)


class RowRights(InlineModelAdmin):
    """Rows that belong to a record have no rights of their own: whoever may edit the record may edit them."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.get_model_admin(self.parent_model).has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A record that is not stored yet is edited by whoever may add it."""
        owner = self.admin_site.get_model_admin(self.parent_model)
        if obj is None or obj.pk is None:
            return owner.has_add_permission(request)
        return owner.has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class ReportRights(SimpleHistoryAdmin):
    """Error reports are read and decided; they are never written, edited or deleted."""

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        require_numbers(unquote(object_id))
        return super().history_view(request, object_id, *args, **kwargs)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, *args: Any, **kwargs: Any
    ) -> Any:
        require_numbers(object_id, version_id)
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, *args, **kwargs)

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request, "decide", self.model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_decide_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context["has_decide_permission"] = self.has_decide_permission(request, kwargs.get("obj"))
        return super().render_change_form(request, context, *args, **kwargs)
