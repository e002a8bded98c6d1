"""For which value a citation stands is written down beside it, on new portals and on those that were there before."""

import pytest

from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import publish
from projects.models import Citation, Mineral, Project, Recipient, Source
from projects.models.provenance import citable_fields
from tests.projects.changing import cited, fresh, held, public
from tests.projects.citing import edit_citation
from tests.projects.test_admin import admin_url, edit
from tests.projects.test_evidence import page, warning

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


# --- Portals that were there before ------------------------------------------------------------------


@pytest.fixture
def old_portal():
    """A portal of the time before: nothing is written down of what its citations stand for."""
    Citation.objects.update(supports="")


def test_an_edit_that_waits_while_the_portal_is_upgraded_loses_the_mark(old_portal, admin_client, project):
    Project.objects.filter(pk=project.pk).update(amount=7_600_000)
    assert "$7.5\xa0million" in warning(page(admin_client, project))
    history = Citation.history.count()
    publish([fresh(project)], reason="After the upgrade")
    assert "amount" not in dict(cited(public(project)))
    assert not project.citations.filter(supports="").exists()
    assert Citation.history.count() == history


def test_a_citation_that_was_entered_anew_before_the_upgrade_stands_for_the_new_value(project, admin_client):
    Project.objects.filter(pk=project.pk).update(amount=7_600_000)
    project.citations.filter(field="amount", certainty="stated").update(value="$7.6 million")
    Citation.objects.update(supports="")
    publish([fresh(project)], reason="After the upgrade")
    assert [value for field, value in cited(public(project)) if field == "amount"] == ["$7.6 million"]


def test_an_upgrade_changes_nothing_for_the_public(old_portal):
    records = [record for model in nouns().values() for record in model.objects.all()]
    assert publish(records, reason="Again") is None


# --- How it is kept ----------------------------------------------------------------------------------


def test_a_citation_is_saved_after_all_that_it_may_stand_for(admin_client):
    for noun in Citation.HOLDERS:
        record = nouns()[noun].objects.first()
        answer = admin_client.get(admin_url(record, "add"))
        prefixes = [inline.formset.prefix for inline in answer.context["inline_admin_formsets"]]
        assert prefixes[-1] == "citations"
        assert set(prefixes) <= {*citable_fields(type(record)), "citations"}


def test_a_citation_is_changed_after_its_value_and_stands_for_the_new_one(admin_client, project):
    minerals = [str(mineral.pk) for mineral in Mineral.objects.filter(code__in=["zinc", "cobalt"])]
    edit(admin_client, project, minerals=minerals)
    edit_citation(admin_client, project.citations.get(field="minerals"), value="zinc and cobalt")
    assert ("minerals", "zinc and cobalt") in held(project)


def test_a_state_of_a_citation_that_is_restored_stands_for_what_it_stood_for(project):
    citation = project.citations.filter(field="amount", certainty="stated").get()
    old = citation.history.create(
        **{column.attname: getattr(citation, column.attname) for column in citation._meta.fields},
        history_date="2026-01-01T00:00Z",
        history_type="~",
    )
    Project.objects.filter(pk=project.pk).update(amount=7_600_000)
    citation.value = "$7.6 million"
    citation.save()
    old.instance.restore()
    assert "amount" not in dict(held(project))
    Project.objects.filter(pk=project.pk).update(amount=7_500_000)
    assert ("amount", old.value) in held(project)


def test_publishing_asks_the_database_as_often_however_much_is_cited(
    project, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(100) as context:
        publish([fresh(project)], reason="Nothing new")
    for _number in range(10):
        project.citations.create(field="coverage", certainty="inferred", note_en="So.", note_fr="Ainsi.")
    publish([fresh(project)], reason="Many more")
    with django_assert_num_queries(len(context)):
        publish([fresh(project)], reason="Nothing new")


def test_staff_are_asked_before_publishing_in_as_many_steps_however_much_is_cited(
    admin_client, project, django_assert_num_queries, django_assert_max_num_queries
):
    url = f"{admin_url(project, 'publish')}?codes={project.code}"
    admin_client.get(url)
    Project.objects.filter(pk=project.pk).update(amount=7_600_000)
    with django_assert_max_num_queries(100) as context:
        admin_client.get(url)
    Project.objects.filter(pk=project.pk).update(recipient=Recipient.objects.exclude(pk=project.recipient_id).first())
    with django_assert_num_queries(len(context)):
        admin_client.get(url)


def test_a_source_is_not_asked_for_what_others_cite_of_it(admin_client):
    source = Source.objects.get(code="gpi-page")
    edit(admin_client, source, publisher_en="Another publisher")
    assert warning(page(admin_client, source, "publish", f"?codes={source.code}")) == ""
