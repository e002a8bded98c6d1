"""An envelope beside what is recorded: the figures are those of the registry, the difference says no more than they."""

import datetime
import html
import re
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils.translation import override

from gpi_portal.models import TORONTO, RegistryVersion
from gpi_portal.publishing.publish import publish
from programs.models import Program
from projects.filters import ProjectFilterSet
from projects.models import Project
from projects.registry import answer
from projects.totals import Total
from tests.site import address

pytestmark = pytest.mark.django_db


def plain(total: Total, language: str) -> str:
    """The Canadian dollars of a total in words."""
    with override(language):
        return total.canadian.plain("CAD")


def set_envelope(amount: str | None, **more) -> None:
    program = Program.objects.get(code="cmtp")
    program.envelope = amount and Decimal(amount)
    for name, value in more.items():
        setattr(program, name, value)
    program.save()
    publish([program], reason="New envelope")


def set_project(code: str = "gpi-0011", **fields) -> None:
    Project.objects.filter(code=code).update(**fields)
    publish([Project.objects.get(code=code)], reason="New amount")


def section(client, code: str = "cmtp", language: str = "en", query: str = "") -> str:
    page = client.get(address("programs:program", language, code=code) + query).content.decode()
    return html.unescape(re.search(r'<section class="section" aria-labelledby="envelope">.*?</section>', page, re.S)[0])


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split()).replace("\u00a0", " ").replace(" ,", ",")


def figures(text: str) -> list[tuple[str, str, int]]:
    """The recorded figures as (address, amount in words, number of projects)."""
    found = re.findall(r'<a href="([^"]*\?[^"]*program=[^"]*)">([^<]*)</a>,\s*(\d+) proj', text)
    return [(url, amount, int(count)) for url, amount, count in found]


def test_the_traceability_program_is_350_dollars_below_its_envelope(client):
    said = words(section(client))
    assert "up to $675,000" in said
    assert "$674,650, 5 projects" in said
    assert "The recorded amounts come to $350 less than the envelope." in said
    assert "inférieur à l’enveloppe de 350 $." in words(section(client, language="fr"))


def test_a_difference_is_as_coarse_as_the_coarsest_figure(client):
    said = words(section(client, "gpi"))
    assert "$70 million" in said
    assert "The recorded amounts come to about $53 million less than the envelope." in said
    assert "The envelope is stated to the nearest $1 million." in said
    assert "4 amounts are rounded by their sources." in said
    assert "environ 53 millions de dollars" in words(section(client, "gpi", "fr"))


@pytest.mark.parametrize("query", ["", "?as_of={today}"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("code", "number"), [("gpi", 3), ("cmtp", 1)])
def test_each_figure_is_the_total_of_exactly_the_rows_to_which_it_leads(client, code, number, language, query):
    query = query.format(today=RegistryVersion.objects.first().day)
    found = figures(section(client, code, language, query))
    assert len(found) == number
    rows = []
    for url, amount, count in found:
        filters = ProjectFilterSet(QueryDict(url.partition("?")[2]))
        assert filters.is_valid()
        asked = answer(filters)
        assert (amount, count) == (plain(asked.total, language), asked.count)
        assert client.get(url).context["answer"].total == asked.total
        rows.append({row.code for row in asked.rows})
    if number > 1:
        whole, *parts = rows
        assert set.union(*parts) == whole
        assert sum(map(len, parts)) == len(whole)


def test_own_projects_and_those_of_a_program_under_it_stand_apart(client):
    said = words(section(client, "gpi"))
    assert "Global Partnerships Initiative, own projects: $16,500,000, 6 projects" in said
    assert "Critical Minerals Traceability Program: $674,650, 5 projects" in said


def test_the_envelope_names_its_source(client):
    text = section(client, "gpi")
    assert f'<a href="{address("projects:sources")}#nrcan-funding-2023"' in text


@pytest.mark.parametrize(
    ("amount", "more", "said"),
    [
        ("600000", {}, "The recorded amounts exceed the envelope by $74,650."),
        ("674650", {}, "The recorded amounts add up to the envelope as it is written."),
        ("0", {}, "The recorded amounts exceed the envelope by $674,650."),
        ("674649.5", {}, "The recorded amounts exceed the envelope by $0.50."),
        (
            "700000",
            {"envelope_qualifier": "about"},
            "The recorded amounts come to about $25,350 less than the envelope.",
        ),
        (
            "700000",
            {"envelope_rounded_to": 100_000},
            "The recorded amounts are below the envelope, by less than the figures are rounded to ($100,000).",
        ),
        (
            "600000",
            {"envelope_rounded_to": 1_000_000},
            "The recorded amounts exceed the envelope, by less than the figures are rounded to ($1 million).",
        ),
        ("600000", {"envelope_qualifier": "more_than"}, "exceed the envelope by about $74,650."),
        ("600000", {"envelope_rounded_to": 10_000}, "exceed the envelope by about $70,000."),
    ],
)
def test_a_difference_in_words(client, amount, more, said):
    set_envelope(amount, **more)
    assert said in words(section(client))


@pytest.mark.parametrize(
    ("qualifier", "said"), [("up_to", "an upper limit"), ("about", "approximate"), ("more_than", "a lower limit")]
)
def test_the_qualifier_of_an_envelope_is_said(client, qualifier, said):
    set_envelope("675000", envelope_qualifier=qualifier)
    assert f"The envelope is {said}: its source says" in words(section(client))


@pytest.mark.parametrize(("language", "said"), [("en", "No source states an envelope"), ("fr", "Aucune source")])
def test_without_an_envelope_there_is_no_difference(client, language, said):
    set_envelope(None)
    text = words(section(client, language=language))
    assert said in text
    assert {"en": "Envelope Not stated", "fr": "Enveloppe Non précisé"}[language] in text
    assert {"en": "$674,650, 5 projects", "fr": "674 650 $, 5 projets"}[language] in text
    assert not re.search(r"less than|exceed|inférieur|dépasse", text)


def test_other_currencies_are_never_added(client):
    set_project(currency="USD")
    said = words(section(client))
    assert "$509,350, 5 projects" in said
    assert "less than the envelope" in said
    assert "neither converted nor counted: US$165,300." in said


def test_what_is_said_of_amounts_is_said_of_those_compared(client):
    """gpi-0001 is "up to $7.5 million" and one of four rounded amounts; in another currency it is compared no more."""
    assert "1 amount says “up to”" in words(section(client, "gpi"))
    set_project("gpi-0001", currency="USD")
    said = words(section(client, "gpi"))
    assert "“up to” and counts" not in said
    assert "3 amounts are rounded by their sources." in said
    assert "neither converted nor counted: up to US$7.5 million." in said
    set_project("gpi-0011", currency="EUR", amount_qualifier="about", amount_rounded_to=100)
    said = words(section(client))
    assert "approximate" not in said
    assert "rounded by" not in said
    assert "The recorded amounts come to $165,650 less than the envelope." in said


def test_one_amount_is_said_as_its_source_says_it(client):
    project = Project.objects.get(code="gpi-0001")
    project.program = Program.objects.get(code="cmtp")
    project.save()
    others = Project.objects.filter(program__code="cmtp").exclude(code="gpi-0001")
    others.update(amount=None)
    publish([project, *others], reason="One amount")
    url, amount, _count = figures(section(client))[0]
    assert amount == "up to $7.5\u00a0million"
    assert [amount] == client.get(url).context["answer"].total.amounts


def test_a_record_without_an_amount_is_counted_and_adds_nothing(client):
    set_project(amount=None)
    said = words(section(client))
    assert "$509,350, 5 projects" in said
    assert "1 project has no stated amount and adds nothing." in said


def test_an_amount_at_its_highest_makes_the_difference_inexact(client):
    set_project(amount_qualifier="up_to")
    said = words(section(client))
    assert "about $350 less than the envelope" in said
    assert "1 amount says “up to” and counts at its highest." in said


def test_where_no_canadian_amount_is_recorded_nothing_is_compared(client):
    Project.objects.filter(program__code="cmtp").update(currency="USD")
    publish(Project.objects.filter(program__code="cmtp"), reason="In American dollars")
    said = words(section(client))
    assert "no amount in Canadian dollars, 5 projects" in said
    assert "The registry records no amount in Canadian dollars" in said
    assert "less than" not in said


@pytest.mark.parametrize("code", ["gpi", "cmtp"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_difference_is_never_called_money_left(client, code, language):
    text = words(section(client, code, language)).lower()
    assert not re.search(r"unspent|remaining|left over|available|non dépens|restant|disponible|solde", text)


def test_a_past_day_compares_what_stood_then(client):
    first = datetime.datetime(2026, 1, 10, 12, tzinfo=TORONTO)
    RegistryVersion.objects.update(published_at=first)
    set_envelope("600000", envelope_qualifier="exact")
    set_project(amount=Decimal(1))
    assert "below" in (now := words(section(client))) or "less than" in now
    past = section(client, query=f"?as_of={first.date()}")
    assert "come to $350 less than the envelope." in words(past)
    assert [url.partition("?")[2] for url, *_rest in figures(past)] == [f"program=cmtp&as_of={first.date()}"]


def test_own_program_narrows_to_one_program_and_none_under_it(client):
    url = address("projects:list")
    assert client.get(f"{url}?own_program=gpi").context["answer"].count == 6
    assert client.get(f"{url}?own_program=gpi&own_program=cmtp").context["answer"].count == 11
    page = client.get(f"{url}?own_program=cmtp").content.decode()
    assert "Program, without those under it" in page
    assert "Critical Minerals Traceability Program" in page
    bad = client.get(f"{url}?own_program=nothing")
    assert bad.status_code == 200
    assert bad.context["answer"] is None
