"""What is confirmed is what is published, withdrawn or decided: exactly what the page showed, or nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from gpi_portal.models import ErrorReport, PublishedVersion, RegistryVersion
from gpi_portal.publishing.publish import publish, withdraw
from programs.models import PartnerInitiative
from projects.models import Mineral, Project, Recipient
from tests.projects.test_admin import admin_url, confirm
from tests.reports import REASONS, correct, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("anna"))
    return client


@pytest.fixture
def mineral() -> Mineral:
    mineral = Mineral.objects.get(code="zinc")
    mineral.aliases = "Seen by Anna"
    mineral.save()
    return mineral


def opened(client, url) -> dict[str, str]:
    """What a page that asks before it acts carries along."""
    return {bound.html_name: bound.value() or "" for bound in client.get(url).context["form"] if bound.is_hidden}


def edited(record, **values) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


WITHOUT_ANNA = {
    "another edit": lambda mineral: edited(mineral, name_en="Unseen"),
    "another edit that was published": lambda mineral: edited(mineral, name_en="Unseen") or publish([mineral]),
    "the same, published": lambda mineral: publish([mineral]),
    "an edit of a row": lambda mineral: mineral.citations.first().delete(),
}


@pytest.mark.parametrize("act", WITHOUT_ANNA.values(), ids=WITHOUT_ANNA)
def test_what_was_not_shown_is_not_published(anna, mineral, act):
    url = f"{admin_url(mineral, 'publish')}?codes=zinc"
    sent = opened(anna, url)
    act(mineral)
    before = RegistryVersion.objects.latest_number()
    page = anna.post(url, {**sent, "reason": "Typed by Anna"})
    assert RegistryVersion.objects.latest_number() == before
    assert "the changes are no longer the ones that you were shown" in page.content.decode()
    assert "Typed by Anna" in page.content.decode()


def test_what_is_different_is_marked_and_can_then_be_confirmed(anna, mineral):
    url = f"{admin_url(mineral, 'publish')}?codes=zinc"
    sent = opened(anna, url)
    edited(mineral, name_en="Unseen")
    page = anna.post(url, {**sent, "reason": "Because"})
    marks = {line.field.name: line.is_new for line in page.context["lines"]}
    assert (marks["Name (English)"], marks["Other names"]) == (True, False)
    again = {bound.html_name: bound.value() or "" for bound in page.context["form"]}
    assert anna.post(url, again).status_code == 302
    assert PublishedVersion.objects.public().of_record(mineral).get().title_en == "Unseen"


def test_a_record_that_was_withdrawn_meanwhile_does_not_come_back_unseen(anna):
    project = Project.objects.get(code="gpi-0011")
    edited(project, title_en="A new title")
    url = f"{admin_url(project, 'publish')}?codes=gpi-0011"
    sent = opened(anna, url)
    withdraw(project, reason_en="Twice.", reason_fr="Deux fois.")
    page = anna.post(url, {**sent, "reason": "Because"}).content.decode()
    assert PublishedVersion.objects.current().of_record(project).get().withdrawn
    assert "Withdrawn until now: it becomes public again." in page


def test_all_that_a_new_record_says_is_shown_before_it_is_public(anna):
    mineral = Mineral.objects.create(code="new", name_en="New mineral", name_fr="Nouveau minéral", aliases="Alias")
    page = anna.get(f"{admin_url(mineral, 'publish')}?codes=new").content.decode()
    assert all(words in page for words in ("New: not public until now.", "New mineral", "Nouveau minéral", "Alias"))


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Recipient, {}),
        (Mineral, {}),
        (PartnerInitiative, {"kind": "law", "description_en": "A law", "description_fr": "Une loi"}),
    ],
)
def test_of_which_noun_a_new_record_is_is_no_field_of_it(anna, model, values):
    new = model.objects.create(code="new-one", name_en="New one", name_fr="Nouveau", **values)
    lines = anna.get(f"{admin_url(new, 'publish')}?codes=new-one").context["lines"]
    shown = {line.field.name: line.field.after for line in lines if line.field}
    assert "new-one" in shown.values()
    assert model.noun not in shown.values()
    assert "Programs above it" not in shown


def test_nothing_is_published_without_having_been_shown(anna, mineral):
    url = f"{admin_url(mineral, 'publish')}?codes=zinc"
    assert anna.post(url, {"reason": "Because"}).status_code == 200
    assert RegistryVersion.objects.latest_number() == 1


def to_publish() -> str:
    mineral = Mineral.objects.get(code="zinc")
    edited(mineral, aliases="Seen by Anna")
    return f"{admin_url(mineral, 'publish')}?codes=zinc"


def to_withdraw() -> str:
    project = Project.objects.get(code="gpi-0011")
    return admin_url(project, "withdraw", project.pk)


def to_restore() -> str:
    mineral = Mineral.objects.get(code="zinc")
    first = mineral.history.last()
    edited(mineral, aliases="To be forgotten")
    return reverse("admin:projects_mineral_simple_history", args=(mineral.pk, first.pk))


def to_accept() -> str:
    report = reported()
    correct()
    return reverse("admin:gpi_portal_errorreport_accept", args=(report.pk,))


def to_decline() -> str:
    return f"{reverse('admin:gpi_portal_errorreport_decline')}?reports={reported().pk}"


@pytest.mark.parametrize("begin", [to_publish, to_withdraw, to_restore, to_accept, to_decline])
def test_a_confirmation_that_is_sent_five_times_is_acted_on_once_and_leads_on_each_time(anna, begin):
    url = begin()
    form = anna.get(url).context["form"]
    sent = {bound.html_name: bound.value() or "" for bound in form} | {"reason": "Because", **REASONS}
    answers = [anna.post(url, sent) for _time in range(5)]
    assert [answer.status_code for answer in answers] == [302] * 5
    assert len({answer["Location"] for answer in answers}) == 1
    told = [str(message) for message in get_messages(answers[-1].wsgi_request)]
    assert len(told) == 5
    assert told[1:] == ["This form was sent twice. It was acted on once."] * 4


def test_a_version_that_was_not_shown_is_not_withdrawn(anna):
    project = Project.objects.get(code="gpi-0011")
    url = admin_url(project, "withdraw", project.pk)
    sent = opened(anna, url)
    edited(project, title_en="Unseen")
    publish([project])
    page = anna.post(url, {**sent, "reason_en": "Twice.", "reason_fr": "Deux fois."}).content.decode()
    assert not PublishedVersion.objects.current().of_record(project).get().withdrawn
    assert "Unseen" in page
    assert "Deux fois." in page
    confirm(anna, url, reason_en="Twice.", reason_fr="Deux fois.")
    assert PublishedVersion.objects.current().of_record(project).get().withdrawn


def test_a_report_is_not_accepted_on_a_version_that_was_not_shown(anna):
    report = reported()
    correct(7_400_000)
    url = reverse("admin:gpi_portal_errorreport_accept", args=(report.pk,))
    sent = {**anna.get(url).context["form"].initial, **REASONS}
    correct(7_300_000)
    page = anna.post(url, sent).content.decode()
    assert "What the public reads has changed since you opened this page" in page
    assert ErrorReport.objects.get().is_waiting


def test_a_proposal_that_nobody_changed_follows_what_the_public_reads(anna):
    report = reported()
    correct(7_400_000)
    url = reverse("admin:gpi_portal_errorreport_accept", args=(report.pk,))
    form = anna.get(url).context["form"]
    carried = {bound.html_initial_name: bound.value() for bound in form if bound.field.show_hidden_initial}
    sent = {bound.html_name: bound.value() or "" for bound in form} | carried | REASONS
    correct(7_300_000)
    shown = anna.post(url, {**sent, "before_en": "Typed", "before_fr": "Saisi"}).context["form"]
    assert "7.3" in shown["after_en"].value()
    assert "7,3" in shown["after_fr"].value()
    assert shown["before_en"].value() == "Typed"


def test_a_report_is_not_accepted_once_the_error_is_public_again(anna):
    report = reported()
    correct(7_400_000)
    url = reverse("admin:gpi_portal_errorreport_accept", args=(report.pk,))
    sent = {**anna.get(url).context["form"].initial, **REASONS}
    correct(7_500_000)
    anna.post(url, sent)
    assert ErrorReport.objects.get().is_waiting
