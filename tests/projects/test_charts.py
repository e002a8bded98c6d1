"""Charts and maps say what the list says: the figures of a mark are those of the rows to which it leads."""

import csv
import io
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from gpi_portal.drawing.charts import MOST_BARS, MOST_YEARS, chart_of
from gpi_portal.exports.csv_writer import harmless
from gpi_portal.publishing.publish import publish
from gpi_portal.query.facets import Facet, FacetValue
from gpi_portal.query.sums import NOTHING, CurrencySum
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
    assert by_name["mineral"].marks[-1].value == by_name["fiscal_year"].columns[-1].value == "none"
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


# --- Many values, odd values ------------------------------------------------------------------------


def made_facet(*, overlaps: bool = False, over_time: bool = False) -> Facet:
    return Facet("stream", "Made", lambda codes, moment: {code: code for code in codes}, "stream", overlaps, over_time)


def made_values(number: int, first: int = 0) -> list[FacetValue]:
    amounts = {amount: CurrencySum(number=1, cents=amount * 100) for amount in range(first, first + number)}
    return [
        FacetValue(f"{number}", f"Value {number}", number + 1, selected=False, money=amount)
        for number, amount in amounts.items()
    ]


def test_ten_thousand_values_are_the_first_ones_and_the_rest_added_up():
    values = made_values(10_000)
    chart = chart_of(made_facet(), values, QueryDict())
    assert len(chart.marks) == MOST_BARS + 1
    assert chart.left_out == 10_000 - MOST_BARS
    assert sum(mark.count for mark in chart.marks) == sum(value.count for value in values)
    assert sum((mark.money for mark in chart.marks), NOTHING) == sum((value.money for value in values), NOTHING)
    assert chart.marks[-1].url == ""


def test_a_rest_that_a_query_can_name_is_a_link():
    chart = chart_of(made_facet(), made_values(MOST_BARS + 2), QueryDict())
    assert chart.marks[-1].url == "?stream=1&stream=0"
    assert chart.marks[-1].count == 3


def test_what_overlaps_is_never_added_up():
    chart = chart_of(made_facet(overlaps=True), made_values(100), QueryDict())
    assert len(chart.marks) == MOST_BARS
    assert chart.left_out == 100 - MOST_BARS


def test_of_many_years_the_earliest_are_added_up_first():
    chart = chart_of(made_facet(over_time=True), made_values(MOST_YEARS + 6, first=1990), QueryDict())
    assert chart.left_out == 6
    assert (chart.marks[0].value, chart.marks[-1].value) == ("", str(1990 + MOST_YEARS + 5))
    assert chart.columns == chart.marks


def test_a_year_without_projects_has_its_empty_column():
    values = made_values(1, first=2020) + made_values(1, first=2023)
    chart = chart_of(made_facet(over_time=True), values, QueryDict())
    assert [(mark.value, mark.count > 0) for mark in chart.columns] == [
        ("2020", True),
        ("2021", False),
        ("2022", False),
        ("2023", True),
    ]


@pytest.mark.parametrize("cents", [None, 0, -500, 10**17])
def test_one_bar_holds_whatever_its_amount_is(cents):
    amounts = NOTHING if cents is None else CurrencySum(number=1, cents=cents)
    chart = chart_of(made_facet(), [FacetValue("a", "A", 1, selected=False, money=amounts)], QueryDict())
    assert chart.marks[0].amount_length == (1000 if cents and cents > 0 else 0)
    assert chart.marks[0].count_length == 1000


def test_no_value_at_all_makes_an_empty_chart():
    assert chart_of(made_facet(), [], QueryDict()).marks == []


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


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"])
def test_a_cell_is_never_a_formula(text):
    assert harmless(text) == f"'{text}"
    assert harmless(-1) == -1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_with_its_map_is_light(client, language):
    page = client.get(address("projects:map", language), headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < 40_000
