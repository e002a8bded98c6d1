"""What was changed in a form that its page refuses, for the page that says why."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gpi_portal.i18n.languages import capitalized
from gpi_portal.publishing.wording import language_of
from gpi_portal.staff.asking import AskingAdmin
from gpi_portal.staff.editing import EditingAdmin
from gpi_portal.staff.keeping import KeepingAdmin
from gpi_portal.staff.merging import Fields, places_in, was_changed
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.row_pages import page_of
from gpi_portal.staff.sent import keep, opened, sent_or_kept


class Changed(NamedTuple):
    """One field of a form that was changed, with the words for it and for what was typed or chosen in it.

    ``language``: that of a text, if it has one. No words: it is empty now.
    """

    label: str
    text: str
    language: str = ""


class GivenBack(NamedTuple):
    """What was changed in a form, and the address that shows it again to an account that may use it, for a day.

    ``list_url`` and ``list_name``: the list of that kind of record, where this account may see it.
    """

    address: str
    changes: list[Changed]
    list_url: str
    list_name: str


def given_back(request: HttpRequest) -> GivenBack | None:
    """What this account changed in a form that it had open; None where it changed nothing there.

    Nobody is known where a request is refused before it is asked who sends it.
    """
    if not hasattr(request, "user"):
        return None
    data, owner = sent_or_kept(request), owner_of(request)
    form = opened(data) if data else None
    if data is None or owner is None or form is None or form.user != request.user.pk:
        return None
    changes = list(changes_in(owner, request, data))
    if not changes:
        return None
    address = keep(request) if request.method == "POST" else request.get_full_path()
    may_see = owner.has_view_or_change_permission(request)
    list_url = reverse(f"admin:{prefix_of(owner)}changelist") if may_see else ""
    return GivenBack(address, changes, list_url, str(owner.opts.verbose_name_plural)) if address else None


def owner_of(request: HttpRequest) -> admin.ModelAdmin | None:
    """The admin whose page was asked for."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    owners = (admin.site.get_model_admin(model) for model in admin.site._registry)
    return next((owner for owner in owners if name.startswith(prefix_of(owner))), None)


def prefix_of(owner: admin.ModelAdmin) -> str:
    return f"{owner.opts.app_label}_{owner.opts.model_name}_"


def changes_in(owner: admin.ModelAdmin, request: HttpRequest, data: QueryDict) -> Iterator[Changed]:
    """The fields that were changed, in the order of the form."""
    match: Any = request.resolver_match
    page = match.url_name.removeprefix(prefix_of(owner))
    pk = unquote(match.kwargs.get("object_id", ""))
    if isinstance(owner, AskingAdmin) and page in owner.questions:
        fields = owner.fields_asked(page, pk)
        filled_in = {name: data[f"initial-{name}"] for name in fields if f"initial-{name}" in data}
        yield from changes_of(request, fields, filled_in, data)
    elif isinstance(owner, KeepingAdmin):
        # In place of a row that is gone stands an empty one: its form is not that of a new row.
        row = row_of(owner.model, pk) or (owner.model(pk=pk) if is_number(pk) else None)
        before = filled_in_of(row) if row else owner.get_changeform_initial_data(request)
        yield from changes_of(request, owner.whole_form(request, row), before, data)
        if isinstance(owner, EditingAdmin):
            yield from changes_of_rows(owner, request, row, data)


def changes_of_rows(
    owner: EditingAdmin, request: HttpRequest, record: models.Model | None, data: QueryDict
) -> Iterator[Changed]:
    """Those of the rows, each named with its place, as "Location 2: Place"."""
    for inline in owner.get_inlines(request, record):
        formset: Any = inline(owner.model, owner.admin_site).get_formset(request, record)
        name = capitalized(inline.model._meta.verbose_name)
        for number, place in enumerate(places_in(data, formset.get_default_prefix()), start=1):
            row = row_of(inline.model, data.get(f"{place}id", ""))
            before = filled_in_of(row) if row else request.GET.dict() if page_of(request) else {}
            for change in changes_of(request, formset.form.base_fields, before, data, place):
                label = _("%(name)s: %(field)s") % {"name": f"{name} {number}", "field": change.label}
                yield change._replace(label=label)
            if f"{place}{DELETION_FIELD_NAME}" in data:
                yield Changed(f"{name} {number}", _("to be removed"))


def row_of(model: type[models.Model], pk: str) -> models.Model | None:
    """The row; None where it is new or gone."""
    return model._default_manager.filter(pk=pk).first() if is_number(pk) else None


def filled_in_of(row: models.Model) -> dict[str, Any]:
    """Field → what a form of the row begins with."""
    return {name: as_filled_in(value) for name, value in forms.model_to_dict(row).items()}


def as_filled_in(value: Any) -> Any:
    """A value as a form shows it, a moment to the second."""
    return value.replace(microsecond=0) if isinstance(value, datetime.datetime) else value


def changes_of(
    request: HttpRequest, fields: Fields, before: Mapping[str, Any], data: QueryDict, place: str = ""
) -> Iterator[Changed]:
    """What a hand typed or chose in these fields, apart from passwords and from what the form itself had filled in."""
    for name, field in fields.items():
        sent, filled_in = f"{place}{name}", before.get(name, field.initial)
        is_there = not field.widget.value_omitted_from_data(data, {}, sent)
        is_secret = isinstance(field.widget, forms.PasswordInput)
        if is_there and not is_secret and was_changed(field, filled_in, data, sent):
            words = in_words(request, field, field.widget.value_from_datadict(data, {}, sent))
            yield Changed(str(field.label), "; ".join(words), language_of(name))


def in_words(request: HttpRequest, field: forms.Field, value: Any) -> Iterable[str]:
    """What was typed, or the words of what was chosen."""
    if isinstance(value, bool):
        return [_("Yes") if value else _("No")]
    values = [str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None]
    if isinstance(field, forms.ModelChoiceField):
        return named_rows(request, field, [pk for pk in values if is_number(pk)])
    words = {str(choice): str(label) for choice, label in getattr(field, "choices", ())}
    return [words.get(one, one) for one in values if one]


def named_rows(request: HttpRequest, field: Any, pks: list[str]) -> list[str]:
    """The names of what was chosen, as far as this account may see it."""
    model = field.queryset.model
    if admin.site.is_registered(model) and not admin.site.get_model_admin(model).has_view_permission(request):
        return [_("(not shown)")] if pks else []
    return [field.label_from_instance(row) for row in field.queryset.filter(pk__in=pks)]
