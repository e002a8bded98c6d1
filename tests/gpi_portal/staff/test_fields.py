"""Staff write an amount as people write it in Canada; whatever else comes in, it is answered beside its field."""

import pytest
from django.contrib.auth.models import Group

from gpi_portal.nouns import nouns
from projects.models import Project
from tests.projects.test_admin import admin_url, form_data
from tests.staff import client_of, member, signed_in

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


#: What no browser sends for a choice: words, and numbers that no database can look for.
NO_CHOICE = ("é" + "\u0301" * 200, "a\x00b", "9223372036854775808", "9" * 30, "-1", "²", "None", "")


@pytest.mark.parametrize("sent", NO_CHOICE, ids=ascii)
@pytest.mark.parametrize("model", [*nouns().values(), Group], ids=lambda model: model._meta.model_name)
def test_no_value_of_any_field_is_too_much_for_a_form(model, sent):
    """Each field of the record in turn would cost minutes; its rows keep their numbers, so that they are found."""
    client, row = client_of("superuser"), model.objects.order_by("pk").last()
    row = row if model is not Group else Group.objects.create(name="a group")
    url = admin_url(row, "change", row.pk)
    form = form_data(client.get(url))
    own = {name for name in form if name.endswith(("_FORMS", "-id")) or name == "opened"}
    chosen = {name: [sent] for name in ("minerals", "initiatives", "focus_areas", "permissions")}
    answer = client.post(url, {**form, **{name: sent for name in form if name not in own}, **chosen})
    assert answer.status_code in (200, 302)
    assert b"</html>" in answer.content or answer.status_code == 302


def test_a_sentence_about_a_record_has_its_space_before_the_colon_in_french(project):
    client = signed_in(member("publisher"))
    Project.objects.filter(pk=project.pk).update(title_en="")
    url = f"{admin_url(project, 'publish')}?codes={project.code}"
    page = client.get(url, headers={"accept-language": "fr"}).content.decode()
    assert f"{project.code}\u00a0: «\u00a0titre (anglais)\u00a0» est vide" in page
