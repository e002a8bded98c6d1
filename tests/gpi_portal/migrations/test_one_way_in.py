"""A portal from before the one way in: what it holds is settled and told by name, and nothing is public by itself."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gpi_portal.models import PublishedVersion, RegistryVersion
from gpi_portal.publishing.publish import publish
from programs.models import Call
from projects.models import Citation, Mineral, Project, Recipient

BEFORE = [("programs", "0003_stream_conditions"), ("projects", "0003_certainty_words")]


@pytest.fixture
def old():
    """The models as they were before; afterwards the database is brought up to date, whatever the test did."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps.get_model
    call_command("migrate", verbosity=0)


def texts(old):
    recipient = old("projects", "Recipient").objects.get(code="northern-block")
    publication = PublishedVersion.objects.current().get(noun="recipient", code="northern-block")
    publication.document["aliases"] = "Cole\u0301\r\nTwo"
    publication.save()
    old("projects", "Recipient").objects.filter(pk=recipient.pk).update(aliases="Cole\u0301\r\nTwo\u200b")
    citation = old("projects", "Citation").objects.exclude(note_en="").first()
    old("projects", "Citation").objects.filter(pk=citation.pk).update(note_en="\u200b")
    traces = old("projects", "HistoricalRecipient").objects.count()

    def check(told):
        settled = Recipient.objects.get(pk=recipient.pk)
        assert settled.aliases == "Colé\nTwo"
        assert "recipient northern-block: text normalised in aliases." in told
        assert "nothing can be seen in note_en; left as it is" in told
        assert Citation.objects.get(pk=citation.pk).note_en == "\u200b"
        assert (settled.modified_at, settled.published_at) == (recipient.modified_at, recipient.published_at)
        assert Recipient.history.count() == traces
        assert publish(Recipient.objects.filter(pk=recipient.pk)) is None

    return check


def draft_codes(old):
    for code in ("Sand", "SAND", "sand", "Cobalt", "none", "MAP"):
        old("projects", "Mineral").objects.create(code=code, name_en=code, name_fr=code)
    stream = old("programs", "FundingStream").objects.first()
    for code in ("Call-1", "CALL-9"):
        old("programs", "Call").objects.create(stream=stream, code=code, name_en="C", name_fr="C")
    version = PublishedVersion.objects.current().filter(noun="stream").first()
    version.document["calls"] = [{"code": "CALL-9"}]
    version.save()

    def check(told):
        drafts = set(Mineral.objects.filter(public_code="").values_list("code", flat=True))
        assert drafts == {"sand", "sand-2", "sand-3", "cobalt-2", "none-2", "map-2"}
        assert "mineral none: not public yet; its code is none-2 now." in told
        assert {"call-1", "CALL-9"} <= set(Call.objects.values_list("code", flat=True))
        assert Mineral.objects.get(code="cobalt").public_code == "cobalt"

    return check


def public_codes(old):
    named = {"title_en": "T", "title_fr": "É", "sort_en": "t", "sort_fr": "e", "document": {}}
    for code in ("COBALT", "map", "orphan"):
        first = RegistryVersion.objects.latest()
        PublishedVersion.objects.create(noun="mineral", code=code, valid_from=first, **named)
    for code in ("COBALT", "map"):
        old("projects", "Mineral").objects.create(code=code, name_en=code, name_fr=code)

    def check(told):
        public = set(Mineral.objects.exclude(public_code="").values_list("code", flat=True))
        assert {"COBALT", "cobalt", "map"} <= public
        assert "mineral: COBALT and cobalt differ in case only. Both have been public and stay." in told
        assert "mineral map: has been public and stays" in told
        assert "mineral orphan: has been public, and no record has the code any more." in told

    return check


def renamed(old):
    row = old("projects", "Project").objects.get(code="gpi-0011")
    past = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    old("projects", "HistoricalProject").objects.create(**past, history_date=row.modified_at, history_type="~")
    old("projects", "Project").objects.filter(pk=row.pk).update(code="renamed")

    def check(told):
        assert Project.objects.get(pk=row.pk).public_code == "gpi-0011"
        assert "project renamed: is public as gpi-0011 and has that code again." in told

    return check


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_older_portal_is_settled_by_name(old, capsys):
    checks = [arrange(old) for arrange in (texts, draft_codes, public_codes, renamed)]
    number = RegistryVersion.objects.latest_number()
    capsys.readouterr()
    call_command("migrate", verbosity=0)
    told = capsys.readouterr().out
    for check in checks:
        check(told)
    assert RegistryVersion.objects.latest_number() == number
