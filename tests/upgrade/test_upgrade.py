"""A portal from before the staff had roles, with all that they did in it, is brought to the present code."""

import contextlib
import io
import json
import re
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client

from gpi_portal.i18n.text import normalised
from gpi_portal.models import ErrorReport, PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.differences import changes_of
from gpi_portal.publishing.publish import publish, withdraw
from gpi_portal.query.fields import AsOfField
from gpi_portal.staff.trace import RecordTrace
from projects.models import Project
from projects.registry import projects_where
from tests.gpi_portal.management.test_reindex import derived
from tests.projects import test_admin as desk
from tests.reports import REASONS
from tests.upgrade.abilities import acts, admin_url, at_work, may
from tests.upgrade.database import before, empty_database, restore_before

pytestmark = pytest.mark.django_db
#: Their citations stood for another value when the public first read them.
OVERTAKEN = {"project gpi-0001", "project gpi-0002", "project gpi-0003"}
#: What each migration names, so that whoever upgrades can look after it.
NAMED = (
    *("“Editor” is now", "“publisher” is now", "account “changer”", "account “officer”", "account “decider”"),
    *("Aurora-Labs", "aurora-labs", "boreal-geo-3", "boreal-geo-4", "cassiar-2", "none-2", "gpi-0001-2"),
    *("eoi-joint-rd-2", "ghost", "recipient deleted: is still public", "renamed-later"),
    *("project gpi-0013: ", "project gpi-0014: ", "correct it before the record is published"),
)

#: The last migrations before more characters were known to draw nothing; texts in which they were then.
UNKNOWN = [("programs", "0008_rights"), ("projects", "0009_rights"), ("gpi_portal", "0011_staged_versions")]
UNDRAWN = {
    "programs.Call": ("eoi-joint-rd", "name_fr"),
    "programs.FocusArea": ("market-development", "name_en"),
    "projects.Project": ("gpi-0009", "title_en"),
    "projects.Recipient": ("eiti", "name_fr"),
}


@pytest.fixture(scope="module", autouse=True)
def said(django_db_setup, django_db_blocker):
    """The upgraded database for all tests of this module; what the migrations said."""
    with django_db_blocker.unblock(), empty_database():
        restore_before()
        with contextlib.redirect_stdout(io.StringIO()) as output:
            store_undrawn()
            call_command("migrate", stdout=output)
        with django_db_blocker.block():
            yield output.getvalue()


def store_undrawn() -> None:
    """Later, and before they were known to draw nothing, staff stored characters that do not."""
    executor = MigrationExecutor(connection)
    executor.migrate(UNKNOWN)
    models = executor.loader.project_state(UNKNOWN).apps
    for label, (code, column) in UNDRAWN.items():
        rows = models.get_model(label).objects.filter(code=code)
        assert rows.update(**{column: Concat(Value("\ufffc\U0001d159"), column)})


def then(label: str) -> list[dict]:
    """The rows of a table as they were."""
    table = before()["tables"][label]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


# --- The public -------------------------------------------------------------------------------------


def test_no_data_version_appears_by_itself():
    columns = ("number", "kind", "by_id", "reason")
    found = RegistryVersion.objects.order_by("number").values(*columns)
    assert list(found) == [{column: row[column] for column in columns} for row in then("gpi_portal.registryversion")]


def test_every_published_version_is_what_it_was():
    old = then("gpi_portal.publishedversion")
    found = PublishedVersion.objects.order_by("pk").values(*old[0])
    assert [json.dumps(row, sort_keys=True) for row in found] == [json.dumps(row, sort_keys=True) for row in old]


@pytest.mark.parametrize("part", range(4))
def test_every_public_page_answers_as_it_did(part):
    for address, answer in list(before()["answers"].items())[part::4]:
        response = Client().get(address)
        page = response.content.decode()
        heading = re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1])
        assert [response.status_code, re.sub(r"\s+", " ", heading).strip()] == answer, address


def test_a_citation_of_then_shows_the_same_rows():
    for address, (count, amount) in before()["cited"].items():
        assert Client().get(address).status_code == 200, address
        total = projects_where(AsOfField().clean(address.partition("as_of=")[2])).total
        assert (total.count, total.canadian.amount) == (count, Decimal(amount)), address


def test_what_is_derived_is_what_the_present_code_derives():
    found = derived()
    call_command("reindex", verbosity=0, stdout=io.StringIO())
    assert derived() == found


# --- The database -----------------------------------------------------------------------------------


def test_the_upgraded_database_is_the_one_that_the_present_code_wants():
    call_command("check", stdout=io.StringIO())
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())
    call_command("migrate", check_unapplied=True, stdout=io.StringIO())
    connection.check_constraints()


@pytest.mark.parametrize("model", apps.get_models(include_auto_created=True), ids=lambda model: model._meta.label_lower)
def test_the_next_row_of_every_table_gets_a_number_of_its_own(model):
    if connection.vendor == "postgresql" and model._meta.pk.get_internal_type().endswith("AutoField"):
        highest = model._base_manager.order_by("pk").values_list("pk", flat=True).last() or 0
        table, column = model._meta.db_table, model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table, column])
            assert cursor.fetchone()[0] > highest


# --- The staff's accounts ---------------------------------------------------------------------------


def test_every_account_is_there_and_signs_in_as_before():
    for row in then("auth.user"):
        user = get_user_model().objects.get(pk=row["id"], username=row["username"], password=row["password"])
        assert (user.is_active, user.is_staff, user.is_superuser) == (
            row["is_active"],
            row["is_staff"],
            row["is_superuser"],
        )
    assert authenticate(username="officer", password="a password of then").username == "officer"


@pytest.mark.parametrize("username", [name for name, could in before()["abilities"].items() if could])
def test_nobody_loses_what_they_could_do(username):
    pages, client = acts(), at_work(username)
    assert [act for act in before()["abilities"][username] if not may(client, act, pages[act])] == []


@pytest.mark.parametrize("username", ["viewer", "adder", "report-reader", "historian", "mechanic", "citer", "nobody"])
def test_nobody_gains_what_they_could_not_do(username):
    pages, client = acts(), at_work(username)
    could = before()["abilities"][username]
    others = [act for act in pages if act.startswith(("project ", "report ", "account ")) and act not in could]
    assert [act for act in others if may(client, act, pages[act])] == []


# --- The staff's work -------------------------------------------------------------------------------


def test_publishing_a_record_without_an_edit_makes_no_data_version():
    number = RegistryVersion.objects.latest_number()
    for name in [*before()["published_as_they_are"], "recipient iisd"]:
        noun, code = name.split()
        record = nouns()[noun].objects.get(code=code)
        with contextlib.suppress(ValidationError):
            assert name in OVERTAKEN or publish([record]) is None, name
    assert RegistryVersion.objects.latest_number() == number


@pytest.mark.parametrize("name", sorted(OVERTAKEN))
def test_a_citation_of_another_value_falls_away_with_the_next_publication_and_not_before(name):
    noun, code = name.split()
    (difference,) = changes_of(publish([nouns()[noun].objects.get(code=code)]))
    assert {change.name for change in difference.fields()} == {"Citations"}


@pytest.mark.parametrize("name", NAMED)
def test_what_an_upgrade_settles_or_leaves_is_said_by_name(said, name):
    assert name in said


@pytest.mark.parametrize("label", UNDRAWN)
def test_characters_that_draw_nothing_leave_the_working_rows(said, label):
    code, column = UNDRAWN[label]
    text = getattr(apps.get_model(label).objects.get(code=code), column)
    assert text == normalised(text, lines=True)
    assert re.search(rf"(?i){label.partition('.')[2]} {code}: text normalised in .*\b{column}", said)


@pytest.mark.parametrize("noun", nouns())
def test_the_trace_of_every_record_knows_its_rows_from_the_beginning(noun):
    for record in nouns()[noun].objects.all():
        trace = RecordTrace(record)
        for name, rows in trace.of_rows.items():
            assert not trace.now.rows[name].keys() - rows.keys()


@pytest.mark.parametrize("noun", nouns())
def test_every_record_can_be_opened_and_its_history_seen(noun):
    client = at_work("chief")
    records = list(nouns()[noun].objects.order_by("pk"))
    for record in {*records[:2], *records[-14:]}:
        assert client.get(admin_url(record, "history", record.pk)).status_code == 200
    for record in {records[0], *records[-2:]}:
        assert client.get(admin_url(record, "change", record.pk)).status_code == 200


def test_every_report_can_be_opened_and_its_history_seen():
    client = at_work("decider")
    for report in ErrorReport.objects.all():
        assert client.get(admin_url(report, "change", report.pk)).status_code == 200
        assert client.get(admin_url(report, "history", report.pk)).status_code == 200


def test_staff_go_on_editing_publishing_and_withdrawing():
    number = RegistryVersion.objects.latest_number()
    officer, project = at_work("officer"), Project.objects.get(code="gpi-0003")
    desk.edit(officer, project, title_en="Edited after the upgrade")
    desk.publish(officer, project)
    public = PublishedVersion.objects.public().get(noun="project", code="gpi-0003")
    assert (public.title_en, public.valid_from_id) == ("Edited after the upgrade", number + 1)
    withdraw(project, by=get_user_model().objects.get(username="officer"), **REASONS)
    assert Client().get("/en/projects/gpi-0003/").status_code == 410


def test_staff_go_on_with_what_they_left_unpublished():
    officer, project = at_work("officer"), Project.objects.get(code="gpi-0004")
    assert project.is_waiting
    desk.publish(officer, project)
    public = PublishedVersion.objects.public().get(noun="project", code="gpi-0004")
    assert public.title_en == "A title that nobody has published"


def test_staff_go_on_deciding_reports():
    decider, report = at_work("decider"), ErrorReport.objects.waiting().get(code="gpi-0005")
    desk.confirm(decider, f"{admin_url(report, 'decline')}?reports={report.pk}", **REASONS)
    report.refresh_from_db()
    assert (report.state, report.decided_by.username) == ("declined", "decider")
