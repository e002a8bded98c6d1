"""Whatever is typed into any field of any form of the staff: kept as a reader sees it, or refused in a sentence."""

import datetime
import itertools

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import formats, translation

from gpi_portal.i18n.text import normalised
from gpi_portal.models import RegistryVersion, Typed
from gpi_portal.nouns import nouns
from projects.models import Project
from tests.projects.test_admin import admin_url, form_data, publish
from tests.site import UNREAD

pytestmark = pytest.mark.django_db

NOUNS = list(nouns().values())
#: A record of each noun with as many kinds of rows as there are.
RECORDS = {"project": "gpi-0001", "stream": "joint-rd", "program": "gpi", "focus_area": "market-development"}
NOISE = "\u200b\u202e\u2066\u00ad\ufeff\x07"
HOSTILE = {
    "200 combining characters": "e" + "\u0301" * 200,
    "200 letters in two parts": "e\u0301" * 200,
    "only invisible": "\u200b\u3164\u2800\u00ad",
    "tabs": "\t\ta\tb\t",
    "line ends of three kinds": "a\r\nb\nc\rd\u2028e",
    "controls of direction": "\u202eabc\u2067def\u200f",
    "a NUL": "a\0b",
    "blanks": "a  \u00a0 b\u2003",
}


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("staff"))
    return client


def record_of(model):
    return model.objects.get(code=RECORDS[model.noun]) if model.noun in RECORDS else model.objects.first()


def fields_of(response):
    """Every field of the form and of the forms of its rows, by its name in what is sent."""
    rows = (form for inline in response.context["inline_admin_formsets"] for form in inline.formset.forms)
    every = [response.context["adminform"].form, *rows]
    return {form.add_prefix(name): field for form in every for name, field in form.fields.items()}


def text_fields(response):
    kinds = forms.CharField
    found = {name: field for name, field in fields_of(response).items() if isinstance(field, kinds)}
    typed = (name for name, field in found.items() if not field.widget.is_hidden)
    return {name for name in typed if not isinstance(found[name], forms.ChoiceField)}


def history_of(record):
    rows = [
        relation.related_model
        for relation in record._meta.related_objects
        if hasattr(relation.related_model, "history")
    ]
    return [model.history.count() for model in [type(record), *rows]]


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.noun)
@pytest.mark.parametrize("end", ["\r\n", f"{NOISE}\r\n"], ids=["as a browser sends it", "with noise"])
def test_saving_without_a_change_makes_no_change(staff, model, end):
    record = record_of(model)
    if hasattr(record, "aliases"):
        model.objects.filter(pk=record.pk).update(aliases="One\nTwo")
        record.refresh_from_db()
    url = admin_url(record, "change", record.pk)
    page = staff.get(url, headers=UNREAD)
    sent = form_data(page)
    noise = {name: str(sent.get(name) or "").replace("\n", end) + end.rstrip("\r\n") for name in text_fields(page)}
    before = history_of(record), record.modified_at
    assert noise
    assert staff.post(url, {**sent, **noise}).status_code == 302
    record.refresh_from_db()
    assert (history_of(record), record.modified_at) == before
    publish(staff, record)
    assert RegistryVersion.objects.latest_number() == (2 if hasattr(record, "aliases") else 1)


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.noun)
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_that_is_typed_breaks_a_form_or_is_kept_raw(staff, model, typed):
    record = record_of(model)
    url = admin_url(record, "change", record.pk)
    page = staff.get(url, headers=UNREAD)
    sent = form_data(page)
    for names in (text_fields(page), *({name} for name in text_fields(page) if name.startswith(("name_", "title_")))):
        response = staff.post(url, {**sent, **dict.fromkeys(names, typed)})
        assert response.status_code in (200, 302)
        if response.status_code == 200:
            assert response.context["errors"]
    for row in rows_of(record):
        for field in row._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                kept = getattr(row, field.attname)
                assert kept == normalised(kept, lines=isinstance(field, models.TextField))


def rows_of(record):
    owned = [relation for relation in record._meta.related_objects if hasattr(relation.related_model, "naming")]
    rows = itertools.chain.from_iterable(getattr(record, relation.get_accessor_name()).all() for relation in owned)
    return [type(record).objects.get(pk=record.pk), *rows]


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.noun)
def test_every_field_of_text_is_one_that_normalises(staff, model):
    for page in (staff.get(admin_url(model, "add")), staff.get(admin_url(model, "change", record_of(model).pk))):
        fields = fields_of(page)
        raw = [name for name in text_fields(page) if not hasattr(fields[name], "lines")]
        assert not raw


@pytest.mark.parametrize("stack", [5, 200])
def test_a_stack_of_accents_is_refused_in_a_sentence(staff, stack):
    project = Project.objects.get(code="gpi-0001")
    url = admin_url(project, "change", project.pk)
    response = staff.post(url, {**form_data(staff.get(url, headers=UNREAD)), "title_en": "q" + "\u0316" * stack})
    assert "more than four accents" in response.context["adminform"].form.errors["title_en"][0]


# --- Reasons ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("unseen", ["\u200b", "\u3164", "\u2800", "\u0301"])
def test_a_reason_can_be_seen(staff, unseen):
    project = Project.objects.get(code="gpi-0001")
    url = f"{admin_url(project, 'publish')}?codes=gpi-0001"
    assert staff.post(url, {"reason": unseen}).context["form"].errors["reason"]
    url = admin_url(project, "withdraw", project.pk)
    assert staff.post(url, {"reason_en": unseen, "reason_fr": unseen}).context["form"].errors.keys() == {
        "reason_en",
        "reason_fr",
    }


@pytest.mark.parametrize("unseen", ["\u200b\u3164", "\u2800"])
def test_a_title_of_nothing_that_can_be_seen_is_not_published(staff, unseen):
    project = Project.objects.get(code="gpi-0001")
    Project.objects.filter(pk=project.pk).update(title_en=unseen)
    response = staff.post(f"{admin_url(project, 'publish')}?codes=gpi-0001", {"reason": "Because"})
    assert "title (English)" in response.content.decode()
    assert RegistryVersion.objects.latest_number() == 1


# --- Days -------------------------------------------------------------------------------------------


NO_DAYS = ["01/04/2024", "2024-4-1", "0024-01-01", "1899-12-31", "2101-01-01", "2024-02-30", "٢٠٢٤-٠١-٠١", "1e9"]


def day_fields(page):
    return [name for name, field in fields_of(page).items() if isinstance(field, forms.DateField)]


@pytest.mark.on_one_database
@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.noun)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_day_is_typed_in_one_way_in_both_languages(staff, model, language):
    record = record_of(model)
    url = admin_url(record, "change", record.pk)
    staff.cookies["django_language"] = language
    page = staff.get(url, headers=UNREAD)
    for typed in NO_DAYS if day_fields(page) else ():
        response = staff.post(url, {**form_data(page), **dict.fromkeys(day_fields(page), typed)})
        for name in day_fields(page):
            assert typed in response.content.decode()
            assert any(name in form_errors for form_errors in errors_by_name(response)), name


def errors_by_name(response):
    rows = (form for inline in response.context["inline_admin_formsets"] for form in inline.formset.forms)
    for form in (response.context["adminform"].form, *rows):
        yield {form.add_prefix(name) for name in form.errors}


@pytest.mark.on_one_database
def test_the_sentence_says_how_a_day_is_written_and_which_there_are(staff):
    project = Project.objects.get(code="gpi-0001")
    url = admin_url(project, "change", project.pk)
    response = staff.post(url, {**form_data(staff.get(url, headers=UNREAD)), "start_date": "01/04/2024"})
    sentence = "Write an existing day from 1900 to 2100 as YYYY-MM-DD, for example 2024-10-09."
    assert response.context["adminform"].form.errors["start_date"] == [sentence]
    assert 'placeholder="YYYY-MM-DD"' in staff.get(url).content.decode()


@pytest.mark.on_one_database
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_picker_writes_a_day_as_it_is_typed(language):
    with translation.override(language):
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%Y-%m-%d"


DAYS = [
    (model, field.name)
    for model in apps.get_models()
    if issubclass(model, Typed)
    for field in model._meta.concrete_fields
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
]
YEARS = [(nouns()["program"], "start_year"), (nouns()["program"], "end_year"), (nouns()["mineral"], "listed_since")]


@pytest.mark.parametrize("year", [24, 1899, 2101])
def test_no_record_has_a_day_or_a_year_out_of_reach(year):
    assert len(DAYS) >= 10
    for model, name in DAYS:
        with pytest.raises(ValidationError) as refusal:
            model(**{name: datetime.date(year, 1, 1)}).clean_fields()
        assert "from 1900 to 2100" in refusal.value.message_dict[name][0]
    for model, name in YEARS:
        with pytest.raises(ValidationError) as refusal:
            model(**{name: year}).clean_fields()
        assert "a year from 1900 to 2100" in refusal.value.message_dict[name][0]


@pytest.mark.on_one_database
def test_the_days_of_an_account_are_typed_in_the_same_way(staff):
    user = get_user_model().objects.create_user("someone")
    url = reverse("admin:auth_user_change", args=(user.pk,))
    for typed in ("01/04/2024", "0024-01-01", "9999-12-31"):
        sent = {"username": "someone", "date_joined_0": typed, "date_joined_1": "23:00:00"}
        assert staff.post(url, sent).context["adminform"].form.errors["date_joined"]


def test_a_list_of_names_has_no_line_without_one():
    mineral = nouns()["mineral"].objects.create(code="new", aliases="Alpha\n\n \nBeta\n")
    assert mineral.aliases == "Alpha\nBeta"
