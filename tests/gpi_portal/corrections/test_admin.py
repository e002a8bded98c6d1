"""Staff read reports and decide about them: accepted when the record is corrected, or declined, and never twice."""

import re
import threading

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from gpi_portal.corrections.decisions import accept, decline
from gpi_portal.models import ErrorReport
from gpi_portal.publishing.publish import publish, withdraw
from projects.models import Project
from tests.projects.test_admin import confirm
from tests.reports import PRIVATE_WORDS, REASONS, VALUES, correct, reported
from tests.site import address

pytestmark = pytest.mark.django_db


def member(name):
    return get_user_model().objects.create_superuser(name)


@pytest.fixture
def staff():
    client = Client()
    client.force_login(member("ada"))
    return client


@pytest.fixture
def report():
    return reported()


def admin_url(name, *args):
    return reverse(f"admin:gpi_portal_errorreport_{name}", args=args)


def accept_in_admin(staff, report, **values):
    url = admin_url("accept", report.pk)
    return staff.post(url, {**staff.get(url).context["form"].initial, **REASONS, **values}, follow=True)


# --- At the desk ------------------------------------------------------------------------------------


def test_reports_are_listed_filtered_read_and_traced(staff, report):
    for query in ("", "?q=gpi-0001", f"?q={report.receipt}", "?noun=project&code=gpi-0001&state__exact=new"):
        assert report.receipt in staff.get(admin_url("changelist") + query).content.decode()
    assert report.receipt not in staff.get(admin_url("changelist") + "?noun=mineral").content.decode()
    page = staff.get(admin_url("change", report.pk)).content.decode()
    project = Project.objects.get(code="gpi-0001")
    assert all(word in page for word in PRIVATE_WORDS)
    assert reverse("admin:projects_project_change", args=(project.pk,)) in page
    assert project.get_absolute_url() in page
    assert staff.get(admin_url("history", report.pk)).status_code == 200


def test_reports_are_neither_written_nor_changed_nor_deleted(staff, report):
    assert staff.get(admin_url("add")).status_code == 403
    assert staff.post(admin_url("delete", report.pk), {"post": "yes"}).status_code == 403
    forged = {"text": "changed", "state": "accepted"}
    for url in (admin_url("change", report.pk), admin_url("simple_history", report.pk, report.history.get().pk)):
        assert staff.post(url, forged).status_code == 403
        assert staff.get(url).status_code == 200
    report.refresh_from_db()
    assert (report.text, report.state, report.history.count()) == ("zibeline", "new", 1)


def test_a_record_says_how_many_reports_wait(staff, report):
    url = reverse("admin:projects_project_change", args=(Project.objects.get(code="gpi-0001").pk,))
    assert "1 open error report" in staff.get(url).content.decode()
    reported()
    page = staff.get(url).content.decode()
    assert "2 open error reports" in page
    listed = re.search(r'href="([^"]+errorreport/\?[^"]+)"', page)[1].replace("&amp;", "&")
    assert staff.get(listed).context["cl"].result_count == 2
    decline(ErrorReport.objects.values_list("pk", flat=True), by=None, **REASONS)
    assert "open error report" not in staff.get(url).content.decode()


def test_staff_without_the_permission_see_and_decide_nothing(report):
    user = get_user_model().objects.create_user("eve", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_project"))
    client = Client()
    client.force_login(user)
    record = reverse("admin:projects_project_change", args=(Project.objects.get(code="gpi-0001").pk,))
    assert "open error report" not in client.get(record).content.decode()
    decline_url = f"{admin_url('decline')}?reports={report.pk}"
    for url in (admin_url("changelist"), admin_url("accept", report.pk), decline_url):
        assert client.get(url).status_code == 403
        assert client.post(url, REASONS).status_code == 403


def test_a_report_is_accepted_once_the_public_sees_the_correction(staff, report):
    response = staff.get(admin_url("accept", report.pk))
    assert "The public still sees the version that was reported" in response.content.decode()
    assert accept_in_admin(staff, report).context["problems"]
    correct()
    response = staff.get(admin_url("accept", report.pk))
    assert response.context["form"].initial["before_fr"] == "7,5\u00a0millions de dollars"
    assert response.context["form"].initial["after_en"] == "$7.4\u00a0million"
    compared = accept_in_admin(staff, report, reason_fr=" ", after_en="$7 million").content.decode()
    assert "The published version says of the reported field: $7.4\u00a0million" in compared
    assert accept_in_admin(staff, report, reason_fr=" ").context["form"].errors["reason_fr"]
    accept_in_admin(staff, report)
    report.refresh_from_db()
    assert (report.state, report.decided_by.username, report.corrected_in_id) == ("accepted", "ada", 2)


def test_the_correcting_version_is_the_first_that_says_so(staff, report):
    correct(7_300_000)
    correct(7_400_000)
    project = Project.objects.get(code="gpi-0001")
    project.title_en = "Another title"
    publish([project])
    accept_in_admin(staff, report)
    report.refresh_from_db()
    assert report.corrected_in_id == 3


def retitle():
    """An edit of the record that leaves what was reported as it is."""
    project = Project.objects.get(code="gpi-0001")
    project.title_fr = "Un autre titre"
    project.save()
    publish([project])


STILL_READS = "The public still reads in “%s” what was reported"


def test_a_later_version_that_leaves_the_field_as_it_was_corrects_nothing(staff, report):
    retitle()
    assert STILL_READS % "Amount" in staff.get(admin_url("accept", report.pk)).content.decode()
    response = accept_in_admin(staff, report, **VALUES)
    assert STILL_READS % "Amount" in response.content.decode()
    assert VALUES["after_fr"] in response.content.decode()
    report.refresh_from_db()
    assert report.is_waiting


def test_a_field_that_was_put_back_is_not_corrected(staff, report):
    correct(7_400_000)
    correct(7_500_000)
    assert STILL_READS % "Amount" in accept_in_admin(staff, report, **VALUES).content.decode()


def test_the_field_that_staff_choose_is_the_one_that_must_be_corrected(staff, report):
    retitle()
    assert STILL_READS % "Status" in accept_in_admin(staff, report, field="status", **VALUES).content.decode()
    # A correction in one language is one.
    accept_in_admin(staff, report, field="title", **VALUES)
    report.refresh_from_db()
    assert (report.state, report.field, report.corrected_in_id) == ("accepted", "title", 2)


def test_a_correction_that_names_no_field_needs_a_later_version_only(staff, report):
    retitle()
    accept_in_admin(staff, report, field="", **VALUES)
    report.refresh_from_db()
    assert report.state == "accepted"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (
            {"after_en": "$7.5 million", "after_fr": "7,5 M$", "before_en": "$7.5 million", "before_fr": "7,5 M$"},
            "after_en",
        ),
        ({"after_fr": ""}, "after_fr"),
        ({"before_en": ""}, "before_en"),
        ({"field": "code"}, "field"),
        ({"reason_en": "a\x00b"}, "reason_en"),
    ],
)
def test_half_a_correction_is_an_error_beside_its_field(staff, report, values, field):
    correct()
    assert field in accept_in_admin(staff, report, **values).context["form"].errors
    report.refresh_from_db()
    assert report.is_waiting


@pytest.mark.parametrize("field", ["other", "amount"])
def test_a_withdrawal_can_be_the_correction(staff, field):
    report = reported(field=field)
    withdraw(Project.objects.get(code="gpi-0001"), reason_en="Entered twice.", reason_fr="Saisi deux fois.")
    accept_in_admin(staff, report, **VALUES)
    named = "The record as a whole" if field == "other" else "Amount"
    assert named in Client().get(address("corrections")).content.decode()


def test_several_reports_are_declined_at_once_and_one_is_accepted_at_a_time(staff):
    reports = [reported(), reported()]
    chosen = {"_selected_action": [report.pk for report in reports]}
    response = staff.post(admin_url("changelist"), {"action": "accept_selected", **chosen}, follow=True)
    assert "one report at a time" in response.content.decode()
    confirmation = staff.post(admin_url("changelist"), {"action": "decline_selected", **chosen})["Location"]
    assert staff.post(confirmation, {"reason_en": "No"}).context["form"].errors["reason_fr"]
    assert ErrorReport.objects.waiting().count() == 2
    confirm(staff, confirmation, **REASONS)
    assert ErrorReport.objects.filter(state="declined", reason_fr=REASONS["reason_fr"]).count() == 2


@pytest.mark.parametrize(
    "path", ["decline/", "decline/?reports=x,9,²", "decline/?reports=" + "9" * 50, "9/accept/", "x/accept/"]
)
def test_a_report_that_is_not_there_is_not_found(staff, path):
    assert staff.get(admin_url("changelist") + path).status_code == 404


def test_the_second_to_decide_is_told_and_loses_nothing(staff, report):
    correct()
    other = reported()
    accept(report, by=member("grace"), field="amount", **VALUES, **REASONS)
    mine = {"reason_en": "My reason", "reason_fr": "Mon motif"}
    for response in (
        staff.post(admin_url("accept", report.pk), {"field": "amount", **VALUES, **mine}),
        staff.post(f"{admin_url('decline')}?reports={report.pk},{other.pk}", mine),
    ):
        page = response.content.decode()
        assert f"{report.receipt} was decided meanwhile by grace: accepted." in page
        assert "My reason" in page
        assert "Mon motif" in page
    assert f'action="?reports={other.pk}"' in page
    assert ErrorReport.objects.get(pk=other.pk).is_waiting
    report.refresh_from_db()
    assert (report.reason_en, report.decided_by.username) == (REASONS["reason_en"], "grace")
    assert "is decided already" in staff.get(admin_url("accept", report.pk)).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_decide_at_the_same_moment_one_is_told():
    report, barrier, outcomes = reported(), threading.Barrier(2), []

    def decide(reason):
        barrier.wait()
        try:
            decline([report.pk], by=None, reason_en=reason, reason_fr=reason)
            outcomes.append(reason)
        except ValidationError as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(reason,)) for reason in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert len(outcomes) == 2
    assert won == [ErrorReport.objects.get().reason_en]
