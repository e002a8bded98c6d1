"""The shared list of cases: the same words give the same records on SQLite and PostgreSQL."""

import pytest
from django.db.models import QuerySet

from gpi_portal import search
from gpi_portal.models import PublishedVersion
from tests.gpi_portal.search.cases import EVERYWHERE, PROJECTS

pytestmark = pytest.mark.django_db


def public(query: str) -> QuerySet[PublishedVersion]:
    return PublishedVersion.objects.public().filter(search.matching(search.parse(query)))


def shortened(value: object) -> str:
    return str(value)[:40]


@pytest.mark.parametrize(("query", "numbers"), PROJECTS, ids=shortened)
def test_funded_projects(query, numbers):
    assert {int(version.code[-4:]) for version in public(query).noun("project")} == numbers


@pytest.mark.parametrize(("query", "records"), EVERYWHERE, ids=shortened)
def test_every_noun(query, records):
    found = public(query).exclude(noun="source")
    assert {f"{version.noun}/{version.code}" for version in found} == set(records.split())
