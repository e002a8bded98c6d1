import datetime
import re
import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from gpi_portal.models import TORONTO, PublishedVersion, RegistryVersion
from gpi_portal.publishing.differences import differences_of_plan
from gpi_portal.publishing.moments import TODAY
from gpi_portal.publishing.plan import plan
from gpi_portal.publishing.publish import publish, withdraw
from programs.models import Program
from projects.models import Mineral, Project, Recipient, RegistryRow
from projects.registry import rows_at

pytestmark = pytest.mark.django_db


def public(noun: str, code: str) -> PublishedVersion:
    return PublishedVersion.objects.current().get(noun=noun, code=code)


@pytest.fixture
def fortune() -> Project:
    return Project.objects.get(code="gpi-0001")


def test_an_edit_changes_nothing_for_the_public_until_it_is_published(fortune):
    before = public("project", "gpi-0001")
    fortune.title_en = "A new title"
    fortune.save()
    assert public("project", "gpi-0001") == before
    assert public("project", "gpi-0001").title_en != "A new title"
    version = publish([fortune], reason="Clearer title")
    assert public("project", "gpi-0001").title_en == "A new title"
    assert public("project", "gpi-0001").valid_from == version


def test_publishing_raises_the_registry_version_by_one_and_keeps_the_past(fortune):
    first = RegistryVersion.objects.latest_number()
    old = public("project", "gpi-0001")
    fortune.title_en = "A new title"
    version = publish([fortune], reason="Clearer title")
    old.refresh_from_db()
    assert version.number == first + 1
    assert old.valid_to == version
    assert old.title_en != "A new title"


def test_publishing_what_the_public_already_sees_changes_nothing(fortune):
    number = RegistryVersion.objects.latest_number()
    assert publish([fortune], reason="Again") is None
    assert RegistryVersion.objects.latest_number() == number


def test_a_text_that_lacks_a_language_is_refused_by_name(fortune):
    fortune.description_fr = " "
    with pytest.raises(ValidationError, match="French"):
        publish([fortune], reason="No French")
    assert public("project", "gpi-0001").document["description_fr"].strip()


@pytest.mark.parametrize(("text", "missing"), [("purpose_en", "purpose (French)"), ("purpose_fr", "purpose (English)")])
def test_a_text_that_nobody_has_to_write_is_written_in_both_languages_or_in_neither(fortune, text, missing):
    setattr(fortune, text, "To learn.")
    with pytest.raises(ValidationError, match=re.escape(f"gpi-0001: “{missing}” is empty")):
        publish([fortune], reason="Half")
    fortune.purpose_en = fortune.purpose_fr = "To learn."
    assert publish([fortune], reason="Whole")


@pytest.mark.parametrize(
    ("rows", "values", "named"),
    [
        ("amendments", {"number": 0, "value": 5, "reason_en": "Signed."}, "Original agreement: reason (French)"),
        ("co_funding", {"funder_en": "A", "funder_fr": "A", "note_fr": "Ainsi."}, "A: note (English)"),
        ("citations", {"field": "status", "certainty": "not_stated", "note_en": "So."}, "Status: note (French)"),
        ("locations", {"kind": "site", "name_en": "Here", "country": "CA"}, "Here (project site): place (French)"),
    ],
)
def test_a_row_of_a_record_is_written_in_both_languages_too_and_named(fortune, rows, values, named):
    getattr(fortune, rows).create(**values)
    fortune.refresh_from_db()
    with pytest.raises(ValidationError, match=re.escape(f"gpi-0001: “{named}” is empty")):
        publish([fortune], reason="Half")
    fortune.origin = Project.Origin.FEDERAL
    assert publish([fortune], reason="As disclosed")


def test_publishing_is_all_or_nothing(fortune):
    other = Project.objects.get(code="gpi-0002")
    fortune.title_en, other.title_fr = "A new title", ""
    with pytest.raises(ValidationError):
        publish([fortune, other], reason="Both")
    assert public("project", "gpi-0001").title_en != "A new title"


def test_a_federal_record_may_lack_a_language(fortune):
    fortune.origin, fortune.description_fr = "federal", ""
    publish([fortune], reason="As disclosed")
    assert public("project", "gpi-0001").document["description_fr"] == ""


def test_a_record_is_not_public_before_what_it_refers_to(fortune):
    fortune.recipient = Recipient.objects.create(code="new-recipient", name_en="New", name_fr="Nouveau")
    with pytest.raises(ValidationError, match="is not public yet"):
        publish([fortune], reason="Too early")
    publish([fortune, fortune.recipient], reason="Together")
    assert public("project", "gpi-0001").document["recipient"]["name_fr"] == "Nouveau"


def test_a_changed_name_reaches_every_public_record_that_shows_it():
    program = Program.objects.get(code="gpi")
    program.name_en = "Renamed Initiative"
    version = publish([program], reason="New name")
    holders = PublishedVersion.objects.public().referring_to("program", "gpi")
    assert holders.filter(noun="project").count() == 11
    assert all(holder.valid_from == version for holder in holders)
    assert all("Renamed Initiative" in str(holder.document) for holder in holders)


def test_unpublished_edits_do_not_travel_with_the_change_of_another_record(fortune):
    fortune.title_en = "Still being written"
    fortune.save()
    recipient = fortune.recipient
    recipient.name_en = "Fortune Renamed"
    publish([recipient], reason="New name")
    document = public("project", "gpi-0001").document
    assert document["recipient"]["name_en"] == "Fortune Renamed"
    assert document["title_en"] != "Still being written"


def test_two_changes_of_one_record_in_one_publication_leave_one_version(fortune):
    fortune.recipient.name_en, fortune.title_en = "Fortune Renamed", "A new title"
    version = publish([fortune, fortune.recipient], reason="Both")
    opened = PublishedVersion.objects.filter(noun="project", code="gpi-0001", valid_from=version)
    assert [version.document["recipient"]["name_en"] for version in opened] == ["Fortune Renamed"]
    assert RegistryRow.objects.filter(version__valid_to=None, code="gpi-0001").count() == 1


def test_a_withdrawn_record_leaves_a_tombstone_and_the_totals(fortune):
    rows = rows_at(TODAY)
    assert rows.count() == 11
    withdraw(fortune, reason_en="Entered twice.", reason_fr="Saisi deux fois.")
    tombstone = public("project", "gpi-0001")
    assert tombstone.withdrawn
    assert tombstone.document["reason_fr"] == "Saisi deux fois."
    assert "description_en" not in tombstone.document
    assert rows.count() == 10
    fortune.refresh_from_db()
    assert fortune.state == "withdrawn"


def test_a_withdrawn_record_can_be_published_again(fortune):
    withdraw(fortune, reason_en="Entered twice.", reason_fr="Saisi deux fois.")
    publish([fortune], reason="It was right after all")
    assert not public("project", "gpi-0001").withdrawn


@pytest.mark.parametrize(
    "reasons", [{"reason_en": "Why", "reason_fr": ""}, {"reason_en": " ", "reason_fr": "Pourquoi"}]
)
def test_withdrawing_needs_the_reason_in_both_languages(fortune, reasons):
    with pytest.raises(ValidationError):
        withdraw(fortune, **reasons)
    assert not public("project", "gpi-0001").withdrawn


def test_what_others_refer_to_cannot_be_withdrawn():
    with pytest.raises(ValidationError, match="refer to"):
        withdraw(Mineral.objects.get(code="cobalt"), reason_en="No", reason_fr="Non")


def test_a_preview_shows_the_change_and_leaves_no_trace(fortune):
    number = RegistryVersion.objects.latest_number()
    fortune.title_en = "A new title"
    (change,) = differences_of_plan(plan([fortune]))
    # What is cited for the title gives another one.
    expected = [("Title (English)", "A new title"), ("Citations", "")]
    assert [(field.name, field.after) for field in change.fields()] == expected
    assert RegistryVersion.objects.latest_number() == number
    assert public("project", "gpi-0001").title_en != "A new title"


def test_a_day_of_the_registry_ends_at_midnight_in_toronto(fortune):
    late = datetime.datetime(2030, 5, 1, 23, 59, tzinfo=TORONTO)
    fortune.title_en = "Late in the evening"
    version = publish([fortune], reason="Late", at=late)
    assert RegistryVersion.objects.on(datetime.date(2030, 5, 1)).latest_number() == version.number
    assert RegistryVersion.objects.on(datetime.date(2030, 4, 30)).latest_number() == version.number - 1


def test_versions_never_go_back_in_time(fortune):
    fortune.title_en = "A new title"
    version = publish([fortune], reason="Clock set back", at=datetime.datetime(2001, 1, 1, tzinfo=TORONTO))
    assert version.published_at >= RegistryVersion.objects.get(number=version.number - 1).published_at


# --- Two at once ------------------------------------------------------------------------------------


def at_once(*acts) -> list[Exception]:
    """Does all of this at the same moment, each in a transaction of its own; what went wrong."""
    barrier, wrong = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - a thread has nobody else to tell
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_publish_a_record_at_once_the_second_finds_it_published():
    Project.objects.filter(code="gpi-0006").update(title_en="Edited")
    number = RegistryVersion.objects.latest_number()
    assert at_once(*[lambda: publish([Project.objects.get(code="gpi-0006")])] * 4) == []
    assert RegistryVersion.objects.latest_number() == number + 1
    assert public("project", "gpi-0006").title_en == "Edited"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_record_published_while_another_one_is_renamed_shows_the_new_name():
    renamed = threading.Event()

    def rename():
        with transaction.atomic():
            Recipient.objects.filter(code="optel").update(name_en="Renamed", name_fr="Renommé")
            publish([Recipient.objects.get(code="optel")])
            renamed.set()
            time.sleep(0.5)  # the other one reads before this one is through

    def publish_a_project():
        renamed.wait(5)
        project = Project.objects.get(code="gpi-0010")
        project.title_en = "Edited meanwhile"
        publish([project])

    assert at_once(rename, publish_a_project) == []
    document = public("project", "gpi-0010").document
    assert (document["title_en"], document["recipient"]["name_en"]) == ("Edited meanwhile", "Renamed")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_record_is_not_withdrawn_while_another_one_that_names_it_is_published():
    recipient = Recipient.objects.create(code="new", name_en="New", name_fr="Nouveau")
    publish([recipient])
    project = Project.objects.get(code="gpi-0010")
    project.recipient = recipient
    reasons = {"reason_en": "Entered twice.", "reason_fr": "Saisi deux fois."}
    (refusal,) = at_once(lambda: publish([project]), lambda: withdraw(recipient, **reasons))
    assert isinstance(refusal, ValidationError)
    shown = public("project", "gpi-0010").document["recipient"]["code"]
    assert public("recipient", "new").withdrawn == (shown != "new")
