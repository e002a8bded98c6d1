"""What changed between two days, record by record and field by field."""

import datetime

import pytest

from gpi_portal.models import TORONTO, RegistryVersion
from gpi_portal.publishing import publish, withdraw
from programs.models import Program
from projects.models import Mineral, Project
from tests.site import address

pytestmark = pytest.mark.django_db

URL = address("projects:changes")


def day(number: int) -> datetime.datetime:
    return datetime.datetime(2026, 1, number, 12, tzinfo=TORONTO)


@pytest.fixture(autouse=True)
def history():
    """First publication on 1 January; then one change a day."""
    RegistryVersion.objects.update(published_at=day(1))
    project = Project.objects.get(code="gpi-0008")
    project.title_en = "A clearer title"
    publish([project], reason="Clearer", at=day(2))
    project.status = "active"
    publish([project], reason="Was wrong", correction=True, at=day(3))
    project.amendments.create(number=0, value=123_750)
    project.amendments.create(number=1, value=200_000, amended_on=day(4).date())
    project.refresh_from_db()
    publish([project], reason="More money", at=day(4))
    withdraw(Project.objects.get(code="gpi-0011"), reason_en="Entered twice.", reason_fr="Saisi deux fois.", at=day(5))
    publish([Project.objects.get(code="gpi-0011")], reason="It was right", at=day(6))
    publish([Mineral.objects.create(code="peat", name_en="peat", name_fr="tourbe")], reason="New", at=day(7))


def changes(client, query: str = "") -> list[tuple[str, str]]:
    response = client.get(f"{URL}?{query}")
    return [(entry.after.code, entry.after.change) for entry in response.context["entries"]]


def test_every_change_is_listed_once_the_newest_first(client):
    assert changes(client) == [
        ("peat", "added"),
        ("gpi-0011", "restored"),
        ("gpi-0011", "withdrawn"),
        ("gpi-0008", "amended"),
        ("gpi-0008", "corrected"),
        ("gpi-0008", "edited"),
    ]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("date_from=2026-01-04", 4),
        ("date_to=2026-01-03", 2),
        ("date_from=2026-01-05&date_to=2026-01-05", 1),
        ("date_from=2026-02-01", 0),
        ("change=withdrawn&change=restored", 2),
        ("noun=mineral", 1),
        ("mineral=uranium", 3),
        ("recipient=northern-block", 2),
        ("program=gpi&noun=project", 5),
        ("q=uranium", 3),
        ("as_of=2026-01-03", 2),
    ],
)
def test_changes_are_filtered_like_the_registry(client, query, number):
    assert len(changes(client, query)) == number


def test_a_change_shows_the_field_before_and_after(client):
    page = client.get(f"{URL}?change=corrected").content.decode()
    assert "Status" in page
    assert "<ins>Active</ins>" in page
    assert "<del>Not stated</del>" in page


def test_an_amendment_shows_the_values_in_words(client):
    page = client.get(f"{URL}?change=amended").content.decode()
    assert "<del>$123,750</del>" in page
    assert "<ins>$200,000</ins>" in page


def test_the_count_of_a_kind_is_the_number_of_its_changes(client):
    facets = {each["facet"].name: each["values"] for each in client.get(URL).context["facets"]}
    for name in ("change", "noun", "mineral", "recipient"):
        for value in facets[name]:
            assert len(changes(client, f"{name}={value.value}")) == value.count, (name, value.value)


def test_a_name_that_changed_everywhere_is_a_change_of_each_record_that_shows_it(client):
    program = Program.objects.get(code="cmtp")
    program.name_fr = "Traçabilité"
    publish([program], reason="New name", at=day(8))
    codes = {code for code, _change in changes(client, "date_from=2026-01-08&page_size=50")}
    assert {"cmtp", "gpi-0007", "gpi-0008"} <= codes


def test_the_beginning_of_the_registry_is_not_a_change(client):
    assert changes(client, "date_to=2026-01-01") == []


def test_the_fields_of_a_change_stand_in_their_own_order_on_every_database(client):
    project = Project.objects.get(code="gpi-0010")
    project.title_en, project.amount, project.status = "Another title", 165_301, "active"
    publish([project], reason="Several", at=day(9))
    entry = client.get(f"{URL}?date_from=2026-01-09").context["entries"][0]
    assert [name for name, _before, _after in entry.fields()] == ["Title (English)", "Amount", "Status"]


def test_an_amendment_in_another_currency_is_written_in_it(client):
    project = Project.objects.get(code="gpi-0010")
    project.currency = "USD"
    project.save()
    project.amendments.create(number=0, value=100)
    project.refresh_from_db()
    publish([project], reason="In dollars of the United States", at=day(9))
    assert "0: US$100" in client.get(f"{URL}?date_from=2026-01-09").content.decode()
