"""The timeline of an agreement says what each amendment changed and when the public first saw it, and adds nothing."""

import datetime
import html
import itertools
import re
from decimal import Decimal

import pytest
from django.utils import translation

from gpi_portal.models import TORONTO, PublishedVersion, RegistryVersion
from gpi_portal.publishing.publish import publish, withdraw
from projects.models import Project
from projects.registry import projects_where
from projects.timeline import timeline_of
from tests.site import address

pytestmark = pytest.mark.django_db

CODE = "gpi-0011"


def at(day: int) -> datetime.datetime:
    return datetime.datetime(2026, 3, day, 12, tzinfo=TORONTO)


@pytest.fixture(autouse=True)
def first_publication():
    RegistryVersion.objects.update(published_at=at(1))


def amend(day: int, *rows: dict, **fields) -> None:
    """Publish the project on a day of March 2026 with these amendments and no others."""
    Project.objects.filter(code=CODE).update(**fields)
    project = Project.objects.get(code=CODE)
    project.amendments.all().delete()
    for row in rows:
        project.amendments.create(**row)
    project.refresh_from_db()
    publish([project], reason="Amended", at=at(day))


def row(number: int, value: str, amended_on: str | None = None, end_date: str | None = None, **more) -> dict:
    dates = {"amended_on": amended_on, "end_date": end_date}
    days = {name: datetime.date.fromisoformat(day) if day else None for name, day in dates.items()}
    return {"number": number, "value": Decimal(value), **days, **more}


def timeline():
    return timeline_of(PublishedVersion.objects.public().get(noun="project", code=CODE))


def said(language: str = "en") -> list[list[str]]:
    with translation.override(language):
        return [[change.replace("\u00a0", " ") for change in state.changes] for state in timeline().states]


def page(client, language: str = "en", query: str = "") -> str:
    text = html.unescape(client.get(address("projects:project", language, code=CODE) + query).content.decode())
    return text.replace("\u00a0", " ")


def cells(text: str) -> list[list[str]]:
    """The words of the timeline's table, row by row."""
    body = re.search(r'<table class="table timeline".*?<tbody[^>]*>(.*?)</tbody>', text, re.DOTALL)[1]
    plain = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells] for cells in plain]


ORIGINAL = row(0, "165300.00", end_date="2026-03-31")
RAISED = row(1, "200000.55", "2025-06-01", "2027-03-01", reason_en="A second mine.", reason_fr="Une deuxième mine.")


def test_an_agreement_without_amendments_has_no_timeline(client):
    assert timeline() is None
    assert 'id="amendments"' not in page(client)


def test_an_amendment_says_what_changed_in_both_languages():
    amend(2, ORIGINAL, RAISED)
    assert said() == [
        ["The original agreement"],
        [
            "Value up by $34,700.55, from $165,300 to $200,000.55",
            "End date later: from March 31, 2026 to March 1, 2027",
        ],
    ]
    assert said("fr") == [
        ["L’entente initiale"],
        [
            "Valeur en hausse de 34 700,55 $, de 165 300 $ à 200 000,55 $",
            "Date de fin reportée du 31 mars 2026 au 1er mars 2027",
        ],
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (row(0, "5"), row(1, "5", "2025-01-01"), ["Value unchanged"]),
        (row(0, "9"), row(1, "5", "2025-01-01"), ["Value down by $4, from $9 to $5"]),
        (
            row(0, "5"),
            row(1, "5", "2025-01-01", "2026-05-01"),
            ["Value unchanged", "End date now stated: May 1, 2026"],
        ),
        (
            row(0, "5", end_date="2026-05-01"),
            row(1, "5", "2025-01-01"),
            ["Value unchanged", "End date no longer stated; before, it was May 1, 2026"],
        ),
        (
            row(0, "5", end_date="2026-05-01"),
            row(1, "0", "2025-01-01", "2025-02-01", terminates=True),
            [
                "Value down by $5, from $5 to $0",
                "End date earlier: from May 1, 2026 to February 1, 2025",
                "The agreement ends early",
            ],
        ),
        (
            row(1, "5", "2025-01-01", terminates=True),
            row(4, "5", "2025-02-01"),
            [
                "Value unchanged",
                "The agreement no longer ends early",
                "Compared with amendment 1: what lies between is not recorded",
            ],
        ),
    ],
)
def test_a_change_is_said_in_words(before, after, words):
    amend(2, before, after)
    assert said()[1] == words


def test_amounts_below_zero_and_in_another_currency_are_said_as_they_are():
    amend(2, row(0, "-500"), row(1, "1234.5", "2025-01-01"), origin="federal", currency="USD")
    assert said()[1] == ["Value up by US$1,734.50, from −US$500 to US$1,234.50"]
    assert said("fr")[1] == ["Valeur en hausse de 1 734,50 $ US, de −500 $ US à 1 234,50 $ US"]


def test_an_original_that_no_source_gives_is_not_made_up(client):
    amend(2, row(2, "165300", "2025-06-01"))
    assert said() == [["Not known: no earlier state is recorded"]]
    text = page(client)
    assert "The original agreement is not recorded." in text
    assert "Amendment 1 is not recorded." in text
    assert len(cells(text)) == 1
    assert "L’entente initiale n’est pas consignée." in page(client, "fr")


def test_the_table_gives_each_state_and_names_the_current_one(client):
    amend(2, ORIGINAL, RAISED)
    original, raised = cells(page(client))
    assert original[:4] == ["0", "Not stated", "$165,300", "2026-03-31"]
    assert raised[:4] == ["1 current", "2025-06-01", "$200,000.55", "2027-03-01"]
    assert raised[5:] == ["A second mine.", "2026-03-02"]
    assert cells(page(client, "fr"))[1][:4] == ["1 actuelle", "2025-06-01", "200 000,55 $", "2027-03-01"]


def test_the_current_value_is_that_of_the_registry_and_no_total_counts_two(client):
    before = projects_where().total.sums["CAD"]
    amend(2, ORIGINAL, RAISED)
    assert projects_where(recipient="northern-block").total.sums == {"CAD": Decimal("200000.55")}
    assert projects_where().total.sums["CAD"] == before + Decimal("34700.55")


def test_each_state_has_the_day_on_which_the_public_first_saw_it():
    amend(2, ORIGINAL)
    amend(3, ORIGINAL, RAISED)
    amend(4, ORIGINAL, RAISED, status="active")
    amend(5, ORIGINAL, {**RAISED, "value": Decimal(200_000)}, row(2, "1", "2025-07-01"))
    days = [(state.shown_on.day, state.corrected_on and state.corrected_on.day) for state in timeline().states]
    assert days == [(2, None), (3, 5), (5, None)]


def test_an_edit_that_is_not_published_is_not_in_the_timeline(client):
    amend(2, ORIGINAL)
    Project.objects.get(code=CODE).amendments.create(**RAISED)
    assert len(timeline().states) == 1
    assert "200,000.55" not in page(client)


def test_an_amendment_that_was_taken_back_counts_from_its_return():
    amend(2, ORIGINAL, RAISED)
    amend(3, ORIGINAL)
    amend(4, ORIGINAL, RAISED)
    assert [state.shown_on.day for state in timeline().states] == [2, 4]


def test_a_withdrawal_does_not_hide_what_the_public_saw_before(client):
    amend(2, ORIGINAL)
    project = Project.objects.get(code=CODE)
    withdraw(project, reason_en="Entered twice.", reason_fr="Saisi deux fois.", at=at(3))
    assert client.get(address("projects:project", code=CODE)).status_code == 410
    publish([project], reason="It was right", at=at(4))
    assert [state.shown_on.day for state in timeline().states] == [2]


def test_a_past_day_shows_the_timeline_of_that_day(client):
    amend(2, ORIGINAL)
    amend(10, ORIGINAL, RAISED)
    assert 'id="amendments"' not in page(client, query="?as_of=2026-03-01")
    past = page(client, query="?as_of=2026-03-05")
    assert [row[0] for row in cells(past)] == ["0 current"]
    assert 'class="step-line"' not in past
    assert [row[0] for row in cells(page(client))] == ["0", "1 current"]


# --- The drawing ------------------------------------------------------------------------------------


def test_the_drawing_leads_to_the_rows_of_the_table(client):
    amend(2, ORIGINAL, RAISED)
    text = page(client)
    drawing = re.search(r'<svg class="step-line".*?</svg>', text, re.DOTALL)[0]
    assert re.findall(r'href="#([^"]+)"', drawing) == re.findall(r'<tr id="([^"]+)"', text)
    assert "Since the original agreement: value up by $34,700.55" in text


@pytest.mark.parametrize(
    ("rows", "fields", "to_scale"),
    [
        ((row(0, "1"), row(1, "2", "2025-01-01")), {"start_date": "2024-01-01"}, True),
        ((row(0, "1"), row(1, "2", "2025-01-01")), {}, False),
        ((row(0, "1", "2025-02-01"), row(1, "2", "2025-01-01")), {}, False),
        ((row(0, "1", "2025-01-01"), row(1, "2", "2025-01-01")), {}, False),
    ],
)
def test_dates_are_a_scale_only_where_all_are_known_in_order(client, rows, fields, to_scale):
    amend(2, *rows, **fields)
    assert timeline().line.to_scale is to_scale
    assert ("Drawn to the scale of the dates" in page(client)) is to_scale


def test_twenty_amendments_are_all_listed_and_drawn_inside_the_drawing(client):
    days = [datetime.date(2020, 1, 1) + datetime.timedelta(days=90 * number) for number in range(20)]
    amend(2, *(row(number, str((number * 7) % 11 * 1000), str(day)) for number, day in enumerate(days)))
    assert len(cells(page(client))) == 20
    line = timeline().line
    assert len(line.points) == 20
    shares = [float(share.removesuffix("%")) for run in line.runs for share in run]
    assert min(shares) >= 0
    assert max(shares) <= 100
    named = [float(point.x.removesuffix("%")) for point in line.points if point.named]
    assert all(later - earlier >= 7 for earlier, later in itertools.pairwise(named))
    assert line.points[-1].named
