"""Calls for proposals: their state from their dates alone, and each shown once."""

import datetime
import html
import re

import pytest

from gpi_portal.i18n.languages import Record
from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.publish import publish
from programs.calls import CallState, call_badge, call_state, calls_of
from programs.models import Call, FundingStream
from tests.site import address

pytestmark = pytest.mark.django_db


def finder(client, **answers) -> str:
    return html.unescape(client.get(address("programs:find-a-stream"), answers).content.decode())


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [
        ("2025-06-01", "2025-12-31", CallState.OPEN),
        ("2025-06-10", "2025-12-31", CallState.OPEN),
        ("2025-06-11", "2025-12-31", CallState.UPCOMING),
        ("2025-06-01", "2025-07-11", CallState.OPEN),
        ("2025-06-01", "2025-07-10", CallState.CLOSING),
        ("2025-06-01", "2025-06-10", CallState.CLOSING),
        ("2025-06-01", "2025-06-09", CallState.CLOSED),
        (None, "2025-06-09", CallState.CLOSED),
        (None, "2025-06-10", CallState.UNKNOWN),
        ("2025-06-01", None, CallState.UNKNOWN),
        ("2025-06-11", None, CallState.UPCOMING),
        (None, None, CallState.UNKNOWN),
    ],
)
def test_the_state_of_a_call_follows_from_its_dates(opens, closes, state):
    call = Record({"opens_on": opens, "closes_on": closes})
    assert call_state(call, datetime.date(2025, 6, 10)) == state


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (None, None, "Dates not stated"),
        ("2025-06-01", None, "Last day not stated"),
        (None, "2025-06-10", "First day not stated"),
        (None, "2025-06-09", "Closed"),
        ("2025-06-01", "2025-12-31", "Open"),
    ],
)
def test_the_badge_of_a_call_says_what_its_dates_say(opens, closes, words):
    call = Record({"opens_on": opens, "closes_on": closes})
    assert str(call_badge(call, datetime.date(2025, 6, 10))["text"]) == words


def test_a_call_of_several_streams_is_shown_once_and_names_them(client):
    for page in (finder(client), finder(client, organization="research")):
        calls = page[page.index('<section class="section" aria-labelledby="calls">') :]
        names = re.findall(r'<h3 class="call-name">([^<]+)</h3>', calls)
        assert names == [
            "Expression of interest: contributions for critical minerals projects",
            "Critical Minerals Traceability: call for proposals 2023",
        ]
        shared = calls[: calls.index(names[1])]
        assert {address("programs:stream", code=code) for code in ("joint-rd", "development-projects")} == {
            *re.findall(r'<dd><a href="([^"]+)">', shared)
        }
        assert shared.count("The page was marked as open when it was read") == 1
        assert "Dates not stated" in shared
        assert shared.count('class="not-stated"') == 2


def test_calls_that_differ_in_anything_stay_two():
    streams = [version for version in PublishedVersion.objects.public().noun("stream") if version.document["calls"]]
    assert len(calls_of(streams, datetime.date(2025, 6, 10))) == 2
    Call.objects.filter(code="eoi-joint-rd").update(closes_on="2025-12-31")
    publish([FundingStream.objects.get(code="joint-rd")])
    streams = [version for version in PublishedVersion.objects.public().noun("stream") if version.document["calls"]]
    assert len(calls_of(streams, datetime.date(2025, 6, 10))) == 3


def test_the_day_is_that_of_toronto(client, monkeypatch):
    # Half past midnight in London on the day after the call's last, still the last day in Toronto.
    moment = datetime.datetime(2024, 1, 31, 0, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    url = address("programs:stream", code="traceability")
    assert "Closing soon" in client.get(url).content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment + datetime.timedelta(hours=5))
    assert "Closed</span>" in client.get(url).content.decode()
