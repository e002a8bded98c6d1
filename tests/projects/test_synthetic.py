"""A made-up registry to measure with: the same at each loading, published like any other, and finished where it was."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from gpi_portal.models import PublishedVersion
from projects.models import Amendment, Citation, Project, Recipient
from tests.site import address

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    for module in ("projects.synthetic", "projects.management.commands.load_synthetic"):
        monkeypatch.setattr(f"{module}.CHUNK", 5)
    monkeypatch.setattr("projects.synthetic.RECIPIENTS", 3)


def load(number: int, **options) -> None:
    call_command("load_synthetic", number, verbosity=0, **options)


def documents() -> dict[tuple[str, str], dict]:
    versions = PublishedVersion.objects.public().filter(code__startswith="synthetic-")
    return {(version.noun, version.code): version.document for version in versions}


def test_what_is_loaded_is_public_found_and_in_the_trace(client, admin_client):
    load(12)
    assert Project.objects.filter(code__startswith="synthetic-").count() == 12
    assert client.get(address("projects:list")).context["answer"].count == 11 + 12
    project = Project.objects.get(code="synthetic-0000012")
    word = project.title_en.split()[0]
    assert project.code in {
        row.code for row in client.get(f"{address('projects:list')}?q={word}").context["answer"].rows
    }
    page = client.get(address("projects:project", "fr", code=project.code)).content.decode()
    assert project.title_fr in page
    assert project.history.count() == 1
    assert project.recipient.history.count() == 1
    for model in (Citation, Amendment):
        rows = model.objects.filter(project__code__startswith="synthetic-")
        assert model.history.filter(id__in=rows.values("pk")).count() == rows.count() > 0


def test_an_interrupted_loading_goes_on_where_it_was():
    load(5)
    first = documents()
    load(15)
    assert {key: documents()[key] for key in first} == first
    assert Project.objects.filter(code__startswith="synthetic-").count() == 15
    assert Recipient.objects.filter(code__startswith="synthetic-").count() == 9
    load(15)
    assert len(documents()) == 24


def test_the_seed_decides_what_is_loaded():
    assert made(1) == made(1)
    assert made(1) != made(2)


def made(seed: int) -> list[tuple]:
    with transaction.atomic():
        load(5, seed=seed)
        rows = Project.objects.filter(code__startswith="synthetic-").order_by("code")
        found = list(rows.values_list("title_fr", "amount", "recipient__name_en", "start_date"))
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("number", [0, -3])
def test_a_number_that_means_nothing_is_refused(number):
    with pytest.raises(CommandError, match="1 or more"):
        load(number)


def test_what_is_no_whole_chunk_is_not_added_to():
    load(7)
    with pytest.raises(CommandError, match="There are 7 of them"):
        load(12)
