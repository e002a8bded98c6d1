"""Two to four records side by side: never a guess about which, never more said than their own pages say."""

import html
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpi_portal.i18n.languages import Gap, Record
from gpi_portal.models import PublishedVersion, reserved_words
from gpi_portal.publishing.moments import TODAY
from gpi_portal.publishing.publish import publish, withdraw
from projects.comparison import Likeness, Line, arranged, project_lines, recipient_lines
from projects.models import Project, Recipient
from tests.site import address

pytestmark = pytest.mark.django_db

PAGES = {"project": "projects:compare", "recipient": "projects:compare-recipients"}
CODES = {
    "project": ["gpi-0001", "gpi-0004", "gpi-0007", "gpi-0008", "gpi-0009"],
    "recipient": ["fortune-minerals", "optel", "world-bank", "northern-block", "peer-ledger"],
}


def compare(client, noun, *codes, language="en", **more) -> str:
    response = client.get(address(PAGES[noun], language), {noun: list(codes), **more})
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def records(noun, *codes) -> list[Record]:
    found = {version.code: version.record for version in PublishedVersion.objects.public().noun(noun)}
    return [found[code] for code in codes]


def likeness(lines) -> dict[str, Likeness]:
    return {str(line.term): line.likeness for line in lines}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("noun", PAGES)
@pytest.mark.parametrize("number", [2, 3, 4])
def test_every_record_has_a_letter_that_leads_to_its_page_and_a_column(client, noun, number, language):
    codes = CODES[noun][:number]
    page = compare(client, noun, *codes, language=language)
    key = page[page.index('<ol class="comparison-key"') : page.index("<table")]
    links = [address(f"projects:{noun}", language, code=code) for code in codes]
    assert re.findall(
        r'<span class="letter">(\w)</span>\s*<div>\s*<p class="comparison-title"><a href="([^"]+)"', key
    ) == [*zip("ABCD", links, strict=False)]
    titles = [str(record) for record in records(noun, *codes)] if language == "en" else [""] * number
    head = page[page.index("<thead") : page.index("</thead>")]
    columns = re.findall(r'<span class="letter">(\w)</span><span class="visually-hidden"> ([^<]+)</span>', head)
    assert [letter for letter, _title in columns] == [*"ABCD"[:number]]
    assert all(title in column for title, (_letter, column) in zip(titles, columns, strict=True))
    assert "field-errors" not in page


@pytest.mark.parametrize("noun", PAGES)
def test_every_value_says_which_record_it_is_of(client, noun):
    codes = CODES[noun][:3]
    rows = re.findall(r"<tr.*?</tr>", compare(client, noun, *codes), re.DOTALL)[1:]
    assert rows
    for row in rows:
        cells = re.findall(r'<td data-letter="(\w)"><span class="comparison-name">([^<]+)</span>', row)
        assert cells == [*zip("ABC", map(str, records(noun, *codes)), strict=True)]


@pytest.mark.parametrize("noun", PAGES)
@pytest.mark.parametrize(
    ("codes", "english", "french"),
    [
        (["FIRST"], "Choose at least two.", "au moins deux"),
        ([""], "Choose at least two.", "au moins deux"),
        (["ALL"], "Choose four at most: 5 are chosen.", "quatre au plus : il y en a 5"),
        (["FIRST", "FIRST"], "is chosen more than once.", "choisie plus d’une fois"),
        (["FIRST", "SECOND", "FIRST"], "is chosen more than once.", "choisie plus d’une fois"),
        (["FIRST", "unknown"], "There is no such value: “unknown”", "« unknown »"),
        (["FIRST", "none"], "There is no such value: “none”", "« none »"),
        (["FIRST", "a\x00b"], "There is no such value", "Valeur introuvable"),
        (["FIRST", "' OR 1=1"], "There is no such value", "Valeur introuvable"),
    ],
)
def test_a_choice_that_cannot_be_compared_says_why_and_compares_nothing(client, noun, codes, english, french):
    first, second, *_ = every = CODES[noun]
    given_codes = every if codes == ["ALL"] else [{"FIRST": first, "SECOND": second}.get(code, code) for code in codes]
    for language, words in [("en", english), ("fr", french)]:
        page = compare(client, noun, *given_codes, language=language)
        errors = re.sub(r"\s+", " ", page[page.index('class="field-errors"') : page.index('<div class="choice')])
        assert words in errors.replace("\xa0", " ")
        assert "<table" not in page
        assert f'aria-describedby="hint-{noun} error-{noun}"' in page


def test_what_was_chosen_stays_ticked_when_it_cannot_be_compared(client):
    page = compare(client, "project", "gpi-0001", "unknown")
    assert re.findall(r'value="([^"]+)" checked', page) == ["gpi-0001"]


def test_a_withdrawn_record_is_named_and_not_compared(client):
    withdraw(Project.objects.get(code="gpi-0011"), reason_en="Twice.", reason_fr="Deux fois.")
    title = PublishedVersion.objects.current().get(noun="project", code="gpi-0011").title_en
    page = compare(client, "project", "gpi-0001", "gpi-0011")
    assert f"“{title}” was withdrawn and cannot be compared." in page
    assert "<table" not in page
    assert 'value="gpi-0011"' not in page


def test_whoever_arrives_or_looks_for_records_has_not_chosen_wrongly(client):
    for query in ({}, {"q": "uranium"}, {"as_of": ""}):
        page = client.get(address("projects:compare"), query).content.decode()
        assert "field-errors" not in page
    assert "field-errors" in client.get(address("projects:compare"), {"q": ""}).content.decode()


def test_words_find_more_to_compare_and_keep_what_is_ticked(client):
    page = compare(client, "project", "gpi-0001", "gpi-0004", q="uranium")
    assert re.findall(r'name="project" value="([^"]+)"', page) == ["gpi-0001", "gpi-0004", "gpi-0008"]


def test_who_looks_for_more_with_the_button_beside_the_words_has_not_chosen_yet(client):
    page = compare(client, "project", "gpi-0001", q="uranium", find="1")
    assert "field-errors" not in page
    assert re.findall(r'value="(gpi-[^"]+)" checked', page) == ["gpi-0001"]
    page = compare(client, "project", "gpi-0001", "gpi-0004", q="uranium", find="1")
    assert "<table" not in page
    assert re.findall(r'name="project" value="([^"]+)"', page) == ["gpi-0001", "gpi-0004", "gpi-0008"]
    assert "There is no such value" in compare(client, "project", "unknown", q="uranium", find="1")
    assert "field-errors" not in compare(client, "project", q="", find="1")


def test_the_words_are_looked_for_before_the_choice_with_a_button_of_their_own(client):
    page = compare(client, "project", "gpi-0001", "gpi-0004")
    form = page[page.index('class="disclosure compare-form"') : page.index("</details>", page.index("compare-form"))]
    words, find, choice, button = (
        form.index(part) for part in ('name="q"', 'name="find"', "<fieldset", ">Compare</button>")
    )
    assert words < find < choice < button
    assert 'class="disclosure compare-form"' not in compare(client, "project")


def test_a_record_is_taken_out_by_a_link_until_two_are_left(client):
    page = compare(client, "project", *CODES["project"][:3])
    without = [link for link in re.findall(r'<a href="(\?[^"]+)">Remove<', page) if "gpi-0004" not in link]
    assert without == ["?project=gpi-0001&project=gpi-0007"]
    assert ">Remove<" not in compare(client, "project", *CODES["project"][:2])


@pytest.mark.parametrize(("noun", "lines"), [("project", project_lines), ("recipient", recipient_lines)])
def test_lines_have_the_words_of_the_record_s_own_page(client, noun, lines):
    codes = CODES[noun][:4]
    pages = "".join(client.get(address(f"projects:{noun}", code=code)).content.decode() for code in codes)
    own = {"Description", "Total of these projects", "Funded projects", "Co-funding by others"}
    for line in lines(records(noun, *codes), TODAY):
        assert str(line.term) in own or re.search(rf"<dt>\s*(<[^>]+>\s*)*{re.escape(str(line.term))}", pages), line.term


def test_what_is_not_stated_is_neither_like_nor_unlike():
    found = likeness(project_lines(records("project", "gpi-0001", "gpi-0007", "gpi-0004"), TODAY))
    assert found["Amount"] == Likeness.DIFFERENT
    assert found["Currency"] == Likeness.SAME
    assert found["Status"] == Likeness.PARTLY
    assert found["Agreement start"] == Likeness.NONE


def test_lines_that_differ_come_first_then_those_stated_in_part():
    found = arranged(project_lines(records("project", "gpi-0001", "gpi-0007", "gpi-0004"), TODAY))
    order = [line.likeness for line in found["rows"]]
    assert order == sorted(order, key=[*Likeness].index)
    assert {*order} >= {Likeness.DIFFERENT, Likeness.PARTLY}
    assert [str(line.term) for line in found["same"]] == ["Currency"]
    assert "Agreement start" in [str(line.term) for line in found["unstated"]]


@pytest.mark.parametrize(("noun", "lines"), [("project", project_lines), ("recipient", recipient_lines)])
def test_no_line_is_lost_and_none_shown_twice(client, noun, lines):
    codes = CODES[noun][:4]
    found = lines(records(noun, *codes), TODAY)
    parts = [line for part in arranged(found).values() for line in part]
    assert sorted(map(id, parts)) == sorted(map(id, found))
    page = compare(client, noun, *codes)
    shown = page[page.index("<tbody") : page.index("compare-form")]
    assert all(re.search(rf">\s*{re.escape(str(line.term))}<", shown) for line in found)


@pytest.mark.parametrize(
    ("second", "once"),
    [
        ({}, True),
        ({"certainty": "inferred"}, False),
        ({"url": "/elsewhere/"}, False),
        ({"note": "Roughly"}, False),
    ],
)
def test_one_value_stands_for_all_only_where_nothing_about_it_differs(second, once):
    cell = {"value": "Cobalt", "url": "/", "certainty": "stated"}
    line = Line("Mineral", [], [cell, {**cell, **second}])
    assert line.likeness == Likeness.SAME
    assert line.is_said_once is once
    assert [*arranged([line])["rows"]] == ([] if once else [line])


def test_a_text_that_the_department_does_not_state_is_no_line_that_nothing_is_stated_for():
    cells = [{"value": Gap("Not stated by the department")}] * 2
    assert Line("Purpose", [], cells).likeness == Likeness.NONE
    assert not Line("Purpose", [], cells).is_said_once
    assert Line("Purpose", [], [{"value": ""}, {"value": None}]).is_said_once


def test_a_line_says_for_how_many_something_is_stated(client):
    lines = project_lines(records("project", "gpi-0001", "gpi-0007", "gpi-0004"), TODAY)
    remarks = {str(line.term): line.remark for line in lines}
    assert remarks["Status"] == "Stated for 2 of 3"
    assert remarks["Agreement type"] == "Stated for 2 of 3"
    assert remarks["Amount"] == ""
    assert remarks["Currency"] == "The same"


def test_every_value_says_how_sure_it_is(client):
    page = compare(client, "project", "gpi-0001", "gpi-0004")
    amounts = re.search(r'<tr>\s*<th[^>]*>\s*<span class="comparison-term">Amount.*?</tr>', page, re.DOTALL)[0]
    assert len(re.findall(r'class="certainty".*?Stated', amounts, re.DOTALL)) == 2
    same = page[page.index("The same for all") : page.index("Not stated for any")]
    assert "Canadian dollar" in same
    assert "Inferred by staff" in same


def test_a_line_that_no_record_states_and_no_page_shows_is_left_out():
    found = likeness(project_lines(records("project", "gpi-0008", "gpi-0009"), TODAY))
    assert "Co-funding by others" not in found
    assert "Federal reference number" in found


def test_amounts_of_different_currencies_are_shown_and_not_set_against_each_other(client):
    project = Project.objects.get(code="gpi-0009")
    project.currency = "USD"
    project.save()
    publish([project])
    page = compare(client, "project", "gpi-0008", "gpi-0009")
    assert "US$165,300" in page
    assert "$123,750" in page
    assert "The amounts are in different currencies" in page
    assert "The amounts are in different currencies" not in compare(client, "project", "gpi-0008", "gpi-0007")


def test_the_total_of_a_recipient_is_that_of_the_registry(client):
    page = compare(client, "recipient", "fortune-minerals", "world-bank")
    for code, amount in [("fortune-minerals", "up to $7.5\u00a0million"), ("world-bank", "$1.95\u00a0million")]:
        url = f"{address('projects:list')}?recipient={code}"
        assert f'<a href="{url}">{amount}</a>' in page
        assert amount in client.get(url).content.decode()
    assert "Includes 1 “up to” amount at its highest" in page


@pytest.mark.parametrize("name", ["projects:list", "projects:recipients"])
def test_every_item_of_a_list_can_be_ticked_for_the_page_that_compares(client, name):
    noun = "project" if name == "projects:list" else "recipient"
    page = client.get(address(name)).content.decode()
    ticks = re.findall(rf'<input type="checkbox" id="[^"]+" name="{noun}" value="([^"]+)" form="compare">', page)
    assert len(ticks) == len(set(ticks)) == page.count('class="result-title"')
    assert f'id="compare" method="get" action="{address(PAGES[noun])}"' in page


def test_a_past_day_is_compared_as_it_stood_then(client):
    day = PublishedVersion.objects.first().valid_from.day
    page = compare(client, "project", "gpi-0001", "gpi-0004", as_of=str(day))
    assert f'name="as_of" value="{day}"' in page
    assert f"{address('projects:project', code='gpi-0001')}?as_of={day}" in page


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    codes=st.lists(st.one_of(st.sampled_from(CODES["project"]), st.text(st.characters(codec="utf-8"), max_size=20))),
    words=st.text(st.characters(codec="utf-8"), max_size=20),
)
def test_no_query_breaks_a_comparison(client, codes, words):
    chosen = [code for code in codes if code]
    page = compare(client, "project", *codes, q=words)
    comparable = 2 <= len(chosen) <= 4 and len(set(chosen)) == len(chosen) and set(chosen) <= set(CODES["project"])
    assert ("<table" in page) is comparable


@pytest.mark.parametrize("code", sorted(reserved_words()))
@pytest.mark.parametrize("model", [Project, Recipient])
def test_a_public_code_is_no_address_of_the_site(model, code):
    with pytest.raises(ValidationError, match="a meaning in the addresses"):
        model(code=code).full_clean()
    model._meta.get_field("code").clean(f"{code}-1", None)


def test_a_reserved_code_is_not_published():
    recipient = Recipient.objects.create(code="compare", name_en="Compare Inc.", name_fr="Compare inc.")
    with pytest.raises(ValidationError, match="a meaning in the addresses"):
        publish([recipient])
