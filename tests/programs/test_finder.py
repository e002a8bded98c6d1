"""Advice on funding streams: only what a cited condition says, for whom it says it, and never a decision."""

import html
import itertools
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.moments import TODAY
from gpi_portal.publishing.publish import publish
from programs.finder import Stand, advise, contact_of_all
from programs.models import ANSWERS, Criterion, FundingStream, Program, StreamCondition
from tests.site import address

pytestmark = pytest.mark.django_db

QUESTIONS = {criterion: [*answers] for criterion, answers in ANSWERS.items()}


def ask(client, language="en", **answers) -> str:
    response = client.get(address("programs:find-a-stream", language), answers)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def advice(**answers) -> dict[str, dict[str, set[str]]]:
    """Stream → which criteria speak for it, against it, or are open."""
    return {
        advice.version.code: {
            stand: {point.criterion for point in advice.points if point.stand == stand}
            for stand in (Stand.FOR, Stand.AGAINST, Stand.OPEN)
        }
        for advice in advise(answers, TODAY)
    }


def test_a_canadian_traceability_company_is_told_what_the_call_of_2023_said():
    found = advice(organization="company", place="canada-alone", activity="traceability")
    assert next(iter(found)) == "traceability"
    assert found["traceability"] == {"for": {"organization", "place", "activity"}, "against": set(), "open": set()}


def test_a_university_is_told_what_is_open_and_what_speaks_against():
    found = advice(organization="research", place="canada-partners", activity="research")
    assert found["joint-rd"] == {"for": {"place", "activity"}, "against": set(), "open": {"organization"}}
    assert found["traceability"]["against"] == {"organization", "activity"}


def test_an_international_organization_meets_its_stream():
    found = advice(organization="international", activity="responsible")
    assert found["international-organizations"]["for"] == {"organization", "activity"}


def test_every_answer_to_every_question_is_weighed_once_for_every_stream():
    for answers in itertools.product(*QUESTIONS.values()):
        for found in advice(**dict(zip(QUESTIONS, answers, strict=True))).values():
            assert sorted([*found["for"], *found["against"], *found["open"]]) == sorted(QUESTIONS)


def test_the_fewest_points_against_come_first():
    for activity in QUESTIONS[Criterion.ACTIVITY]:
        points = [advice.count(Stand.AGAINST) for advice in advise({"activity": activity}, TODAY)]
        assert points == sorted(points)


def test_every_stream_sums_up_its_points_in_words_for_every_answer():
    for answers in itertools.product(*([None, *codes] for codes in QUESTIONS.values())):
        given_answers = {name: code for name, code in zip(QUESTIONS, answers, strict=True) if code}
        for advice in advise(given_answers, TODAY):
            against, ask = advice.count(Stand.AGAINST), advice.count(Stand.OPEN)
            assert advice.in_words.startswith(
                ("Nothing that is stated", "One point", "Two points", "Three points")[against]
            )
            assert advice.in_words.endswith(
                ("speaks against it.", "one point.", "two points.", "three points.")[ask]
            ) or (ask == 0 and advice.in_words.endswith("speak against it."))


def test_points_stand_in_the_order_of_the_questions_with_the_answer_and_a_sign(client):
    page = ask(client, organization="research", place="abroad")
    streams = re.findall(r'<li class="result advice">.*?</ul>\s*(?:<p|<h4)', page, re.DOTALL)
    assert len(streams) == 4
    for stream in streams:
        terms = re.findall(r'<span class="point-term">([^<]+)</span>', stream)
        assert terms == ["Kind of organization", "Place and partners", "Purpose of the work"]
        assert stream.count("A university or a research organization") == 1
        assert stream.count("Not answered") == 1
        assert len(re.findall(r'class="point-stand point-(?:for|against|open)"', stream)) == 2
    assert "No source says. Ask the program." in page
    assert "Not stated: ask" in page
    assert "Speaks against it" in page


def test_the_form_is_folded_behind_the_answers_and_open_without_any(client):
    page = ask(client, organization="research", place="abroad")
    answers = page[page.index('class="answers"') : page.index('class="finder"')]
    assert "A university or a research organization" in answers
    assert "In another country" in answers
    assert "Change answers" in answers
    assert page.index('class="finder"') < page.index('id="results"')
    assert "Change answers" not in ask(client)
    assert "Change answers" not in ask(client, organization="unknown")


def test_the_contact_is_named_once_where_all_streams_have_the_same(client):
    assert ask(client, organization="research").count("mailto:cmce-cemc@nrcan-rncan.gc.ca") == 1
    program = Program.objects.get(code="cmtp")
    program.contact_email = "trace@example.org"
    program.save()
    publish([program])
    FundingStream.objects.filter(code="traceability").update(program=program)
    publish([FundingStream.objects.get(code="traceability")])
    assert contact_of_all(advise({"organization": "research"}, TODAY)) is None
    page = ask(client, organization="research")
    assert page.count("mailto:cmce-cemc@nrcan-rncan.gc.ca") == 3
    assert page.count("mailto:trace@example.org") == 1


def test_a_condition_without_a_source_tells_nobody_anything():
    stream = FundingStream.objects.get(code="international-organizations")
    StreamCondition.objects.create(
        stream=stream, criterion="place", admits="abroad", text_en="Abroad only.", text_fr="À l’étranger seulement."
    )
    publish([stream])
    assert advice(place="abroad")["international-organizations"]["open"] == {"place"}


def test_every_condition_of_the_catalogue_has_a_source():
    for version in PublishedVersion.objects.public().noun("stream"):
        sourced = {citation["field"] for citation in version.document["citations"] if citation["source"]}
        assert {condition["criterion"] for condition in version.document["conditions"]} <= sourced


@pytest.mark.parametrize(
    ("language", "words"), [("en", "only the program can say who is eligible"), ("fr", "déterminer qui est admissible")]
)
def test_the_page_decides_nothing_and_names_whom_to_ask(client, language, words):
    page = ask(client, language, organization="research")
    assert words in page
    assert "mailto:cmce-cemc@nrcan-rncan.gc.ca" in page
    assert page.count('class="result advice"') == 4


def test_without_an_answer_the_page_shows_the_calls(client):
    page = ask(client)
    assert 'id="results"' not in page
    assert "January\xa030, 2024" in page
    assert "Closed" in page


@pytest.mark.parametrize(
    ("query", "field", "english", "french"),
    [
        ("organization=unknown", "organization", "This answer does not exist", "Cette réponse n’existe pas"),
        ("place=%00", "place", "This answer does not exist", "Cette réponse n’existe pas"),
        ("activity=research&activity=other", "activity", "Choose one answer.", "Choisissez une seule réponse."),
    ],
)
def test_a_wrong_answer_is_an_error_beside_its_question_and_no_advice(client, query, field, english, french):
    for language, words in [("en", english), ("fr", french)]:
        response = client.get(f"{address('programs:find-a-stream', language)}?organization=company&{query}")
        page = html.unescape(response.content.decode())
        assert response.status_code == 200
        assert f'id="error-{field}"' in page
        assert words in page
        assert 'id="results"' not in page


def test_an_answer_that_was_given_stays_chosen(client):
    assert re.findall(r'value="([^"]+)" checked', ask(client, place="abroad")) == ["abroad"]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["organization", "place", "activity", "x"]), st.text(st.characters(codec="utf-8"), max_size=20)
    )
)
def test_no_query_breaks_the_page(client, answers):
    ask(client, **answers)


@pytest.mark.parametrize("name", ["projects:overview", "programs:list"])
def test_the_question_is_asked_where_streams_are_shown(client, name):
    page = client.get(address(name)).content.decode()
    assert f'href="{address("programs:find-a-stream")}"' in page


def test_a_stream_shows_its_conditions_with_their_sources(client):
    page = client.get(address("programs:stream", code="traceability")).content.decode()
    section = page[page.index('id="conditions"') : page.index('id="calls"')]
    assert "companies that specialize in traceability technologies" in section
    assert section.count("/en/sources/#nrcan-cmtp-2023") == 2
    assert f'href="{address("programs:find-a-stream")}"' in section


# --- Rules of the working rows ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"admits": "abroad"}, None),
        ({"admits": "abroad", "excludes": "canada-alone"}, None),
        ({"admits": "company"}, "admits"),
        ({"excludes": "nowhere"}, "excludes"),
        ({"admits": "abroad", "excludes": "abroad"}, "excludes"),
    ],
)
def test_a_condition_names_answers_to_its_own_question(values, field):
    condition = StreamCondition(criterion="place", text_en="Here.", text_fr="Ici.", **values)
    if field is None:
        condition.clean()
    else:
        with pytest.raises(ValidationError) as error:
            condition.clean()
        assert [*error.value.message_dict] == [field]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"criterion": "place", "admits": "abroad"}, False),
        ({"criterion": "place", "excludes": "abroad"}, False),
        ({"criterion": "place"}, True),
        ({"criterion": "size", "admits": "abroad"}, True),
        ({"criterion": "activity", "admits": "other"}, True),
    ],
)
def test_the_database_keeps_the_rules_of_conditions(values, wrong):
    stream = FundingStream.objects.get(code="international-organizations")
    try:
        with transaction.atomic():
            StreamCondition.objects.create(stream=stream, text_en="Here.", text_fr="Ici.", **values)
    except IntegrityError:
        assert wrong
    else:
        assert not wrong


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_condition_names_the_source_that_states_it(client, language):
    page = client.get(f"{address('programs:find-a-stream', language)}?activity=traceability").content.decode()
    points = re.findall(r"<li>(?:(?!</?li).)*?<details class=\"provenance\">.*?</details>", page, re.DOTALL)
    assert points
    for point in points:
        assert address("projects:sources", language) in point
