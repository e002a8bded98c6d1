"""The pages of the staff in the language of who reads them: words for names and codes, a way on from every refusal."""

import html
import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from gpi_portal.corrections.decisions import decline
from gpi_portal.models import OwnedRow
from gpi_portal.nouns import nouns
from gpi_portal.staff.trace import RecordTrace, relations_of, rows_of
from projects.models import Project
from tests.projects.test_admin import admin_url, edit
from tests.staff import a_report, client_of
from tests.staff import signed_in as browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


def text_of(client, url: str, language: str = "en") -> str:
    return html.unescape(client.get(url, headers={"accept-language": language}).content.decode())


def bare(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def own_rows() -> list[OwnedRow]:
    """Rows of every kind, of the first records of every noun."""
    records = [record for model in nouns().values() for record in model.objects.all()[:3]]
    return [row for record in records for name in relations_of(type(record)) for row in rows_of(record, name)]


def named(row: OwnedRow, language: str) -> str:
    with translation.override(language):
        return str(row)


def test_rows_are_named_in_words_of_the_language_of_the_page():
    rows = own_rows()
    assert {row._meta.model_name for row in rows} >= {"citation", "cofunding", "location", "call", "programpurpose"}
    for row in rows:
        assert "_" not in named(row, "en")
        texts = [name for name in ("funder", "name", "text") if hasattr(row, f"{name}_fr")]
        for language in ("en", "fr") if texts else ():
            assert getattr(row, f"{texts[0]}_{language}").startswith(named(row, language))
    citation = next(row for row in rows if row._meta.model_name == "citation" and row.field == "amount_qualifier")
    assert named(citation, "en").startswith("Qualifier: ")


@pytest.mark.parametrize(("language", "words"), [("en", "State: New → Declined"), ("fr", "État\xa0: Nouveau → Refusé")])
def test_the_history_of_a_report_is_said_in_words(admin_client, admin_user, language, words):
    report = a_report()
    decline([report.pk], by=admin_user, reason_en="It is right.", reason_fr="C’est exact.")
    entries = [reverse("admin:gpi_portal_errorreport_history", args=(report.pk,))]
    entries += [
        reverse("admin:gpi_portal_errorreport_simple_history", args=(report.pk, row.pk)) for row in report.history.all()
    ]
    texts = [bare(text_of(admin_client, url, language)) for url in entries]
    assert " ".join(words.split()) in texts[0]
    for text in texts:
        assert not re.search(r"None|\+00:00|pk=|Historical|Historique de vue", text)


def test_who_may_not_is_told_whom_to_ask_and_led_back(project):
    client = client_of("reader")
    page = client.get(admin_url(project, "delete", project.pk))
    text = page.content.decode()
    assert page.status_code == 403
    assert "Ask an administrator" in text
    assert "load the page again" not in text
    assert re.search(r'<main.*?href="([^"]*)"', text, re.DOTALL)[1] == reverse("admin:index")
    assert "language-link" not in text


def test_an_address_below_the_admin_that_is_not_there_leads_back_to_it(admin_client):
    text = admin_client.get("/admin/nothing/here/").content.decode()
    assert re.search(r'<main.*?href="([^"]*)"', text, re.DOTALL)[1] == reverse("admin:index")


def test_staff_choose_the_language_of_their_pages_and_no_public_page_knows_it(admin_client):
    form = {"language": "fr", "next": reverse("admin:index")}
    answer = admin_client.post(reverse("set_language"), form)
    assert answer["Location"] == reverse("admin:index")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME]["path"] == "/admin/"
    assert '<html lang="fr"' in text_of(admin_client, reverse("admin:index"))
    assert "django_language" not in admin_client.get("/en/").cookies


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_page_of_the_staff_offers_the_other_language(client, admin_user, signed_in):
    browser, page = (browser_of(admin_user), "index") if signed_in else (client, "login")
    text = text_of(browser, reverse(f"admin:{page}"))
    assert f'action="{reverse("set_language")}"' in text
    assert 'value="fr" lang="fr">Français' in text


def test_the_list_of_projects_gives_amounts_and_what_waits_in_words(admin_client, project):
    edit(admin_client, project, naics="21")
    row = re.search(
        r"<tr>(?:(?!</tr>).)*gpi-0001.*?</tr>", text_of(admin_client, admin_url(project, "changelist")), re.S
    )
    assert "$7.5\xa0million" in row[0]
    assert '<td class="field-waiting">Yes</td>' in row[0]
    assert "icon-no" not in row[0]


def test_a_form_that_adds_begins_with_its_first_field(admin_client, project):
    text = text_of(admin_client, admin_url(project, "add"))
    assert text.index('id="id_code"') < text.index('name="_save"')
    assert text_of(admin_client, admin_url(project, "change", project.pk)).count('name="_save"') == 2


def test_a_text_says_its_language(admin_client, project):
    text = text_of(admin_client, admin_url(project, "change", project.pk))
    assert re.search(r'<input[^>]*name="title_fr"[^>]*lang="fr"', text)
    edit(admin_client, project, title_fr="Un autre titre")
    for url in (
        f"{admin_url(project, 'publish')}?codes=gpi-0001",
        admin_url(project, "history", project.pk),
        admin_url(project, "simple_history", project.pk, RecordTrace(project).acts[0].pk),
    ):
        assert '<span lang="fr">Un autre titre</span>' in text_of(admin_client, url), url


def test_every_page_about_a_record_says_where_it_is(admin_client, project):
    past = RecordTrace(project).acts[0].pk
    urls = {
        "Publish": f"{admin_url(project, 'publish')}?codes=gpi-0001",
        "Withdraw": admin_url(project, "withdraw", project.pk),
        "History": admin_url(project, "history", project.pk),
        "Restore": admin_url(project, "simple_history", project.pk, past),
    }
    for page, url in urls.items():
        crumbs = re.search(r'<div class="breadcrumbs">.*?</div>', text_of(admin_client, url), re.DOTALL)[0]
        places = ["Home", "Registry of funded projects", "Projects", str(project), page]
        assert bare(crumbs) == " › ".join(places)


def test_what_the_portal_gives_as_a_reason_is_said_in_the_language_of_the_page(admin_client, project):
    text = text_of(admin_client, admin_url(project, "history", project.pk), "fr")
    assert "Première publication du registre." in text


def test_times_are_written_as_in_french_canada(admin_client, project):
    text = text_of(admin_client, admin_url(project, "history", project.pk), "fr")
    assert re.search(r"\d\d\xa0h\xa0\d\d", text)


def test_the_help_of_a_new_account_is_french_on_a_french_page(admin_client):
    assert "Sans mot de passe" in text_of(admin_client, reverse("admin:auth_user_add"), "fr")


def test_the_time_of_a_moment_has_a_name(admin_client, admin_user):
    text = text_of(admin_client, reverse("admin:auth_user_change", args=(admin_user.pk,)))
    assert re.search(r'name="last_login_1"[^>]*aria-label="Time"', text)
