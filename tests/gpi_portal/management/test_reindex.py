import pytest
from django.core.management import call_command

from gpi_portal import search
from gpi_portal.models import PublishedTag, PublishedVersion
from projects.models import RecipientRow, RegistryRow
from projects.registry import projects_where

pytestmark = pytest.mark.django_db


def derived() -> tuple:
    tags = set(PublishedTag.objects.values_list("version", "kind", "value"))
    rows = set(RegistryRow.objects.values_list()), set(RecipientRow.objects.values_list())
    words = ("cobalt", "whati", "subvention", "uranium OR chile", '"supply chain"')
    found = [
        set(PublishedVersion.objects.filter(search.matching(search.parse(text))).values_list("pk")) for text in words
    ]
    return tags, *rows, found


def test_what_is_derived_can_be_thrown_away_and_made_again():
    before = derived()
    PublishedTag.objects.all().delete()
    RegistryRow.objects.all().delete()
    RecipientRow.objects.all().delete()
    search.clear()
    assert projects_where().count == 0
    call_command("reindex")
    assert derived() == before


def test_reindexing_twice_changes_nothing(capsys):
    before = derived()
    call_command("reindex")
    call_command("reindex")
    assert derived() == before
    assert "project: 11 of 11 versions" in capsys.readouterr().out
