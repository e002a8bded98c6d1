"""The history shows edits with their rows and publications with their reasons; going back restores content alone."""

import pytest
from django.urls import reverse

from gpi_portal.models import Publishable, PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import publish as publish_records
from gpi_portal.staff.trace import RecordTrace, state_of
from projects.models import Mineral, Project, Recipient
from tests.projects.citing import edit_citation
from tests.projects.test_admin import admin_url, confirm, edit, publish
from tests.site import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


def history(client, record) -> str:
    return client.get(admin_url(record, "history", record.pk)).content.decode()


def state_urls(client, record) -> list[str]:
    """The addresses of the states that the history leads to, the newest first."""
    entries = client.get(admin_url(record, "history", record.pk)).context["page"]
    return [admin_url(record, "simple_history", record.pk, entry.pk) for entry in entries if entry.pk]


ROW_EDITS = {
    "place": ({"locations-0-name_en": "Another place"}, "Another place"),
    "co-funding": ({"co_funding-0-amount": "7000000"}, "US$7"),
}


@pytest.mark.parametrize(("values", "words"), ROW_EDITS.values(), ids=ROW_EDITS)
def test_the_history_shows_what_changed_in_the_rows_of_a_record(admin_client, project, values, words):
    before = state_of(project)
    edit(admin_client, project, **values)
    newest = admin_client.get(admin_url(project, "history", project.pk)).context["page"][0]
    assert newest.by.username == "admin"
    assert any(words in f"{change.name} {change.before} {change.after}" for change in newest.changes)
    confirm(admin_client, state_urls(admin_client, project)[1])
    assert state_of(project) == before


CITATION_EDITS = {
    "changed": ("amount", {"heading": "Another heading"}, "Another heading"),
    "removed": ("end_date", {"DELETE": "on"}, "Agreement end"),
}


@pytest.mark.parametrize(("field", "values", "words"), CITATION_EDITS.values(), ids=CITATION_EDITS)
def test_an_edit_of_a_citation_stands_in_the_history_of_its_record(admin_client, project, field, values, words):
    before = state_of(project)
    edit_citation(admin_client, project.citations.filter(field=field).first(), **values)
    project.refresh_from_db()
    assert project.is_waiting
    newest = admin_client.get(admin_url(project, "history", project.pk)).context["page"][0]
    assert newest.by.username == "admin"
    assert any(words in f"{change.name} {change.before} {change.after}" for change in newest.changes)
    confirm(admin_client, state_urls(admin_client, project)[1])
    assert state_of(project) == before


def test_an_amendment_that_is_added_changed_and_removed_can_be_gone_back_on(admin_client, project):
    new = {"amendments-TOTAL_FORMS": "1", "amendments-0-number": "0", "amendments-0-value": "7500000"}
    states = [state_of(project)]
    for values in (new, {"amendments-0-value": "9000000"}, {"amendments-0-DELETE": "on"}):
        edit(admin_client, project, **values)
        states.append(state_of(project))
    urls = state_urls(admin_client, project)
    for url, state in zip(urls, reversed(states), strict=False):
        confirm(admin_client, url)
        assert state_of(project) == state


@pytest.mark.parametrize("noun", list(nouns()))
def test_going_back_restores_the_content_and_nothing_else(admin_client, noun):
    record = nouns()[noun].objects.first()
    before = state_of(record)
    name = f"{record.name_text}_en"
    edit(admin_client, record, **{name: "A new name"})
    publish(admin_client, record)
    confirm(admin_client, state_urls(admin_client, record)[1])
    after = state_of(record)
    assert (after.values, after.rows) == (before.values, before.rows)
    assert after.about == {"code": record.code, "state": "published"}
    assert PublishedVersion.objects.public().of_record(record).get().title_en == "A new name"


def test_a_state_of_before_the_publication_leaves_a_record_public_and_undeletable(admin_client):
    data = {"code": "test-mineral", "name_en": "Draft", "name_fr": "Ébauche", "citations-TOTAL_FORMS": "0"}
    data |= {"citations-INITIAL_FORMS": "0", "name_translation": "reviewed", "text_translation": "reviewed"}
    form = admin_client.get(reverse("admin:projects_mineral_add")).context["adminform"].form
    hidden = {bound.html_name: bound.value() for bound in form if bound.is_hidden}
    admin_client.post(reverse("admin:projects_mineral_add"), {**hidden, **data})
    mineral = Mineral.objects.get(code="test-mineral")
    publish(admin_client, mineral)
    edit(admin_client, mineral, name_en="Public")
    confirm(admin_client, state_urls(admin_client, mineral)[-1])
    mineral.refresh_from_db()
    assert (mineral.name_en, mineral.state) == ("Draft", Publishable.State.PUBLISHED)
    page = admin_client.get(admin_url(mineral, "change", mineral.pk)).content.decode()
    assert "Withdraw…" in page
    assert admin_url(mineral, "delete", mineral.pk) not in page
    admin_client.post(admin_url(mineral, "delete", mineral.pk), {"post": "yes"})
    assert Mineral.objects.filter(pk=mineral.pk).exists()


@pytest.mark.parametrize("state", [Publishable.State.DRAFT, Publishable.State.IN_REVIEW])
def test_what_is_public_is_withdrawn_whatever_its_label_says(admin_client, client, state):
    project = Project.objects.get(code="gpi-0011")
    Project.objects.filter(pk=project.pk).update(state=state, published_at=None)
    assert "Withdraw…" in admin_client.get(admin_url(project, "change", project.pk)).content.decode()
    confirm(admin_client, admin_url(project, "withdraw", project.pk), reason_en="Twice.", reason_fr="Deux fois.")
    assert client.get(address("projects:project", code="gpi-0011")).status_code == 410


def test_the_history_names_publications_and_withdrawals_with_who_and_why(admin_client):
    project = Project.objects.get(code="gpi-0011")
    edit(admin_client, project, title_en="A new title")
    publish(admin_client, project, reason="Better words")
    confirm(
        admin_client, admin_url(project, "withdraw", project.pk), reason_en="Entered twice.", reason_fr="Deux fois."
    )
    entries = [(entry.what, entry.reason, str(entry.by)) for entry in history_entries(admin_client, project)]
    assert ("Edited in data version 2", "Better words", "admin") in entries
    assert ("Withdrawn in data version 3", "Entered twice.", "admin") in entries
    assert ("Added in data version 1", "First publication of the registry.", "None") in entries


def history_entries(client, record):
    return client.get(admin_url(record, "history", record.pk)).context["page"]


def test_what_going_back_changes_is_shown_first_and_confirmed_as_shown(admin_client, project):
    edit(admin_client, project, title_en="A second title")
    url = state_urls(admin_client, project)[1]
    page = admin_client.get(url)
    assert "A second title" in page.content.decode()
    sent = {bound.html_name: bound.value() for bound in page.context["form"]}
    edit(admin_client, project, description_en="Meanwhile")
    answer = admin_client.post(url, sent).content.decode()
    assert "the record was edited after you opened this page" in answer
    assert "Changed since you looked" in answer
    assert Project.objects.get(pk=project.pk).title_en == "A second title"
    admin_client.post(url, {})
    assert Project.objects.get(pk=project.pk).title_en == "A second title"


def test_a_state_that_links_to_a_record_that_is_gone_is_refused_in_words(admin_client, project):
    other = Recipient.objects.create(code="other", name_en="Other", name_fr="Autre")
    own = project.recipient
    edit(admin_client, project, recipient=str(other.pk))
    edit(admin_client, project, recipient=str(own.pk))
    other.delete()
    answer = confirm(admin_client, state_urls(admin_client, project)[1])
    assert "“recipient” pointed to a record that no longer exists." in answer.content.decode()
    assert Project.objects.get(pk=project.pk).recipient == own


def test_the_trace_of_every_real_record_ends_in_what_it_holds(project):
    publish_records([project])
    for model in nouns().values():
        for record in model.objects.all()[:4]:
            trace = RecordTrace(record)
            assert trace.after(trace.acts[-1]) == trace.now
