"""Characters that are known to draw nothing only now leave the working rows, and nothing else changes by that."""

import importlib

import pytest
from django.apps import apps

from gpi_portal.migrations._one_way_in import is_typed
from gpi_portal.models import OwnedRow, Publishable, PublishedVersion, RegistryVersion
from gpi_portal.publishing.publish import publish
from projects.models import Amendment, Citation, Recipient
from tests.projects.changing import cited, fresh, public

pytestmark = pytest.mark.django_db

#: Every kind of working row but the one of which the fixtures have none.
WORKING = [model for model in apps.get_models() if issubclass(model, Publishable | OwnedRow) and model is not Amendment]


@pytest.fixture
def upgrade(capsys):
    """Does what the migrations do; what they said. The upgrade of a whole portal runs them themselves."""

    def forward() -> str:
        capsys.readouterr()
        for name in ("programs.migrations.0009_undrawn_text", "projects.migrations.0010_undrawn_text"):
            importlib.import_module(name).bring_in(apps, None)
        return capsys.readouterr().out

    return forward


def texts_of(row) -> dict[str, str]:
    """The texts of a row that somebody typed, and that take one character more."""
    fields = [field for field in row._meta.concrete_fields if is_typed(field) and field.editable and not field.choices]
    return {
        field.attname: getattr(row, field.attname)
        for field in fields
        if getattr(row, field.attname) and len(getattr(row, field.attname)) < (field.max_length or 10**6)
    }


@pytest.mark.parametrize("model", WORKING, ids=lambda model: model._meta.model_name)
def test_every_text_of_a_working_row_loses_them_and_is_named(upgrade, model):
    row = model._base_manager.order_by("pk").first()
    before = texts_of(row)
    assert before
    model._base_manager.filter(pk=row.pk).update(
        **{name: f"{text[:1]}\ufffc{text[1:]}" for name, text in before.items()}
    )
    traces, number = model.history.count(), RegistryVersion.objects.latest_number()
    said = upgrade()
    after = model._base_manager.get(pk=row.pk)
    assert {name: getattr(after, name) for name in before} == before
    assert all(name in said for name in before)
    assert (model.history.count(), RegistryVersion.objects.latest_number()) == (traces, number)
    if isinstance(after, Publishable):
        assert (after.modified_at, after.published_at) == (row.modified_at, row.published_at)
        assert publish([after]) is None


@pytest.mark.parametrize("character", "\ufffc\U0001d159\U00016fe4\ufe0f")
def test_what_is_cited_stays_cited(upgrade, character):
    """What a citation stands for was told of a text in which the character was."""
    record = Recipient.objects.get(code="optel")
    name = f"{record.name_en[:3]}{character}{record.name_en[3:]}"
    version = PublishedVersion.objects.public().get(noun="recipient", code="optel")
    version.document["name_en"] = name
    version.save()
    Recipient.objects.filter(pk=record.pk).update(name_en=name)
    of_name = Citation.objects.filter(recipient=record, field="name")
    assert of_name.update(supports="0" * 32)
    before = cited(public(record))
    assert "name" in dict(before)
    upgrade()
    assert publish([fresh(record)]) is None
    assert cited(public(record)) == before
    assert not of_name.filter(supports="0" * 32).exists()


def test_what_was_not_cited_any_more_stays_so(upgrade):
    """The citation of another value that the public does not read."""
    record = Recipient.objects.get(code="optel")
    version = PublishedVersion.objects.public().get(noun="recipient", code="optel")
    version.document["name_en"] = f"{record.name_en}\ufffc"
    citations = version.document["citations"]
    version.document["citations"] = [row for row in citations if row["field"] != "name"]
    version.save()
    Citation.objects.filter(recipient=record, field="name").update(supports="0" * 32)
    upgrade()
    assert publish([fresh(record)]) is None
    assert "name" not in dict(cited(public(record)))
