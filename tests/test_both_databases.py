"""Whichever database answers: byte for byte the same pages."""

import json
import subprocess
import sys

import pytest

from gpi_portal.models import RegistryVersion
from tests.site import PAGES, compared_pages

pytestmark = [pytest.mark.django_db, pytest.mark.compares]


def test_every_page_is_the_same_on_sqlite():
    moment = RegistryVersion.objects.get().published_at.isoformat()
    command = [sys.executable, "-m", "tests.pages_on_sqlite", moment]
    there = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    here = compared_pages()
    assert len(here) > 2 * len(PAGES) + 200
    assert list(here) == list(there)
    assert [url for url, page in here.items() if page != there[url]] == []
