"""What the public saw on a past day comes back exactly."""

import datetime
import re

import pytest
from django.db import transaction
from django.utils import translation

from gpi_portal.models import TORONTO, PublishedVersion, RegistryVersion
from gpi_portal.publishing.publish import publish, withdraw
from programs.models import Program
from projects.models import Project, Recipient
from tests.site import address, every_address, one_of_each

pytestmark = pytest.mark.django_db

FIRST = datetime.date(2026, 1, 10)
CHOSEN = {
    "projects:compare": "?project=gpi-0001&project=gpi-0002",
    "projects:compare-recipients": "?recipient=optel&recipient=world-bank",
    "programs:find-a-stream": "?organization=research",
    "search": "?q=mining",
}
LISTS = ("?q=uranium", "?mineral=cobalt&order=-amount", "?program=gpi", "?agreement_type=none", "?amount_min=200000")


def noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), TORONTO)


@pytest.fixture(autouse=True)
def published_in_january():
    RegistryVersion.objects.update(published_at=noon(FIRST))


def rename_a_recipient(at):
    recipient = Recipient.objects.get(code="northern-block")
    recipient.name_en = recipient.name_fr = "Bloc du Nord"
    publish([recipient], reason="New name", at=at)


def rename_a_program(at):
    program = Program.objects.get(code="cmtp")
    program.name_en = "Traceability Renamed"
    publish([program], reason="New name", at=at)


def amend_a_project(at):
    project = Project.objects.get(code="gpi-0008")
    project.amendments.create(number=0, value=123_750)
    project.amendments.create(number=1, value=999_999, amended_on=at.date(), reason_en="More", reason_fr="Plus")
    project.refresh_from_db()
    publish([project], reason="Amended", at=at)


def withdraw_a_project(at):
    project = Project.objects.get(code="gpi-0001")
    withdraw(project, reason_en="Entered twice.", reason_fr="Saisi deux fois.", at=at)


def publish_it_again(at):
    publish([Project.objects.get(code="gpi-0001")], reason="It was right", at=at)


CHANGES = [rename_a_recipient, rename_a_program, amend_a_project, withdraw_a_project, publish_it_again]


def pages(language: str) -> list[str]:
    registry = address("projects:list", language)
    return [url for url in every_address(language) if "about" not in url] + [registry + query for query in LISTS]


def touched(language: str) -> set[str]:
    """The pages of all records of which the changes make a new version."""
    with transaction.atomic():
        for change in CHANGES:
            change(noon(FIRST + datetime.timedelta(days=1)))
        versions = PublishedVersion.objects.exclude(valid_from=1).exclude(noun="source")
        with translation.override(language):
            found = {version.get_absolute_url() for version in versions}
        transaction.set_rollback(True)
    return found


def read(client, url: str, day: datetime.date | None = None) -> tuple[int, str]:
    """Status and main part of a page, without what only tells that it is a past day."""
    if day:
        url += f"{'&' if '?' in url else '?'}as_of={day}"
    response = client.get(url)
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    main = re.sub(r'<details class="filter-group" id="group-as-of".*?</details>', "", main, flags=re.DOTALL)
    main = re.sub(r'<details class="disclosure cite">.*?</details>', "", main, flags=re.DOTALL)
    main = re.sub(r'<input type="hidden" name="as_of" value="[\d-]+">', "", main)
    main = re.sub(r'"\?as_of=[\d-]+"', '"?"', main)
    main = re.sub(r"\?as_of=[\d-]+&amp;", "?", main)
    return response.status_code, re.sub(r"(\?|&amp;)as_of=[\d-]+", "", main)


@pytest.mark.walks
def test_every_page_of_every_past_day_comes_back_exactly(client, whole):
    """Every page that is there once and every record that one of the changes touches; of the rest some, or all."""
    urls = {*one_of_each("en"), *pages("en")[-len(LISTS) :], *touched("en"), *pages("fr")[1::20]}
    urls |= {*pages("en"), *pages("fr")} if whole else set()
    urls = {url for url in urls if "about" not in url and not url.endswith("/corrections/")}
    days = {FIRST: {url: read(client, url) for url in urls}}
    for number, change in enumerate(CHANGES, start=1):
        day = FIRST + datetime.timedelta(days=10 * number)
        change(noon(day))
        days[day] = {url: read(client, url) for url in urls}
    for day, snapshot in days.items():
        for url, page in snapshot.items():
            assert read(client, url, day) == page, (day, url)
    quiet_day = FIRST + datetime.timedelta(days=15)
    page = address("projects:recipients")
    assert read(client, page, quiet_day) == days[FIRST + datetime.timedelta(days=10)][page]


def test_a_past_day_says_so_and_leads_back_to_today(client):
    url = address("projects:list")
    page = client.get(f"{url}?mineral=cobalt&as_of={FIRST}").content.decode()
    assert "January\u00a010, 2026" in page
    assert "data version 1" in page
    assert 'href="?mineral=cobalt"' in page


#: What leads away from a past day: to today, to another day, to the form for reports and to what was decided of them.
LEAVING = re.compile(
    r'<section class="[^"]*moment-banner".*?</section>|<p class="report-link">.*?</p>|<a href="/../corrections/">'
    r'|<ol class="history".*?</ol>',
    re.DOTALL,
)


@pytest.mark.on_one_database
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_link_and_every_form_of_a_past_day_stay_on_it(client, language):
    day = FIRST + datetime.timedelta(days=1)
    rename_a_recipient(noon(day + datetime.timedelta(days=1)))
    wrong = set()
    chosen = [address(name, language) + query for name, query in CHOSEN.items()]
    for url in [url for url in (*pages(language), *chosen) if not url.endswith("/corrections/")]:
        body = client.get(f"{url}{'&' if '?' in url else '?'}as_of={day}").content.decode().partition("<body>")[2]
        links = re.findall(r'<a [^>]*href="((?:/|\?)[^"]*)"', LEAVING.sub("", body))
        wrong |= {(url, link) for link in links if f"as_of={day}" not in link}
        forms = re.findall(r'<form [^>]*method="get".*?</form>', body, re.DOTALL)
        wrong |= {(url, form[:90]) for form in forms if not re.search(rf'name="as_of" value="{day}"', form)}
    assert not sorted(wrong)


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        ("2999-01-01", "has not come yet", "est à venir"),
        ("2026-01-09", "begins on January", "commence le 10"),
        ("2026-02-30", "YYYY-MM-DD", "AAAA-MM-JJ"),
        ("yesterday", "YYYY-MM-DD", "AAAA-MM-JJ"),
        ("%00", "YYYY-MM-DD", "AAAA-MM-JJ"),
    ],
)
@pytest.mark.parametrize("name", ["projects:list", "projects:overview", "programs:list", "projects:minerals", "search"])
def test_a_day_that_cannot_be_shown_is_an_error_and_no_guess(client, name, day, english, french):
    for language, words in (("en", english), ("fr", french)):
        response = client.get(f"{address(name, language)}?as_of={day}")
        page = response.content.decode()
        assert response.status_code == 200
        assert words in page.replace("\u00a0", " ")
        assert "result-title" not in page


def test_a_day_before_the_record_was_public_has_no_such_record(client):
    project = Project.objects.get(code="gpi-0002")
    project.pk, project.code, project.public_code = None, "gpi-0099", ""
    project.save()
    publish([project], reason="New", at=noon(FIRST + datetime.timedelta(days=5)))
    url = address("projects:project", code="gpi-0099")
    assert client.get(url).status_code == 200
    answer = client.get(f"{url}?as_of={FIRST}")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "has been public since January\u00a015, 2026 (data version 2)" in page
    assert f'<a href="{url}">The record as it is now</a>' in page
    assert "Back to today" in page
    assert client.get(f"{url}cite.bib?as_of={FIRST}").status_code == 404
    assert client.get(address("projects:project", code="nothing") + f"?as_of={FIRST}").status_code == 404


@pytest.mark.on_one_database
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_link_of_a_drawing_of_a_past_day_stays_on_it(client, language):
    project, day = Project.objects.get(code="gpi-0001"), FIRST + datetime.timedelta(days=1)
    place = {"latitude": "63.5", "longitude": "-116.7", "precision": "region"}
    project.locations.filter(kind="site", province="NT").update(**place)
    publish([project], reason="Where it is", at=noon(day))
    rename_a_recipient(noon(day + datetime.timedelta(days=1)))
    drawings = [address("projects:map-drawing", language, sheet=sheet) for sheet in ("canada", "world")]
    drawings.append(address("projects:chart-drawing", language, facet="mineral"))
    links = [re.findall(r'href="([^"]*)"', client.get(f"{url}?as_of={day}").content.decode()) for url in drawings]
    assert all(links)
    assert any("/gpi-0001/" in link for link in links[0])
    assert [link for of_page in links for link in of_page if f"as_of={day}" not in link] == []


def test_the_files_of_a_past_day_hold_what_its_page_shows(client):
    day = FIRST + datetime.timedelta(days=1)
    amend_a_project(noon(day + datetime.timedelta(days=1)))
    overview = client.get(f"/en/?as_of={day}").content.decode()
    files = re.findall(r'href="(/en/projects/charts/[^"]+\.csv[^"]*)"', overview)
    assert files
    assert all(f"as_of={day}" in file for file in files)
    streams = next(file for file in files if "stream.csv" in file)
    assert client.get(streams).content != client.get(streams.partition("?")[0]).content
