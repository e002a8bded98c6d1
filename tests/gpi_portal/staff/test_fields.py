"""Staff write an amount as people write it in Canada, in either language, whatever the language of the page."""

import pytest

from projects.models import Project
from tests.projects.test_admin import admin_url, form_data
from tests.staff import member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return Project.objects.get(code="gpi-0001")


@pytest.fixture
def send(project):
    """Send the form of the project with this amount."""
    client, url = signed_in(member("editor")), admin_url(project, "change", project.pk)
    return lambda amount: client.post(url, {**form_data(client.get(url)), "amount": amount})


@pytest.mark.parametrize(
    "typed", ["7,500,001", "$7,500,001.00", "7 500 001", "7\u202f500\u202f001,00\u00a0$", "7500001"]
)
def test_an_amount_may_have_groups_of_digits_and_a_dollar_sign(project, send, typed):
    assert send(typed).status_code == 302
    project.refresh_from_db()
    assert project.amount == 7_500_001


@pytest.mark.parametrize("typed", ["7.5 million", "7.500.001", "1e6", "75,00,001", "٧", "NaN", "7.501"])
def test_what_is_no_amount_is_answered_with_how_to_write_one(project, send, typed):
    page = send(typed)
    assert page.context["adminform"].form.errors["amount"] == [
        "Write the amount in digits, for example 165300 or 165300.50."
    ]
    assert f'value="{typed}"' in page.content.decode()


def test_a_browser_lets_one_type_it(project):
    page = signed_in(member("editor")).get(admin_url(project, "change", project.pk))
    inputs = str(page.context["adminform"].form["amount"])
    assert 'type="text"' in inputs
    assert 'inputmode="decimal"' in inputs
