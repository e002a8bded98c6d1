"""Two who edit one account or one group at once see both values, keep what they typed and choose."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connections
from django.forms import MultiWidget
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.projects.test_admin import form_data
from tests.staff import member, signed_in

pytestmark = pytest.mark.django_db

REASON = "Someone else has saved a change since you opened this form. Yours have not been saved yet."


def superuser(name: str) -> Client:
    return signed_in(User.objects.create_superuser(name, password="a long pass phrase"))


@pytest.fixture
def anna() -> Client:
    return superuser("anna")


@pytest.fixture
def ben() -> Client:
    return superuser("ben")


@pytest.fixture
def account() -> User:
    return member("reader", name="somebody", first_name="Sam", last_login=timezone.now())


@pytest.fixture
def group() -> Group:
    group = Group.objects.create(name="ours")
    group.permissions.set(rights("view_project"))
    return group


def rights(*codenames: str) -> list[Permission]:
    return list(Permission.objects.filter(codename__in=codenames))


def numbers(*codenames: str) -> list[str]:
    return [str(right.pk) for right in rights(*codenames)]


def url_of(row) -> str:
    return reverse(f"admin:auth_{row._meta.model_name}_change", args=(row.pk,))


def opened(client, row) -> dict[str, object]:
    return sent_of(client.get(url_of(row)))


def sent_of(response) -> dict[str, object]:
    """What a browser would send of a page that shows the form, a moment in two parts."""
    sent = dict(form_data(response))
    for bound in response.context["adminform"].form:
        if isinstance(bound.field.widget, MultiWidget):
            value = sent.pop(bound.html_name, None)
            parts = value if isinstance(value, list) else bound.field.widget.decompress(value)
            names = [f"{bound.html_name}{suffix}" for suffix in bound.field.widget.widgets_names]
            sent |= {name: str(part or "") for name, part in zip(names, parts, strict=True)}
    return sent


def meanwhile(response) -> dict[str, tuple[str, str, str]]:
    assert response.status_code == 200
    assert REASON.encode() in response.content
    return {line.name: (line.opened, line.saved, line.typed) for line in response.context["held"].meanwhile}


def test_the_second_one_sees_both_values_keeps_what_they_typed_and_chooses(anna, ben, account):
    first, second = opened(anna, account), opened(ben, account)
    assert anna.post(url_of(account), {**first, "first_name": "Anna’s", "email": "a@example.org"}).status_code == 302
    held = ben.post(url_of(account), {**second, "first_name": "Ben’s", "last_name": "Typed"})
    assert meanwhile(held) == {"First name": ("Sam", "Anna’s", "Ben’s"), "Email address": ("", "a@example.org", "")}
    account.refresh_from_db()
    assert (account.first_name, account.last_name) == ("Anna’s", "")
    again = sent_of(held)
    assert (again["first_name"], again["last_name"], again["email"]) == ("Ben’s", "Typed", "a@example.org")
    assert ben.post(url_of(account), {**again, "choose-first_name": "saved"}).status_code == 302
    account.refresh_from_db()
    assert (account.first_name, account.last_name, account.email) == ("Anna’s", "Typed", "a@example.org")


def test_what_was_typed_is_saved_where_that_is_chosen(anna, ben, account):
    first, second = opened(anna, account), opened(ben, account)
    anna.post(url_of(account), {**first, "first_name": "Anna’s"})
    held = ben.post(url_of(account), {**second, "first_name": "Ben’s"})
    again = sent_of(held)
    assert ben.post(url_of(account), {**again, "choose-first_name": "typed"}).status_code == 302
    account.refresh_from_db()
    assert account.first_name == "Ben’s"


def test_a_right_that_somebody_took_away_is_not_given_back_in_silence(anna, ben, group):
    first, second = opened(anna, group), opened(ben, group)
    anna.post(url_of(group), {**first, "permissions": numbers("view_mineral")})
    held = ben.post(url_of(group), {**second, "name": "officers"})
    assert meanwhile(held) == {"Permissions": ("project | can view", "mineral | can view", "")}
    assert ben.post(url_of(group), sent_of(held)).status_code == 302
    group.refresh_from_db()
    assert group.name == "officers"
    assert list(group.permissions.all()) == rights("view_mineral")


def test_two_who_choose_other_rights_choose_once_more(anna, ben, group):
    first, second = opened(anna, group), opened(ben, group)
    anna.post(url_of(group), {**first, "permissions": numbers("view_mineral")})
    held = ben.post(url_of(group), {**second, "permissions": numbers("view_project", "view_source")})
    said = ("project | can view", "mineral | can view", "project | can view; source | can view")
    assert meanwhile(held) == {"Permissions": said}
    again = sent_of(held)
    assert ben.post(url_of(group), {**again, "choose-permissions": "saved"}).status_code == 302
    assert list(group.permissions.all()) == rights("view_mineral")


@pytest.mark.parametrize("choice", ["saved", "typed"])
def test_an_account_that_was_closed_is_not_opened_again_in_silence(anna, ben, account, choice):
    """Both change the day on which it was made too, which a form sends in two parts."""
    first, second = opened(anna, account), opened(ben, account)
    first.pop("is_active")
    anna.post(url_of(account), {**first, "date_joined_0": "2024-05-01"})
    held = ben.post(url_of(account), {**second, "date_joined_0": "2024-06-01", "last_name": "Typed"})
    said = meanwhile(held)
    assert said["Active"] == ("Yes", "No", "")
    assert [words[:10] for words in said["Date joined"][1:]] == ["2024-05-01", "2024-06-01"]
    ben.post(url_of(account), {**sent_of(held), "choose-date_joined": choice})
    account.refresh_from_db()
    assert (account.is_active, account.last_name) == (False, "Typed")
    month = {"saved": 5, "typed": 6}[choice]
    assert timezone.localtime(account.date_joined).month == month


def test_a_sign_in_and_a_new_password_are_no_edit_of_the_form_and_stay(anna, ben, account):
    second = opened(ben, account)
    moment = timezone.now().replace(microsecond=0) + timezone.timedelta(hours=1)
    account.last_login = moment
    account.set_password("another secret of ours")
    account.save()
    assert ben.post(url_of(account), {**second, "last_name": "Typed"}).status_code == 302
    account.refresh_from_db()
    assert (account.last_name, account.last_login) == ("Typed", moment)
    assert account.check_password("another secret of ours")


def test_the_same_change_of_both_and_no_change_are_saved_at_once(anna, ben, group):
    first, second = opened(anna, group), opened(ben, group)
    assert anna.post(url_of(group), {**first, "name": "officers"}).status_code == 302
    held = ben.post(url_of(group), {**second, "name": "officers"})
    assert meanwhile(held) == {"Name": ("ours", "officers", "")}
    assert ben.post(url_of(group), sent_of(held)).status_code == 302


@pytest.mark.parametrize("mark", ["", "made:up"])
def test_a_form_that_was_not_opened_here_is_shown_before_it_is_saved(anna, group, mark):
    held = anna.post(url_of(group), {**opened(anna, group), "name": "officers", "opened": mark})
    assert "The portal does not recognize this form" in held.content.decode()
    assert anna.post(url_of(group), sent_of(held)).status_code == 302
    assert Group.objects.filter(name="officers").exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_save_at_the_same_moment_one_is_shown_what_the_other_saved():
    group = Group.objects.create(name="ours")
    clients = [superuser("anna"), superuser("ben")]
    forms = [{**opened(client, group), "name": name} for client, name in zip(clients, ("one", "two"), strict=True)]

    def post(client, form):
        try:
            return client.post(url_of(group), form).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(post, clients, forms)) == [200, 302]
