"""What a record consists of is declared once, and a wrong declaration is told at the start."""

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from gpi_portal.i18n.countries import place
from gpi_portal.models import Typed, column, columns_of, texts
from gpi_portal.nouns import nouns


def noun_with(**body):
    """A noun with these columns, which no app has."""
    with isolate_apps("projects"):
        meta = type("Meta", (), {"app_label": "projects"})
        return type(Typed)("Sample", (Typed,), {"noun": "sample", "Meta": meta, "__module__": __name__, **body})


def told(model):
    return " ".join(error.msg for error in model.check() if error.id == "gpi_portal.E001")


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (
            {"weight": column(models.CharField("poids", max_length=9))},
            "The label “poids” of “weight” is in one language",
        ),
        (
            {"weight": column(models.CharField(lazystr("no such words"), max_length=9))},
            "The label “no such words” of “weight”",
        ),
        ({"name": texts("name", length=9)}, "The label “name” of “name” is in one language only"),
        ({"day": column(models.DateField(_("date")), term="Day")}, "The label “Day” of “day” is in one language only"),
        ({"size": column(models.IntegerField(_("number")), filtered=True)}, "nothing gives the names of its values"),
        (
            {"order": column(models.CharField(_("order"), max_length=2), names=place, filtered=True)},
            "“order” already has",
        ),
        ({"citations": column(models.CharField(_("note"), max_length=9))}, "“citations” is in the document of every"),
        (
            {"title": texts(_("title"), length=9), "title_en": column(models.CharField(_("title"), max_length=9))},
            "“title_en” is declared twice",
        ),
        (
            {
                "kind": column(models.CharField(_("kind"), max_length=9)),
                "sort": column(models.CharField(_("kind"), max_length=9), key="kind"),
            },
            "“kind” is declared twice",
        ),
    ],
)
def test_a_wrong_declaration_is_told_in_a_sentence(columns, sentence):
    assert sentence in told(noun_with(**columns))


def test_a_name_that_a_class_gives_twice_is_told():
    with isolate_apps("projects"):

        class Sample(Typed):
            noun = "sample"
            kind = column(models.CharField(_("kind"), max_length=9))
            kind = column(models.CharField(_("note"), max_length=9))  # noqa: PIE794

            class Meta:
                app_label = "projects"

    assert "“kind” is declared twice" in told(Sample)


def test_a_declaration_without_fault_is_told_nothing():
    sound = {
        "name": texts(_("name"), length=9),
        "land": column(models.CharField(_("country")), names=place, filtered=True),
    }

    assert told(noun_with(**sound)) == ""
    assert [told(model) for model in nouns().values()] == [""] * len(nouns())


def test_columns_stand_in_the_order_of_their_declaration():
    assert list(columns_of(nouns()["mineral"])) == ["name", "list_version", "listed_since", "aliases"]
