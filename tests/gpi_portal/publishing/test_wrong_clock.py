"""The clock goes ahead, comes back and stands still: what an address that cites a data version shows stays the same."""

import datetime
import html
import re
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpi_portal.models import TORONTO, RegistryVersion
from gpi_portal.publishing.publish import publish
from projects.models import Project, Recipient
from tests.site import UNREAD, address

pytestmark = pytest.mark.django_db

START = datetime.datetime(2026, 11, 27, 12, tzinfo=TORONTO)
CODE = "gpi-0008"
PAGES = {
    "en": [address("projects:project", "en", code=CODE), address("projects:list", "en") + "?q=cobalt"],
    "fr": [address("projects:project", "fr", code=CODE), address("projects:recipients", "fr")],
}
EVERY_PAGE = [*PAGES["en"], *PAGES["fr"]]


class Clock:
    def __init__(self, monkeypatch):
        self.now = START
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)
        RegistryVersion.objects.update(published_at=START)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def publish_something(number):
    """One more data version that every page shows; the project's amendments among it."""
    project = Project.objects.get(code=CODE)
    project.amendments.update_or_create(number=0, defaults={"value": 1000 + number})
    project.refresh_from_db()
    project.title_en = f"Title {number} of cobalt"
    recipient = Recipient.objects.get(code="northern-block")
    recipient.name_en = recipient.name_fr = f"Bloc {number}"
    return publish([project, recipient], reason="Again")


def exact_addresses(url, page):
    """Every address on a page that cites a data version."""
    links = [link for link in re.findall(r'href="([^"]*)"', page) if re.search(r"as_of=[\d-]+\.\d", link)]
    cited = re.findall(r"http://testserver(/[^\s<]*as_of=[\d-]+\.\d+)", page)
    path = urlsplit(url).path
    return {html.unescape(link if link.startswith("/") else path + link) for link in (*links, *cited)}


def shown(client, url):
    """Status and the documents of a page: all that its data version decides."""
    response = client.get(url, headers=UNREAD)
    context = response.context
    assert "moment_error.html" not in [template.name for template in response.templates], url
    record = context.get("record")
    rows = [(version.code, version.document) for version in context.get("versions", [])]
    return response.status_code, context["registry_version"].number, record and record.document, rows


def visited(client, urls):
    """What each address that the pages give shows now, each page itself being one of them."""
    given_by = {url: exact_addresses(url, client.get(url).content.decode()) for url in urls}
    return {found: shown(client, found) for addresses in given_by.values() for found in addresses}


JUMPS = st.lists(
    st.tuples(st.sampled_from([-400, -1, 0, 0, 1, 1, 2, 400]), st.sampled_from([0, 11, 13]), st.booleans()),
    min_size=2,
    max_size=5,
)


@pytest.mark.walks
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jumps=JUMPS, last=st.sampled_from([-3650, -1, 0, 1, 3650]))
def test_whatever_the_clock_does_an_address_that_was_given_shows_the_same(client, clock, jumps, last):
    clock.now, known = START, {}
    for number, (days, hours, publishes) in enumerate(jumps):
        clock.now += datetime.timedelta(days=days, hours=hours)
        if publishes:
            publish_something(number * 10 + days)
        found = visited(client, EVERY_PAGE)
        assert {url for url in known if url in found and known[url] != found[url]} == set()
        known |= found
    clock.now = START + datetime.timedelta(days=last)
    assert {url for url, was in known.items() if shown(client, url) != was} == set()
    assert len(known) >= len(EVERY_PAGE)


@pytest.mark.parametrize("url", EVERY_PAGE)
def test_pages_link_to_no_day_that_they_refuse_after_the_clock_came_back(client, clock, url):
    clock.now += datetime.timedelta(days=1)
    publish_something(1)
    ahead = visited(client, [url])
    clock.now = START
    back = visited(client, [url])
    publish_something(2)
    assert {given: shown(client, given) for given in (ahead | back)} == ahead | back
    assert any("as_of=2026-11-28.2" in given for given in ahead)
    assert any("as_of=2026-11-27.2" in given for given in back)


def test_a_citation_made_while_the_clock_was_ahead_outlives_what_is_published_later(client, clock):
    clock.now += datetime.timedelta(days=1)
    ahead = visited(client, PAGES["en"])
    clock.now = START
    publish_something(1)
    clock.now += datetime.timedelta(days=1, hours=1)
    assert {url: shown(client, url) for url in ahead} == ahead
    assert any("as_of=2026-11-28.1" in url for url in ahead)


def test_the_day_of_a_publication_that_lies_ahead_can_be_read(client, clock):
    clock.now += datetime.timedelta(days=1)
    publish_something(1)
    clock.now = START
    assert shown(client, f"{EVERY_PAGE[0]}?as_of=2026-11-28")[1] == 2
    page = client.get(f"{EVERY_PAGE[0]}?as_of=2026-11-29").content.decode()
    assert "has not come yet" in page
    page = client.get(f"{EVERY_PAGE[0]}?as_of=2026-11-28.2").content.decode().replace("\u00a0", " ")
    assert "as it stood on November 28, 2026 (data version 2)" in page


@pytest.mark.parametrize(
    ("day", "is_told"), [("2026-11-26", True), ("2026-11-27", False), ("2026-11-28", True), ("9999-12-31", True)]
)
def test_a_day_that_does_not_belong_to_its_data_version_is_told(client, clock, day, is_told):
    for url in EVERY_PAGE:
        page = client.get(f"{url}{'&' if '?' in url else '?'}as_of={day}.1").content.decode().replace("\u00a0", " ")
        assert ("names another day" in page or "indique un autre jour" in page) == is_told
        assert "(data version 1)" in page or "(version 1 des données)" in page
    assert client.get("/en/", {"as_of": "0001-01-01.1"}).status_code == 200


def test_several_publications_of_a_day_and_midnight_in_toronto(client, clock):
    clock.now = datetime.datetime(2026, 11, 28, 4, 59, 59, tzinfo=datetime.UTC)  # one second to midnight there
    publish_something(1)
    before = visited(client, EVERY_PAGE)
    assert any("as_of=2026-11-27.2" in url for url in before)
    publish_something(2)
    clock.now += datetime.timedelta(seconds=1)
    after = visited(client, EVERY_PAGE)
    assert any("as_of=2026-11-28.3" in url for url in after)
    publish_something(3)
    assert {url: shown(client, url) for url in before | after} == before | after


def test_a_kept_copy_does_not_outlive_a_restored_backup(client, clock):
    publish_something(1)
    kept = client.get(EVERY_PAGE[0]).headers["ETag"]
    moment = START + datetime.timedelta(minutes=5)
    RegistryVersion.objects.filter(number=2).update(published_at=moment)
    assert client.get(EVERY_PAGE[0], headers={"If-None-Match": kept}).status_code == 200
