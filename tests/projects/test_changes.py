"""What changed between two days, record by record and field by field."""

import datetime
import html
import re

import pytest

from gpi_portal.models import TORONTO, RegistryVersion
from gpi_portal.publishing.publish import publish, withdraw
from programs.models import Program
from projects.models import Mineral, Project, Recipient
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


#: Query → how many changes it leaves.
FILTERED = {
    "date_from=2026-01-04": 4,
    "date_to=2026-01-03": 2,
    "date_from=2026-01-05&date_to=2026-01-05": 1,
    "date_from=2026-02-01": 0,
    "date_from=9999-12-31": 0,
    "date_to=9999-12-31": 6,
    "change=withdrawn&change=restored": 2,
    "noun=mineral": 1,
    "mineral=uranium": 3,
    "recipient=northern-block": 2,
    "program=gpi&noun=project": 5,
    "q=uranium": 3,
    "as_of=2026-01-03": 2,
    "recipient_type=F&agreement_type=G&noun=project": 5,
    "agreement_type=C": 0,
    "status=active": 2,
    "change=withdrawn&status=none&amount_max=165300&certainty=stated": 1,
    "amount_min=165301": 1,
    "change=withdrawn&q=northern": 1,
    "fiscal_year=2024": 5,
    "own_program=cmtp": 5,
}


def test_changes_are_filtered_like_the_registry(client):
    assert {query: len(changes(client, query)) for query in FILTERED} == FILTERED


def test_a_change_shows_the_field_before_and_after(client):
    page = client.get(f"{URL}?change=corrected").content.decode()
    assert "Status" in page
    assert "<ins>Active</ins>" in page
    assert "Status Before Not stated After Active" in text_of(client, "change=corrected")


def test_an_amendment_shows_the_values_in_words(client):
    page = client.get(f"{URL}?change=amended").content.decode()
    assert "<del>$123,750</del>" in page
    assert "<ins>$200,000</ins>" in page


def test_the_count_of_a_kind_is_the_number_of_its_changes(client):
    facets = {entry["facet"].name: entry["values"] for entry in client.get(URL).context["facets"]}
    assert set(facets) > {"change", "noun", "mineral", "recipient", "agreement_type", "fiscal_year", "certainty"}
    for name, values in facets.items():
        for value in values:
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
    names = [change.name for change in entry.fields()]
    # What was cited for the amount and for the status is not said of what they are now.
    assert names == ["Title (English)", "Amount", "Status", "Citations", "Citations"]


def test_an_amendment_in_another_currency_is_written_in_it(client):
    project = Project.objects.get(code="gpi-0010")
    project.currency = "USD"
    project.save()
    project.amendments.create(number=0, value=100)
    project.refresh_from_db()
    publish([project], reason="In dollars of the United States", at=day(9))
    assert "Original agreement: total value after it US$100" in text_of(client, "date_from=2026-01-09")


def text_of(client, query: str, language: str = "en") -> str:
    """The words of the first change of a list, one space between them."""
    page = client.get(f"{address('projects:changes', language)}?{query}").content.decode()
    item = re.search(r'<li class="result" id="v.*?</li>', page, re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", item)).split())


def test_each_amendment_is_a_line_of_its_own_and_of_a_known_one_only_what_differs(client):
    project = Project.objects.get(code="gpi-0008")
    last = project.amendments.get(number=1)
    last.value, last.reason_en, last.reason_fr = 210_000, "Rounded", "Arrondi"
    last.save()
    project.amendments.create(number=2, value=220_000, amended_on=day(9).date())
    project.refresh_from_db()
    publish([project], reason="More money still", at=day(9))
    text = text_of(client, "date_from=2026-01-09")
    assert "Amendment 1: total value after it Before $200,000 After $210,000" in text
    assert "Amendment 1: reason Before Not stated After Rounded" in text
    assert "Amendments Before Not stated After Amendment 2: date January 9, 2026" in text
    assert "$123,750" not in text


def test_of_the_citations_only_those_are_shown_that_changed(client):
    project = Project.objects.get(code="gpi-0010")
    citation = project.citations.filter(field="amount", source__isnull=False).first()
    citation.value = "$165,300.00"
    citation.save()
    project.citations.create(field="status", certainty="inferred", note_en="Because.", note_fr="Parce que.")
    publish([project], reason="Sources", at=day(9))
    text = text_of(client, "date_from=2026-01-09")
    assert f"Amount ({citation.source.title_en}): value as the source gives it" in text
    assert "After $165,300.00" in text
    assert "Citations Before Not stated After Status: certainty Inferred by staff, note Because." in text
    assert text.count("Before") == 2, text


def test_a_record_that_was_edited_before_it_was_published_again_says_what_differs(client):
    project = Project.objects.get(code="gpi-0011")
    withdraw(project, reason_en="Wrong.", reason_fr="Erroné.", at=day(9))
    project.amount = 1000
    project.save()
    publish([project], reason="Right now", at=day(10))
    assert "published again" in text_of(client, "date_from=2026-01-10")
    assert "Amount Before $165,300 After $1,000" in text_of(client, "date_from=2026-01-10")
    assert "Before" not in text_of(client, "date_from=2026-01-06&date_to=2026-01-06")


def test_a_text_of_one_language_is_shown_once_on_each_page_and_says_which_if_it_is_the_other(client):
    project = Project.objects.get(code="gpi-0010")
    project.title_en, project.title_fr, project.description_fr = "English now", "Français maintenant", "Décrit ainsi."
    publish([project], reason="Texts", at=day(9))
    english, french = (text_of(client, "date_from=2026-01-09", language) for language in ("en", "fr"))
    assert "English now" in english
    assert "Français maintenant" in french
    assert "Description (in French)" in english
    assert "Décrit ainsi." in english
    assert "Français maintenant" not in english
    assert "English now" not in french
    assert "(en" not in french.partition("Description")[2]


def test_a_record_that_only_shows_what_changed_elsewhere_says_so(client):
    recipient = Recipient.objects.get(code="optel")
    recipient.aliases += "\nAnother name"
    publish([recipient], reason="Alias", at=day(9))
    text = text_of(client, "date_from=2026-01-09&noun=project")
    assert f"Nothing of its own: another record that it shows changed ({recipient.name_en})." in text
