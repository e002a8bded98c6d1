"""Filters and orders by amount are about one currency, which the query names and the page says."""

import csv
import io
import itertools
import random
import re

import pytest
from django.http import QueryDict
from django.utils.translation import override

from gpi_portal.publishing.publish import publish
from projects.charts import marks
from projects.facets import CHART_FACETS, PLACES, PROJECT_FACETS
from projects.filters import RecipientFilterSet
from projects.models import Project, Recipient, RecipientRow, RegistryRow
from projects.registry import answer
from tests.projects.test_registry import ask
from tests.site import address

pytestmark = pytest.mark.django_db

CURRENCIES = ("CAD", "USD", "EUR", "JPY")


def set_money(code: str, amount, currency: str) -> None:
    Project.objects.filter(code=code).update(amount=amount, currency=currency, amount_qualifier="exact")


@pytest.fixture(params=range(3))
def drawn(request):
    """The eleven projects with amounts in several currencies, or without one, drawn by lot; some amounts are equal."""
    chance = random.Random(request.param)
    for project in Project.objects.all():
        set_money(project.code, chance.choice([None, 0, 100, 100, 2_500, 1_000_000]), chance.choice(CURRENCIES))
    recipients = list(Recipient.objects.all())
    for project in Project.objects.order_by("code")[:6]:
        Project.objects.filter(pk=project.pk).update(recipient=chance.choice(recipients[:3]))
    publish(Project.objects.all(), reason="Drawn by lot")


@pytest.fixture
def yen():
    set_money("gpi-0001", 1_000_000, "JPY")
    publish([Project.objects.get(code="gpi-0001")], reason="In yen")


def rows() -> list[RegistryRow]:
    return list(RegistryRow.objects.filter(version__valid_to=None))


def matching(currency: str, low: int | None, high: int | None) -> list[RegistryRow]:
    """What a filter by amounts finds, said once more in plain Python."""
    return [
        row
        for row in rows()
        if (low is None and high is None)
        or (
            (row.cents is not None and row.currency == currency)
            and (low is None or row.cents >= low * 100)
            and (high is None or row.cents <= high * 100)
        )
    ]


def placed(row: RegistryRow, currency: str, sign: int) -> tuple:
    if row.cents is None:
        return (2, "", 0, row.code)
    return (row.currency != currency, "" if row.currency == currency else row.currency, sign * row.cents, row.code)


def query_of(**parameters) -> str:
    return "&".join(f"{name}={value}" for name, value in parameters.items() if value not in (None, ""))


@pytest.mark.parametrize("currency", ["", *CURRENCIES])
def test_filter_and_order_are_those_of_plain_python(drawn, currency):
    code = currency or "CAD"
    for low, high in itertools.product((None, 0, 100), (None, 100, 999_999.99)):
        for order, sign in (("amount", 1), ("-amount", -1)):
            query = query_of(currency=currency, amount_min=low, amount_max=high, order=order)
            expected = sorted(matching(code, low, high), key=lambda row: placed(row, code, sign))
            assert [row.code for row in ask(query).rows] == [row.code for row in expected], query


@pytest.mark.parametrize("currency", ["", *CURRENCIES])
def test_recipients_stand_by_what_is_recorded_in_the_currency_then_in_others(drawn, currency):
    code = currency or "CAD"
    sums: dict[str, dict[str, int]] = {row.code: {} for row in RecipientRow.objects.filter(version__valid_to=None)}
    for row in rows():
        if row.cents is not None:
            own = sums[row.recipient]
            own[row.currency] = own.get(row.currency, 0) + row.cents
    filters = RecipientFilterSet(QueryDict(query_of(currency=currency, order="-amount")))
    assert filters.is_valid()
    found = [row.code for row in answer(filters).rows]

    def group(recipient: str) -> tuple:
        own = dict(sums[recipient])
        if code in own:
            return (0, "", -own[code])
        other = min(own, default="")
        return (1, other, -own[other]) if own else (2, "", 0)

    assert sorted(found) == sorted(sums)
    assert [group(recipient) for recipient in found] == sorted(map(group, sums))


@pytest.mark.parametrize("currency", CURRENCIES)
def test_facets_charts_and_files_agree_on_the_amounts_of_the_currency(client, drawn, currency):
    query = query_of(currency=currency, amount_min=0)
    whole = ask(query)
    assert set(whole.total.by_currency) <= {currency}
    for facet in (*CHART_FACETS, PLACES):
        shown = marks(whole, facet, QueryDict(query))
        for mark in shown:
            total = ask(mark.url.removeprefix("?")).total
            assert (mark.count, mark.money, mark.in_other_currency) == (total.count, total.by_currency[currency], 0)
            assert f"currency={currency}" in mark.url
        file = client.get(f"{address('projects:chart-table', facet=facet.name)}?{query}").content.decode("utf-8-sig")
        head, *lines = csv.reader(io.StringIO(file))
        assert [line[3] for line in lines] == [str(mark.amount) for mark in shown]
        assert head[3].startswith("Amount in ")


def test_an_amount_in_another_currency_is_not_what_was_asked_for(yen):
    assert "gpi-0001" not in {row.code for row in ask("amount_min=900000").rows}
    assert {row.code for row in ask("amount_min=900000&currency=JPY").rows} == {"gpi-0001"}
    assert next(iter(ask("order=-amount").rows)).code != "gpi-0001"
    assert next(iter(ask("order=-amount&currency=JPY").rows)).code == "gpi-0001"


def test_a_currency_alone_narrows_nothing(yen):
    whole = ask("")
    for currency in ("CAD", "JPY"):
        alone = ask(f"currency={currency}")
        assert alone.count == 11
        for facet in PROJECT_FACETS:
            assert [(value.value, value.count) for value in alone.facet(facet)] == [
                (value.value, value.count) for value in whole.facet(facet)
            ]


@pytest.mark.parametrize("name", ["projects:list", "projects:map", "projects:changes", "projects:recipients"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("value", ["XXX", "cad", "dollars", "%00", "💶", "CAD%20"])
def test_an_unknown_currency_is_an_error_beside_its_field(client, name, language, value):
    page = client.get(f"{address(name, language)}?currency={value}&order=newest")
    text = page.content.decode()
    assert page.status_code == 200
    assert "currency" in page.context["form"].errors
    assert 'href="#field-currency"' in text
    assert 'id="field-currency"' in text
    assert page.context["answer"] is None


@pytest.mark.parametrize("name", ["projects:chart-table", "projects:chart-drawing"])
def test_a_file_refuses_an_unknown_currency_and_names_the_field(client, name):
    response = client.get(f"{address(name, facet='stream')}?currency=XXX")
    assert (response.status_code, response.content.decode()[:9]) == (400, "currency:")


def test_the_page_says_which_currency_and_keeps_it(client, yen):
    query = "currency=JPY&amount_min=5&order=-amount"
    page = client.get(f"{address('projects:list')}?{query}&mineral=cobalt")
    text = page.content.decode()
    assert "Amount in Japanese yen" in text
    assert "Largest amount first (Japanese yen)" in text
    assert {"label": "At least (Japanese yen)", "value": "5", "url": "?currency=JPY&order=-amount&mineral=cobalt"} in [
        {**chip, "label": str(chip["label"])} for chip in page.context["chips"]
    ]
    kept = re.findall(r'href="(\?[^"]*|/fr/projets/\?[^"]*|[^"]*\.(?:csv|svg)\?[^"]*|[^"]*/map/\?[^"]*)"', text)
    assert len(kept) > 10
    assert [link for link in kept if "currency=JPY" not in link] == []
    assert '<option value="JPY" selected>Japanese Yen</option>' in text
    assert "currency=JPY" in page.context["reference"].urls["fr"]
    assert "At least (Japanese yen) = 5" in page.context["reference"].titles["en"]
    wrong = client.get(f"{address('projects:list')}?currency=JPY&amount_min=x").content.decode()
    assert "At least (Japanese yen):" in wrong


def test_the_currency_is_said_in_french_too(client):
    text = client.get(address("projects:list", "fr")).content.decode()
    assert "dollars canadiens" in text
    with override("fr"):
        labels = [str(words) for _code, words in ask("currency=AUD").filters.form.fields["order"].choices]
    assert [label for label in labels if "(dollars australiens)" in label]


def test_a_choice_of_currencies_is_offered_where_there_is_one(client):
    def is_offered(query: str = "", name: str = "projects:list") -> bool:
        return 'id="field-currency"' in client.get(f"{address(name)}{query}").content.decode()

    assert not is_offered()
    assert is_offered("?currency=EUR")
    set_money("gpi-0001", 1_000_000, "JPY")
    publish([Project.objects.get(code="gpi-0001")], reason="In yen")
    assert is_offered()
    assert is_offered(name="projects:recipients")
    assert is_offered("?amount_min=x")
    set_money("gpi-0001", None, "JPY")
    publish([Project.objects.get(code="gpi-0001")], reason="Not stated")
    assert not is_offered()
