"""The registry's answers: a value's count is the number of its rows, whatever else is asked."""

import itertools
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils.translation import override

from gpi_portal.publishing.publish import publish
from projects.charts import marks
from projects.facets import PROJECT_FACETS
from projects.filters import ProjectFilterSet
from projects.models import Mineral, Project
from projects.registry import ProjectAnswer, answer, projects_where
from tests.site import address

pytestmark = pytest.mark.django_db

QUERIES = [
    "",
    "q=traceability",
    "program=cmtp",
    "agreement_type=none",
    "mineral=cobalt&mineral=uranium",
    "stream=traceability&recipient_type=F",
    "focus_area=international-leadership&agreement_type=G",
    "amount_min=200000",
    "date_from=2024-01-01",
    "location=CA-NT",
]


def ask(query: str) -> ProjectAnswer:
    filters = ProjectFilterSet(QueryDict(query))
    assert filters.is_valid(), filters.errors
    return answer(filters)


def codes(query: str) -> set[str]:
    return {row.code for row in ask(query).rows}


def test_the_whole_registry_adds_up_to_what_the_source_states():
    total = projects_where().total
    assert total.count == 11
    assert total.without_amount == 0
    assert total.sums == {"CAD": Decimal(17_174_650)}


def test_the_five_traceability_grants_add_up():
    total = projects_where(program="cmtp", agreement_type="G").total
    assert (total.count, total.sums) == (5, {"CAD": Decimal(674_650)})


def test_a_program_includes_those_under_it():
    assert len(codes("program=gpi")) == 11
    assert codes("program=cmtp") == {f"gpi-{number:04}" for number in range(7, 12)}


def test_a_program_shows_its_own_and_those_under_it_apart():
    answer = ask("program=gpi")
    parts = {name: total for name, total, _url in answer.parts}
    assert parts["Global Partnerships Initiative"].sums == {"CAD": Decimal(16_500_000)}
    assert parts["Critical Minerals Traceability Program"].sums == {"CAD": Decimal(674_650)}
    assert sum(part.count for part in parts.values()) == answer.total.count


@pytest.mark.parametrize("query", QUERIES)
def test_the_count_and_sum_of_a_facet_value_are_those_of_its_rows(query):
    whole = ask(query)
    for facet in PROJECT_FACETS:
        for value in whole.facet(facet):
            data = QueryDict(query, mutable=True)
            data.setlist(facet.name, [value.value])
            alone = ask(data.urlencode())
            assert (facet.name, value.value, value.count) == (facet.name, value.value, alone.count)
            if facet in whole.summed:
                assert value.money == alone.total.canadian


@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_of_a_facet_with_one_value_per_record_add_up(query):
    for facet in PROJECT_FACETS:
        if not facet.overlaps:
            data = QueryDict(query, mutable=True)
            data.pop(facet.name, None)
            whole = ask(data.urlencode())
            assert sum(value.count for value in whole.facet(facet)) == whole.count


def test_values_of_one_filter_widen_and_filters_narrow():
    assert codes("mineral=cobalt&mineral=uranium") == codes("mineral=cobalt") | codes("mineral=uranium")
    assert codes("mineral=cobalt&program=cmtp") == codes("mineral=cobalt") & codes("program=cmtp")


@pytest.mark.parametrize("facet", PROJECT_FACETS, ids=lambda facet: facet.name)
def test_none_finds_the_records_that_do_not_state_it(facet):
    stated = [value.value for value in projects_where().facet(facet) if value.value != "none"]
    with_value = set().union(*(codes(f"{facet.name}={value}") for value in stated)) if stated else set()
    assert codes(f"{facet.name}=none") == codes("") - with_value


def test_amounts_narrow_at_both_ends_and_leave_out_what_has_none():
    assert codes("amount_min=165300&amount_max=165300") == {"gpi-0009", "gpi-0010", "gpi-0011"}
    assert codes("amount_min=7,500,000") == {"gpi-0001"}
    assert codes("amount_max=55000.00") == {"gpi-0007"}


@pytest.mark.parametrize(
    "amount", ["165300.00", "165300,00", "165 300,0", "165\u00a0300,00\u00a0$", "165,300", "165,300.00"]
)
def test_an_amount_is_read_as_either_language_writes_it(amount):
    assert codes(f"amount_min={amount}&amount_max={amount}") == {"gpi-0009", "gpi-0010", "gpi-0011"}


@pytest.mark.parametrize("amount", ["165300.01", "165300,01", "165 300,01", "165,300.01"])
def test_cents_count_after_a_point_and_after_a_comma(amount):
    assert codes(f"amount_min={amount}") == {"gpi-0001", "gpi-0002", "gpi-0003", "gpi-0004", "gpi-0005", "gpi-0006"}


def test_every_order_gives_the_same_rows():
    orders = ["relevance", "newest", "oldest", "amount", "-amount", "title"]
    found = [[row.code for row in ask(f"order={order}").rows] for order in orders]
    assert all(sorted(codes) == sorted(found[0]) for codes in found)
    amounts = [row.cents for row in ask("order=-amount").rows]
    assert amounts == sorted(amounts, reverse=True)


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_projects_without_a_date_come_last(order):
    dates = [row.date for row in ask(f"order={order}").rows]
    dated = list(itertools.takewhile(lambda date: date is not None, dates))
    assert dated == sorted(dated, reverse=order == "newest")
    assert all(date is None for date in dates[len(dated) :])


def test_recipients_are_ordered_by_what_is_recorded_for_them(client):
    page = client.get(address("projects:recipients") + "?order=-amount")
    sums = [total.sums["CAD"] for _version, total in page.context["entries"]]
    assert sums == sorted(sums, reverse=True)
    assert page.context["entries"][0][0].code == "fortune-minerals"


@pytest.mark.parametrize(
    ("query", "number"),
    [("amount_max=500000&page_size=10", 2), ("recipient_type=F&recipient_type=&page=1", 2), ("stream=&q=", 2)],
)
def test_each_part_of_a_programs_total_links_to_exactly_its_rows(client, query, number):
    page = client.get(f"{address('projects:list')}?program=gpi&{query}").context["answer"]
    assert len(page.parts) == number
    for _name, total, url in page.parts:
        assert client.get(url).context["answer"].total == total
    assert sum(total.count for _name, total, _url in page.parts) == page.count


@pytest.mark.parametrize(("language", "order"), [("en", "cdab"), ("fr", "abcd")])
def test_values_that_are_equally_frequent_stand_in_the_order_of_their_names(language, order):
    names = {"a": ("zinc sand", "Étain"), "b": ("Zirconia", "fer"), "c": ("alum", "Œillet"), "d": ("Éclat", "onyx")}
    minerals = [Mineral.objects.create(code=code, name_en=en, name_fr=fr) for code, (en, fr) in names.items()]
    project = Project.objects.get(code="gpi-0005")
    project.minerals.set(minerals)
    publish([*minerals, project], reason="New minerals")
    with override(language):
        answer = projects_where()
        facet = next(facet for facet in PROJECT_FACETS if facet.name == "mineral")
        assert "".join(value.value for value in answer.facet(facet) if value.value in names) == order
        assert "".join(mark.value for mark in marks(answer, facet, QueryDict()) if mark.value in names) == order
