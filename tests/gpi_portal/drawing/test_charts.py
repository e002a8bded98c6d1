"""A chart of any values: how many are drawn, and what becomes of the rest."""

import pytest
from django.http import QueryDict

from gpi_portal.drawing.charts import MOST_BARS, MOST_YEARS, chart_of
from gpi_portal.query.facets import Facet, FacetValue, Values
from gpi_portal.query.sums import NOTHING, CurrencySum


def made_facet(*, overlaps: bool = False, over_time: bool = False) -> Facet:
    return Facet(
        "stream",
        "Made",
        Values(lambda codes, moment: {code: code for code in codes}, set),
        "stream",
        overlaps,
        over_time,
    )


def made_values(number: int, first: int = 0) -> list[FacetValue]:
    amounts = {amount: CurrencySum(number=1, cents=amount * 100) for amount in range(first, first + number)}
    return [
        FacetValue(f"{number}", f"Value {number}", number + 1, selected=False, money=amount)
        for number, amount in amounts.items()
    ]


def test_ten_thousand_values_are_the_first_ones_and_the_rest_added_up():
    values = made_values(10_000)
    chart = chart_of(made_facet(), values, QueryDict())
    assert len(chart.marks) == MOST_BARS + 1
    assert chart.left_out == 10_000 - MOST_BARS
    assert sum(mark.count for mark in chart.marks) == sum(value.count for value in values)
    assert sum((mark.money for mark in chart.marks), NOTHING) == sum((value.money for value in values), NOTHING)
    assert chart.marks[-1].url == ""


def test_a_rest_that_a_query_can_name_is_a_link():
    chart = chart_of(made_facet(), made_values(MOST_BARS + 2), QueryDict())
    assert chart.marks[-1].url == "?stream=1&stream=0"
    assert chart.marks[-1].count == 3


def test_what_overlaps_is_never_added_up():
    chart = chart_of(made_facet(overlaps=True), made_values(100), QueryDict())
    assert len(chart.marks) == MOST_BARS
    assert chart.left_out == 100 - MOST_BARS


def test_of_many_years_the_earliest_are_added_up_first():
    chart = chart_of(made_facet(over_time=True), made_values(MOST_YEARS + 6, first=1990), QueryDict())
    assert chart.left_out == 6
    assert (chart.marks[0].value, chart.marks[-1].value) == ("", str(1990 + MOST_YEARS + 5))
    assert chart.years == chart.marks


def test_a_year_without_projects_has_its_empty_column():
    values = made_values(1, first=2020) + made_values(1, first=2023)
    chart = chart_of(made_facet(over_time=True), values, QueryDict())
    assert [(mark.value, mark.count > 0) for mark in chart.years] == [
        ("2020", True),
        ("2021", False),
        ("2022", False),
        ("2023", True),
    ]


@pytest.mark.parametrize("cents", [None, 0, -500, 10**17])
def test_one_bar_holds_whatever_its_amount_is(cents):
    amounts = NOTHING if cents is None else CurrencySum(number=1, cents=cents)
    chart = chart_of(made_facet(), [FacetValue("a", "A", 1, selected=False, money=amounts)], QueryDict())
    assert chart.marks[0].amount_length == (1000 if cents and cents > 0 else 0)
    assert chart.marks[0].count_length == 1000


def test_no_value_at_all_makes_an_empty_chart():
    assert chart_of(made_facet(), [], QueryDict()).marks == []
