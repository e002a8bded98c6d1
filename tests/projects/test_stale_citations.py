"""A citation and the value of its field contradict each other: staff are warned, and no figure counts the citation."""

import pytest

from gpi_portal.models import PublishedVersion
from gpi_portal.nouns import nouns
from projects.evidence import RecordEvidence
from projects.models import Citation, Project
from tests.projects.test_admin import edit, publish
from tests.projects.test_evidence import page
from tests.site import address

pytestmark = [pytest.mark.django_db, pytest.mark.on_one_database]

OUTDATED = {"change": "Citations of another value", "publish": "Citations that the public would not see"}
WITHOUT_VALUE = {"change": "Empty fields with a citation", "publish": "Would be published empty, with a citation"}
WITHOUT_CITATION = {"change": "Values without a citation", "publish": "Would be published without a citation"}


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


def warned(admin_client, project, words) -> list[bool]:
    """Whether the form and the page before publishing warn in these words."""
    pages = {"change": "", "publish": f"?codes={project.code}"}
    return [words[name] in page(admin_client, project, name, query) for name, query in pages.items()]


def test_no_citation_of_the_real_registry_lacks_its_value():
    versions = PublishedVersion.objects.public()
    assert not [
        version for version in versions if RecordEvidence().without_value(nouns()[version.noun], version.document)
    ]


@pytest.mark.parametrize("certainty", ["stated", "added", "inferred"])
def test_staff_are_warned_of_a_citation_that_outlives_its_value(admin_client, project, certainty):
    note = {"note_en": "So.", "note_fr": "Ainsi."}
    project.citations.filter(field="amount").update(certainty=certainty, **note)
    edit(admin_client, project, coverage_en="Canada", coverage_fr="Canada")
    assert warned(admin_client, project, OUTDATED) == [False, False]
    edit(admin_client, project, amount="")
    assert warned(admin_client, project, OUTDATED) == [True, True]
    assert "Enter the value again, or say in the citation that it is not stated." in page(admin_client, project)
    for citation in project.citations.filter(field__in=["amount", "amount_qualifier"]):
        citation.certainty = "not_stated"
        citation.save()
    assert warned(admin_client, project, OUTDATED) == [False, False]


@pytest.mark.parametrize("certainty", ["stated", "added", "inferred"])
def test_staff_are_warned_of_a_citation_that_is_entered_for_an_empty_field(admin_client, project, certainty):
    edit(admin_client, project, amount="", coverage_en="Canada", coverage_fr="Canada")
    project.citations.filter(field="amount").delete()
    assert warned(admin_client, project, WITHOUT_VALUE) == [False, False]
    source, note = (
        project.citations.filter(source__isnull=False).first().source,
        {"note_en": "So.", "note_fr": "Ainsi."},
    )
    citation = project.citations.create(field="amount", certainty=certainty, source=source, **note)
    assert warned(admin_client, project, WITHOUT_VALUE) == [True, True]
    assert '<a href="#id_amount">Amount</a>' in page(admin_client, project)
    citation.certainty = "not_stated"
    citation.save()
    assert warned(admin_client, project, WITHOUT_VALUE) == [False, False]


def test_staff_are_warned_of_a_value_that_its_only_citation_calls_not_stated(admin_client, project):
    edit(admin_client, project, coverage_en="Canada", coverage_fr="Canada")
    Citation.objects.create(project=project, field="coverage", certainty="not_stated")
    assert warned(admin_client, project, WITHOUT_CITATION) == [True, True]
    Citation.objects.create(project=project, field="coverage", certainty="inferred", note_en="So.", note_fr="Ainsi.")
    assert warned(admin_client, project, WITHOUT_CITATION) == [False, False]


def test_such_a_warning_stops_nobody_and_the_amount_counts_as_not_stated(admin_client, client, project):
    edit(admin_client, project, amount="")
    publish(admin_client, project)

    def found(certainty: str) -> bool:
        answer = client.get(f"{address('projects:list')}?certainty={certainty}").context["answer"]
        return "gpi-0001" in {row.code for row in answer.rows}

    certainties = ("stated", "added", "inferred", "not_stated")
    assert [found(f"amount-{certainty}") for certainty in certainties] == [False, False, False, True]
