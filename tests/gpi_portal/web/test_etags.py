"""Every page says which data version it shows, and a kept copy holds until that, the day or the release changes."""

import datetime

import pytest

from gpi_portal.models import RegistryVersion
from gpi_portal.publishing.publish import publish
from projects.models import Project
from tests.site import PAGES, address

pytestmark = pytest.mark.django_db

PROJECT = "/en/projects/gpi-0001/"


def rename():
    project = Project.objects.get(code="gpi-0002")
    project.title_en = "A clearer title"
    return publish([project], reason="Clearer")


@pytest.mark.parametrize(("language", "words"), [("en", "Data version 1, {}"), ("fr", "Version 1 des données, {}")])
def test_every_page_says_its_data_version(site_pages, language, words):
    expected = words.format(RegistryVersion.objects.latest().day)
    assert [url for url, page in site_pages[language].items() if expected not in page.text] == []


def test_the_data_version_leads_to_what_it_changed(client):
    number = rename().number
    assert f"/en/changes/?version={number}" in client.get(PROJECT).content.decode()
    changes = client.get(address("projects:changes") + f"?version={number}").context["entries"]
    assert [entry.after.code for entry in changes if entry.after.change == "edited"] == ["gpi-0002"]
    assert {entry.after.valid_from_id for entry in changes} == {number}


@pytest.mark.parametrize("name", PAGES)
def test_a_kept_copy_is_confirmed_until_the_registry_changes(client, name):
    url = address(name)
    kept = {"If-None-Match": client.get(url).headers["ETag"]}
    again = client.get(url, headers=kept)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == kept["If-None-Match"]
    rename()
    assert client.get(url, headers=kept).status_code == 200


def test_confirming_a_kept_copy_takes_one_query(client, django_assert_num_queries):
    kept = {"If-None-Match": client.get(PROJECT).headers["ETag"]}
    with django_assert_num_queries(1):
        assert client.get(PROJECT, headers=kept).status_code == 304


def test_a_kept_copy_does_not_outlive_its_day(client, monkeypatch):
    kept = {"If-None-Match": client.get(PROJECT).headers["ETag"]}
    tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    assert client.get(PROJECT, headers=kept).status_code == 200


def test_each_address_has_a_tag_of_its_own(client):
    urls = [PROJECT, "/fr/projets/gpi-0001/", "/en/projects/", "/en/projects/?q=uranium", "/en/projects/?q=cobalt"]
    assert len({client.get(url).headers["ETag"] for url in urls}) == len(urls)


@pytest.mark.parametrize(
    ("version", "words"),
    [("0", "Ensure"), ("x", "whole number"), ("99999999999", "Ensure"), ("99", "There is no such value")],
)
def test_a_version_that_cannot_be_is_an_error_beside_its_field(client, version, words):
    page = client.get(address("projects:changes") + f"?version={version}")
    assert page.status_code == 200
    assert page.context["answer"] is None
    assert words in page.content.decode()


def test_the_first_version_is_said_to_be_the_first_publication(client):
    page = client.get(address("projects:changes") + "?version=1").content.decode()
    assert "This is the first publication of the registry" in page
    assert "No change is recorded" not in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_record_tells_its_own_history(client, language):
    number, day = rename().number, RegistryVersion.objects.latest().day
    url = address("projects:project", language, code="gpi-0002")
    page = client.get(url)
    assert [version.valid_from_id for version in page.context["history"]] == [number, 1]
    for other in (number, 1):
        assert f'href="?as_of={day}.{other}"' in page.content.decode()
    assert f"?version={number}#v{number}-project-gpi-0002" in page.content.decode()
    assert (
        f'id="v{number}-project-gpi-0002"'
        in client.get(f"{address('projects:changes')}?version={number}").content.decode()
    )
