"""An act comes to stand whole or not at all, also one that is written piece by piece."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Count

from gpi_portal.models import PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.publishing.apply import Act
from gpi_portal.publishing.plan import NotAsShown, plan
from gpi_portal.publishing.publish import publish
from projects.models import Mineral, RegistryRow, Source
from tests.site import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_pieces(monkeypatch):
    """Every act of more than seven versions is a large one."""
    for module in ("plan", "apply"):
        monkeypatch.setattr(f"gpi_portal.publishing.{module}.PIECE", 7)


@pytest.fixture
def source() -> Source:
    """The source that nearly every record cites, with another title."""
    source = Source.objects.alias(cited=Count("citations")).order_by("-cited").first()
    source.title_en = "Another title"
    source.save()
    return source


def between_pieces(monkeypatch, act) -> None:
    """Do something each time that a piece has been written."""
    stage = Act.stage

    def stage_and_more(self, piece):
        keys = stage(self, piece)
        act()
        return keys

    monkeypatch.setattr(Act, "stage", stage_and_more)


def standing() -> list[tuple]:
    return list(PublishedVersion.objects.order_by("pk").values_list("pk", "valid_from", "valid_to"))


def shown() -> set[tuple]:
    public = PublishedVersion.objects.public().values_list("noun", "code", "change", "document")
    return {(noun, code, change, str(document)) for noun, code, change, document in public}


def test_it_is_the_same_in_pieces_as_in_one(source, in_pieces, monkeypatch):
    with transaction.atomic():
        pieces = []
        between_pieces(monkeypatch, lambda: pieces.append(1))
        version = publish([source], reason="In pieces")
        in_many = shown()
        tags = PublishedTag.objects.filter(version__valid_from=version).count()
        transaction.set_rollback(True)
    assert len(pieces) > 3
    monkeypatch.undo()
    version = publish([source], reason="In one")
    assert shown() == in_many
    assert PublishedTag.objects.filter(version__valid_from=version).count() == tags
    assert RegistryVersion.objects.latest_number() == 2


def test_nobody_reads_what_is_not_whole(source, in_pieces, monkeypatch, client):
    urls = [address("projects:list"), f"{address('projects:list')}?q=another", address("projects:sources")]
    urls += [address("projects:changes"), f"{address('search')}?q=another"]
    before, rows = [client.get(url).content for url in urls], standing()
    seen = []
    between_pieces(monkeypatch, lambda: seen.append(([client.get(url).content for url in urls], standing())))
    publish([source])
    assert seen
    assert all(found == (before, rows) for found in seen)
    assert b"Another title" in client.get(address("projects:sources")).content


def test_what_breaks_off_leaves_nothing(source, in_pieces, monkeypatch):
    before, rows = standing(), RegistryRow.objects.count()
    pieces = []

    def break_off():
        pieces.append(1)
        if len(pieces) == 3:
            raise KeyboardInterrupt

    between_pieces(monkeypatch, break_off)
    with pytest.raises(KeyboardInterrupt):
        publish([source])
    assert standing() == before
    assert RegistryRow.objects.count() == rows
    monkeypatch.undo()
    publish([source])
    assert not PublishedVersion.staged.exists()


def publish_meanwhile() -> None:
    if Mineral.objects.filter(code="meanwhile").exists():
        return
    publish([Mineral.objects.create(code="meanwhile", name_en="Meanwhile", name_fr="Entre-temps")])


def test_an_act_that_another_one_does_not_touch_is_done_all_the_same(source, in_pieces, monkeypatch):
    between_pieces(monkeypatch, publish_meanwhile)
    version = publish([source], confirmed=plan([source]).fingerprint)
    assert version.number == 3


def test_an_act_of_which_the_index_is_made_again_meanwhile_is_planned_again(source, in_pieces, monkeypatch, client):
    made = []

    def make_again():
        if not made:
            made.append(1)
            call_command("reindex", verbosity=0)

    between_pieces(monkeypatch, make_again)
    publish([source])
    found = client.get(address("search"), {"q": '"another title"'}).content.decode()
    assert f"#{source.code}" in found
    for version in PublishedVersion.objects.public().referring_to("source", source.code):
        assert version.valid_from.number == 2


def test_an_act_that_another_one_overtakes_is_not_done_unseen(source, in_pieces, monkeypatch):
    confirmed = plan([source]).fingerprint
    overtaken = []

    def overtake():
        if not overtaken:
            overtaken.append(1)
            Source.objects.filter(pk=source.pk).update(title_en="A third title")
            publish(Source.objects.filter(pk=source.pk))

    between_pieces(monkeypatch, overtake)
    with pytest.raises(NotAsShown):
        publish([source], confirmed=confirmed)
    assert not PublishedVersion.staged.exists()
    assert PublishedVersion.objects.public().of_record(source).get().title_en == "A third title"


def test_what_an_act_that_died_has_left_goes_with_the_next_large_one(source, in_pieces):
    left = PublishedVersion.objects.public().of_record(source).get()
    left.pk = None
    PublishedVersion.staged.stage([left])
    publish([source])
    assert not PublishedVersion.staged.exists()


def test_a_version_without_a_beginning_has_an_end():
    with pytest.raises(IntegrityError, match="staged_never_stands"), transaction.atomic():
        PublishedVersion.objects.filter(noun="mineral", code="cobalt").update(valid_from=None)
