"""Whatever is sent: never a 500, the error beside its field, an empty list and no total."""

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.filters import ProjectFilterSet, RecipientFilterSet
from tests.site import LISTS, address

pytestmark = pytest.mark.django_db

PARAMETERS = sorted({*ProjectFilterSet.base_filters, *RecipientFilterSet.base_filters, "unknown", "as_of", ""})
HOSTILE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "-1",
    "0",
    "1e400",
    "NaN",
    "Infinity",
    "9" * 400,
    "0000-00-00",
    "0000-01-01",
    "2024-02-30",
    "99999-01-01",
    "٢٠٢٤-٠١-٠١",
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
    "%s%s%n",
    "{{7*7}}",
    "none",
    "\ud7ff\uffff",
    "ł" * 300,
    "🙂",
    '"unclosed',
    "OR OR -",
    "x" * 10_000,
]
values = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=40))
queries = st.lists(st.tuples(st.sampled_from(PARAMETERS), values), max_size=6)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queries=queries, name=st.sampled_from(LISTS), language=st.sampled_from(["en", "fr"]))
def test_no_query_string_breaks_a_list(client, queries, name, language):
    data: dict[str, list[str]] = {}
    for parameter, value in queries:
        data.setdefault(parameter, []).append(value)
    response = client.get(address(name, language), data)
    assert response.status_code == 200
    if "aria-invalid" in response.content.decode():
        assert "result-title" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("stream=unknown", "stream"),
        ("stream=traceability&stream=unknown", "stream"),
        ("program=%00", "program"),
        ("recipient=' OR 1=1", "recipient"),
        ("agreement_type=X", "agreement_type"),
        ("province=ZZ", "province"),
        ("country=Canada", "country"),
        ("location=CA-XX", "location"),
        ("status=lost", "status"),
        ("fiscal_year=24", "fiscal_year"),
        ("date_from=2024-02-30", "date_from"),
        ("date_to=0000-01-01", "date_to"),
        ("date_from=2025-01-01&date_to=2024-01-01", "date_from"),
        ("amount_min=ten", "amount_min"),
        ("amount_min=1,500,5", "amount_min"),
        ("amount_max=" + "9" * 30, "amount_max"),
        ("amount_min=5&amount_max=4", "amount_min"),
        ("order=sideways", "order"),
        ("page=-1", "page"),
        ("page=one", "page"),
        ("page_size=7", "page_size"),
        ("q=%00", "q"),
        ("q=" + "x" * 501, "q"),
        ("q=!!!", "q"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_bad_value_is_an_error_and_an_empty_list(client, query, field, language):
    response = client.get(f"{address('projects:list', language)}?{query}")
    assert response.status_code == 200
    assert field in response.context["form"].errors
    page = response.content.decode()
    # The page has no field for its own number: that error stands with the others, above.
    place = 'role="alert"' if field == "page" else f'id="error-{field}"'
    beside = page.partition(place)[2].partition("</div>")[0]
    assert str(response.context["form"].errors[field][0]) in html.unescape(beside)
    assert "result-title" not in page
    assert "total-amounts" not in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("query", ["order=sideways", "page_size=7"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Choose one of the values offered."), ("fr", "Choisissez une des valeurs proposées.")],
)
def test_a_choice_that_is_not_offered_is_told_in_our_own_words(client, query, language, words):
    assert words in client.get(f"{address('projects:list', language)}?{query}").content.decode()


def test_what_was_typed_is_shown_again_and_harmless(client):
    page = client.get(address("projects:list"), {"amount_min": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_an_unknown_parameter_is_ignored_on_a_page(client):
    page = client.get(address("projects:list") + "?colour=blue")
    assert page.context["answer"].count == 11


def test_a_page_beyond_the_last_offers_a_way_back(client):
    response = client.get(address("projects:list") + "?page=99&mineral=cobalt")
    assert response.status_code == 200
    assert "?mineral=cobalt" in response.content.decode()
    assert "result-title" not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/en/projects/%00/",
        "/en/projects/gpi-0001%0a/",
        "/en/projects/%ff%fe/",
        "/en/projects/" + "x" * 3000 + "/",
        "/fr/projets/../../etc/passwd",
        "//en//projects//",
        "/en/projects/GPI-0001';--/",
        "/EN/",
        "/de/",
    ],
)
def test_no_path_breaks_the_site(client, path):
    assert client.get(path).status_code in (301, 302, 404)


def test_an_odd_address_is_written_as_one_in_the_link_to_the_other_language(client):
    page = client.get("/fr/projets/%00 «é»/").content.decode()
    assert 'href="/en/projets/%00%20%C2%AB%C3%A9%C2%BB/"' in page
    assert "\0" not in page


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "head", "trace"])
def test_no_method_breaks_a_page(client, method):
    for name in (*LISTS, "projects:overview", "about-data"):
        assert getattr(client, method)(address(name)).status_code in (200, 403, 405)


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "\x00\xff;q=zz" * 50},
        {"accept-language": "fr" * 5000},
        {"cookie": "sessionid=%00; csrftoken=\"'<>"},
        {"host": "evil.example"},
        {"host": "test server:99999"},
        {"content-type": "multipart/form-data; boundary="},
        {"if-modified-since": "yesterday"},
        {"range": "bytes=9-1"},
        {"x-forwarded-host": "evil.example"},
    ],
)
def test_no_header_breaks_the_site(client, headers):
    for path in ("/", address("projects:list"), "/admin/"):
        assert client.get(path, headers=headers).status_code in (200, 302, 400, 404)


def test_a_thousand_parameters_do_not_break_the_site(client):
    query = "&".join(f"p{number}=x" for number in range(5000))
    assert client.get(f"{address('projects:list')}?{query}").status_code in (200, 400)
    repeated = "&".join("stream=traceability" for _ in range(1500))
    assert client.get(f"{address('projects:list')}?{repeated}").status_code in (200, 400)


def test_broken_utf_8_in_a_query_string_does_not_break_the_site(client):
    response = client.get(address("projects:list") + "?q=%ff%fe%c3&stream=%80")
    assert response.status_code == 200


@pytest.mark.parametrize("query", ["date_to=9999-12-31", "date_from=9999-12-31", "date_from=0001-01-01"])
def test_the_ends_of_the_calendar_are_days_like_others(client, query):
    for name in ("projects:changes", "projects:list"):
        page = client.get(f"{address(name)}?{query}")
        assert page.status_code == 200
        assert not page.context["form"].errors


def test_a_bad_value_loses_none_of_the_good_ones(client):
    query = "agreement_type=none&stream=traceability&stream=joint-rd&page_size=50&order=oldest&amount_min=abc"
    page = client.get(f"{address('projects:list')}?{query}").content.decode()
    ticked = re.findall(r'<input type="checkbox"[^>]*name="(\w+)" value="([\w-]+)" checked>', page)
    assert sorted(ticked) == [("agreement_type", "none"), ("stream", "joint-rd"), ("stream", "traceability")]
    assert '<input type="hidden" name="order" value="oldest">' in page
    assert '<input type="hidden" name="page_size" value="50">' in page


@pytest.mark.parametrize(
    "path", ["/admin/projects/project/publish/?codes=%00", "/admin/projects/project/?state__exact=%00"]
)
def test_a_nul_in_a_query_of_the_staff_is_refused(admin_client, path):
    assert admin_client.get(path).status_code == 400


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", [*LISTS, "corrections"])
def test_every_error_leads_to_its_field_and_the_title_says_that_there_is_one(client, name, language):
    data = {"order": "sideways", "page_size": "7", "as_of": "never", "stream": "nothing", "q": '"unclosed'}
    page = client.get(address(name, language), data).content.decode()
    fields = re.findall(r'href="#(field-[\w-]+|facet-[\w-]+)"', page)
    assert fields
    assert [field for field in fields if f'id="{field}"' not in page] == []
    assert re.search(r"<title>(Error:|Erreur\xa0:) ", page)


def test_a_bad_day_of_a_page_loses_nothing_else_of_the_query(client):
    query = "project=gpi-0001&project=gpi-0004"
    page = client.get(f"{address('projects:compare')}?{query}&as_of=never").content.decode()
    assert re.findall(r'<input type="hidden" name="project" value="([^"]*)">', page) == ["gpi-0001", "gpi-0004"]
    assert f'href="?{query.replace("&", "&amp;")}"' in page


def test_no_header_makes_a_page_of_what_is_not_there(client):
    assert client.get(address("projects:project", code="nothing"), headers={"If-None-Match": "*"}).status_code == 404


def test_the_mark_of_a_filter_that_is_given_twice_takes_both_away(client):
    page = client.get(f"{address('projects:list')}?q=nickel&q=cobalt&stream=traceability")
    (words,) = [chip for chip in page.context["chips"] if chip["value"] == "cobalt"]
    assert words["url"] == "?stream=traceability"
