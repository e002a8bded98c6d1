"""A noun that declares its columns, and nothing else of its own, is everywhere where the others are."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from gpi_portal.models import TORONTO, PublishedVersion, RegistryVersion
from projects.models import Project, Source
from tests.projects.test_admin import edit, form_data, publish
from tests.results.models import Result

pytestmark = pytest.mark.django_db

LIST = {"en": "/en/results/", "fr": "/fr/resultats/"}
VALUES = {
    "code": "jobs-2025",
    "name_en": "Zinc smelter jobs",
    "name_fr": "Emplois à la fonderie de zinc",
    "description_en": "People who worked at the pilot plant.",
    "description_fr": "Personnes qui ont travaillé à l’usine pilote.",
    "number": "1250",
    "measured_on": "2025-03-31",
}


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("staff"))
    return client


@pytest.fixture
def result(staff):
    """A result that was typed into the staff's form and published, and then published again with another number."""
    form = staff.get(reverse("admin:results_result_add"))
    links = {"project": Project.objects.get(code="gpi-0001").pk, "source": Source.objects.earliest("code").pk}
    response = staff.post(reverse("admin:results_result_add"), {**form_data(form), **VALUES, **links})
    assert response.status_code == 302, response.context["errors"]
    result = Result.objects.get()
    publish(staff, result)
    RegistryVersion.objects.update(published_at=datetime.datetime.now(TORONTO) - datetime.timedelta(days=3))
    edit(staff, result, number="1300")
    publish(staff, result)
    return Result.objects.get()


def text(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


SAID = {
    "en": "Zinc smelter jobs|People employed|1300|Day of the count|March 31, 2025|Source|Project",
    "fr": "Emplois à la fonderie de zinc|Personnes employées|1300|Jour du dénombrement|31 mars 2025|Source|Projet",
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_page_says_what_the_columns_hold_and_links_to_what_they_name(client, result, language):
    page = text(client, f"{LIST[language]}jobs-2025/")

    assert [words for words in SAID[language].split("|") if words not in page] == []
    assert f'href="/{language}/{"projects" if language == "en" else "projets"}/gpi-0001/"' in page
    assert f'/sources/#{result.source.code}"' in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_list_counts_for_each_facet_what_the_filter_finds(client, result, language):
    response = client.get(LIST[language])
    groups = {group["facet"].name: group["values"] for group in response.context["facets"]}

    assert set(groups) == {"project", "source"}
    for name, values in groups.items():
        for value in values:
            found = client.get(LIST[language], {name: value.value}).context["answer"].count
            assert (value.count, found) == (1, 1)
    assert client.get(LIST[language], {"project": "none"}).context["answer"].count == 0
    assert client.get(LIST[language], {"project": "nothing"}).context["answer"] is None


@pytest.mark.parametrize(
    ("language", "word", "reason"),
    [("en", "smelter", ""), ("en", "fonderie", "Found in name (French):"), ("fr", "people", "description (anglais)")],
)
def test_the_search_finds_it_and_says_what_it_found(client, result, language, word, reason):
    for url in (LIST[language], reverse_in(language, "search")):
        page = text(client, f"{url}?q={word}")
        assert f"{LIST[language]}jobs-2025/" in page
        assert reason in page


def reverse_in(language, name):
    with translation.override(language):
        return reverse(name)


def test_a_past_day_shows_it_as_it_stood(client, result):
    yesterday = datetime.datetime.now(TORONTO).date() - datetime.timedelta(days=1)

    assert "1250" in text(client, f"/en/results/jobs-2025/?as_of={yesterday}")
    assert client.get("/en/results/", {"as_of": yesterday}).context["answer"].count == 1


@pytest.mark.parametrize(("language", "name"), [("en", "People employed"), ("fr", "Personnes employées")])
def test_the_changes_name_the_column_and_both_values(client, result, language, name):
    url = f"{reverse_in(language, 'projects:changes')}?noun=result"

    assert [words for words in (name, "1250", "1300") if words not in text(client, url)] == []


def test_the_staff_see_its_history_and_find_it(staff, result):
    history = text(staff, reverse("admin:results_result_history", args=(result.pk,)))

    assert [words for words in ("1250", "1300", "People employed") if words not in history] == []
    assert "jobs-2025" in text(staff, f"{reverse('admin:results_result_changelist')}?q=fonderie")


def test_a_text_in_one_language_only_is_not_published(staff, result):
    edit(staff, result, description_fr="")
    page = publish(staff, result).content.decode()

    assert "description (French)" in page
    assert PublishedVersion.objects.public().get(noun="result").document["description_fr"]


def test_it_is_withdrawn_with_a_reason_and_leaves_a_tombstone(staff, client, result):
    form = staff.get(reverse("admin:results_result_withdraw", args=(result.pk,))).context["form"]
    shown = {bound.html_name: bound.value() or "" for bound in form if bound.is_hidden}
    reasons = {"reason_en": "Counted twice", "reason_fr": "Compté deux fois"}
    staff.post(reverse("admin:results_result_withdraw", args=(result.pk,)), {**shown, **reasons})

    assert client.get("/en/results/jobs-2025/").status_code == 410
    assert client.get("/en/results/").context["answer"].count == 0
