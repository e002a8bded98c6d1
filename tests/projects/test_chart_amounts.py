"""The amounts of a chart in words: those of the total of the rows to which a mark leads, and no more precise."""

import csv
import html
import io
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from gpi_portal.publishing.publish import publish
from projects.charts import marks
from projects.facets import CHART_FACETS, PLACES
from projects.models import Project
from tests.projects.test_registry import QUERIES, ask
from tests.site import address

pytestmark = pytest.mark.django_db

DRAWN = (*CHART_FACETS, PLACES)


def set_project(code: str, **fields) -> None:
    Project.objects.filter(code=code).update(**fields)
    publish([Project.objects.get(code=code)], reason="Another amount")


@pytest.fixture
def odd_amounts():
    """Beside "up to $7.5 million" and rounded amounts: another currency, about, more than, none."""
    set_project("gpi-0002", currency="USD", amount_qualifier="up_to")
    set_project("gpi-0003", amount_qualifier="about")
    set_project("gpi-0007", amount_qualifier="more_than")
    set_project("gpi-0011", amount=None)


@pytest.mark.parametrize("facet", DRAWN, ids=lambda facet: facet.name)
def test_the_words_of_a_mark_are_those_of_the_total_of_its_rows(odd_amounts, facet):
    for query in QUERIES:
        for mark in marks(ask(query), facet, QueryDict(query)):
            total = ask(mark.url.removeprefix("?")).total
            words = dict(zip(total.sums, total.amounts_with_qualifier, strict=True)).get("CAD", "")
            found = mark.words, mark.without_amount, mark.money
            assert found == (words, total.without_amount, total.canadian), (query, mark)


def rows_of(text: str, heading: str) -> dict[str, str]:
    """The rows of a chart as its page has them: name and amount."""
    table = re.search(rf'aria-labelledby="{heading}">.*?</table>', text, re.S)[0]
    row = r'<th scope="row"[^>]*>(?:<a [^>]*>)?<bdi>(.*?)</bdi>.*?<td class="marks-amount">(.*?)<svg'
    return {html.unescape(name): html.unescape(amount).strip() for name, amount in re.findall(row, table, re.S)}


@pytest.mark.parametrize(
    ("language", "year", "amount"),
    [("en", "2023 to 2024", "up to $7.5\u00a0million"), ("fr", "2023 à 2024", "jusqu’à 7,5\u00a0millions de dollars")],
)
def test_one_amount_is_as_precise_as_its_source_in_table_and_drawing(client, language, year, amount):
    set_project("gpi-0001", start_date="2023-05-01")
    query = "recipient=fortune-minerals"
    page = client.get(f"{address('projects:list', language)}?{query}").content.decode()
    assert rows_of(page, "chart-fiscal_year") == {year: amount}
    drawing = client.get(f"{address('projects:chart-drawing', language, facet='fiscal_year')}?{query}")
    assert f">{amount}</text>" in html.unescape(drawing.content.decode())


def test_a_table_file_keeps_the_number_and_says_what_is_not_in_it(client, odd_amounts):
    response = client.get(f"{address('projects:chart-table', facet='recipient_type')}?recipient_type=F")
    head, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert head[2:] == [
        "Projects",
        "Amount in Canadian dollars",
        "Projects without a stated amount",
        "Projects with an amount in another currency",
    ]
    total = ask("recipient_type=F").total
    assert row[2:] == [str(total.count), str(total.canadian.amount), "1", "0"]


def test_what_a_chart_says_of_amounts_is_said_of_those_drawn(client):
    said = "1 “up to” amount is drawn at its highest."
    assert said in client.get(address("projects:map")).content.decode()
    set_project("gpi-0001", currency="USD")
    page = client.get(address("projects:map")).content.decode()
    assert said not in page
    assert "Amounts in other currencies are not drawn" in page


def test_a_chart_of_many_values_asks_the_database_no_more_often():
    def asked(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert marks(ask(query), CHART_FACETS[0], QueryDict(query))
        return len(captured)

    assert asked("amount_min=0") == asked("amount_min=7000000")
