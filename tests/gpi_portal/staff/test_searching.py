"""The admin finds what the public search finds, in every list and in every suggestion."""

import io
import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gpi_portal import search
from gpi_portal.models import ErrorReport, IndexedRow, PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.search.analysis import stems, words
from gpi_portal.staff.base import shared_inlines
from gpi_portal.staff.searching import LONGEST_QUERY, read_again
from programs.models import FundingStream, Program
from projects.models import Citation, Mineral, Project, Recipient, Source
from tests.gpi_portal.search.cases import PROJECTS
from tests.gpi_portal.staff.search_cases import FOUND, HOSTILE, NOT_FOUND

pytestmark = pytest.mark.django_db

#: Where each noun is suggested: the model and its field.
SUGGESTED_IN = {
    "recipient": ("projects", "project", "recipient"),
    "mineral": ("projects", "project", "minerals"),
    "program": ("projects", "project", "program"),
    "stream": ("projects", "project", "stream"),
    "focus_area": ("projects", "project", "focus_areas"),
    "initiative": ("projects", "project", "initiatives"),
    "source": ("projects", "citation", "source"),
}


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("staff"))
    return client


def listed(staff, model, text: str) -> set[int]:
    """The rows that the list of a model shows for what is typed."""
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    response = staff.get(url, {"q": text, "all": ""})
    assert response.status_code == 200
    return {row.pk for row in response.context["cl"].result_list}


def suggested(staff, model, text: str) -> set[int]:
    app_label, model_name, field_name = SUGGESTED_IN[model.noun]
    asked = {"app_label": app_label, "model_name": model_name, "field_name": field_name, "term": text}
    found, more, page = set(), True, 1
    while more:
        response = staff.get(reverse("admin:autocomplete"), {**asked, "page": page})
        assert response.status_code == 200
        answer = response.json()
        found |= {int(row["id"]) for row in answer["results"]}
        more, page = answer["pagination"]["more"], page + 1
    return found


def draft(name: str) -> Recipient:
    return Recipient.objects.create(code="a-draft", name_en=name, name_fr=name)


@pytest.mark.parametrize("name", list(dict.fromkeys(name for name, _typed in (*FOUND, *NOT_FOUND))))
def test_a_draft_is_found_by_its_name_however_it_is_typed(staff, name):
    pk = draft(name).pk
    for cases, is_found in ((FOUND, True), (NOT_FOUND, False)):
        for typed in [typed for other, typed in cases if other == name]:
            for finds in (listed, suggested):
                assert (pk in finds(staff, Recipient, typed)) is is_found, (typed, finds)


@pytest.mark.parametrize("finds", [listed, suggested])
def test_nothing_typed_breaks_the_search(staff, finds):
    for typed in HOSTILE:
        finds(staff, Recipient, typed)
        listed(staff, Project, typed)


def test_every_noun_that_a_form_suggests_is_among_those_tried():
    admins = admin.site._registry.values()
    inlines = [inline for own in admins for inline in own.inlines] + shared_inlines()
    suggesting = [(own.model, own.get_autocomplete_fields(None)) for own in admins]
    suggesting += [(inline.model, inline.autocomplete_fields) for inline in inlines]
    fields = [model._meta.get_field(name) for model, names in suggesting for name in names]
    assert {field.related_model.noun for field in fields} == set(SUGGESTED_IN)


def variants(word: str) -> set[str]:
    """A word as somebody else may type it."""
    plain = search.plain(word)
    return {word, word.upper(), word.lower(), plain, plain.upper(), word.replace("’", "'"), word.replace("'", "’")}


def names_of(version: PublishedVersion) -> list[str]:
    return [version.title_en, version.title_fr]


@pytest.mark.parametrize("noun", list(nouns()))
def test_every_public_record_is_found_by_each_word_of_its_names(staff, noun):
    model = nouns()[noun]
    pks = dict(model.objects.values_list("code", "pk"))
    typed: dict[str, set[int]] = {}
    for version in PublishedVersion.objects.public().noun(noun):
        for name in names_of(version):
            for word in re.findall(r"\S+", name):
                for variant in variants(word) if search.plain(word) else ():
                    typed.setdefault(variant, set()).add(pks[version.code])
    for text, expected in typed.items():
        assert expected <= found_by_rule(staff, model, text), text


def found_by_rule(staff, model, text: str) -> set[int]:
    """What the list's own search answers, without the page around it."""
    rows, _duplicates = admin.site._registry[model].get_search_results(None, model.objects.all(), text)
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("noun", list(SUGGESTED_IN))
def test_what_is_suggested_is_what_is_listed(staff, noun):
    model = nouns()[noun]
    for text in ("international", "minéraux", "critique", "MINES", "gpi", "trac", "http"):
        assert suggested(staff, model, text) == listed(staff, model, text) == found_by_rule(staff, model, text)


@pytest.mark.parametrize("noun", list(nouns()))
def test_singular_finds_plural_and_the_other_way_round(noun):
    model = nouns()[noun]
    for version in PublishedVersion.objects.public().noun(noun):
        for word in {word for name in names_of(version) for word in words(name) if len(word) > 3}:
            for other in (f"{word}s", word.removesuffix("s")):
                if set(stems(other, None)) & set(stems(word, None)):
                    assert version.code in codes(model, other), (version.code, other)


def test_what_is_called_so_is_suggested_before_what_only_speaks_of_it(staff):
    asked = dict(zip(("app_label", "model_name", "field_name"), SUGGESTED_IN["program"], strict=True))
    found = staff.get(reverse("admin:autocomplete"), {**asked, "term": "Global Partnerships"}).json()["results"]
    assert found[0]["text"] == "Global Partnerships Initiative"
    assert len(found) > 1


def codes(model, text: str) -> set[str]:
    rows, _duplicates = admin.site._registry[model].get_search_results(None, model.objects.all(), text)
    return set(rows.values_list("code", flat=True))


def test_staff_find_every_project_that_the_public_finds():
    for query, numbers in PROJECTS:
        if len(query) <= LONGEST_QUERY:
            assert {f"gpi-{number:04}" for number in numbers} <= codes(Project, query), query


def test_staff_find_what_they_see_and_not_what_is_published(staff):
    recipient = Recipient.objects.get(code="optel")
    for name in ("name", "legal_name", "operating_name"):
        setattr(recipient, f"{name}_en", "Économusée")
        setattr(recipient, f"{name}_fr", "Économusée")
    recipient.aliases = ""
    recipient.save()
    assert recipient.pk in suggested(staff, Recipient, "economusee")
    assert recipient.pk not in listed(staff, Recipient, "vision")
    # The project shows its recipient in the list.
    assert {"gpi-0010"} == codes(Project, "economusee")
    assert "gpi-0010" not in codes(Project, '"optel vision"')


def test_an_edit_in_the_admin_is_found_at_once_rows_of_the_record_included(staff):
    project = Project.objects.get(code="gpi-0001")
    assert codes(Project, "xylophone") == set()
    project.locations.update(name_en="Xylophone Lake")
    project.save(update_fields=["modified_at"])
    assert codes(Project, "xylophone lakes") == {"gpi-0001"}


def test_what_is_created_in_bulk_is_found_and_what_is_deleted_is_gone(staff):
    Mineral.objects.bulk_create(
        Mineral(code=f"ore-{number}", name_en=f"Ore Éclair {number}", name_fr="") for number in range(3)
    )
    assert codes(Mineral, "eclair") == {"ore-0", "ore-1", "ore-2"}
    Mineral.objects.get(code="ore-1").delete()
    assert codes(Mineral, "eclair") == {"ore-0", "ore-2"}


def test_staff_columns_find_a_record():
    Recipient.objects.create(code="numbered", name_en="Numbered", business_number="123456789")
    assert codes(Recipient, "123456789") == {"numbered"}
    source = Source.objects.first()
    assert source.code in codes(Source, source.url)
    assert Program.objects.get(code="gpi").code in codes(Program, "gpi")
    assert "joint-rd" in codes(FundingStream, "joint-rd")


def test_reports_and_accounts_are_found_by_the_same_rules(staff):
    version = PublishedVersion.objects.public().get(noun="recipient", code="optel")
    report = ErrorReport.objects.create(
        noun="recipient",
        code="optel",
        title_en="Tłı̨chǫ batteries",
        title_fr="L’Œuvre",
        reported_on=version.valid_from,
        text="private",
    )
    for typed in ("tlicho battery", "l'oeuvre", report.receipt.lower()):
        assert report.pk in listed(staff, ErrorReport, typed)
    assert report.pk not in listed(staff, ErrorReport, "private")
    person = get_user_model().objects.create_user("zoe", first_name="Zoé", last_name="O’Brien", email="zoe@example.ca")
    for typed in ("zoe o'brien", "ZOÉ", "brien", "zoe@example.ca"):
        assert listed(staff, get_user_model(), typed) == {person.pk}
    group = Group.objects.create(name="Réviseurs")
    assert listed(staff, Group, "reviseur") == {group.pk}
    for typed in HOSTILE:
        listed(staff, get_user_model(), typed)
        listed(staff, ErrorReport, typed)


def test_a_list_that_was_read_costs_no_more_per_row(staff):
    listed(staff, Recipient, "mines")
    with CaptureQueriesContext(connection) as before:
        listed(staff, Recipient, "mines")
    Recipient.objects.bulk_create(Recipient(code=f"mines-{number}", name_en=f"Mines {number}") for number in range(20))
    listed(staff, Recipient, "mines")
    with CaptureQueriesContext(connection) as after:
        listed(staff, Recipient, "mines")
    assert len(after) == len(before)


def test_the_index_can_be_thrown_away_and_made_again():
    before = codes(Project, "cobalt")
    search.clear(search.WORKING)
    assert codes(Project, "cobalt") == set()
    call_command("reindex", stdout=io.StringIO())
    assert codes(Project, "cobalt") == before


@pytest.mark.parametrize("noun", nouns())
def test_reading_records_again_reads_no_citation_of_them(noun):
    """A source may be cited half a million times."""
    IndexedRow.objects.filter(noun=noun).delete()
    with CaptureQueriesContext(connection) as asked:
        read_again(nouns()[noun])
    assert IndexedRow.objects.filter(noun=noun).count() == nouns()[noun].objects.count()
    assert [query["sql"] for query in asked if Citation._meta.db_table in query["sql"]] == []
