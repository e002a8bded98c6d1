"""A reference names the data version and the day, and its link shows the same rows later."""

import itertools
import re

import pytest

from gpi_portal.models import RegistryVersion
from gpi_portal.publishing.publish import publish
from projects.models import Project
from tests.site import LISTS, address, record_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.on_one_database]


def reference_urls(page: str) -> list[str]:
    return [url.replace("&amp;", "&") for url in re.findall(r"http://testserver(/[^\s<]*as_of=[\d.-]+[^\s<]*)", page)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_record_is_cited_in_both_languages(client, language):
    page = client.get(address("projects:project", language, code="gpi-0001")).content.decode()
    day = RegistryVersion.objects.latest().day
    assert f"/en/projects/gpi-0001/?as_of={day}" in page
    assert f"/fr/projets/gpi-0001/?as_of={day}" in page
    assert "data version 1" in page
    assert "version 1 des données" in page


def test_a_name_that_ends_with_a_full_stop_is_cited_with_one(client):
    page = client.get(address("projects:recipient", code="fortune-minerals")).content.decode()
    assert "“Fortune Minerals Ltd.” GPI Portal" in page
    assert "«\u00a0Fortune Minerals Ltd.\u00a0». Portail IPM" in page


@pytest.mark.parametrize(("language", "first", "second"), [("en", "/en/", "/fr/"), ("fr", "/fr/", "/en/")])
def test_the_language_of_the_page_comes_first(client, language, first, second):
    page = client.get(address("projects:project", language, code="gpi-0001")).content.decode()
    quoted = page[page.index('<details class="disclosure cite">') :]
    assert [url[:4] for url in reference_urls(quoted)[:2]] == [first, second]


def test_the_link_of_a_reference_answers_and_keeps_the_search(client):
    page = client.get(address("projects:list") + "?mineral=cobalt&order=title&page=1").content.decode()
    english, french = reference_urls(page)[:2]
    assert english.startswith("/en/projects/?mineral=cobalt&order=title&as_of=")
    assert [client.get(url).context["answer"].count for url in (english, french)] == [2, 2]


def test_a_reference_shows_the_same_when_more_is_published_on_its_day(client):
    url = address("projects:project", code="gpi-0001")
    page = client.get(url).content.decode()
    cited = reference_urls(page)[0]
    for number in range(2):
        project = Project.objects.get(code="gpi-0001")
        project.amount = number
        publish([project], reason="The same day")
    shown = client.get(cited)
    assert shown.context["record"]["amount"] == "7500000.00"
    assert "(data version 1)" in shown.content.decode()
    assert reference_urls(shown.content.decode())[0] == cited
    history = re.findall(r'href="\?as_of=[\d-]+\.(\d+)"', client.get(url).content.decode())
    assert history == ["3", "2", "1"]
    amounts = [client.get(cited.rpartition(".")[0] + f".{moment}").context["record"]["amount"] for moment in history]
    assert [float(amount) for amount in amounts] == [1, 0, 7_500_000]


@pytest.mark.parametrize("version", ["2", "0", "", "x", "-1", "1.1", "99999999999"])
def test_a_data_version_that_did_not_stand_on_a_day_is_an_error(client, version):
    day = RegistryVersion.objects.latest().day
    for name in ("projects:list", "projects:overview"):
        page = client.get(address(name), {"as_of": f"{day}.{version}"})
        assert page.status_code == 200
        assert "On this day there was no data version" in page.content.decode()


def test_a_reference_to_a_past_day_stays_on_that_day(client):
    day = RegistryVersion.objects.latest().day
    project = Project.objects.get(code="gpi-0001")
    project.title_en = "A new title"
    publish([project], reason="New")
    page = client.get(address("projects:project", code="gpi-0001") + f"?as_of={day}").content.decode()
    assert f"gpi-0001/?as_of={day}" in page


@pytest.mark.parametrize(
    "path",
    [
        "/en/projects/gpi-0001/",
        "/fr/beneficiaires/world-bank/",
        "/en/minerals/cobalt/",
        "/fr/programmes/gpi/",
        "/en/focus-areas/international-rd/",
        "/fr/volets/traceability/",
        "/en/initiatives/towards-sustainable-mining/",
        "/en/projects/",
        "/fr/projets/carte/",
        "/fr/beneficiaires/",
        "/en/changes/",
        "/fr/recherche/",
    ],
)
def test_bibtex_and_ris_carry_title_version_and_link(client, path):
    bibtex = client.get(f"{path}cite.bib?q=or&page=2")
    ris = client.get(f"{path}cite.ris?q=or&page=2")
    for response in (bibtex, ris):
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        assert f"http://testserver{path}?q=or&as_of=" in response.content.decode()
    assert bibtex.content.decode().startswith("@misc{")
    assert f"{path}cite.bib?q=or" in client.get(f"{path}?q=or&page=1").content.decode()
    assert re.search(r"version = \{1\}", bibtex.content.decode())
    assert ris.content.decode().startswith("TY  - DATA\r\n")
    assert ris.content.decode().endswith("ER  - \r\n")


def bibtex(client, path: str, **query: str) -> str:
    return client.get(f"{path}cite.bib", query).content.decode()


def value_of(entry: str, field: str) -> str:
    return re.search(rf"^  {field} = {{(.*)}},$", entry, re.M)[1]


def key_of(client, url: str) -> str:
    path, _mark, query = url.partition("?")
    return re.match(r"@misc\{(.*),\n", client.get(f"{path}cite.bib?{query}").content.decode())[1]


def test_no_two_pages_have_the_same_key(client):
    records = record_addresses("en", "project", "recipient", "initiative", "program", "focus_area", "stream", "mineral")
    lists = [f"{address(name)}{query}" for name in LISTS for query in ("", "?q=cobalt", "?q=uranium")]
    searches = [f"{address('projects:list')}?{query}" for query in ("mineral=cobalt", "q=cobalt&mineral=cobalt")]
    urls = [*records, *lists, *searches]
    keys = [key_of(client, url) for url in urls]
    assert len(set(keys)) == len(urls)
    assert {"recipient-eiti-v1", "initiative-eiti-v1", "gpi-projects-v1"} <= set(keys)


def test_the_same_search_has_the_same_key_however_it_is_written(client):
    day = RegistryVersion.objects.latest().day
    written = [
        "?q=uranium&mineral=cobalt&mineral=nickel",
        "?mineral=nickel&mineral=cobalt&q=uranium",
        f"?q=uranium&mineral=cobalt&mineral=nickel&stream=&page=2&as_of={day}",
    ]
    assert len({key_of(client, address("projects:list") + query) for query in written}) == 1


BREAKS = ["\n", "\r\n", "\x0b", "\x0c", "\x1d", "\x85", "\u2028"]


@pytest.mark.parametrize("line_break", BREAKS, ids=ascii)
def test_a_line_break_in_a_search_adds_no_line_to_a_file(client, line_break):
    query = {"q": f"uranium{line_break}AU  - Nobody{line_break}}},{line_break}  author = {{Nobody}},"}
    plain, path = {"q": "uranium"}, address("projects:list")
    assert "Nobody" in value_of(bibtex(client, path, **query), "title")
    ris = client.get(f"{path}cite.ris", query).content.decode()
    assert "Nobody" in re.search(r"^TI  - (.*)\r$", ris, re.M)[1]
    assert len(ris.splitlines()) == len(client.get(f"{path}cite.ris", plain).content.decode().splitlines())
    assert len(bibtex(client, path, **query).splitlines()) == len(bibtex(client, path, **plain).splitlines())


@pytest.mark.parametrize("braces", ["{", "}", "}}", "{}{", r"\}", r"\{"])
def test_braces_in_a_search_leave_the_entry_balanced(client, braces):
    entry = bibtex(client, address("projects:list"), q=f"uranium {braces} cobalt")
    steps = [{"{": 1, "}": -1}[brace] for brace in re.findall(r"[{}]", entry)]
    depths = list(itertools.accumulate(steps))
    assert (min(depths[:-1]), depths[-1]) == (1, 0)
    assert "uranium" in value_of(entry, "title")


def test_what_bibtex_would_read_as_a_command_is_escaped(client):
    title = value_of(bibtex(client, address("projects:list"), q="100% of a_b & c# $5 ~d ^e \\f"), "title")
    said = r"100\% of a\_b \& c\# \$5 \textasciitilde{}d \textasciicircum{}e \textbackslash{}f"
    assert title.endswith(f"= {said}")


def test_the_author_is_one_name_whatever_is_in_it(client, settings):
    settings.OPERATOR = {**settings.OPERATOR, "operator_name_en": "Mines & Metals and Co. {Ltd"}
    author = value_of(bibtex(client, address("projects:project", code="gpi-0001")), "author")
    assert author == r"{Mines \& Metals and Co. (Ltd}"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/projects/cite.bib?mineral=nothing", 400),
        ("/en/projects/cite.ris?as_of=tomorrow", 400),
        ("/en/projects/cite.pdf", 404),
        ("/en/projects/nothing/cite.bib", 404),
    ],
)
def test_what_cannot_be_cited_says_so(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    if status == 400:
        assert re.match(r"(mineral|as_of): ", response.content.decode())


def test_records_are_found_by_the_certainty_of_their_values(client):
    def count(query: str) -> int:
        return client.get(address("projects:list") + query).context["answer"].count

    assert count("?certainty=amount-stated") == 11
    assert count("?certainty=amount-inferred") == 0
    assert count("?certainty=inferred") == 11
    assert client.get(address("projects:list") + "?certainty=sure").context["form"].errors["certainty"]


@pytest.mark.parametrize("kind", ["bib", "ris"])
def test_a_record_cannot_be_cited_as_of_a_day_that_does_not_exist(client, kind):
    response = client.get(f"/fr/projets/gpi-0001/cite.{kind}?as_of=2026-02-30")
    assert response.status_code == 400
    assert response.content.decode().startswith("as_of: ")
