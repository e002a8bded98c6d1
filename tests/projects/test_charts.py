"""Charts and maps say what the list says: the figures of a mark are those of the rows to which it leads."""

import csv
import io
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from gpi_portal.publishing.publish import publish
from projects.charts import charts, maps, marks, without_place
from projects.facets import CHART_FACETS, PLACES
from projects.models import Mineral, Project, Recipient
from projects.registry import ProjectAnswer, projects_where
from tests.projects.test_registry import QUERIES, ask
from tests.site import address

pytestmark = pytest.mark.django_db

ALL = [*QUERIES, "mineral=none&order=title", "fiscal_year=2024&page=3", "location=none", "q=nothingatall"]
DRAWN = [*CHART_FACETS, PLACES]


def figures(answer: ProjectAnswer) -> tuple[int, Decimal]:
    return answer.count, sum(answer.total.sums.values())


@pytest.mark.parametrize("query", ALL)
def test_a_mark_leads_to_exactly_the_rows_that_it_counts(query):
    whole, data = ask(query), QueryDict(query)
    inside = {row.code for row in whole.rows}
    found = [mark for chart in charts(whole, data) for mark in chart.marks]
    found += [mark for sheet in maps(whole, data) for mark in sheet.marks]
    for mark in found:
        alone = ask(mark.url.removeprefix("?"))
        assert (mark.count, mark.amount or 0) == figures(alone), mark
        assert {row.code for row in alone.rows} <= inside, mark
        assert "page=" not in mark.url


@pytest.mark.parametrize("query", ALL)
def test_a_chart_says_what_its_facet_says(query):
    answer = ask(query)
    for facet in DRAWN:
        facet_says = {value.value: (value.count, value.money) for value in answer.facet(facet)}
        for mark in marks(answer, facet, QueryDict(query)):
            assert facet_says[mark.value] == (mark.count, mark.money)


@pytest.mark.parametrize("query", ALL)
def test_the_marks_of_what_does_not_overlap_add_up_to_the_list(query):
    answer = ask(query)
    for chart in charts(answer, QueryDict(query)):
        if not chart.facet.overlaps:
            assert sum(mark.count for mark in chart.marks) == answer.count
            assert sum(mark.amount or 0 for mark in chart.marks) == sum(answer.total.sums.values())


def test_the_chart_of_a_filter_in_force_shows_what_is_chosen():
    mineral = {chart.facet.name: chart for chart in charts(ask("mineral=cobalt"), QueryDict("mineral=cobalt"))}[
        "mineral"
    ]
    assert [mark.value for mark in mineral.marks] == ["cobalt"]
    assert mineral.chosen


def test_what_is_not_stated_is_drawn_last_and_listed_beside_the_map():
    answer = projects_where()
    by_name = {chart.facet.name: chart for chart in charts(answer, QueryDict())}
    assert by_name["mineral"].marks[-1].value == by_name["fiscal_year"].years[-1].value == "none"
    assert without_place(answer, QueryDict()).count == ask("location=none").count == 9


def test_the_map_knows_the_places_of_the_real_registry():
    canada, world = maps(projects_where(), QueryDict())
    assert {mark.value for mark in canada.marks} == {"CA-AB", "CA-NT"}
    assert {mark.value for mark in world.marks} == {"CA", "AR", "CL"}
    assert canada.undrawn == world.undrawn == 0
    assert all(0 <= place.x <= 1000 and place.path for place in canada.places + world.places)


def test_a_place_with_coordinates_is_drawn_where_it_is_and_says_how_exact_that_is(client):
    project = Project.objects.get(code="gpi-0001")
    site = project.locations.get(kind="site", province="NT")
    site.latitude, site.longitude, site.precision = Decimal("63.56"), Decimal("-116.75"), "region"
    site.save()
    publish([project], reason="Where it is")
    canada, world = maps(projects_where(), QueryDict())
    (spot,) = canada.spots
    territory = next(place for place in canada.places if place.mark.value == "CA-NT")
    assert (abs(spot.x - territory.x) < 80, abs(spot.y - territory.y) < 80) == (True, True)
    assert world.spots == []
    assert maps(ask("recipient=optel"), QueryDict())[0].spots == []
    page = client.get(address("projects:map", "fr")).content.decode()
    assert "latitude 63,56000, longitude -116,75000" in page
    assert "La région" in page
    drawing = client.get("/en/projects/map/canada.svg").content.decode()
    assert f'href="http://testserver{address("projects:project", code="gpi-0001")}"' in drawing
    ElementTree.fromstring(drawing)


def test_the_projects_without_a_place_stand_by_name_beside_the_map(client):
    page = client.get(address("projects:map"), {"program": "gpi"})
    rows = ask("program=gpi&location=none").versions(0, 10)
    assert [version.code for version in page.context["unplaced"]] == [version.code for version in rows]
    assert all(f'href="{version.get_absolute_url()}"' in page.content.decode() for version in rows)
    assert client.get(address("projects:map"), {"location": "CL"}).context["unplaced"] == []


# --- Odd values -------------------------------------------------------------------------------------


def odd_project(**fields):
    """A published project whose recipient and title are as odd as a source may make them."""
    odd = '=شركة المعادن الحرجة 🙂 <script>alert("x")</script> & ' + "Whatì" * 30
    mineral = Mineral.objects.create(code="odd", name_en=f"{odd[:60]}\x0b", name_fr=odd[:60])
    recipient = Recipient.objects.create(code="odd", name_en=odd, name_fr=odd)
    model = Project.objects.get(code="gpi-0001")
    texts = dict.fromkeys(("title_en", "title_fr", "description_en", "description_fr"), odd)
    project = Project.objects.create(code="odd", recipient=recipient, program=model.program, **texts, **fields)
    project.minerals.add(mineral)
    publish([mineral, recipient, project], reason="Odd")


def test_currencies_are_never_added_in_a_chart(client):
    before = figures(projects_where())
    odd_project(amount=1_000_000, currency="USD", start_date="2031-05-01")
    answer = projects_where()
    for chart in charts(answer, QueryDict()):
        if not chart.facet.overlaps:
            assert sum(mark.amount or 0 for mark in chart.marks) == before[1]
            assert sum(mark.count for mark in chart.marks) == before[0] + 1
    fiscal_year = next(chart for chart in charts(ask("fiscal_year=2031"), QueryDict()) if chart.facet.over_time)
    assert [(mark.amount, mark.in_other_currency) for mark in fiscal_year.marks] == [(None, 1)]
    page = client.get(address("projects:list"), {"fiscal_year": "2031"}).content.decode()
    assert "Other currency" in page
    assert "Other currency" in client.get("/en/projects/charts/fiscal_year.svg?fiscal_year=2031").content.decode()
    assert "Amounts in other currencies are not drawn" in client.get(address("projects:list")).content.decode()


# --- Pages and files --------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("en", "Not stated"), ("fr", "Non précisé")])
def test_charts_stand_on_the_overview_and_on_a_result(client, language, words):
    overview = client.get(address("projects:overview", language)).content.decode()
    result = client.get(address("projects:list", language) + "?program=cmtp").content.decode()
    for page in (overview, result):
        assert all(f'id="chart-{facet.name}"' in page for facet in CHART_FACETS)
        assert words in page
    assert "charts/mineral.csv?program=cmtp" in result or "graphiques/mineral.csv?program=cmtp" in result


@pytest.mark.parametrize("query", ["q=nothingatall", "stream=unknown"])
def test_nothing_is_drawn_of_no_project(client, query):
    assert 'class="chart"' not in client.get(f"{address('projects:list')}?{query}").content.decode()
    assert "map-mark" not in client.get(f"{address('projects:map')}?{query}").content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_drawings_are_well_formed_whatever_the_names_are(client, language):
    odd_project(amount=5)
    drawings = [address("projects:chart-drawing", language, facet=facet.name) for facet in CHART_FACETS]
    drawings += [address("projects:map-drawing", language, sheet=sheet) for sheet in ("canada", "world")]
    for url in drawings:
        for query in ("", "?mineral=odd", "?q=nothingatall"):
            response = client.get(url + query)
            assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
            text = response.content.decode()
            assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
            assert " style=" not in text
            assert "<style" not in text
            assert "<script" not in text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("query", ["", "mineral=cobalt", "q=nothingatall", "page=7&page_size=10"])
def test_a_table_file_holds_the_figures_of_its_chart(client, language, query):
    answer = ask(query)
    for facet in DRAWN:
        response = client.get(f"{address('projects:chart-table', language, facet=facet.name)}?{query}")
        assert response.content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))[1:]
        says = {
            code: (int(count), Decimal(amount) if amount else None, int(without), int(other))
            for code, _label, count, amount, without, other in rows
        }
        assert says == {
            mark.value: (mark.count, mark.amount, mark.without_amount, mark.in_other_currency)
            for mark in marks(answer, facet, QueryDict(query))
        }


@pytest.mark.parametrize("name", ["projects:chart-drawing", "projects:chart-table"])
def test_a_bad_filter_of_a_file_answers_400_and_names_the_field(client, name):
    response = client.get(address(name, facet="stream") + "?mineral=zz&amount_min=x")
    assert response.status_code == 400
    assert "mineral:" in response.content.decode()
    assert "amount_min:" in response.content.decode()


def test_an_unknown_chart_or_map_is_not_found(client):
    for url in (
        address("projects:chart-table", facet="colour"),
        address("projects:chart-drawing", facet="recipient"),
        address("projects:map-drawing", sheet="moon"),
    ):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_with_its_map_is_light(client, language):
    page = client.get(address("projects:map", language), headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < 40_000
