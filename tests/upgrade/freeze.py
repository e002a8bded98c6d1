"""What `make_before` writes down: every row of the portal of then, and what that portal answered."""

import datetime
import json
import lzma
import re
from decimal import Decimal
from pathlib import Path

from abilities import abilities
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import setup_test_environment
from gpi_portal.differences import preview
from staff_then import DAYS, make_accounts

from gpi_portal.models import PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing import last_document
from gpi_portal.search.engines import ENGINES
from gpi_portal.search.index import lexemes
from projects.registry import projects_where
from tests.site import PAGES, address, record_addresses

LISTS = ("/en/", "/fr/projets/", "/en/recipients/", "/en/changes/", "/en/corrections/", "/en/search/?q=cobalt")
PAST_RECORDS = ("/en/projects/gpi-0001/", "/en/projects/gpi-0002/", "/fr/projets/gpi-0010/", "/en/recipients/eiti/")
PAST_DAYS = ("2025-01-06", "2025-01-10", "2025-01-16")
QUERIES = (
    "/en/projects/?q=bismuth",
    "/fr/projets/?q=minéraux",
    "/en/projects/?mineral=none",
    "/en/projects/?recipient=Aurora-Labs",
    "/en/projects/?recipient=optel&order=-amount",
    "/en/projects/compare/?project=gpi-0001&project=gpi-0013",
)


def plain(value):
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    raise TypeError(value)


def tables():
    """Every row of every table that has a model, as columns and lists of values."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        columns = [field.attname for field in model._meta.concrete_fields]
        rows = list(model._base_manager.order_by("pk").values_list(*columns))
        found[model._meta.label_lower] = {"columns": columns, "rows": rows}
    return found


def search_index():
    """What the search held of each version, as SQLite and as PostgreSQL kept it."""
    for version in PublishedVersion.objects.order_by("pk"):
        row, loose = lexemes(nouns()[version.noun].texts_of(last_document(version)))
        if row:
            yield [version.pk, *(ENGINES[name].document(row, loose) for name in ("sqlite", "postgresql"))]


def heading(page):
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[1])).strip()


def answers():
    """Address → status and heading of what the public read, today and on past days."""
    records = {version.get_absolute_url() for version in PublishedVersion.objects.noun("project", "recipient")}
    others = (page for noun in ("program", "stream", "mineral") for page in record_addresses("fr", noun)[:3])
    today = {
        *(address(name) for name in PAGES),
        *LISTS,
        *QUERIES,
        *records,
        *record_addresses("fr", "project"),
        *others,
    }
    past = {f"{page}{'&' if '?' in page else '?'}as_of={day}" for day in PAST_DAYS for page in (*LISTS, *PAST_RECORDS)}
    found = {}
    for page in sorted(today | past):
        response = Client().get(page)
        found[page] = [response.status_code, heading(response.content.decode())]
    return found


def cited():
    """Address in the citation of the registry, made now → how many projects it shows and how much they received."""
    citation = Client().get("/en/projects/cite.ris").content.decode()
    total = projects_where().total
    return {re.search("UR  - http://testserver(.*)", citation)[1].strip(): [total.count, str(total.canadian.amount)]}


def published_as_they_are():
    """The working rows that the public already sees exactly, as ``noun code``."""
    for noun, model in nouns().items():
        for record in model.objects.order_by("code"):
            try:
                if not preview([record]):
                    yield f"{noun} {record.code}"
            except ValidationError:
                continue


def write_down(clock, target):
    """Let the staff of then do their work under this clock, and write what stands at its end into a file."""
    call_command("migrate", verbosity=0)
    call_command("load_registry", verbosity=0)
    setup_test_environment()
    make_accounts()
    citations = {}
    for day, act in DAYS:
        clock.turn_to(day)
        act()
        citations |= cited()
    before = {
        "migrations": list(MigrationRecorder.Migration.objects.order_by("pk").values_list("app", "name")),
        "tables": tables(),
        "search_index": list(search_index()),
    }
    before |= {
        "abilities": abilities(),
        "answers": answers(),
        "cited": citations,
        "published_as_they_are": list(published_as_they_are()),
    }
    text = json.dumps(before, default=plain, ensure_ascii=False, separators=(",", ":"))
    Path(target).write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
