import pytest
from django.core.management import CommandError, call_command

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


@pytest.mark.parametrize(
    "outdate",
    [
        lambda version: search.index([(version.pk, search.names(["what an earlier release read"]))]),
        lambda version: version.tags.filter(kind="certainty").delete(),
        lambda version: RegistryRow.objects.filter(version=version).update(country="FR"),
    ],
    ids=["words", "tags", "rows"],
)
def test_the_start_says_when_it_is_needed(capsys, outdate):
    def said() -> str:
        call_command("migrate", verbosity=0)
        return capsys.readouterr().err

    assert said() == ""
    call_command("reindex", "--check")
    outdate(PublishedVersion.objects.noun("project").latest("pk"))
    assert "Run ./portal manage reindex" in said()
    with pytest.raises(CommandError, match="Needed"):
        call_command("reindex", "--check")
    call_command("reindex")
    assert said() == ""
