"""How sure a value is has one set of words, and a record of which nothing is cited is not called "not stated"."""

import html

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from gpi_portal.i18n.glossary import terms
from gpi_portal.i18n.languages import capitalized
from gpi_portal.publishing.publish import publish
from projects.facets import PROJECT_FACETS
from projects.models import Project
from projects.models.provenance import Certainty
from tests.projects.test_registry import ask
from tests.site import address

pytestmark = pytest.mark.django_db

CERTAINTY = next(facet for facet in PROJECT_FACETS if facet.name == "certainty")


@pytest.fixture
def without_citations():
    project = Project.objects.get(code="gpi-0001")
    project.citations.all().delete()
    publish([project], reason="Nothing is cited")


@pytest.mark.parametrize(("language", "said"), [("en", "No source recorded"), ("fr", "Aucune source consignée")])
def test_a_filter_calls_what_nothing_is_cited_for_as_the_record_does(client, without_citations, language, said):
    project = client.get(address("projects:project", language, code="gpi-0001")).content.decode()
    assert said in html.unescape(project)
    page = client.get(f"{address('projects:list', language)}?certainty=none")
    assert {row.code for row in page.context["answer"].rows} == {"gpi-0001"}
    assert [chip["value"] for chip in page.context["chips"]] == [said]
    values = next(group["values"] for group in page.context["facets"] if group["facet"] == CERTAINTY)
    assert [value.label for value in values if value.value == "none"] == [said]


def test_what_a_record_does_not_state_is_called_so_in_every_other_filter(client):
    page = client.get(f"{address('projects:list')}?mineral=none&stream=none")
    assert [chip["value"] for chip in page.context["chips"]] == ["Not stated", "Not stated"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("certainty", Certainty.values)
def test_page_and_filter_say_the_same_of_a_certainty(language, certainty):
    with override(language):
        label = str(Certainty(certainty).label)
        drawn = html.unescape(render_to_string("includes/certainty.html", {"certainty": certainty}))
        names = {value.value: value.label for value in ask(f"certainty={certainty}").facet(CERTAINTY)}
    assert drawn.strip().endswith(f"</svg>\n{capitalized(label)}</span>")
    assert label in names[certainty]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("certainty", ["stated", "inferred", "added"])
def test_the_glossary_explains_a_certainty_under_its_own_words(language, certainty):
    with override(language):
        assert str(terms()[certainty].name) == capitalized(Certainty(certainty).label)
