"""What protects the report form in the place of a cookie: token, origin, limit."""

import base64
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from gpi_portal.models import ErrorReport
from gpi_portal.publishing.publish import publish
from projects.models import Project
from tests.reports import HOME, form_address, kept, nothing_is_lost, send, token

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr")


@pytest.fixture(autouse=True)
def nobody_has_reported_yet():
    cache.clear()


@pytest.fixture
def reader():
    """A browser that checks for CSRF as the real server does."""
    return Client(enforce_csrf_checks=True)


def test_an_expired_form_keeps_everything_and_is_sent_again(reader, monkeypatch):
    old = token(reader, form_address())
    project = Project.objects.get(code="gpi-0001")
    project.title_en = "A clearer title"
    publish([project])
    later = timezone.now().timestamp() + 12 * 3600 + 60
    monkeypatch.setattr("time.time", lambda: later)
    response = send(reader, token=old)
    assert nothing_is_lost(response)
    assert "send your report again" in response.content.decode()
    fresh = re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]
    assert send(reader, token=fresh).status_code == 303
    assert ErrorReport.objects.get().reported_on_id == 1


@pytest.mark.parametrize("forged", ["", "x", "x:y:z", "é\x00", "W10:1:2", None])
def test_a_form_that_is_not_ours_keeps_everything_and_stores_nothing(reader, forged):
    other = form_address(code="gpi-0002")
    assert nothing_is_lost(send(reader, token=token(reader, other) if forged is None else forged))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://testserver"}, 303),
        ({"referer": "http://testserver/en/projects/gpi-0001/report/"}, 303),
        ({"origin": "http://testserver", "referer": "http://evil.example/"}, 303),
        ({}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://testserver"}, 403),
        ({"origin": "http://testserver:8000"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "http://evil.example", "referer": "http://testserver/"}, 403),
        ({"referer": "http://evil.example/http://testserver/"}, 403),
        ({"origin": "http://[broken"}, 403),
    ],
)
def test_a_report_comes_from_a_page_of_this_portal(reader, headers, status):
    response = send(reader, headers=headers)
    assert response.status_code == status
    assert status == 303 or nothing_is_lost(response)


def test_nobody_can_write_into_the_thanks(client):
    for forged in ("Call 555-0100", "ABCD-EFGH", "ABCD-EFGH:x", "\x00", ":"):
        page = client.get(form_address(), {"sent": forged}).content.decode()
        assert 'class="receipt"' not in page
        assert "<form" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_network_can_send_a_few_reports_an_hour(reader, language, settings):
    settings.REPORTS_PER_HOUR = 2
    url = form_address(language)
    assert [send(reader, url).status_code for _number in range(2)] == [303, 303]
    response = send(reader, url)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3601
    assert len(kept(response)) == 4
    assert {"en": "too many in this hour", "fr": "trop durant cette heure"}[language] in response.content.decode()
    assert ErrorReport.objects.count() == 2
    assert reader.get(url).status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "trusted", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False, False),
        ("2001:db8::1", "2001:db8::2", False, True),
        ("2001:db8::1", "2001:db8:0:1::1", False, False),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False, False),
        ("9.9.9.9, 192.0.2.1", "8.8.8.8, 192.0.2.1", True, True),
        ("9.9.9.9, 192.0.2.1", "9.9.9.9, 192.0.2.2", True, False),
        ("no address", "no address", True, True),
    ],
)
def test_whose_reports_are_counted_together(reader, settings, first, second, trusted, same):
    settings.REPORTS_PER_HOUR, settings.TRUST_X_FORWARDED_FOR = 1, trusted
    statuses = []
    for seen in (first, second):
        headers = {**HOME, "x-forwarded-for": seen if trusted else "203.0.113.9"}
        reader.defaults["REMOTE_ADDR"] = "127.0.0.1" if trusted else seen
        statuses.append(send(reader, headers=headers).status_code)
    assert statuses == [303, 429 if same else 303]


def test_the_limit_keeps_no_address(reader, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kept"}}
    call_command("createcachetable")
    send(reader)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM kept")
        kept = str([(key, base64.b64decode(value)) for key, value in cursor.fetchall()])
    assert "error-reports-" in kept
    assert "127.0.0.1" not in kept
