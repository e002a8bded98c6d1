"""Rows of a record that are edited one by one: the record's form lists them, and each has a page of its own.

To edit such a row is to edit its record: the page is the record's form with that row in it and nothing else.
"""

import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gpi_portal.i18n.languages import capitalized
from gpi_portal.models import Publishable
from gpi_portal.staff.editing import EditingAdmin
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.sent import TYPED
from gpi_portal.staff.trace import State, relations_of


class RowPage(NamedTuple):
    """What the page of a row edits: the relation, and the id of the row; no id where it adds one."""

    relation: str
    pk: int | None


def page_of(request: HttpRequest) -> RowPage | None:
    """The row that the request is about; None for the form of the record."""
    return getattr(request, "row_page", None)


def row_url(record: Publishable, relation: str, pk: int | None = None, **query: str) -> str:
    """The page that edits a row, or adds one with these values in it."""
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_{relation}"
    url = reverse(f"{name}_change", args=(record.pk, pk)) if pk else reverse(f"{name}_add", args=(record.pk,))
    return f"{url}?{urlencode(query)}" if query else url


class OwnPageRows(InlineModelAdmin):
    """Rows that have pages of their own. Only a record that is not saved yet takes them in its form."""

    relation: str

    def get_queryset(self, request: HttpRequest) -> Any:
        page, rows = page_of(request), super().get_queryset(request)
        return rows.filter(pk=page.pk) if page else rows

    def get_min_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int | None:
        return 1 if page_of(request) else super().get_min_num(request, obj, **kwargs)

    def get_max_num(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int | None:
        return 1 if page_of(request) else super().get_max_num(request, obj, **kwargs)


class RowPagesAdmin(EditingAdmin):
    """The pages of such rows, with all that a record's form does: its lock, its merge, its questions and its trace."""

    def get_urls(self) -> list[URLPattern]:
        prefix, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        own = [row_paths(view(self.row_view), prefix, relation) for relation in self.own_pages()]
        return [*itertools.chain(*own), *super().get_urls()]

    def own_pages(self) -> list[str]:
        """The relations whose rows have pages of their own."""
        return [inline.relation for inline in self.get_inlines(HttpRequest(), None) if issubclass(inline, OwnPageRows)]

    def row_view(self, request: HttpRequest, object_id: str, relation: str, row_id: str = "") -> HttpResponse:
        """One row. A record or a row that is gone is an answer to what was typed, and no page otherwise."""
        record = self.get_object(request, object_id) if is_number(object_id) else None
        page = RowPage(relation, int(row_id) if is_number(row_id) else None)
        request.row_page = page  # type: ignore[attr-defined]  # for `page_of`, also where this page is refused
        is_typed = request.method == "POST" or TYPED in request.GET
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        if not self.has_row(object_id, relation, row_id, past=is_typed) or not (record or is_typed):
            raise Http404(_("No record is chosen."))
        return self.changeform_view(request, object_id)

    def has_row(self, object_id: str, relation: str, row_id: str, *, past: bool) -> bool:
        """Whether the record has the row, or has had it."""
        if not row_id:
            return True
        link = relations_of(self.model)[relation]
        held = link.related_model.history.all() if past else link.related_model._default_manager.all()
        return is_number(row_id) and held.filter(**{"id": row_id, f"{link.field.name}_id": object_id}).exists()

    def on_page(self, request: HttpRequest, obj: Publishable | None, inlines: Iterable[Any]) -> list[Any]:
        """Of these inlines, those that the form of this request has."""
        page = page_of(request)
        if obj is None:
            return list(inlines)
        if page:
            return [inline for inline in inlines if getattr(inline, "relation", None) == page.relation]
        return [inline for inline in inlines if not issubclass(inline, OwnPageRows)]

    def get_fieldsets(self, request: HttpRequest, obj: Publishable | None = None) -> Any:
        return [] if obj and page_of(request) else super().get_fieldsets(request, obj)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        page, kwargs = page_of(request), super().get_formset_kwargs(request, obj, inline, prefix)
        is_new = page is not None and page.pk is None and request.method == "GET"
        return {**kwargs, "initial": [request.GET.dict()]} if is_new else kwargs

    def seen(self, request: HttpRequest, state: State) -> State:
        """The part of a state that the form shows, or that its row speaks of."""
        page, rows = page_of(request), dict(state.rows)
        for relation in self.own_pages():
            shown = page.pk if page and page.relation == relation else None
            rows[relation] = {pk: row for pk, row in rows[relation].items() if pk == shown}
        return replace(state, rows=rows)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        page, record = page_of(request), kwargs.get("obj")
        if page is None or record is None:
            return super().render_change_form(request, context, *args, **kwargs)
        words = capitalized(relations_of(self.model)[page.relation].related_model._meta.verbose_name)
        more = {"title": words, "record": record, "show_save_and_continue": False, "show_delete": False}
        response = super().render_change_form(request, context | more, *args, **kwargs)
        response.template_name = "admin/row_form.html"
        return response

    def response_change(self, request: HttpRequest, obj: Publishable) -> HttpResponse:
        page = page_of(request)
        if page is None or "_publish" in request.POST:
            return super().response_change(request, obj)
        self.message_user(request, _("“%(name)s” was changed successfully.") % {"name": obj}, messages.SUCCESS)
        if "_addanother" in request.POST:
            return redirect(row_url(obj, page.relation))
        change = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=(obj.pk,))
        return redirect(f"{change}#{page.relation}-group")


def row_paths(view: Any, prefix: str, relation: str) -> list[URLPattern]:
    more = {"relation": relation}
    folder = f"<path:object_id>/{relation}"
    return [
        path(f"{folder}/add/", view, more, name=f"{prefix}_{relation}_add"),
        path(f"{folder}/<row_id>/change/", view, more, name=f"{prefix}_{relation}_change"),
    ]
