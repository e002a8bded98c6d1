"""What protects the report form in the place of a cookie: token, origin, limit, trap; and that no body breaks it."""

import base64
import logging
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpi_portal.corrections.views import TRAP
from gpi_portal.i18n.text import normalised
from gpi_portal.models import ErrorReport
from gpi_portal.publishing.publish import publish
from projects.models import Project
from tests.reports import HOME, form_address, kept, nothing_is_lost, send, token
from tests.test_bad_input import HOSTILE

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr")


@pytest.fixture(autouse=True)
def nobody_has_reported_yet():
    cache.clear()


@pytest.fixture
def reader():
    """A browser that checks for CSRF as the real server does."""
    return Client(enforce_csrf_checks=True)


# --- What stands in the place of a cookie -----------------------------------------------------------


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
    assert [send(reader, url).status_code for _each in range(2)] == [303, 303]
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


# --- Whatever is sent -------------------------------------------------------------------------------

hostile = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=40))
names = st.sampled_from(["token", "field", "text", "suggestion", "contact", TRAP, "unknown", ""])
TYPES = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain"]
TYPES += ["application/json", "application/x-www-form-urlencoded; charset=utf-7", "", "\xff/\xff"]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(names, hostile), max_size=8), language=st.sampled_from(LANGUAGES))
def test_no_values_break_the_form(client, pairs, language):
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    assert client.post(form_address(language), data, headers=HOME).status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile, suggestion=hostile, contact=hostile, field=st.sampled_from(["amount", "other", "\x00"]))
def test_whatever_is_written_is_stored_or_shown_again(client, text, suggestion, contact, field):
    cache.clear()
    before = ErrorReport.objects.count()
    response = send(client, text=text, suggestion=suggestion, contact=contact, field=field)
    assert response.status_code == (200 if response.context else 303)
    assert ErrorReport.objects.count() - before == (response.status_code == 303)
    if response.status_code == 303:
        assert ErrorReport.objects.latest("pk").text == normalised(text, lines=True)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(max_size=200), st.just(b"text=%ff%fe&field=%ed%a0%80")), kind=st.sampled_from(TYPES))
def test_no_body_breaks_the_form(client, body, kind):
    response = client.generic("POST", form_address(), body, content_type=kind, headers=HOME)
    assert response.status_code in (200, 400)


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("options", 200), ("put", 405), ("delete", 405)])
def test_no_other_method_breaks_the_form(reader, method, status):
    assert getattr(reader, method)(form_address()).status_code == status


def test_a_huge_body_does_not_break_the_form(reader):
    for body in (b"text=" + b"x" * 3_000_000, b"&".join(b"a=b" for _each in range(5000))):
        response = reader.generic("POST", form_address(), body, TYPES[0], headers=HOME)
        assert response.status_code == 400


def test_nothing_of_a_report_is_logged(reader, caplog):
    log = logging.getLogger("django")
    log.addHandler(caplog.handler)
    try:
        for values in ({}, {"text": "zibeline" * 1000}, {"token": "x"}, {"text": "zibeline\x00"}):
            send(reader, **values)
        send(reader, headers={})
    finally:
        log.removeHandler(caplog.handler)
    assert "Forbidden: /en/projects/gpi-0001/report/" in caplog.text
    assert not [word for word in ("zibeline", "quokka", "reader@example.org") if word in caplog.text]
