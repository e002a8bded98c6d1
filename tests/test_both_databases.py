"""Whichever database answers: byte for byte the same pages."""

import json
import subprocess
import sys

import pytest

from gpi_portal.models import RegistryVersion
from tests.site import PAGES, compared_pages

pytestmark = [pytest.mark.django_db, pytest.mark.compares]


def test_every_page_is_the_same_on_sqlite(tmp_path):
    moment, file = RegistryVersion.objects.get().published_at.isoformat(), tmp_path / "pages.json"
    subprocess.run([sys.executable, "-m", "tests.pages_on_sqlite", moment, file], check=True)
    there = json.loads(file.read_text())
    here = compared_pages()
    assert len(here) > 2 * len(PAGES) + 200
    assert list(here) == list(there)
    assert [url for url, page in here.items() if page != there[url]] == []
