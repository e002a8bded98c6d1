"""What is probably a slip is asked about once, in the form, and saved when it is meant."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from gpi_portal.models.doubts import amounts_in, is_far
from gpi_portal.nouns import nouns
from gpi_portal.publishing.moments import today
from gpi_portal.staff.doubts import stored_rows
from programs.models import FundingStream, PartnerInitiative, Program
from projects.models import Mineral, Project, Recipient, Source
from tests.projects.test_admin import admin_url, form_data
from tests.site import UNREAD

pytestmark = [pytest.mark.django_db, pytest.mark.on_one_database]


@pytest.fixture
def staff(client):
    client.force_login(get_user_model().objects.create_superuser("staff"))
    return client


def send(staff, record, **values):
    url = admin_url(record, "change", record.pk)
    return staff.post(url, {**form_data(staff.get(url, headers=UNREAD)), **values})


def asked(response):
    """The questions of a form, as words and as what a tick sends; none of one that was saved."""
    if response.status_code == 302:
        return {}
    form = response.context["adminform"].form
    assert form.questions, response.context["errors"]
    return {question.words: question.digest for question in form.questions}


def new_row(place, prefix, **values):
    management = {f"{prefix}-TOTAL_FORMS": place + 1}
    return {**management, **{f"{prefix}-{place}-{name}": value for name, value in values.items()}}


def test_ten_times_the_value_that_is_replaced(staff):
    project = Project.objects.get(code="gpi-0011")
    Project.objects.filter(pk=project.pk).update(amount=Decimal(1_200_000))
    project.citations.filter(field="amount").delete()
    response = send(staff, project, amount="12000000")
    ((words, digest),) = asked(response).items()
    assert "$1,200,000" in words
    assert "$12,000,000" in words
    page = response.content.decode()
    assert f'name="meant" value="{digest}"' in page
    assert f'<label for="meant-{digest}">' in page
    project.refresh_from_db()
    assert project.amount == 1_200_000
    assert send(staff, project, amount="12000000", meant=[digest]).status_code == 302
    project.refresh_from_db()
    assert project.amount == 12_000_000
    assert send(staff, project, title_en="Asked once and no more").status_code == 302


def test_a_tick_answers_its_own_question_only(staff):
    project = Project.objects.get(code="gpi-0011")
    Project.objects.filter(pk=project.pk).update(amount=Decimal(1_200_000))
    project.citations.filter(field="amount").delete()
    (digest,) = asked(send(staff, project, amount="12000000")).values()
    assert digest not in asked(send(staff, project, amount="120000000", meant=[digest])).values()


def test_an_answer_stays_given_while_something_else_is_put_right(staff):
    project = Project.objects.get(code="gpi-0011")
    Project.objects.filter(pk=project.pk).update(amount=Decimal(1_200_000))
    (digest, *_others) = asked(send(staff, project, amount="12000000")).values()
    page = send(staff, project, amount="12000000", meant=[digest], start_date="soon").content.decode()
    assert f'type="hidden" name="meant" value="{digest}"' in page


@pytest.mark.parametrize(
    ("before", "after", "far"),
    [(100, 950, True), (100, 949, False), (1000, 100, True), (0, 5, False), (None, 5, False), (-10, 100, True)],
)
def test_what_is_far(before, after, far):
    numbers = (None if number is None else Decimal(number) for number in (before, after))
    assert is_far(*numbers) is far


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$7.5 million", [7_500_000]),
        ("US$6,380,555", [6_380_555]),
        ("165 300 $", [165_300]),
        ("7,5 millions de dollars", [7_500_000]),
        ("jusqu’à 7,5\u00a0millions de dollars US", [7_500_000]),
        ("1,2 milliard de dollars", [1_200_000_000]),
        ("up to $7.5 million over 3 years", [7_500_000]),
        ("between $50,000.50 and $100,000", [Decimal("50000.50"), 100_000]),
        ("CAD 500,000", [500_000]),
        ("165,300", [165_300]),
        ("in 2030", []),
        ("2024-10-09", []),
        ("", []),
    ],
)
def test_the_amounts_that_a_citation_gives(text, found):
    assert amounts_in(text) == found


@pytest.mark.parametrize("amount", ["75000000", "750000", "700000"])
def test_ten_times_or_a_tenth_of_what_the_citation_gives(staff, amount):
    project = Project.objects.exclude(amount=None).filter(amendments=None).first()
    project.citations.filter(field="amount").update(value="up to $7.5 million")
    Project.objects.filter(pk=project.pk).update(amount=None)
    (words,) = asked(send(staff, project, amount=amount))
    assert "up to $7.5 million" in words
    assert send(staff, project, amount="7500000").status_code == 302


def test_ten_times_the_money_of_another_funder(staff):
    project = Project.objects.get(code="gpi-0001")
    money = project.co_funding.first()
    type(money).objects.filter(pk=money.pk).update(amount=100)
    project.citations.filter(field="co_funding").delete()
    (words,) = asked(send(staff, project, **{"co_funding-0-amount": "1000"}))
    assert str(money) in words


def test_ten_times_what_the_citation_gives_of_another_funder(staff):
    project = Project.objects.get(code="gpi-0001")
    money = project.co_funding.first()
    type(money).objects.filter(pk=money.pk).update(amount=None)
    project.citations.filter(field="co_funding").update(value="US$6.4 million")
    (words,) = asked(send(staff, project, **{"co_funding-0-amount": "64000000"}))
    assert words.startswith(f"“{money}: Amount” is ")
    assert "its citation says “US$6.4 million" in words
    assert send(staff, project, **{"co_funding-0-amount": "6400000"}).status_code == 302


@pytest.mark.parametrize(("amount", "said"), [("", "becomes empty"), ("0", "becomes $0")])
def test_an_amount_that_was_there_and_goes(staff, amount, said):
    project = Project.objects.get(code="gpi-0011")
    ((words, digest),) = asked(send(staff, project, amount=amount)).items()
    assert words.startswith("“Amount” was $")
    assert said in words
    assert send(staff, project, amount=amount, meant=[digest]).status_code == 302
    assert send(staff, project, amount="0").status_code == 302


def test_an_amendment_that_leaves_nothing(staff):
    project = Project.objects.get(code="gpi-0011")
    project.amendments.create(number=0, value=200_000)
    amendment = new_row(1, "amendments", number=1, amended_on="2025-01-01", value="0", position=0)
    (words,) = asked(send(staff, project, **amendment))
    assert "was $200,000 and becomes $0" in words


def test_a_day_on_which_nothing_can_have_happened_yet(staff):
    """An agreement may begin and end on a day to come; what was announced or amended was so today at the latest."""
    project, tomorrow = Project.objects.get(code="gpi-0011"), today() + datetime.timedelta(days=1)
    Program.objects.update(end_year=None)
    amendment = new_row(0, "amendments", number=0, value=project.amount, position=0)
    amendment |= {"amendments-0-end_date": tomorrow, "start_date": tomorrow}
    found = asked(send(staff, project, **amendment, announced_on=tomorrow, **{"amendments-0-amended_on": tomorrow}))
    assert [words.partition(" is ")[0] for words in found] == ["“Announced”", "“amendment 0: Date”"]
    assert send(staff, project, **amendment, announced_on=tomorrow, meant=list(found.values())[:1]).status_code == 302
    assert send(staff, project, title_en="Asked once").status_code == 302
    assert send(staff, project, announced_on=today()).status_code == 302


def test_an_amendment_without_an_original(staff):
    project = Project.objects.get(code="gpi-0011")
    amendment = new_row(0, "amendments", number=1, amended_on="2025-01-01", value=project.amount, position=0)
    found = asked(send(staff, project, **amendment))
    assert any("number 0 is missing" in words for words in found)
    assert send(staff, project, **amendment, meant=list(found.values())).status_code == 302
    assert send(staff, project, title_en="Asked once").status_code == 302


def test_a_new_amendment_is_ten_times_what_the_agreement_was_worth(staff):
    project = Project.objects.get(code="gpi-0011")
    project.amendments.create(number=0, value=200_000)
    amendment = new_row(1, "amendments", number=1, amended_on="2025-01-01", value="2000000", position=0)
    (words,) = asked(send(staff, project, **amendment))
    assert "$200,000" in words
    assert "$2,000,000" in words


@pytest.mark.parametrize(
    "values", [{"start_date": "2031-04-01"}, {"end_date": "2031-03-31"}, {"announced_on": "2022-12-31"}]
)
def test_a_day_outside_the_years_of_the_program_and_of_those_above_it(staff, values):
    project = Project.objects.get(code="gpi-0011")
    (words,) = asked(send(staff, project, **values))
    assert "2030" in words or "2023" in words


def test_the_days_of_amendments_and_calls_too(staff):
    project = Project.objects.get(code="gpi-0011")
    original = new_row(0, "amendments", number=0, value=project.amount, end_date="2031-01-01", position=0)
    assert any("January" in words for words in asked(send(staff, project, **original)))
    stream = FundingStream.objects.get(code="joint-rd")
    number = stream.calls.count()
    call = {"code": "late", "name_en": "L", "name_fr": "T", "closes_on": "2031-05-05", "position": 0}
    call |= {"envelope_qualifier": "exact"}
    assert any("May" in words for words in asked(send(staff, stream, **new_row(number, "calls", **call))))


@pytest.mark.parametrize("name", ["ÉCOLE du  Nord", "Ecole-du-Nord"])
@pytest.mark.parametrize("column", ["name_en", "name_fr", "legal_name_en", "operating_name_fr", "aliases"])
def test_a_recipient_whose_name_there_is(staff, name, column):
    first = Recipient.objects.create(code="ecole", **{column: "École du Nord"})
    url = admin_url(first, "add")
    sent = {**form_data(staff.get(url, headers=UNREAD)), "code": "other", "name_en": name, "name_fr": "Autre"}
    ((words, digest),) = asked(staff.post(url, sent)).items()
    assert "(ecole)" in words
    assert not Recipient.objects.filter(code="other").exists()
    assert staff.post(url, {**sent, "meant": digest}).status_code == 302
    assert send(staff, Recipient.objects.get(code="other"), city_en="Asked once", city_fr="Oui").status_code == 302


@pytest.mark.parametrize("model", [Mineral, PartnerInitiative, Source, Program, FundingStream, Project])
def test_every_noun_asks_about_a_name_that_there_is(staff, model):
    one, two = model.objects.all()[:2]
    name = f"{model.name_text}_en"
    assert any(f"({one.code})" in words for words in asked(send(staff, two, **{name: getattr(one, name).upper()})))


def test_an_address_of_a_source_stands_once(staff):
    one, two = Source.objects.all()[:2]
    (words,) = asked(send(staff, two, url=one.url))
    assert one.url in words


@pytest.mark.parametrize("noun", nouns())
def test_nothing_looks_wrong_in_what_was_loaded(noun):
    for record in nouns()[noun].objects.all():
        assert [doubt.question for doubt in record.doubts_about_state(stored_rows(record))] == []


def test_a_form_that_nobody_touched_asks_nothing(staff):
    for model in (Program, FundingStream, PartnerInitiative, Mineral, Recipient, Source, Project):
        for record in model.objects.all()[:3]:
            assert send(staff, record).status_code == 302
