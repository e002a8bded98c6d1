"""The report form, whatever is sent: nothing breaks it, nothing is lost, nothing is logged."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpi_portal.corrections.views import TRAP
from gpi_portal.i18n.text import normalised
from gpi_portal.models import ErrorReport
from tests.reports import HOME, form_address, send
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
    for body in (b"text=" + b"x" * 3_000_000, b"&".join(b"a=b" for _number in range(5000))):
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
