"""The trap of the report form: no browser fills it in, and a reader whom it catches loses nothing."""

import html
import re

import pytest
from django.core.cache import cache
from django.test import Client

from gpi_portal.corrections.views import TRAP
from gpi_portal.models import ErrorReport
from tests.reports import HOME, WORDS, form_address, nothing_is_lost, send, token

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])
#: What browsers look for in the name, the id and the label of a field that they fill in by themselves.
FILLED_IN = (
    "name|mail|user|login|pass|phone|tel|fax|mobile|url|web|site|home|link|address|adresse|street|rue|city|ville|state|"
    "province|zip|postal|code|country|pays|company|organi|business|title|titre|card|carte|bday|birth|naissance|sex|"
    "gender|search|comment|message|subject|language|nickname"
)


@pytest.fixture(autouse=True)
def nobody_has_reported_yet():
    cache.clear()


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def field_of(page: str) -> str:
    return re.search(rf"<div hidden>\s*(<label .*?<textarea [^>]*name=\"{TRAP}\".*?)</div>", page, re.DOTALL)[1]


@LANGUAGES
def test_no_browser_fills_it_in_and_no_reader_meets_it(reader, language):
    field = field_of(reader.get(form_address(language)).content.decode())
    label = re.search(r"<label [^>]*>(.*?)</label>", field)[1]
    assert {'tabindex="-1"', 'autocomplete="off"'} <= set(re.findall(r'[a-z]+="[^"]*"', field))
    assert not re.search(FILLED_IN, TRAP)
    assert {"en": "Leave this field empty", "fr": "Laissez ce champ vide"}[language] in html.unescape(label)


@LANGUAGES
def test_a_reader_who_is_caught_is_told_so_and_sends_it_all_the_same(reader, language):
    url = form_address(language)
    caught = send(reader, url, **{TRAP: "<b>Ours</b>"})
    page = caught.content.decode()
    assert nothing_is_lost(caught)
    assert {"en": "Is this report from you?", "fr": "Ce signalement vient-il de vous"}[language] in page
    assert "&lt;b&gt;Ours&lt;/b&gt;" in page
    assert f'name="{TRAP}"' not in page
    again = reader.post(url, {**WORDS, "token": re.search(r'name="token" value="([^"]+)"', page)[1]}, headers=HOME)
    assert again.status_code == 303
    assert ErrorReport.objects.get().text == WORDS["text"]


def test_programs_that_are_caught_use_up_nobodys_limit(reader, settings):
    settings.REPORTS_PER_HOUR = 1
    fresh = token(reader, form_address())
    for _time in range(3):
        assert send(reader, token=fresh, **{TRAP: "spam"}).status_code == 200
    assert send(reader, token=fresh).status_code == 303
