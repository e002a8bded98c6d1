"""The stamp that decides which kept page holds: the newest registry version, by a connection of its own."""

import pytest
from django.db import OperationalError

from gpi_portal.web.stamp import NONE_YET, OWN, stamp, standing

pytestmark = pytest.mark.django_db

PROJECT = "/en/projects/gpi-0001/"


@pytest.fixture(autouse=True)
def closed():
    """A database to which a connection is open could not be dropped after the tests."""
    yield
    OWN.connection.close()


@pytest.fixture
def keeping(settings, tmp_path):
    settings.KEPT_PAGES, settings.KEPT_PAGES_DIR = True, tmp_path / "pages"


def test_both_connections_say_the_same():
    assert standing() == stamp() != NONE_YET


def test_nothing_is_kept_and_nothing_lost_where_the_database_does_not_answer(keeping, client, monkeypatch):
    def fail():
        raise OperationalError

    standing()
    monkeypatch.setattr(OWN.connection, "ensure_connection", fail)
    assert standing() is None
    assert client.get(PROJECT).status_code == 200


def test_a_connection_to_a_file_is_opened_anew(monkeypatch):
    standing()
    first = OWN.connection.connection
    assert standing()
    assert OWN.connection.connection is first
    monkeypatch.setattr(OWN.connection, "close_at", 0)
    assert standing()
    assert OWN.connection.connection is not first


def test_a_kept_page_takes_no_query_of_the_request(keeping, client, django_assert_num_queries):
    page = client.get(PROJECT)
    with django_assert_num_queries(0):
        again = client.get(PROJECT)
        head = client.head(PROJECT)
        confirmed = client.get(PROJECT, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.content, again.headers) == (page.content, page.headers)
    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(page.headers))
    assert (confirmed.status_code, confirmed.content) == (304, b"")


def test_a_host_that_is_not_ours_is_refused_as_ever(keeping, client):
    assert client.get(PROJECT, headers={"Host": "evil.example"}).status_code == 400
    assert client.post(PROJECT).status_code == 405
