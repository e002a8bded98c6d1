"""No word breaks a page at 320 pixels: one of 30 or 60 letters stands in every text of every record."""

from collections.abc import Iterator

import pytest

from tests.browser.server import Portal, running_portal
from tests.browser.tour import NARROW, PAGES, probe

pytestmark = [pytest.mark.browser, pytest.mark.on_one_database]

LONG_WORDS = """
from itertools import cycle
from django.apps import apps
from django.db import models
from gpi_portal.corrections.decisions import accept
from gpi_portal.models import ErrorReport
from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import publish, withdraw
from projects.models import Project, Recipient

words = cycle(["Hexakosioihexekontahexaphobias", "Rindfleischetikettierung" + "sueberwachung" * 3, "W" * 30])
plain = {"aliases", "heading", "value", "note"}
for model in (model for label in ("programs", "projects") for model in apps.get_app_config(label).get_models()):
    names = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
        and (field.name.endswith(("_en", "_fr")) or field.name in plain) and (field.max_length or 999) > 61
    ]
    if model.__name__.startswith("Historical") or not names or hasattr(model, "version"):
        continue
    for row in model._default_manager.all():
        for name in names:
            text = f"{next(words)} {getattr(row, name)}".strip()
            setattr(row, name, text[: model._meta.get_field(name).max_length])
        model._default_manager.filter(pk=row.pk).update(**{name: getattr(row, name) for name in names})
project = Project.objects.get(code="gpi-0001")
word = next(words)
project.amendments.create(number=0, value=123750)
project.amendments.create(number=1, value=999999, amended_on="2025-01-02", reason_en=word, reason_fr=word)
publish([record for model in nouns().values() for record in model.objects.all()], reason="Long words")
record = Recipient.objects.create(code="entered-twice", name_en=f"{word} twice", name_fr=f"{word} deux")
reported_on = publish([record])
titles = {"title_en": record.name_en, "title_fr": record.name_fr, "language": "en"}
report = {"noun": "recipient", "code": record.code, **titles, "reported_on": reported_on, "text": "Twice there."}
accepted = ErrorReport.objects.create(**report)
withdraw(record, reason_en=word, reason_fr=word)
names = ("before_en", "before_fr", "after_en", "after_fr", "reason_en", "reason_fr")
texts = {name: f"{name} {word}" for name in names}
accept(accepted, by=None, field="", **texts)
"""
#: What a visitor types is shown again; and the lists of what was found by it.
TYPED = "Rindfleischetikettierungsueberwachungsaufgabenuebertragungen"
QUERIES = (
    f"/en/projects/?q={TYPED}",
    f"/en/projects/?q={TYPED}nowhere&stream={TYPED}",
    f"/en/search/?q={TYPED}",
    f"/en/changes/?q={TYPED}",
    f"/en/{TYPED}/",
    f"/en/projects/{TYPED}/",
    "/en/changes/",
    "/en/changes/?version=2&page_size=100",
    "/en/projects/?recipient=optel&mineral=cobalt&program=gpi&stream=joint-rd",
    "/en/projects/gpi-0001/?as_of=9999-12-31.1",
    "/en/projects/gpi-0008/",
    "/en/projects/compare/?project=gpi-0001&project=gpi-0002&project=gpi-0003&project=gpi-0004",
)


@pytest.fixture(scope="module")
def portal_of_long_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with running_portal(tmp_path_factory.mktemp("long-words")) as portal:
        portal.manage("shell", "-c", LONG_WORDS)
        yield portal


def test_no_word_makes_a_page_scroll_sideways(portal_of_long_words, open_window):
    page = open_window(viewport=NARROW, base_url=portal_of_long_words.url)
    wrong, addresses = {}, [*PAGES, *QUERIES]
    for address in addresses:
        page.goto(address)
        if address.startswith("/en/"):
            addresses.append(page.locator(".language-link").get_attribute("href"))
        found = probe(page, "tooWide")
        probe(page, "openEverything")
        found += probe(page, "tooWide")
        wrong |= {address: found} if found else {}
    assert len(addresses) == 2 * (len(PAGES) + len(QUERIES))
    assert wrong == {}
