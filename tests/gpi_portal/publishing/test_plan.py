"""A plan says what an act would change: it writes nothing, waits for nobody, and asks as often for many as for one."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gpi_portal.models import PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.differences import differences_of_plan
from gpi_portal.publishing.plan import plan
from gpi_portal.publishing.publish import publish
from programs.models import PartnerInitiative, Program
from projects.models import Mineral, Project, Recipient

pytestmark = pytest.mark.django_db


def asked(act) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"] for query in queries]


def edit_every_project() -> None:
    for project in Project.objects.all():
        project.title_en += " edited"
        project.save()


def test_a_preview_takes_no_lock_and_writes_nothing():
    edit_every_project()
    statements = asked(lambda: differences_of_plan(plan(Project.objects.all())))
    assert {statement.split()[0] for statement in statements} == {"SELECT"}
    assert not [statement for statement in statements if "FOR UPDATE" in statement]


def test_one_record_is_published_in_few_queries():
    edit_every_project()
    assert len(asked(lambda: publish(Project.objects.filter(code="gpi-0001")))) <= 40


def test_every_project_is_published_in_hardly_more():
    edit_every_project()
    assert len(asked(lambda: publish(Project.objects.all()))) <= 50


def test_a_thousand_records_are_published_in_150_queries():
    names = [
        {"code": f"new-{number}", "name_en": f"New {number}", "name_fr": f"Neuf {number}"} for number in range(1000)
    ]
    Mineral.objects.bulk_create(Mineral(**values) for values in names)
    chosen = Mineral.objects.filter(code__startswith="new-")
    assert len(asked(lambda: publish(chosen))) <= 150
    assert PublishedVersion.objects.public().filter(noun="mineral", code__startswith="new-").count() == 1000


def test_a_plan_of_everything_that_is_public_already_is_empty():
    records = [record for model in nouns().values() for record in model.objects.all()]
    planned = plan(records)
    assert (planned.changes, planned.holders, planned.problems) == ([], [], [])


def test_a_plan_over_nothing_changes_nothing():
    assert publish([]) is None
    assert publish(Project.objects.none()) is None
    assert RegistryVersion.objects.latest_number() == 1


def test_what_is_never_published_is_refused_by_its_name():
    with pytest.raises(TypeError, match="User is not published"):
        plan([User(username="anna")])


def test_records_that_show_each_other_for_the_first_time_are_published_together():
    recipient = Recipient.objects.create(code="new", name_en="New", name_fr="Nouveau")
    project = Project.objects.get(code="gpi-0010")
    project.recipient = recipient
    project.save()
    assert plan([project]).problems == ["gpi-0010: “New” is not public yet. Publish it first."]
    publish([project, recipient])
    assert PublishedVersion.objects.public().of_record(project).get().document["recipient"]["name_fr"] == "Nouveau"


@pytest.mark.parametrize(
    ("model", "link", "sentence"),
    [
        (Program, "parent", "A program cannot be part of itself."),
        (PartnerInitiative, "part_of", "An initiative cannot belong to itself."),
    ],
)
def test_records_that_belong_to_each_other_in_a_ring_are_refused_in_a_sentence(model, link, sentence):
    first, second = model.objects.order_by("code")[:2]
    model.objects.filter(pk=first.pk).update(**{link: second})
    model.objects.filter(pk=second.pk).update(**{link: first})
    with pytest.raises(ValidationError) as refusal:
        publish(model.objects.filter(pk__in=[first.pk, second.pk]))
    assert refusal.value.messages == [f"{first.code}: {sentence}", f"{second.code}: {sentence}"]


def test_a_name_that_a_thousand_records_show_is_planned_without_reading_them():
    source = PublishedVersion.objects.public().filter(noun="source").first()
    record = nouns()["source"].objects.get(code=source.code)
    record.title_en += " edited"
    record.save()
    planned = plan([record])
    assert len(planned.changes) == 1
    shown = PublishedVersion.objects.public().referring_to("source", record.code)
    assert sorted(planned.holders) == sorted(shown.values_list("pk", flat=True))
