import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from gpi_portal.i18n.figures import fiscal_year_name, fiscal_year_of, long_date, money, qualified


@pytest.mark.parametrize(
    ("value", "currency", "rounded_to", "english", "french"),
    [
        ("165300", "CAD", 1, "$165,300", "165 300 $"),
        ("165300.50", "CAD", 1, "$165,300.50", "165 300,50 $"),
        ("7500000", "CAD", 100_000, "$7.5 million", "7,5 millions de dollars"),
        ("7500000", "CAD", 1, "$7,500,000", "7 500 000 $"),
        ("1950000", "CAD", 10_000, "$1.95 million", "1,95 million de dollars"),
        ("1000000", "CAD", 1_000_000, "$1 million", "1 million de dollars"),
        ("20000000", "CAD", 1_000_000, "$20 million", "20 millions de dollars"),
        ("6400000", "USD", 100_000, "US$6.4 million", "6,4 millions de dollars US"),
        ("6380555", "USD", 1, "US$6,380,555", "6 380 555 $ US"),
        ("-1200", "CAD", 1, "−$1,200", "−1 200 $"),
        ("-2500000", "CAD", 100_000, "−$2.5 million", "−2,5 millions de dollars"),
        ("900", "EUR", 1, "EUR 900", "900 EUR"),
        ("0", "CAD", 1, "$0", "0 $"),
    ],
)
def test_money_is_written_in_canadian_style(value, currency, rounded_to, english, french):
    written = [money(Decimal(value), currency, rounded_to, language) for language in ("en", "fr")]
    assert [text.replace("\u00a0", " ") for text in written] == [english, french]


def test_the_parts_of_an_amount_never_break_apart():
    assert money(165300, language="fr") == "165\u00a0300\u00a0$"
    assert money(7500000, "CAD", 100_000, "en") == "$7.5\u00a0million"


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        (datetime.date(2024, 10, 9), "October 9, 2024", "9 octobre 2024"),
        (datetime.date(2024, 12, 1), "December 1, 2024", "1er décembre 2024"),
        ("2023-08-31", "August 31, 2023", "31 août 2023"),
    ],
)
def test_dates_are_written_in_words(day, english, french):
    written = [long_date(day, language) for language in ("en", "fr")]
    assert [text.replace("\u00a0", " ") for text in written] == [english, french]


@pytest.mark.parametrize(
    ("day", "year"), [((2024, 4, 1), 2024), ((2025, 3, 31), 2024), ((2025, 4, 1), 2025), ((2024, 1, 1), 2023)]
)
def test_a_fiscal_year_runs_from_april_to_march(day, year):
    assert fiscal_year_of(datetime.date(*day)) == year


def test_qualifier_and_fiscal_year_are_written_in_the_page_language():
    with translation.override("fr"):
        assert qualified("165 300 $", "up_to") == "jusqu’à 165 300 $"
        assert fiscal_year_name(2024) == "2024 à 2025"
    with translation.override("en"):
        assert qualified("$165,300", "exact") == "$165,300"
        assert fiscal_year_name(2024) == "2024 to 2025"
