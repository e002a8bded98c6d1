"""A public change always shows a difference that can be seen, and what shows none is no public change."""

import copy

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpi_portal.models import PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.cards import legible
from gpi_portal.publishing.differences import Difference, changes_of
from gpi_portal.publishing.publish import publish
from gpi_portal.publishing.wording import rows_of
from programs.models import PartnerInitiative, Program
from projects.models import Mineral, Project, Recipient

pytestmark = pytest.mark.django_db

SPACED = ["{}", " {} ", "{}\r\n", "\u200b{}", "{}\u00a0\u00a0"]
edits = st.lists(st.tuples(*[st.integers(0, 1000)] * 3), min_size=1, max_size=4)


def edited(model, document, edit):
    """The document after one edit: a text respaced, broken or changed, or a row moved, doubled, removed or edited."""
    kind, place, value = edit
    document = copy.deepcopy(document)
    lists = [key for key in document if rows_of(model, key) and document[key]]
    if lists and kind % 3 == 0:
        rows = document[lists[place % len(lists)]]
        row = rows[value % len(rows)]
        [rows.reverse, lambda: rows.append(dict(row)), lambda: rows.remove(row), lambda: change(row, value)][kind % 4]()
    else:
        change(document, value + place)
    return document


def change(document, value):
    texts = [key for key, text in document.items() if key.endswith(("_en", "_fr")) and text]
    if texts:
        key = texts[value % len(texts)]
        text = document[key]
        changed = [*(form.format(text) for form in SPACED), text.replace(" ", "\n", 1), f"{text} more", ""]
        document[key] = changed[value % len(changed)]


def said(before, after):
    difference = Difference(before, after)
    return [*difference.fields(), *difference.others()]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noun=st.sampled_from(sorted(nouns())), number=st.integers(0, 10), edits=edits)
def test_documents_that_a_reader_can_tell_apart_say_how_and_no_others(noun, number, edits):
    versions = PublishedVersion.objects.current().filter(noun=noun).order_by("code")
    before = versions[number % len(versions)]
    document = before.document
    for edit in edits:
        document = edited(nouns()[noun], document, edit)
    after = PublishedVersion(noun=noun, code=before.code, document=document)
    for language in ("en", "fr"):
        with translation.override(language):
            assert bool(said(before, after)) is (legible(before.document) != legible(document))


def published_change(*records):
    """What publishing shows of each record; None where it opens no data version."""
    version = publish(records)
    return version and {change.after.code: said(change.before, change.after) for change in changes_of(version)}


@pytest.mark.parametrize("text", ["{}\r\n", " {}", "{}\u200b", "\u202e{}"])
def test_what_nobody_sees_opens_no_data_version(text):
    for model in nouns().values():
        record = model.objects.first()
        for name in (f"{model.name_text}_en", f"{model.name_text}_fr"):
            setattr(record, name, text.format(getattr(record, name)))
        assert published_change(record) is None


def test_a_portal_whose_public_documents_are_not_normalised_gets_no_version_by_itself():
    recipient = Recipient.objects.filter(projects__isnull=False).first()
    version = PublishedVersion.objects.current().get(noun="recipient", code=recipient.code)
    version.document |= {
        "aliases": "Cole\u0301\r\nCo\u200b",
        "description_en": "Two  blanks\u00a0",
        "description_fr": "Deux",
    }
    version.save()
    texts = {"aliases": "Colé\nCo", "description_en": "Two blanks", "description_fr": "Deux"}
    for name, text in texts.items():
        setattr(recipient, name, text)
    assert published_change(recipient) is None
    recipient.city_en = recipient.city_fr = "Elsewhere"
    assert published_change(recipient)[recipient.code]
    assert RegistryVersion.objects.latest_number() == 2


def test_a_line_that_ends_elsewhere_is_shown():
    recipient = Recipient.objects.get(code="northern-block")
    recipient.aliases = "One\nTwo"
    publish([recipient])
    recipient.aliases = "One Two"
    (change,) = published_change(recipient)["northern-block"]
    assert (change.before, change.after) == ("One ¶ Two", "One Two")


def test_rows_in_another_order_are_shown_in_their_orders():
    program = Program.objects.get(code="gpi")
    first, second = program.purposes.all()[:2]
    first.position, second.position = second.position, first.position
    first.save()
    second.save()
    (change,) = published_change(program)["gpi"]
    assert change.name == "Purposes: order"
    assert change.before.startswith("1. ")
    assert change.after.startswith("2. ")


def test_a_row_that_stood_twice_and_stands_once_is_shown():
    program = Program.objects.get(code="gpi")
    twin = program.purposes.create(text_en="Twice", text_fr="Deux fois", position=98)
    program.purposes.create(text_en="Twice", text_fr="Deux fois", position=99)
    publish([program])
    twin.delete()
    (change,) = published_change(program)["gpi"]
    assert (change.before, change.after) == ("Twice", "")


def test_another_record_of_the_same_name_is_shown_with_its_code():
    project = Project.objects.get(code="gpi-0001")
    twins = [Recipient.objects.create(code=f"twin-{sign}", name_en="Twin", name_fr="Jumeau") for sign in "ab"]
    minerals = [Mineral.objects.create(code=f"tin-{sign}", name_en="Tin", name_fr="Étain") for sign in "ab"]
    project.recipient = twins[0]
    project.minerals.set(minerals[:1])
    publish([*twins, *minerals, project])
    project.recipient = twins[1]
    project.minerals.set(minerals[1:])
    shown = {(change.before, change.after) for change in published_change(project)["gpi-0001"]}
    assert shown == {("Twin (twin-a)", "Twin (twin-b)"), ("Tin (tin-a)", "Tin (tin-b)")}


def test_a_row_switched_to_another_record_of_the_same_name_is_shown_too():
    project = Project.objects.get(code="gpi-0001")
    texts = {"kind": "law", "description_en": "D", "description_fr": "D", "name_en": "Act", "name_fr": "Loi"}
    twins = [PartnerInitiative.objects.create(code=f"act-{sign}", **texts) for sign in "ab"]
    money = project.co_funding.first()
    for twin in twins:
        money.initiative = twin
        money.save()
        change = published_change(*twins, project)["gpi-0001"][-1]
    assert (change.before, change.after) == ("Act (act-a)", "Act (act-b)")


def test_a_number_is_the_same_with_and_without_its_cents():
    project = Project.objects.get(code="gpi-0011")
    for amount in (5, 5.0, "5", "5.00"):
        project.amount = amount
        publish([project])
    assert RegistryVersion.objects.latest_number() == 2
