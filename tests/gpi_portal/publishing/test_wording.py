"""What a public document says, in words: as the nouns declare it, and never guessed."""

import pytest
from django.utils.translation import override

from gpi_portal.nouns import nouns
from gpi_portal.publishing.wording import field_name, in_words
from programs.models import PartnerInitiative, Program, StreamCondition
from projects.models import Project


@pytest.mark.parametrize("model", nouns().values(), ids=nouns())
@pytest.mark.parametrize("key", ["noun", "nothing", "parents_en"])
def test_a_key_that_the_noun_does_not_name_is_an_error(model, key):
    with pytest.raises(KeyError):
        field_name(model, key)


def test_a_part_that_is_no_column_has_the_words_that_its_noun_declares():
    assert {field_name(model, "parents") for model in (Program, Project)} == {"Programs above it"}


def test_codes_in_a_list_are_said_as_their_noun_declares():
    assert in_words(PartnerInitiative, "countries", {"countries": ["AU", "US"]}) == "Australia; United States"
    with override("fr"):
        assert in_words(PartnerInitiative, "countries", {"countries": ["AU", "US"]}) == "Australie; États-Unis"


def test_other_codes_of_two_letters_are_no_countries():
    assert in_words(StreamCondition, "admits", {"admits": ["AU"]}) == "AU"
