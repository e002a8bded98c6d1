import datetime
from decimal import Decimal

import pytest

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.publish import publish
from projects.models import Project
from projects.registry import projects_where
from tests.projects.test_admin import admin_url, form_data
from tests.site import UNREAD

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


def test_without_any_amendment_the_project_has_its_own_amount_and_end_again():
    project = Project.objects.get(code="gpi-0001")
    fields = ("amount", "amount_qualifier", "amount_rounded_to", "end_date", "end_open")
    own = [getattr(project, field) for field in fields]
    assert own[1:3] == ["up_to", 100_000]
    for _again in range(2):
        for number in range(3):
            day = datetime.date(2025, 1, 1 + number)
            project.amendments.create(number=number, value=8_000_000 + number, amended_on=day, end_date=day)
        project.refresh_from_db()
        assert [getattr(project, field) for field in fields][:2] == [8_000_002, "exact"]
        project.title_en = "Edited meanwhile"
        project.save()
        for amendment in project.amendments.order_by("number"):
            amendment.delete()
        project.refresh_from_db()
        assert [getattr(project, field) for field in fields] == own
        assert project.title_en == "Edited meanwhile"


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


# --- What staff may write ---------------------------------------------------------------------------


def amended(admin_client, project, **values):
    """The answer to the admin's form with one more amendment, number 0."""
    url = admin_url(project, "change", project.pk)
    row = {"amendments-TOTAL_FORMS": "1", "amendments-0-number": "0", "amendments-0-position": "0"}
    return admin_client.post(url, {**form_data(admin_client.get(url, headers=UNREAD)), **row, **values})


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"amendments-0-value": "-1"}, "value", "cannot be negative"),
        ({"amendments-0-value": "1", "amendments-0-end_date": "2024-03-31"}, "end_date", "ends before it starts"),
    ],
)
def test_what_the_agreement_may_not_hold_is_refused_beside_the_amendment(admin_client, values, field, words):
    Project.objects.filter(code="gpi-0011").update(start_date="2024-04-01")
    project = Project.objects.get(code="gpi-0011")
    response = amended(admin_client, project, **values)
    assert response.status_code == 200
    formset = next(
        inline.formset for inline in response.context["inline_admin_formsets"] if "amend" in inline.formset.prefix
    )
    assert words in str(formset.errors[0][field])
    assert not project.amendments.exists()


def test_a_federal_agreement_may_be_amended_below_zero(admin_client):
    Project.objects.filter(code="gpi-0011").update(origin=Project.Origin.FEDERAL)
    project = Project.objects.get(code="gpi-0011")
    assert amended(admin_client, project, **{"amendments-0-value": "-100000"}).status_code == 302
    project.refresh_from_db()
    assert project.amount == -100_000


@pytest.mark.parametrize(
    ("values", "field"),
    [({"start_date": "2027-04-01"}, "start_date"), ({"end_open": "on"}, "end_open")],
)
def test_an_edit_that_the_latest_amendment_contradicts_is_refused_beside_its_field(
    admin_client, project, values, field
):
    url = admin_url(project, "change", project.pk)
    response = admin_client.post(url, {**form_data(admin_client.get(url, headers=UNREAD)), **values})
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors


def test_a_record_with_an_amount_below_zero_stays_a_federal_one(admin_client):
    Project.objects.filter(code="gpi-0011").update(origin=Project.Origin.FEDERAL)
    project = Project.objects.get(code="gpi-0011")
    project.amendments.create(number=0, value=-1)
    url = admin_url(project, "change", project.pk)
    response = admin_client.post(url, {**form_data(admin_client.get(url, headers=UNREAD)), "origin": "staff"})
    assert "origin" in response.context["adminform"].form.errors
