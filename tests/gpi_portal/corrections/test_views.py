"""The public sees what was corrected and why, and never what a reporter wrote, which is deleted after a time."""

import datetime
import io
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from gpi_portal.corrections.decisions import accept, decline
from gpi_portal.models import TORONTO, ErrorReport, RegistryVersion
from gpi_portal.publishing.publish import withdraw
from projects.models import Project
from tests.projects.test_admin import confirm
from tests.reports import PRIVATE_WORDS, REASONS, VALUES, correct, form_address, reported, send
from tests.site import address, one_of_each

pytestmark = pytest.mark.django_db

URL = {language: address("corrections", language) for language in ("en", "fr")}
DECIDED = {"state": "declined", "decided_at": timezone.now(), **REASONS}
ACCEPTED = {**DECIDED, "state": "accepted", **VALUES}
FORGOTTEN = {"text": "", "suggestion": "", "contact": "", "forgotten_at": timezone.now()}


@pytest.fixture
def report():
    return reported()


def accepted(**values) -> ErrorReport:
    report = reported()
    correct(report.pk)
    accept(report, by=None, **{"field": "amount", **VALUES, **REASONS, **values})
    report = ErrorReport.objects.get(pk=report.pk)
    report.decided_at = datetime.datetime(2026, 1, 2, 23, tzinfo=TORONTO)
    report.save()
    return report


# --- The page ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("January 2, 2026", "Amount", "<del>Old</del>", "<ins>New</ins>", "The release says so.", "version 2")),
        ("fr", ("2 janvier 2026", "Montant", "<del>Ancien</del>", "<ins>Nouveau</ins>", "le dit.", "version 2")),
    ],
)
def test_a_correction_says_what_stood_there_what_stands_there_and_why(client, language, words):
    accepted()
    page = client.get(URL[language]).content.decode().replace("\u00a0", " ")
    assert 'datetime="2026-01-02"' in page
    for word in (*words, f'href="{address("projects:project", language, code="gpi-0001")}"'):
        assert word in page


@pytest.mark.parametrize(("language", "words"), [("en", "No correction yet"), ("fr", "Aucune correction")])
def test_only_accepted_reports_are_listed(client, report, language, words):
    assert words in client.get(URL[language]).content.decode()
    decline([report.pk], by=None, **REASONS)
    page = client.get(URL[language]).content.decode()
    assert words in page
    assert REASONS["reason_en"] not in page


def test_what_is_not_stated_and_what_is_wrong_in_one_language_are_said(client):
    accepted(before_en="", before_fr="")
    assert re.search(r"Before</span>\s*<span class=\"not-stated\">Not stated", client.get(URL["en"]).content.decode())
    accepted(before_en="The same", after_en="The same")
    page = client.get(URL["en"]).content.decode()
    assert "The same" not in page
    assert "Amount, in French" in page
    assert '<ins lang="fr">Nouveau</ins>' in page


def test_the_latest_correction_stands_first_and_the_list_has_pages(client):
    first = accepted()
    rows = [ErrorReport.objects.get(pk=first.pk) for _number in range(25)]
    for number, row in enumerate(rows):
        row.pk, row.receipt, row.reason_en = None, f"TEST-{number:04}", f"Reason {number}."
        row.decided_at += datetime.timedelta(days=number + 1)
        row.save()
    reasons = [entry["reason"] for entry in client.get(URL["en"]).context["entries"]]
    assert reasons == [f"Reason {number}." for number in range(24, -1, -1)]
    last = client.get(URL["en"] + "?page=2").context["entries"]
    assert [entry["reason"] for entry in last] == [REASONS["reason_en"]]
    assert "result-title" not in client.get(URL["en"] + "?page=3").content.decode()


def queries(client) -> int:
    with CaptureQueriesContext(connection) as context:
        client.get(URL["en"])
    return len(context)


def test_the_page_asks_the_database_the_same_number_of_times_whatever_it_shows(client):
    accepted()
    one = queries(client)
    for _number in range(4):
        accepted()
    assert client.get(URL["en"]).context["answer"].count == 5
    assert queries(client) == one


@pytest.mark.parametrize("query", ["page=x", "page=0", "page_size=7", "page=%00", "page_size=%ff"])
def test_a_bad_page_is_an_error_and_an_empty_list(client, query):
    accepted()
    response = client.get(f"{URL['en']}?{query}")
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert "<del>" not in response.content.decode()


def test_a_kept_copy_of_the_page_does_not_hide_a_new_correction(client):
    kept = client.get(URL["en"]).headers.get("ETag", "")
    report = reported()
    correct()
    kept_after_publishing = client.get(URL["en"]).headers.get("ETag", "")
    accept(report, by=None, field="amount", **VALUES, **REASONS)
    for tag in (kept, kept_after_publishing):
        assert client.get(URL["en"], headers={"if-none-match": tag} if tag else {}).status_code == 200


def test_the_page_is_reached_from_the_footer_and_from_the_changes(client):
    for language, url in URL.items():
        changes = client.get(address("projects:changes", language)).content.decode()
        assert changes.count(f'href="{url}"') == 2


def test_a_correction_of_a_record_that_was_withdrawn_since_still_names_it(client):
    accepted()
    withdraw(Project.objects.get(code="gpi-0001"), reason_en="Twice.", reason_fr="Deux fois.")
    assert "NICO" in client.get(URL["en"]).content.decode()


# --- What the reporter wrote ------------------------------------------------------------------------


def test_no_word_of_a_reporter_is_on_any_page(client):
    accepted()
    decline([reported().pk], by=None, **REASONS)
    reported()
    for language in ("en", "fr"):
        reported_on = address("projects:project", language, code="gpi-0001")
        for url in (*one_of_each(language), reported_on, form_address(language)):
            page = client.get(url).content.decode()
            assert not [word for word in PRIVATE_WORDS if word in page], url


def test_no_history_and_no_log_of_the_staff_keeps_what_was_written(report):
    staff = get_user_model().objects.create_superuser("ada")
    client = Client()
    client.force_login(staff)
    confirm(client, f"{reverse('admin:gpi_portal_errorreport_decline')}?reports={report.pk}", **REASONS)
    traces = [*ErrorReport.history.values(), *LogEntry.objects.values()]
    assert ErrorReport.history.count() == 2
    assert not [trace for trace in traces if any(word in str(trace) for word in PRIVATE_WORDS)]


def test_a_member_of_the_staff_who_reports_is_not_named(client):
    client.force_login(get_user_model().objects.create_superuser("ada"))
    assert send(client).status_code == 303
    assert ErrorReport.history.get().history_user is None


def forget() -> str:
    out = io.StringIO()
    call_command("delete_old_reports", stdout=out)
    return out.getvalue()


def test_what_was_written_is_deleted_some_days_after_the_decision(settings):
    settings.REPORT_DAYS = 30
    old, young, waiting = reported(), reported(), reported()
    decline([old.pk, young.pk], by=None, **REASONS)
    now = timezone.now()
    ErrorReport.objects.filter(pk=old.pk).update(decided_at=now - datetime.timedelta(days=30, minutes=1))
    ErrorReport.objects.filter(pk=young.pk).update(decided_at=now - datetime.timedelta(days=29, hours=23))
    ErrorReport.objects.filter(pk=waiting.pk).update(received_at=now - datetime.timedelta(days=31))
    assert forget() == "Decided long ago, without their words now: 1. Never decided, deleted: 0.\n"
    assert forget() == "Decided long ago, without their words now: 0. Never decided, deleted: 0.\n"
    old.refresh_from_db()
    assert (old.text, old.suggestion, old.contact, old.state) == ("", "", "", "declined")
    for report in (young, waiting):
        report.refresh_from_db()
        assert (report.text, report.suggestion, report.contact) == PRIVATE_WORDS
    assert not [row for row in ErrorReport.history.values() if any(word in str(row) for word in PRIVATE_WORDS)]


def test_a_report_that_nobody_decides_is_deleted_whole_on_the_day_that_its_list_says(client, settings):
    settings.REPORT_WAIT_DAYS = 365
    old, young = reported(), reported()
    now = timezone.now()
    for report, age in ((old, {"days": 365, "minutes": 1}), (young, {"days": 364, "hours": 23})):
        ErrorReport.objects.filter(pk=report.pk).update(received_at=now - datetime.timedelta(**age))
    client.force_login(get_user_model().objects.create_superuser("ada"))
    page = client.get(reverse("admin:gpi_portal_errorreport_changelist")).content.decode()
    assert date_format(timezone.localdate(now + datetime.timedelta(hours=1), TORONTO)) in page
    assert forget() == "Decided long ago, without their words now: 0. Never decided, deleted: 1.\n"
    assert ErrorReport.objects.get() == young
    assert not [row for row in ErrorReport.history.values() if any(word in str(row) for word in PRIVATE_WORDS)]


def test_a_correction_stays_when_what_was_written_is_deleted(client):
    report = accepted()
    forget()
    report.refresh_from_db()
    assert report.text == ""
    assert "<ins>New</ins>" in client.get(URL["en"]).content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "180 days after"), ("fr", "180\u00a0jours")])
def test_the_reader_is_told_when(client, language, words):
    for url in (address("about-privacy", language), form_address(language)):
        assert words in client.get(url).content.decode()


# --- The rules that the database keeps, each tried from both sides ------------------------------------


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"field": ""}, ""),
        ({"contact": "", "suggestion": ""}, ""),
        (DECIDED, ""),
        (ACCEPTED, ""),
        ({**ACCEPTED, "before_en": "", "before_fr": ""}, ""),
        ({**ACCEPTED, "after_en": "Old"}, ""),
        ({**DECIDED, **FORGOTTEN}, ""),
        ({"state": "lost", "decided_at": timezone.now(), **REASONS}, "report_state_known"),
        ({"decided_at": timezone.now()}, "report_decided_with_reason"),
        ({"reason_fr": "Non"}, "report_decided_with_reason"),
        ({**DECIDED, "decided_at": None}, "report_decided_with_reason"),
        ({**DECIDED, "reason_en": ""}, "report_decided_with_reason"),
        ({**DECIDED, "reason_fr": ""}, "report_decided_with_reason"),
        ({**ACCEPTED, "corrected_in": None}, "report_values_of_accepted"),
        ({**DECIDED, "before_en": "Old"}, "report_values_of_accepted"),
        ({"after_fr": "Nouveau"}, "report_values_of_accepted"),
        ({**ACCEPTED, "after_en": "Old", "after_fr": "Ancien"}, "report_accepted_differs"),
        ({"text": ""}, "report_text_until_forgotten"),
        ({**DECIDED, "text": ""}, "report_text_until_forgotten"),
        ({**DECIDED, **FORGOTTEN, "contact": "a@example.org"}, "report_text_until_forgotten"),
        (FORGOTTEN, "report_text_until_forgotten"),
    ],
)
def test_error_report(report, values, rule):
    if values.get("state") == "accepted":
        values = {"corrected_in": RegistryVersion.objects.get(), **values}
    for name, value in values.items():
        setattr(report, name, value)
    if not rule:
        report.save()
        return
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        report.save()


def test_a_receipt_is_given_once(report):
    other = reported()
    other.receipt = report.receipt
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
