"""The rules that the database keeps, each tried from both sides."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from projects.models import Amendment, Citation, Location, Mineral, Project, Recipient, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0011")


def refused(save) -> bool:
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        return True
    return False


def change(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return record.save


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"start_date": datetime.date(2024, 5, 1), "end_date": datetime.date(2024, 4, 30)}, True),
        ({"start_date": datetime.date(2024, 5, 1), "end_date": datetime.date(2024, 5, 1)}, False),
        ({"start_date": datetime.date(2024, 5, 1)}, False),
        ({"end_date": datetime.date(2024, 5, 1)}, False),
        ({"end_date": datetime.date(2024, 5, 1), "end_open": True}, True),
        ({"end_open": True}, False),
        ({"amount": Decimal("-1")}, True),
        ({"amount": Decimal("-1"), "origin": "federal"}, False),
        ({"amount": None}, False),
        ({"amount": Decimal(0)}, False),
        ({"agreement_type": "X"}, True),
        ({"agreement_type": ""}, False),
        ({"foreign_currency": "USD"}, True),
        ({"foreign_value": Decimal(5)}, True),
        ({"foreign_currency": "USD", "foreign_value": Decimal(5)}, False),
    ],
)
def test_project(project, values, wrong):
    assert refused(change(project, **values)) is wrong


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"country": "US", "province": "ON"}, True),
        ({"country": "CA", "province": "ON"}, False),
        ({"country": "", "province": "ON"}, True),
        ({"country": "CA", "province": "XX"}, True),
        ({"recipient_type": "Z"}, True),
        ({"recipient_type": "A"}, False),
    ],
)
def test_recipient(values, wrong):
    assert refused(change(Recipient.objects.get(code="northern-block"), **values)) is wrong


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, False),
        ({"latitude": 62, "longitude": -114, "precision": "region"}, False),
        ({"latitude": 62, "longitude": -114}, True),
        ({"latitude": 62, "precision": "site"}, True),
        ({"latitude": 91, "longitude": 0, "precision": "site"}, True),
        ({"precision": "site"}, True),
        ({"country": "CL", "province": "QC"}, True),
    ],
)
def test_location(project, values, wrong):
    place = {"kind": "site", "name_en": "Here", "name_fr": "Ici", "country": "CA", **values}
    assert refused(lambda: Location.objects.create(project=project, **place)) is wrong


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"certainty": "not_stated"}, False),
        ({"certainty": "stated"}, True),
        ({"certainty": "added"}, True),
        ({"certainty": "inferred", "note_en": "Because", "note_fr": "Parce que"}, False),
        ({"certainty": "inferred", "note_en": "Because"}, True),
    ],
)
def test_citation_says_why(project, values, wrong):
    assert refused(lambda: Citation.objects.create(project=project, field="amount", **values)) is wrong


def test_a_stated_value_with_its_source_is_kept(project):
    source = Source.objects.first()
    Citation.objects.create(project=project, field="amount", certainty="stated", source=source)


def test_citation_belongs_to_exactly_one_record(project):
    none = {"field": "amount", "certainty": "not_stated"}
    assert refused(lambda: Citation.objects.create(**none))
    assert refused(lambda: Citation.objects.create(**none, project=project, recipient=project.recipient))


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"number": 0}, False),
        ({"number": 1}, True),
        ({"number": 1, "amended_on": datetime.date(2025, 1, 1)}, False),
    ],
)
def test_amendment_has_a_date(project, values, wrong):
    assert refused(lambda: Amendment.objects.create(project=project, value=1, **values)) is wrong


def test_amendment_number_is_given_once(project):
    Amendment.objects.create(project=project, number=0, value=1)
    assert refused(lambda: Amendment.objects.create(project=project, number=0, value=2))


def test_a_mineral_off_the_list_has_no_listing_year():
    gold = Mineral.objects.get(code="gold")
    assert gold.list_version is None
    assert refused(change(gold, listed_since=2024))
