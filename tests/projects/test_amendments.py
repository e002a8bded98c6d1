import datetime
from decimal import Decimal

import pytest

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing import publish
from projects.models import Project
from projects.registry import projects_where

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    project = Project.objects.get(code="gpi-0011")
    project.amendments.create(number=0, value=Decimal("165300.00"))
    project.amendments.create(
        number=1,
        value=Decimal("200000.55"),
        amended_on=datetime.date(2025, 6, 1),
        end_date=datetime.date(2027, 3, 31),
    )
    project.refresh_from_db()
    return project


def test_the_latest_amendment_gives_amount_and_end_date(project):
    assert project.amount == Decimal("200000.55")
    assert project.end_date == datetime.date(2027, 3, 31)


def test_without_its_latest_amendment_the_one_before_counts(project):
    project.amendments.get(number=1).delete()
    project.refresh_from_db()
    assert project.amount == Decimal("165300.00")
    assert project.end_date is None


def test_a_total_counts_the_latest_amendment_only(project):
    before = projects_where(recipient=project.recipient.code).total
    publish([project], reason="Amended")
    after = projects_where(recipient=project.recipient.code).total
    assert before.sums == {"CAD": Decimal("165300.00")}
    assert after.sums == {"CAD": Decimal("200000.55")}
    assert after.count == 1


def test_the_public_record_holds_every_amendment(project):
    publish([project], reason="Amended")
    document = PublishedVersion.objects.public().get(noun="project", code="gpi-0011").document
    assert [amendment["number"] for amendment in document["amendments"]] == [0, 1]
