"""Every kind of row with an amount, and every day: what goes, or is yet to come, is asked about."""

import datetime

import pytest
from django.apps import apps

from gpi_portal.i18n.days import validate_year
from gpi_portal.models import OwnedRow, Publishable, columns_of
from gpi_portal.models.doubts import amounts
from gpi_portal.publishing.moments import today
from programs.models import FundingStream
from projects.models import Mineral, Project, Source
from tests.gpi_portal.models.test_doubts import asked, send

pytestmark = pytest.mark.django_db

#: A kind of row that has amounts: its record, how the rows are called there, and what it takes to add one.
ROWS_WITH_MONEY = {
    "co_funding": (Project, "gpi-0011", {"funder_en": "A fund", "funder_fr": "Un fonds", "amount": 100_000}),
    "amendments": (Project, "gpi-0011", {"number": 0, "value": 100_000}),
    "calls": (FundingStream, "joint-rd", {"code": "c", "name_en": "C", "name_fr": "A", "envelope": 100_000}),
}


@pytest.mark.parametrize("kind", ROWS_WITH_MONEY)
def test_a_row_that_goes_with_its_amount(admin_client, kind):
    (model, code, values) = ROWS_WITH_MONEY[kind]
    record = model.objects.get(code=code)
    rows = getattr(record, kind)
    row, place = rows.create(position=99, **values), rows.count() - 1
    gone = {f"{kind}-{place}-DELETE": "on"}
    ((words, digest),) = asked(send(admin_client, record, **gone)).items()
    assert words.startswith(f"“{row}: ")
    assert words.endswith("was $100,000 and is removed.")
    assert rows.filter(pk=row.pk).exists()
    assert send(admin_client, record, **gone, meant=[digest]).status_code == 302
    assert not rows.filter(pk=row.pk).exists()


def test_a_row_that_goes_without_an_amount(admin_client):
    project = Project.objects.get(code="gpi-0011")
    project.co_funding.create(funder_en="A fund", funder_fr="Un fonds")
    assert send(admin_client, project, **{"co_funding-0-DELETE": "on"}).status_code == 302


def test_every_kind_of_row_with_an_amount_is_asked_about():
    with_money = {model for model in apps.get_models() if issubclass(model, OwnedRow) and any(amounts(model()))}
    assert with_money == {getattr(model, kind).rel.related_model for kind, (model, *_rest) in ROWS_WITH_MONEY.items()}


@pytest.mark.parametrize(
    ("model", "column"),
    [(Source, "published_on"), (Source, "retrieved_on"), (Mineral, "list_version"), (Mineral, "listed_since")],
)
def test_what_has_happened_did_so_today_at_the_latest(admin_client, model, column):
    record = model.objects.exclude(**{column: None}).first()
    is_year = column == "listed_since"
    later = today().year + 1 if is_year else today() + datetime.timedelta(days=1)
    more = {"list_version": f"{later}-01-01"} if is_year else {}
    found = asked(send(admin_client, record, **{column: later, **more}))
    assert any(words.endswith(f"this {'year' if is_year else 'day'} has not come yet.") for words in found)
    assert send(admin_client, record, **{column: later, **more}, meant=list(found.values())).status_code == 302
    assert send(admin_client, type(record).objects.get(pk=record.pk)).status_code == 302
    assert (
        send(
            admin_client, record, **{column: today().year if is_year else today(), "list_version": today()}
        ).status_code
        == 302
    )


#: Days and years that may be to come, because they are planned.
PLANNED = {"start_date", "end_date", "opens_on", "closes_on", "start_year", "end_year"}


def test_every_day_of_a_record_is_either_planned_or_has_happened():
    for model in apps.get_models():
        if issubclass(model, Publishable | OwnedRow):
            days = {field.name for field in model._meta.concrete_fields if is_day_or_year(field)}
            past = {name for name, own in columns_of(model).items() if own.traits.is_past}
            assert days <= PLANNED | past, model


def is_day_or_year(field) -> bool:
    return field.get_internal_type() == "DateField" or validate_year in field.validators
