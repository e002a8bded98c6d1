"""A list that follows from the columns of a noun: here of minerals, which have a page of their own kind."""

import pytest
from django.urls import resolve
from django.utils import translation

from gpi_portal.models import PublishedVersion
from gpi_portal.pages.record_list import RecordListView
from projects.models import Mineral

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(rf):
    view = RecordListView.of(Mineral).as_view()

    def page(language="en", **query):
        address = {"en": "/en/minerals/", "fr": "/fr/mineraux/"}[language]
        request = rf.get(address, query)
        with translation.override(language):
            request.resolver_match = resolve(address)
            return view(request)

    return page


def titles(response) -> list[str]:
    return [version.title for version in response.context_data["versions"]]


@pytest.mark.parametrize(("language", "heading"), [("en", "<h1>Minerals</h1>"), ("fr", "<h1>Minéraux</h1>")])
def test_it_has_every_record_by_name(listed, language, heading):
    page = listed(language, page_size="100")
    with translation.override(language):
        assert titles(page) == [
            version.title for version in PublishedVersion.objects.public().noun("mineral").by_name()
        ]
    assert page.context_data["answer"].count == Mineral.objects.count()
    assert heading in page.content.decode()


def test_words_find_records_the_best_first_and_pages_follow_each_other(listed):
    assert titles(listed(q="nickel"))[0] == "Nickel"
    assert titles(listed(q="nothingatall")) == []
    first, second = titles(listed(page_size="10")), titles(listed(page_size="10", page="2"))
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    assert titles(listed(page="99")) == []


@pytest.mark.parametrize("query", [{"q": "(("}, {"page": "x"}, {"as_of": "1900-01-01"}, {"order": "amount"}])
def test_a_bad_query_says_so_and_has_no_rows(listed, query):
    page = listed(**query)
    assert page.status_code == 200
    assert page.context_data["answer"] is None
    assert page.context_data["form"].errors
