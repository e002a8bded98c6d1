"""What was typed into a form that its page refuses, for the page that says why."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gpi_portal.i18n.languages import capitalized
from gpi_portal.publishing.wording import language_of
from gpi_portal.staff.asking import AskingAdmin
from gpi_portal.staff.editing import EditingAdmin
from gpi_portal.staff.merging import Fields, places_in, was_changed
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.sent import keep, opened, sent_or_kept


class TypedText(NamedTuple):
    """One text, with the words for its field. ``language``: that of the text, if it has one."""

    label: str
    text: str
    language: str


class GivenBack(NamedTuple):
    """The texts of a form, and the address that shows it again to an account that may use it, for a day.

    ``list_url`` and ``list_name``: the list of that kind of record, where this account may see it.
    """

    address: str
    texts: list[TypedText]
    list_url: str
    list_name: str


def given_back(request: HttpRequest) -> GivenBack | None:
    """What this account typed into a form that it had open; None where it typed nothing there."""
    data, owner = sent_or_kept(request), owner_of(request)
    form = opened(data) if data else None
    if data is None or owner is None or form is None or form.user != request.user.pk:
        return None
    texts = list(typed_texts(owner, request, data))
    if not texts:
        return None
    address = keep(request) if request.method == "POST" else request.get_full_path()
    may_see = owner.has_view_or_change_permission(request)
    list_url = reverse(f"admin:{prefix_of(owner)}changelist") if may_see else ""
    return GivenBack(address, texts, list_url, str(owner.opts.verbose_name_plural)) if address else None


def owner_of(request: HttpRequest) -> admin.ModelAdmin | None:
    """The admin whose page was asked for."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    owners = (admin.site.get_model_admin(model) for model in admin.site._registry)
    return next((owner for owner in owners if name.startswith(prefix_of(owner))), None)


def prefix_of(owner: admin.ModelAdmin) -> str:
    return f"{owner.opts.app_label}_{owner.opts.model_name}_"


def typed_texts(owner: admin.ModelAdmin, request: HttpRequest, data: QueryDict) -> Iterator[TypedText]:
    """The texts in the order of the form."""
    match: Any = request.resolver_match
    page = match.url_name.removeprefix(prefix_of(owner))
    if isinstance(owner, AskingAdmin) and page in owner.questions:
        fields = owner.questions[page].form.base_fields
        filled_in = {name: data[f"initial-{name}"] for name in fields if f"initial-{name}" in data}
        yield from news(fields, filled_in, data)
    elif isinstance(owner, EditingAdmin):
        yield from news(fields_of(owner, request), saved(owner.model, match.kwargs.get("object_id", "")), data)
        yield from news_of_rows(owner, request, data)


def fields_of(owner: EditingAdmin, request: HttpRequest) -> Fields:
    """The fields of the record's form, whoever may see it."""
    fields: Fields = owner.get_form(request, fields=flatten_fieldsets(owner.get_fieldsets(request))).base_fields
    return fields


def news_of_rows(owner: EditingAdmin, request: HttpRequest, data: QueryDict) -> Iterator[TypedText]:
    """The texts of the rows, each named with its place, as "Location 2: Place"."""
    for inline in owner.get_inlines(request, None):
        formset: Any = inline(owner.model, owner.admin_site).get_formset(request)
        name = capitalized(inline.model._meta.verbose_name)
        for number, place in enumerate(places_in(data, formset.get_default_prefix()), start=1):
            before = saved(inline.model, data.get(f"{place}id", ""))
            for typed in news(formset.form.base_fields, before, data, place):
                label = _("%(name)s: %(field)s") % {"name": f"{name} {number}", "field": typed.label}
                yield typed._replace(label=label)


def saved(model: type[models.Model], pk: str) -> Mapping[str, Any]:
    """Column → value of a row; nothing of one that is new or gone."""
    return (is_number(pk) and model._default_manager.filter(pk=pk).values().first()) or {}


def news(fields: Fields, before: Mapping[str, Any], data: QueryDict, place: str = "") -> Iterator[TypedText]:
    """What a hand can have typed into these fields: no choices, and nothing that the form itself had filled in."""
    for name, field in fields.items():
        sent = f"{place}{name}"
        text, filled_in = data.get(sent, ""), before.get(name, field.initial)
        is_typed = isinstance(field.widget, forms.TextInput | forms.Textarea)
        if is_typed and text.strip() and was_changed(field, filled_in, data, sent):
            yield TypedText(str(field.label), text, language_of(name))
