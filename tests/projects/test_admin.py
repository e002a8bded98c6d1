"""Program staff do all their work in the admin; what they save is public only once it is published."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.forms import NullBooleanSelect
from django.urls import reverse

from gpi_portal.models import PublishedVersion, RegistryVersion, columns_of
from programs.models import Program
from projects.models import Mineral, Project, Recipient
from tests.site import UNREAD, address

pytestmark = pytest.mark.django_db

NOUNS = [model for model in admin.site._registry if hasattr(model, "publication_rank")]


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("staff"))
    return client


def admin_url(record, name: str, *args) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{name}", args=args)


def form_data(response) -> dict[str, str]:
    """What a browser would send back of a change form that nobody touched."""
    context = response.context
    forms = [
        context["adminform"].form,
        *(form for inline in context["inline_admin_formsets"] for form in inline.formset.forms),
    ]
    data = {}
    for formset in (inline.formset for inline in context["inline_admin_formsets"]):
        management = formset.management_form
        data.update({management.add_prefix(name): str(management[name].value() or 0) for name in management.fields})
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(bound.field.widget, NullBooleanSelect):
                value = bound.field.widget.format_value(value)
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data


def edit(staff, record, **values) -> None:
    """Save other values, and tick that they are meant where the form asks."""
    url = admin_url(record, "change", record.pk)
    sent = {**form_data(staff.get(url, headers=UNREAD)), **values}
    response = staff.post(url, sent)
    if response.status_code == 200:
        meant = [question.digest for question in response.context["adminform"].form.questions]
        assert meant, response.context["errors"]
        response = staff.post(url, {**sent, "meant": meant})
    assert response.status_code == 302, response.context["errors"]


def confirm(staff, url, **values):
    """Confirm what a page shows, as a browser would after reading it."""
    form = staff.get(url, headers=UNREAD).context["form"]
    shown = {bound.html_name: bound.value() or "" for bound in form if bound.is_hidden}
    return staff.post(url, {**shown, **values}, follow=True)


def publish(staff, record, **values):
    return confirm(staff, f"{admin_url(record, 'publish')}?codes={record.code}", **{"reason": "Because", **values})


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.noun)
def test_every_noun_can_be_listed_added_changed_and_traced(staff, model):
    record = model.objects.first()
    for name, args in [("changelist", ()), ("add", ()), ("change", (record.pk,)), ("history", (record.pk,))]:
        assert staff.get(admin_url(record, name, *args)).status_code == 200
    assert record.code in staff.get(admin_url(record, "changelist"), {"q": record.code}).content.decode()


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.noun)
def test_a_form_that_nobody_touched_saves_what_was_there(staff, model):
    for record in model.objects.all()[:5]:
        edit(staff, record)
        assert publish(staff, record).context["messages"]
    assert RegistryVersion.objects.latest_number() == 1


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.noun)
def test_no_admin_page_has_inline_style_script_or_handler(staff, model):
    record = model.objects.first()
    for name, args in [("changelist", ()), ("add", ()), ("change", (record.pk,)), ("history", (record.pk,))]:
        page = staff.get(admin_url(record, name, *args)).content.decode()
        assert not re.search(r"<style|<script(?![^>]*\s(src|type)=)|\sstyle=|\son[a-z]+=|javascript:", page)


def test_a_saved_edit_is_public_only_after_publication(staff, client):
    project = Project.objects.get(code="gpi-0001")
    edit(staff, project, title_en="A new title", title_fr="Un nouveau titre")
    page = address("projects:project", code="gpi-0001")
    assert "A new title" not in client.get(page).content.decode()
    publish(staff, project)
    assert "A new title" in client.get(page).content.decode()
    assert "Un nouveau titre" in client.get(address("projects:project", "fr", code="gpi-0001")).content.decode()


def test_publishing_shows_the_change_first_and_asks_why(staff):
    project = Project.objects.get(code="gpi-0001")
    edit(staff, project, title_en="A new title")
    url = f"{admin_url(project, 'publish')}?codes=gpi-0001"
    assert "A new title" in staff.get(url).content.decode()
    response = staff.post(url, {"reason": " "})
    assert response.context["form"].errors["reason"]
    assert RegistryVersion.objects.latest_number() == 1


def test_a_publication_keeps_who_why_and_whether_it_corrects(staff):
    project = Project.objects.get(code="gpi-0001")
    edit(staff, project, title_en="A new title")
    publish(staff, project, reason="Misspelled", correction="on")
    version = RegistryVersion.objects.get(number=2)
    assert (version.by.username, version.reason, version.kind) == ("staff", "Misspelled", "corrected")


def test_a_record_without_french_is_refused_in_words(staff):
    project = Project.objects.get(code="gpi-0001")
    edit(staff, project, title_fr="")
    response = publish(staff, project)
    assert "title (French)" in response.content.decode()
    assert RegistryVersion.objects.latest_number() == 1


def test_a_note_without_french_is_refused_with_the_name_of_its_row(staff):
    project = Project.objects.get(code="gpi-0001")
    edit(staff, project, **{"co_funding-0-note_en": "A new note", "co_funding-0-note_fr": ""})
    named = f"“{project.co_funding.first()}: note (French)” is empty"
    assert named in staff.get(f"{admin_url(project, 'publish')}?codes=gpi-0001").content.decode()
    assert named in publish(staff, project).content.decode()
    assert RegistryVersion.objects.latest_number() == 1


def test_several_records_are_published_at_once(staff):
    minerals = list(Mineral.objects.filter(code__in=["cobalt", "copper"]))
    for mineral in minerals:
        edit(staff, mineral, aliases=f"a new alias of {mineral.code}")
    chosen = {"action": "publish_selected", "_selected_action": [mineral.pk for mineral in minerals]}
    confirmation = staff.post(admin_url(minerals[0], "changelist"), chosen)
    confirm(staff, confirmation["Location"], reason="New aliases")
    current = PublishedVersion.objects.current().filter(noun="mineral", valid_from=2)
    assert {version.code for version in current} == {"cobalt", "copper"}


def test_withdrawing_asks_in_both_languages_and_leaves_a_tombstone(staff, client):
    project = Project.objects.get(code="gpi-0011")
    url = admin_url(project, "withdraw", project.pk)
    assert staff.get(url).status_code == 200
    assert staff.post(url, {"reason_en": "Twice"}).context["form"].errors["reason_fr"]
    confirm(staff, url, reason_en="Entered twice.", reason_fr="Saisi deux fois.")
    assert client.get(address("projects:project", code="gpi-0011")).status_code == 410


def test_what_others_show_cannot_be_withdrawn(staff):
    mineral = Mineral.objects.get(code="cobalt")
    reasons = {"reason_en": "No", "reason_fr": "Non"}
    response = staff.post(admin_url(mineral, "withdraw", mineral.pk), reasons)
    assert response.context["problems"]
    assert not PublishedVersion.objects.current().get(noun="mineral", code="cobalt").withdrawn


def test_a_public_code_is_never_changed_nor_deleted(staff):
    project = Project.objects.get(code="gpi-0001")
    edit(staff, project, code="another")
    assert Project.objects.get(pk=project.pk).code == "gpi-0001"
    answer = staff.post(admin_url(project, "delete", project.pk), {"post": "yes"}, follow=True)
    assert "has been public, so it cannot be deleted. Withdraw it" in answer.content.decode()
    assert Project.objects.filter(pk=project.pk).exists()


def test_an_edit_of_an_owned_row_waits_for_publication_too(staff):
    project = Project.objects.get(code="gpi-0001")
    assert not project.is_waiting
    edit(staff, project, **{"co_funding-0-note_en": "A new note"})
    project.refresh_from_db()
    assert project.is_waiting
    publish(staff, project)
    project.refresh_from_db()
    assert not project.is_waiting


def test_the_history_shows_who_changed_what(staff):
    recipient = Recipient.objects.get(code="northern-block")
    edit(staff, recipient, name_en="Northern Block Inc.")
    page = staff.get(admin_url(recipient, "history", recipient.pk)).content.decode()
    assert "Northern Block Inc." in page
    assert "staff" in page


def test_the_history_knows_the_minerals_of_a_project(staff):
    project = Project.objects.get(code="gpi-0001")
    edit(staff, project, minerals=[str(Mineral.objects.get(code="zinc").pk)])
    page = staff.get(admin_url(project, "history", project.pk)).content.decode()
    assert "zinc" in page.lower()


@pytest.mark.parametrize(
    ("field", "forged", "derived"),
    [
        ("amount", "150000", 200_000),
        ("amount_qualifier", "up_to", "exact"),
        ("amount_rounded_to", "100000", 1),
        ("end_date", "2030-01-01", None),
    ],
)
def test_what_amendments_give_is_read_only_while_there_are_some(staff, field, forged, derived):
    project = Project.objects.get(code="gpi-0011")
    edit(staff, project, **{field: forged})
    project.amendments.create(number=0, value=200_000)
    edit(staff, project, **{field: forged})
    project.refresh_from_db()
    assert getattr(project, field) == derived


def test_a_state_of_before_the_amendments_comes_back_without_them(staff):
    project = Project.objects.get(code="gpi-0011")
    Project.objects.filter(pk=project.pk).update(amount=None)  # to empty it in the form is asked about
    edit(staff, project, amount="", amount_qualifier="up_to", end_date="2030-01-01")
    past = project.history.first()
    project.amendments.create(number=0, value=200_000)
    confirm(staff, admin_url(project, "simple_history", project.pk, past.pk))
    project.refresh_from_db()
    assert (project.amount, project.amount_qualifier, str(project.end_date)) == (None, "up_to", "2030-01-01")
    assert not project.amendments.exists()


def test_a_state_with_amendments_comes_back_with_what_they_give(staff):
    project = Project.objects.get(code="gpi-0011")
    project.amendments.create(number=0, value=200_000)
    past = project.history.first()
    project.amendments.get().delete()
    edit(staff, project, amount="150000", end_date="2030-01-01")
    confirm(staff, admin_url(project, "simple_history", project.pk, past.pk))
    project.refresh_from_db()
    assert (project.amount, project.end_date) == (200_000, None)


def test_an_impossible_entry_gets_a_sentence_and_not_a_crash(staff):
    project = Project.objects.get(code="gpi-0001")
    url = admin_url(project, "change", project.pk)
    wrong = {"start_date": "2025-05-01", "end_date": "2025-04-01", "amount": "x" * 50, "title_en": "a\x00b"}
    response = staff.post(url, {**form_data(staff.get(url, headers=UNREAD)), **wrong})
    assert response.status_code == 200
    assert {"amount", "title_en"} <= set(response.context["adminform"].form.errors)


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.noun)
def test_the_form_has_every_column(staff, model, monkeypatch):
    """Those too that the admin of a noun has not arranged, as a new one."""
    monkeypatch.setattr(admin.site.get_model_admin(model), "fieldsets", ((None, {"fields": ("code",)}),))
    form = staff.get(admin_url(model, "change", model.objects.first().pk), headers=UNREAD).context["adminform"].form
    assert {field.name for own in columns_of(model).values() for field in own.fields} <= form.fields.keys()


def test_a_record_leads_to_its_public_page(staff):
    program = Program.objects.get(code="gpi")
    page = staff.get(admin_url(program, "change", program.pk)).content.decode()
    assert program.get_absolute_url() in page


@pytest.mark.parametrize("path", ["publish/?codes=", "publish/?codes=nothing", "999999/withdraw/", "x/withdraw/"])
def test_a_record_that_is_not_there_is_not_found(staff, path):
    assert staff.get(f"{reverse('admin:projects_project_changelist')}{path}").status_code == 404


def test_only_staff_enter(client):
    for name in ("publish", "changelist"):
        assert client.get(reverse(f"admin:projects_project_{name}")).status_code == 302


def test_more_records_than_one_address_holds_are_not_published_at_once(staff):
    names = [f"a-mineral-with-a-long-name-{number:03}" for number in range(300)]
    minerals = Mineral.objects.bulk_create([Mineral(code=name, name_en=name, name_fr=name) for name in names])
    url = reverse("admin:projects_mineral_changelist")
    chosen = {"action": "publish_selected", "_selected_action": [mineral.pk for mineral in minerals]}
    page = staff.post(url, chosen, follow=True)
    assert page.redirect_chain[-1][0].startswith(url)
    assert "choose fewer" in page.content.decode()
    few = staff.post(url, {**chosen, "_selected_action": [mineral.pk for mineral in minerals[:100]]})
    assert len(few.url) < 8190
    assert "publish" in few.url
