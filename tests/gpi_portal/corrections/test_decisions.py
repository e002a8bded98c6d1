"""Readers report errors from every record, on the version that they looked at; nothing that they typed is lost."""

import datetime
import html

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from gpi_portal.models import ErrorReport, PublishedVersion, RegistryVersion
from gpi_portal.publishing.publish import publish, withdraw
from projects.models import Project
from tests.reports import HOME, NOUNS, WORDS, form_address, kept, send, token
from tests.site import address

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr")


@pytest.fixture(autouse=True)
def nobody_has_reported_yet():
    cache.clear()


@pytest.fixture
def reader():
    """A browser that checks for CSRF as the real server does."""
    return Client(enforce_csrf_checks=True)


# --- The form ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_leads_to_a_form_of_its_own(client, noun, language):
    version = PublishedVersion.objects.public().noun(noun).order_by("pk").first()
    form = form_address(language, noun, version.code)
    home = address("projects:sources", language) if noun == "source" else None
    page = client.get(home or address(f"{NOUNS[noun]}:{noun}", language, code=version.code)).content.decode()
    assert f'href="{form}?version=1"' in page
    answer = client.get(f"{form}?version=1")
    assert answer.status_code == 200
    other = "fr" if language == "en" else "en"
    assert f'href="{form_address(other, noun, version.code)}?version=1"' in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_stored_and_thanked_for_with_its_receipt(reader, language):
    response = send(reader, form_address(language), text="first line\r\nsecond line")
    report = ErrorReport.objects.get()
    assert response.status_code == 303
    assert report.receipt in reader.get(response["Location"]).content.decode()
    assert (report.noun, report.code, report.field, report.language) == ("project", "gpi-0001", "amount", language)
    assert (report.text, report.suggestion, report.contact) == ("first line\nsecond line", "quokka", WORDS["contact"])
    assert (report.state, report.reported_on_id) == ("new", 1)
    assert report.title_fr == Project.objects.get(code="gpi-0001").title_fr


def test_the_same_form_sent_twice_is_one_report_and_changed_words_are_another(reader):
    sent = {"token": token(reader, form_address()), **WORDS}
    first = reader.post(form_address(), sent, headers=HOME)
    cache.clear()  # as it is in another process
    second = reader.post(form_address(), sent, headers=HOME)
    assert first.url == second.url
    assert ErrorReport.objects.count() == 1
    reader.post(form_address(), {**sent, "text": "something else"}, headers=HOME)
    assert ErrorReport.objects.count() == 2


def test_only_field_and_text_are_required(reader):
    assert send(reader, field="other", suggestion="", contact="").status_code == 303
    assert ErrorReport.objects.get().field == ""


def test_no_step_sets_a_cookie_or_may_be_kept(reader):
    steps = [reader.get(form_address()), send(reader, text=""), send(reader), send(reader, headers={})]
    steps.append(reader.get(steps[2]["Location"]))
    assert [step.status_code for step in steps] == [200, 200, 303, 403, 200]
    assert [step.headers["Cache-Control"] for step in steps] == ["no-store"] * 5
    assert [step.headers.get("ETag") for step in steps] == [None] * 5
    assert not reader.cookies


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("field", ""),
        ("field", "code"),
        ("text", " \n "),
        ("text", "a\x00b"),
        ("text", "x" * 4001),
        ("suggestion", "x" * 2001),
        ("contact", "nobody"),
        ("contact", f"{'x' * 250}@example.org"),
    ],
)
def test_a_bad_value_is_an_error_beside_its_field_and_nothing_is_lost(reader, language, field, value):
    response = send(reader, form_address(language), **{field: value})
    page = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert f'id="error-{field}"' in page
    assert f'href="#field-{field}"' in page
    assert len(kept(response)) >= 3
    assert not ErrorReport.objects.exists()


def test_lines_count_as_people_count_them(reader):
    assert send(reader, text="\r\n".join(["x" * 399] * 10)).status_code == 303


def test_what_was_typed_is_shown_again_harmless(reader):
    page = send(reader, text="</textarea><script>x</script>", contact='"><b>').content.decode()
    assert "<script>x" not in page
    assert '"><b>' not in page


@pytest.mark.parametrize("noun", NOUNS)
def test_a_record_that_never_was_public_has_no_form(client, noun):
    Project.objects.create(
        code="draft", recipient=Project.objects.first().recipient, program=Project.objects.first().program
    )
    assert client.get(form_address(noun=noun, code="draft")).status_code == 404
    assert client.post(form_address(noun=noun, code="draft"), WORDS, headers=HOME).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_withdrawn_record_can_be_reported_too(reader, language):
    withdraw(Project.objects.get(code="gpi-0011"), reason_en="Entered twice.", reason_fr="Saisi deux fois.")
    url = form_address(language, code="gpi-0011")
    tombstone = reader.get(address("projects:project", language, code="gpi-0011")).content.decode()
    assert f'href="{url}?version=2"' in tombstone
    words = {"en": "This record was withdrawn", "fr": "Cette fiche a été retirée"}[language]
    assert words in reader.get(url).content.decode()
    assert send(reader, url).status_code == 303
    assert ErrorReport.objects.get().reported_on_id == 2


# --- The data version that the reader looked at -----------------------------------------------------


def rename(title="A clearer title"):
    project = Project.objects.get(code="gpi-0001")
    project.title_en = title
    return publish([project], reason="Clearer")


def test_the_form_says_which_data_version_the_reader_looked_at(reader):
    rename()
    rename("A clear title")
    for version, number in [("1", 1), ("2", 2), ("3", 3), ("", 3), ("99", 3), ("0", 3), ("x", 3), ("9" * 30, 3)]:
        page = reader.get(f"{form_address()}?version={version}").content.decode()
        assert f"Data version {number} of" in page, version
        assert ("This record has changed since" in page) is (number < 3)


def test_a_record_of_a_past_day_leads_to_the_form_of_its_version(client):
    RegistryVersion.objects.update(published_at=timezone.now() - datetime.timedelta(days=3))
    rename()
    day = timezone.localdate() - datetime.timedelta(days=2)
    page = client.get(address("projects:project", code="gpi-0001") + f"?as_of={day}").content.decode()
    assert f'href="{form_address()}?version=1"' in page


def test_a_report_is_on_the_version_that_its_form_showed(reader):
    stale = token(reader, form_address())
    rename()
    send(reader, token=stale)
    assert ErrorReport.objects.get().reported_on_id == 1


def test_a_version_from_before_the_record_stands_for_today(reader):
    rename()
    model = Project.objects.get(code="gpi-0001")
    new = Project.objects.create(
        code="new",
        title_en="N",
        title_fr="N",
        description_en="D",
        description_fr="D",
        recipient=model.recipient,
        program=model.program,
    )
    publish([new])
    assert "Data version 3 of" in reader.get(f"{form_address(code='new')}?version=1").content.decode()
