"""What holds on every page that a visitor can reach, at 320 pixels; the tour has been there before."""

import re
from functools import cache

import pytest

from tests.browser.tour import STATUS

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]


@pytest.fixture(scope="module")
def expected(tour):
    """The status that an address of either language is meant to answer, on its past days too."""
    french = {tour.visits[address].counterpart: status for address, status in STATUS.items()}

    def expected(address):
        page, _as_of, moment = address.partition("?as_of=")
        # In data version 2 the record that is withdrawn since was still public.
        return 200 if moment.endswith(".2") else (STATUS | french).get(page, 200)

    return expected


@pytest.fixture(scope="module")
def page_at(tour, window_of_visitor):
    """The status and the ids at any address; those that the tour left out, such as lists with a query, are fetched."""

    @cache
    def page_at(address):
        if address in tour.visits:
            return tour.visits[address].status, tour.visits[address].ids
        answer = window_of_visitor.request.get(address)
        return answer.status, set(re.findall(r'\sid="([^"]+)"', answer.text()))

    return page_at


def test_every_page_answers_as_it_should(tour, expected):
    assert len(tour.visits) > 100
    assert {address: visit.status for address, visit in tour.visits.items() if visit.status != expected(address)} == {}


def test_no_link_leads_nowhere(tour, expected, page_at):
    links = {link for visit in tour.visits.values() for link in visit.links}
    lost = [link for link in links if link.fragment and link.fragment not in page_at(link.url)[1]]
    assert [link.url for link in links if page_at(link.url)[0] != expected(link.url)] == []
    assert lost == []


def test_the_language_link_leads_to_the_counterpart_and_back(tour):
    for address, visit in tour.visits.items():
        assert visit.counterpart.startswith("/fr/" if address.startswith("/en/") else "/en/")
        assert tour.visits[visit.counterpart].counterpart == address


def test_no_page_sets_a_cookie(tour):
    assert tour.cookies == []


def test_no_page_asks_another_host(tour, portal):
    assert [address for address in tour.watch.requests if not address.startswith(f"{portal.url}/")] == []


def test_the_browser_complains_about_nothing(tour):
    assert tour.watch.complaints == []


@pytest.mark.parametrize("what", ["too_wide", "too_wide_when_spaced"])
def test_nothing_has_to_be_scrolled_sideways(tour, what):
    assert tour.found(what) == {}


def test_nothing_is_cut_off_where_the_reader_spaces_the_text(tour):
    assert tour.found("clipped_when_spaced") == {}
