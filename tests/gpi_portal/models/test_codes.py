"""Public codes: unique whatever their case, fixed once public, given once for ever, never a word of an address."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import URLPattern, get_resolver
from django.utils import translation

from gpi_portal.models import PublishedVersion, RegistryVersion, reserved_words
from gpi_portal.models.codes import FILTER_WORDS
from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import publish, withdraw
from gpi_portal.query.filters import NONE
from programs.models import Call, FundingStream
from projects.models import Mineral

pytestmark = pytest.mark.django_db

#: What the design announces below a list or beside a record, and the words of those addresses in French.
ANNOUNCED = {"cite", "evidence", "preuves", "export", "record", "report", "signaler"}


def routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def words_at_the_place_of_a_code(language):
    with translation.override(language):
        every = [re.sub(r"^\^|\\Z|\$$", "", route).split("/") for route in routes(get_resolver())]
    lists = {tuple(parts[:place]) for parts in every for place, part in enumerate(parts) if part == "<slug:code>"}
    assert lists
    return {
        parts[len(start)]
        for parts in every
        for start in lists
        if tuple(parts[: len(start)]) == start and len(parts) > len(start)
        if re.fullmatch(r"[A-Za-z0-9_-]+", parts[len(start)])
    }


def test_every_word_that_stands_where_a_code_stands_is_reserved():
    found = words_at_the_place_of_a_code("en") | words_at_the_place_of_a_code("fr")
    assert {"map", "carte", "graphiques"} <= found
    assert found | ANNOUNCED == reserved_words() - FILTER_WORDS
    assert {NONE} == FILTER_WORDS


def mineral(code, **values):
    return Mineral(code=code, name_en=code, name_fr=code, **values)


@pytest.mark.parametrize("code", sorted({*reserved_words(), "None", "MAP"}))
def test_no_record_and_no_call_has_a_reserved_word_as_its_code(code):
    for model in (*nouns().values(), Call):
        with pytest.raises(ValidationError) as refusal:
            model(code=code).full_clean()
        assert "already has a meaning" in str(refusal.value.message_dict["code"])


def test_a_code_is_kept_in_lower_case():
    new = mineral("Tin-2")
    new.save()
    assert Mineral.objects.get(pk=new.pk).code == "tin-2"
    call = Call.objects.create(stream=FundingStream.objects.first(), code="Call-1", name_en="C", name_fr="C")
    assert call.code == "call-1"


def test_a_code_differs_from_every_other_one_in_more_than_its_case():
    mineral("tin-2").save()
    with pytest.raises(ValidationError) as refusal:
        mineral("TIN-2").full_clean()
    assert "code" in refusal.value.message_dict


def test_a_public_code_is_fixed_for_the_form_for_publishing_and_for_the_database():
    cobalt = Mineral.objects.get(code="cobalt")
    assert cobalt.public_code == "cobalt"
    cobalt.code = "kobalt"
    for refuse in (cobalt.full_clean, lambda: publish([cobalt])):
        with pytest.raises(ValidationError, match="“cobalt” has been public, so it cannot be changed to “kobalt”"):
            refuse()
    with pytest.raises(IntegrityError, match="mineral_code_lower_and_fixed"), transaction.atomic():
        cobalt.save()
    with pytest.raises(IntegrityError, match="mineral_code_lower_and_fixed"), transaction.atomic():
        Mineral.objects.filter(public_code="cobalt").update(code="kobalt")


def test_a_draft_may_be_renamed_until_it_is_public():
    new = mineral("tin-2")
    new.save()
    new.code = "tin-3"
    new.save()
    publish([new])
    assert new.public_code == "tin-3"
    new.code = "tin-2"
    with pytest.raises(ValidationError, match="has been public"):
        publish([new])


@pytest.mark.parametrize("code", ["tin-2", "TIN-2"])
def test_a_code_that_was_public_is_never_given_again(code):
    new = mineral("tin-2")
    new.save()
    publish([new])
    withdraw(new, reason_en="Entered twice.", reason_fr="Saisi deux fois.")
    Mineral.objects.filter(pk=new.pk).delete()
    other = mineral(code)
    with pytest.raises(ValidationError, match="was the public code of another record"):
        other.full_clean()
    other.save()
    with pytest.raises(ValidationError, match="was the public code of another record"):
        publish([other])


def test_a_code_that_was_public_in_capitals_stays_and_is_given_to_nobody_else():
    first = RegistryVersion.objects.latest()
    named = {"noun": "mineral", "title_en": "T", "title_fr": "É", "sort_en": "t", "sort_fr": "e", "valid_from": first}
    PublishedVersion.objects.create(code="OLD", document={}, **named)
    old = mineral("OLD", public_code="OLD")
    old.save()
    old.full_clean()
    assert old.code == "OLD"
    with pytest.raises(ValidationError, match="was the public code"):
        mineral("old").full_clean()


def test_a_reserved_word_that_was_public_before_can_still_be_corrected():
    old = mineral("record", public_code="record")
    old.save()
    old.full_clean()


def test_a_past_state_does_not_bring_back_that_nothing_was_public():
    new = mineral("tin-2")
    new.save()
    publish([new])
    assert new.history.earliest().instance.public_code == "tin-2"
