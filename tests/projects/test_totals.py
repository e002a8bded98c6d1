"""One figure is one figure: whatever page states a total, it is that of the rows which it links to."""

import html
import re
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.moments import TODAY
from gpi_portal.publishing.publish import publish
from gpi_portal.query.sums import NOTHING, CurrencySum
from projects.facets import PROJECT_FACETS
from projects.filters import ProjectFilterSet
from projects.models import Project
from projects.registry import ProjectAnswer, answer, totals_per
from projects.templatetags.projects import projects_in_words
from projects.totals import Total
from tests.site import address, record_addresses

pytestmark = pytest.mark.django_db

NOUNS = ("program", "focus_area", "stream", "initiative", "mineral", "recipient")
#: Amounts as real rows have them: none, another currency, below zero, with cents, up to, about.
ODD_AMOUNTS = (
    {},
    {"amount": "1000000", "currency": "USD"},
    {"amount": "-250.75", "origin": "federal"},
    {"amount": "0.05", "amount_qualifier": "up_to"},
    {"amount": "5000000", "amount_qualifier": "about", "amount_rounded_to": 1_000_000},
)


@pytest.fixture
def odd_rows():
    model = Project.objects.get(code="gpi-0009")
    for number, fields in enumerate(ODD_AMOUNTS):
        texts = dict.fromkeys(("title_en", "title_fr", "description_en", "description_fr"), f"Odd {number}")
        same = {name: getattr(model, name) for name in ("recipient", "program", "stream", "announced_on")}
        project = Project.objects.create(code=f"odd-{number}", **same, **texts, **fields)
        publish([project], reason="Odd")


def ask(query: str) -> ProjectAnswer:
    filters = ProjectFilterSet(QueryDict(query))
    assert filters.is_valid(), filters.errors
    return answer(filters)


def box(page: str) -> tuple[str, list[str]]:
    """The amounts of a page's total in words, and its rule."""
    amounts = re.search(r'<p class="total-amounts">(.*?)</p>', page, re.DOTALL)[1]
    rule = re.search(r'<ul class="total-rule">(.*?)</ul>', page, re.DOTALL)[1]
    lines = [html.unescape(re.sub(r"<[^>]+>", "", line)).strip() for line in re.findall(r"<li>(.*?)</li>", rule)]
    return html.unescape(re.sub(r"<[^>]+>", " ", amounts)).split(), lines


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("noun", NOUNS)
def test_the_total_of_a_page_is_that_of_the_list_it_links_to(client, odd_rows, noun, language):
    linked = 0
    for url in record_addresses(language, noun):
        page = client.get(url).content.decode()
        link = re.search(r'class="total" .*?<a href="([^"]+)"', page, re.DOTALL)
        if 'class="total-rule"' in page:
            linked += 1
            rows = client.get(html.unescape(link[1]))
            assert box(page) == box(rows.content.decode()), url
            assert rows.context["answer"].count == len(rows.context["versions"])
    assert linked


def test_the_overview_and_the_registry_state_the_same_total(client, odd_rows):
    overview = client.get(address("projects:overview")).content.decode()
    registry = client.get(address("projects:list")).content.decode()
    amounts = re.findall(r'<span><a href="/en/projects/">([^<]*)</a></span>', overview)[:-1]
    assert [html.unescape(amount) for amount in amounts] == ask("").total.amounts
    assert len(amounts) == 2
    for line in box(registry)[1]:
        assert html.escape(line, quote=False) in overview


def test_without_a_stated_amount_the_overview_says_so_and_not_zero(client):
    Project.objects.exclude(code="gpi-0003").delete()
    project = Project.objects.get(code="gpi-0003")
    project.amount = None
    publish([project], reason="Not known")
    for other in PublishedVersion.objects.public().filter(noun="project").exclude(code="gpi-0003"):
        other.delete()
    overview = client.get(address("projects:overview")).content.decode()
    assert re.search(r'class="key-figure-value">\s*<span class="not-stated">', overview)
    assert "$0" not in overview


def test_a_single_amount_is_as_precise_as_its_source(client):
    total = ask("recipient=fortune-minerals").total
    assert total.amounts == total.amounts_with_qualifier == ["up to $7.5\u00a0million"]
    assert ask("recipient=optel").total.amounts == ["$165,300"]


def test_where_no_rule_stands_beside_it_a_sum_says_what_qualifies_its_amounts(client, odd_rows):
    with_one = ask("mineral=cobalt").total
    assert (with_one.up_to, with_one.amounts, with_one.amounts_with_qualifier) == (
        1,
        ["$7,665,300"],
        ["up to $7,665,300"],
    )
    with_about = ask("program=cmtp").total
    assert [text[:6] for text in with_about.amounts_with_qualifier] == ["about ", "US$1,0"]
    for name in ("projects:recipients", "projects:overview", "programs:list"):
        page = client.get(address(name)).content.decode()
        for item in re.findall(r'<ul class="card-meta">(.*?)</ul>', page, re.DOTALL):
            assert not re.search(r"<li>\$7[.,]", item), name


@pytest.mark.parametrize("parameter", ["program", "stream", "focus_area", "initiative"])
def test_the_totals_of_a_filter_s_values_are_those_of_their_lists(odd_rows, parameter):
    totals = totals_per(parameter, TODAY)
    assert totals
    assert totals == {code: ask(f"{parameter}={code or 'none'}").total for code in totals}


def test_money_of_other_funders_is_in_no_total(client):
    version = PublishedVersion.objects.public().get(noun="project", code="gpi-0001")
    assert version.document["co_funding"]
    total = ask("recipient=fortune-minerals").total
    assert total.sums == {"CAD": Decimal(7_500_000)}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_asked_a_total_is_the_sum_of_its_rows(odd_rows, data):
    whole = ask("")
    query = QueryDict(mutable=True)
    for facet in data.draw(st.lists(st.sampled_from(PROJECT_FACETS), max_size=3, unique_by=lambda facet: facet.name)):
        values = [value.value for value in whole.facet(facet)]
        query.setlist(facet.name, data.draw(st.lists(st.sampled_from(values), max_size=3, unique=True)))
    for bound in data.draw(st.sets(st.sampled_from(["amount_min", "amount_max"]), max_size=1)):
        query[bound] = str(data.draw(st.integers(-1000, 8_000_000)))
    found = ask(query.urlencode())
    rows = list(found.rows)
    stated = [row for row in rows if row.cents is not None]
    by_currency = {row.currency: Decimal(0) for row in stated}
    for row in stated:
        by_currency[row.currency] += Decimal(row.cents) / 100
    total = found.total
    assert (total.count, total.without_amount, total.sums) == (len(rows), len(rows) - len(stated), by_currency)
    assert total.rounded == sum(row.amount_rounded_to > 1 for row in stated)
    assert total.up_to == sum(row.amount_qualifier == "up_to" for row in stated)
    assert total.canadian.rounded == sum(row.amount_rounded_to > 1 for row in stated if row.currency == "CAD")
    for facet in PROJECT_FACETS:
        if not facet.overlaps and not query.getlist(facet.name):
            values = found.facet(facet)
            assert sum(value.count for value in values) == total.count
            if facet in found.summed:
                assert sum((value.money for value in values), NOTHING) == total.canadian


@pytest.mark.parametrize(("language", "number"), [("en", "1,812,345 projects"), ("fr", "1\u00a0812\u00a0345 projets")])
def test_large_counts_are_grouped_like_amounts(language, number):
    with translation.override(language):
        rule = render_to_string(
            "includes/total_rule.html", {"total": Total(1_812_345, {"CAD": CurrencySum(number=12_345, up_to=12_345)})}
        )
        assert number in rule
        assert "12345" not in rule
        assert projects_in_words(1_812_345) == number
