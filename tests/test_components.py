"""A component that only one noun or only the staff has: a page that has it says what only it says there.

The components of every page are in the gallery, whose tests hold them to their samples.
"""

import re
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gpi_portal.publishing.publish import publish
from projects.models import Mineral, Project
from tests.projects.test_admin import admin_url, form_data

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).parents[1] / "templates"
ADVICE = "/en/find-a-stream/?organization=research&place=abroad"
COMPARED = "/en/projects/compare/?project=gpi-0001&project=gpi-0004&project=gpi-0007"
#: Component → a page, and words that nothing else says there.
SAYS = {
    "about/includes/contact.html": ("/en/about/terms/", "The operator of this portal has not given a contact address."),
    "about/includes/data_figures.html": ("/en/about/data/", "How totals are made"),
    "about/includes/search_example.html": ("/en/about/search/", "Records that have both words, in any order."),
    "about/includes/search_examples.html": ("/en/about/search/", "Rule Example What it finds"),
    "programs/includes/advice.html": (ADVICE, "Nothing that is stated speaks against it."),
    "programs/includes/calls.html": (ADVICE, "First day of the call"),
    "programs/includes/condition_point.html": (ADVICE, "names no other kind of organization"),
    "programs/includes/contact.html": (ADVICE, "cmce-cemc@nrcan-rncan.gc.ca"),
    "programs/includes/initiative_item.html": ("/en/programs/", "Geological Survey of Canada"),
    "programs/includes/questions.html": (ADVICE, "What kind of organization is it?"),
    "projects/includes/change_item.html": ("/en/changes/", "Cobalt made new"),
    "projects/includes/charts.html": ("/en/", "Canadian dollars Projects"),
    "projects/includes/charts_rule.html": ("/en/", "leads to exactly the projects that it counts"),
    "projects/includes/compare_form.html": (COMPARED, "What is ticked stays."),
    "projects/includes/compare_option.html": ("/en/projects/compare/", "Quartech Systems Ltd., $55,000"),
    "projects/includes/comparison.html": (COMPARED, "Those that differ come first."),
    "projects/includes/comparison_cell.html": (COMPARED, "Fortune Minerals is taking its engineering"),
    "projects/includes/comparison_key.html": (COMPARED, "Remove"),
    "projects/includes/comparison_rest.html": (COMPARED, "The same for all"),
    "projects/includes/comparison_table.html": (COMPARED, "What is compared"),
    "projects/includes/comparison_term.html": (COMPARED, "Agreement type"),
    "projects/includes/list_results.html": ("/en/projects/", "Newest first"),
    "projects/includes/look.html": ("/en/projects/", "See these projects on a map"),
    "projects/includes/maps.html": ("/en/projects/map/", "A mark stands in the middle of its province"),
    "projects/includes/mineral_table.html": ("/en/minerals/", "On the list since"),
    "projects/includes/project_item.html": ("/en/programs/gpi/", "Quartech Systems Ltd."),
    "projects/includes/projects_of.html": ("/en/programs/gpi/", "Total of these projects"),
    "projects/includes/recipient_meta.html": ("/en/recipients/optel/", "Québec City, Quebec"),
    "projects/includes/source_item.html": ("/en/sources/", "About CR3"),
}
#: Those of which a test of its own says so, here or in `gpi_portal/staff/test_given_back.py`.
OF_STAFF = {
    f"admin/includes/{name}.html"
    for name in ("citations", "doubts", "given_back", "language", "lines", "meanwhile", "record_breadcrumbs", "said")
}


@pytest.fixture
def cobalt() -> Mineral:
    return Mineral.objects.get(code="cobalt")


def words(response) -> str:
    """What a reader sees of a page, in one line."""
    html = re.sub(r"(?s)<(script|style|title).*?</\1>", "", response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_every_component_has_its_words():
    components = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("includes/*.html")}
    assert components == {*SAYS, *OF_STAFF, *(name for name in components if name.startswith("includes/"))}


@pytest.mark.parametrize("component", SAYS)
def test_a_component_of_a_page_says_its_words(client, cobalt, component):
    url, said = SAYS[component]
    cobalt.name_en = "Cobalt made new"
    cobalt.save()
    publish([cobalt])
    assert said in words(client.get(url))


def test_the_staff_are_asked_about_what_is_probably_a_slip(admin_client, cobalt):
    url = admin_url(cobalt, "change", cobalt.pk)
    page = words(admin_client.post(url, {**form_data(admin_client.get(url)), "name_en": "Nickel"}))
    assert "Is this meant?" in page
    assert "Yes, this is meant." in page


def test_the_staff_see_each_change_before_they_publish_it(admin_client, cobalt):
    cobalt.name_en = "Cobalt made new"
    cobalt.save()
    page = words(admin_client.get(f"{admin_url(cobalt, 'publish')}?codes=cobalt"))
    assert "Name (English) Cobalt Cobalt made new" in page


def test_the_staff_see_what_was_saved_while_their_form_was_open(admin_client, cobalt):
    other, url = Client(), admin_url(cobalt, "change", cobalt.pk)
    other.force_login(User.objects.create_superuser("Anna"))
    opened = form_data(admin_client.get(url))
    other.post(url, {**form_data(other.get(url)), "name_en": "Cobalt of Anna"})
    held = admin_client.post(url, {**opened, "name_en": "Cobalt of mine"})
    assert "Saved by Anna in the meantime" in words(held)
    assert "Name (English) Cobalt Cobalt of Anna Cobalt of mine" in words(held)
    assert 'type="radio" name="choose-name_en" value="saved"' in held.content.decode()


def test_the_staff_find_back_from_the_history_of_a_record(admin_client, cobalt):
    page = admin_client.get(admin_url(cobalt, "history", cobalt.pk)).content.decode()
    assert f'<a href="{admin_url(cobalt, "change", cobalt.pk)}">Cobalt</a>' in page


def test_the_staff_see_the_citations_of_a_record_below_its_form(admin_client):
    project = Project.objects.get(code="gpi-0001")
    page = words(admin_client.get(admin_url(project, "change", project.pk)))
    assert "Value as the source gives it Supports the value Note" in page
    assert "Add a citation" in page


def test_the_staff_choose_the_language_of_their_pages(admin_client):
    assert '<button name="language" value="fr" lang="fr">' in admin_client.get("/admin/").content.decode()


def test_the_staff_read_in_the_history_what_a_field_said_in_its_language(admin_client, cobalt):
    cobalt.name_fr = "Un autre cobalt"
    cobalt.save()
    page = admin_client.get(admin_url(cobalt, "history", cobalt.pk)).content.decode()
    assert '<span lang="fr">Cobalt</span> → <span lang="fr">Un autre cobalt</span>' in page
