"""What was typed into a form that its page refuses, for the page that says why."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from gpi_portal.i18n.languages import capitalized
from gpi_portal.i18n.text import normalised
from gpi_portal.models import Publishable
from gpi_portal.publishing.wording import language_of
from gpi_portal.staff.asking import AskingAdmin
from gpi_portal.staff.rights import is_number
from gpi_portal.staff.sent import keep, opened, sent_or_kept
from gpi_portal.staff.trace import relations_of


class TypedText(NamedTuple):
    """One text, with the words for its field. ``language``: that of the text, if it has one."""

    label: str
    text: str
    language: str


class GivenBack(NamedTuple):
    """The texts of a form, and the address that shows it again to an account that may use it, for a day."""

    address: str
    texts: list[TypedText]


def given_back(request: HttpRequest) -> GivenBack | None:
    """What this account sent from a form that it had open; nothing where no form of the staff was sent."""
    data, owner = sent_or_kept(request), owner_of(request)
    form = opened(data) if data else None
    if data is None or owner is None or form is None or form.user != request.user.pk:
        return None
    address = keep(request) if request.method == "POST" else request.get_full_path()
    match: Any = request.resolver_match
    page, pk = match.url_name.removeprefix(prefix_of(owner)), match.kwargs.get("object_id", "")
    return GivenBack(address, list(typed_texts(owner, page, data, pk))) if address else None


def owner_of(request: HttpRequest) -> admin.ModelAdmin | None:
    """The admin whose page was asked for."""
    name = getattr(request.resolver_match, "url_name", None) or ""
    owners = (admin.site.get_model_admin(model) for model in admin.site._registry)
    return next((owner for owner in owners if name.startswith(prefix_of(owner))), None)


def prefix_of(owner: admin.ModelAdmin) -> str:
    return f"{owner.opts.app_label}_{owner.opts.model_name}_"


def typed_texts(owner: admin.ModelAdmin, page: str, data: QueryDict, pk: str) -> Iterator[TypedText]:
    """What a hand can have typed, in the order of the form: no choices, and nothing that is saved already."""
    questions = owner.questions if isinstance(owner, AskingAdmin) else {}
    for name, text in data.items():
        words = str(text)
        label = asked_label(questions[page].form, name) if page in questions else typed_label(owner, data, pk, name)
        if label and words.strip():
            yield TypedText(label, words, language_of(name))


def asked_label(form: type[forms.Form], name: str) -> str:
    field = form.base_fields.get(name)
    return str(field.label) if field and isinstance(field.widget, forms.Textarea) else ""


def typed_label(owner: admin.ModelAdmin, data: QueryDict, pk: str, name: str) -> str:
    """The words for a column, as "Amount" or, of a row, "Location 2: Place"; empty for what is no news."""
    relation, _dash, place = name.partition("-")
    index, _dash, row_name = place.partition("-")
    rows = relations_of(owner.model) if issubclass(owner.model, Publishable) else {}
    if relation not in rows:
        return news_label(owner.model, pk, name, str(data[name]))
    row_model = rows[relation].related_model
    label = news_label(row_model, data.get(f"{relation}-{index}-id", ""), row_name, str(data[name]))
    row = f"{capitalized(row_model._meta.verbose_name)} {int(index) + 1}" if is_number(index) else ""
    return _("%(name)s: %(field)s") % {"name": row, "field": label} if row and label else ""


def news_label(model: type[models.Model], pk: str, name: str, text: str) -> str:
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    if not isinstance(column, models.Field) or not column.editable or column.is_relation or column.choices:
        return ""
    saved = model._default_manager.filter(pk=pk).values_list(name, flat=True).first() if is_number(pk) else None
    is_news = normalised(text, lines=True) != ("" if saved is None else str(saved))
    return capitalized(column.verbose_name) if is_news and not isinstance(column, models.BooleanField) else ""
