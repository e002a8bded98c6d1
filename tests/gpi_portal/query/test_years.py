"""The filters know every year that the data holds: no value that a facet offers is refused."""

import pytest

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.publish import publish
from projects.facets import PROJECT_FACETS
from projects.models import Project, RegistryRow
from projects.registry import projects_where
from tests.site import address

pytestmark = pytest.mark.django_db

DAYS = ["1900-01-01", "1900-03-31", "1900-04-01", "1999-12-31", "2100-12-31"]
#: From a time when a form took them.
ODD_DAYS = ["0001-01-01", "0024-06-01", "0999-04-01", "1899-03-31", "2101-04-01", "9999-12-31"]


def date(code: str, day: str) -> None:
    Project.objects.filter(code=code).update(start_date=day, end_date=None)
    publish([Project.objects.get(code=code)], reason="Another day")


def dated_long_ago(code: str, day: str) -> None:
    """What is public holds a day that was published when nobody asked how far away it is."""
    version = PublishedVersion.objects.public().get(noun="project", code=code)
    version.document |= {"start_date": day, "end_date": None}
    version.save()
    RegistryRow.of(version, version.document).save()


@pytest.mark.parametrize(
    ("publish_day", "day"), [*((date, day) for day in DAYS), *((dated_long_ago, day) for day in ODD_DAYS)]
)
def test_no_year_that_is_offered_is_refused(client, publish_day, day):
    publish_day("gpi-0001", day)
    facet = next(facet for facet in PROJECT_FACETS if facet.name == "fiscal_year")
    for value in projects_where().facet(facet):
        page = client.get(address("projects:list"), {"fiscal_year": value.value})
        assert page.status_code == 200
        assert not page.context["form"].errors
        assert page.context["answer"].count == value.count


def test_a_year_that_the_data_can_hold_is_no_error_although_nothing_has_it(client):
    for year, is_known in (("1899", True), ("2100", True), ("1898", False), ("2101", False), ("02024", False)):
        errors = client.get(address("projects:list"), {"fiscal_year": year}).context["form"].errors
        assert ("fiscal_year" not in errors) is is_known, year


def test_a_year_that_only_a_past_version_holds_is_known(client):
    dated_long_ago("gpi-0001", "0024-06-01")
    date("gpi-0001", "2024-06-01")
    page = client.get(address("projects:list"), {"fiscal_year": "24"})
    assert not page.context["form"].errors
    assert page.context["answer"].count == 0
