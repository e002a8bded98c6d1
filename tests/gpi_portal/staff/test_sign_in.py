"""Signing in: guessing is slow, failures can be found, nobody learns which accounts there are, and it ends well."""

import html
import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gpi_portal.staff.sign_in import TRIES, TRIES_PER_NAME

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
PASSWORD = "the right one of them"
TOO_MANY = {
    "en": r"too many failed attempts to sign in\. Wait (\d) minutes?, then try again\.",
    "fr": r"Trop de tentatives de connexion ont échoué\. Attendez (\d) minutes?, puis réessayez\.",
}


@pytest.fixture(autouse=True)
def one_span_of_time(monkeypatch):
    """Nobody has tried yet, and no span of time ends by chance."""
    cache.clear()
    clock = Clock(1_800_000_000)
    monkeypatch.setattr("time.time", clock)
    return clock


class Clock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def colleague(django_user_model):
    return django_user_model.objects.create_user("Zoé.staff", password=PASSWORD, is_staff=True)


def sign_in(name="Zoé.staff", password="wrong", network="192.0.2.1", query="", language="en", **more):
    data = {"username": name, "password": password, **more}
    return Client(REMOTE_ADDR=network).post(LOGIN + query, data, headers={"accept-language": language})


def fail(times, **options):
    return [sign_in(**options) for _time in range(times)][-1]


def refused(response, language="en"):
    """How many minutes the page says to wait; None where it does not."""
    found = re.search(TOO_MANY[language], html.unescape(response.content.decode()))
    return found and int(found[1])


# --- Guessing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["Zoé.staff", "nobody"])
def test_one_name_is_tried_a_few_times_from_one_network(colleague, name, language):
    assert refused(fail(TRIES_PER_NAME, name=name, language=language), language) is None
    assert refused(sign_in(name, PASSWORD, language=language), language) == 5
    assert refused(sign_in(name.upper(), language=language), language) == 5


def test_colleagues_elsewhere_are_not_held_up(colleague):
    fail(TRIES + 5)
    assert sign_in(password=PASSWORD).status_code == 200
    assert sign_in(password=PASSWORD, network="192.0.2.2").status_code == 302


def test_many_names_are_tried_a_few_times_from_one_network(colleague):
    responses = [sign_in(f"name{number}") for number in range(TRIES + 1)]
    assert [refused(response) for response in responses[-2:]] == [None, 5]
    assert refused(sign_in(password=PASSWORD)) == 5
    assert sign_in(password=PASSWORD, network="2001:db8::1").status_code == 302


def test_the_wait_ends_when_the_page_says(colleague, one_span_of_time):
    one_span_of_time.now += 100
    minutes = refused(fail(TRIES_PER_NAME + 1))
    assert minutes == 4
    one_span_of_time.now += minutes * 60
    assert sign_in(password=PASSWORD).status_code == 302


def test_who_signs_in_is_not_counted(colleague):
    assert [sign_in(password=PASSWORD).status_code for _time in range(TRIES + 5)] == [302] * (TRIES + 5)


def test_an_address_that_a_visitor_claims_changes_nothing(colleague):
    for number in range(TRIES_PER_NAME):
        Client(REMOTE_ADDR="192.0.2.1").post(
            LOGIN, {"username": "Zoé.staff", "password": "x"}, headers={"x-forwarded-for": f"198.51.100.{number}"}
        )
    assert refused(sign_in(password=PASSWORD))


def test_behind_a_trusted_proxy_each_network_counts_for_itself(colleague, settings):
    settings.TRUST_X_FORWARDED_FOR = True
    for number in range(TRIES_PER_NAME + 1):
        proxy = Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": f"198.51.100.{number}"})
        assert not refused(proxy.post(LOGIN, {"username": "Zoé.staff", "password": "x"}))


def test_the_cache_keeps_neither_names_nor_addresses(colleague):
    fail(2)
    kept = str(cache._cache)
    assert "sign-in-name-" in kept
    assert not [word for word in ("Zoé", "zoé", "192.0.2.1") if word in kept]


def test_what_counts_is_counted_before_the_password_is_looked_at(colleague, monkeypatch):
    """Else many guesses at once would all be looked at before the first is counted."""
    keys = []
    monkeypatch.setattr(cache, "incr", lambda key: keys.append(key) or TRIES_PER_NAME + 1)
    assert refused(sign_in(password=PASSWORD))
    assert len(keys) == 1


# --- Who has an account -----------------------------------------------------------------------------


def test_the_answer_is_the_same_whether_or_not_there_is_such_an_account(colleague, django_user_model):
    django_user_model.objects.create_user("reader", password=PASSWORD)
    django_user_model.objects.create_user("gone", password=PASSWORD, is_staff=True, is_active=False)
    tries = [("Zoé.staff", "wrong"), ("nobody", "wrong"), ("reader", PASSWORD), ("gone", PASSWORD)]
    pages = {
        re.sub(r'(csrfmiddlewaretoken"|username") value="[^"]*"|value="[^"]*" (?=.*username)', "", page)
        for page in (sign_in(*typed).content.decode().replace(typed[0], "") for typed in tries)
    }
    assert len({re.search(r"<main.*</main>|<div id=\"content\".*", page, re.DOTALL)[0] for page in pages}) == 1


def test_the_work_is_the_same_whether_or_not_there_is_such_an_account(colleague, settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    colleague.set_password(PASSWORD)
    colleague.save()
    rounds = []
    encode = PBKDF2PasswordHasher.encode

    def counted(self, password, salt, iterations=None):
        rounds.append(iterations or self.iterations)
        return encode(self, password, salt, 1)

    monkeypatch.setattr(PBKDF2PasswordHasher, "encode", counted)
    sign_in()
    sign_in("nobody")
    assert rounds == [PBKDF2PasswordHasher.iterations] * 2


# --- The log ----------------------------------------------------------------------------------------


@pytest.fixture
def logged(caplog, monkeypatch):
    monkeypatch.setattr("gpi_portal.staff.sign_in.log.propagate", True)
    return lambda: [record.getMessage() for record in caplog.records if record.name == "gpi_portal.sign_in"]


def test_failures_are_logged_with_the_account_and_without_an_address(colleague, logged):
    fail(TRIES_PER_NAME + 1)
    assert logged()[-2:] == [
        "Sign-in failed: account 'Zoé.staff'",
        "Sign-in refused after too many failures: account 'Zoé.staff'",
    ]
    assert "192.0.2.1" not in str(logged())
    sign_in(password=PASSWORD, network="192.0.2.2")
    assert len(logged()) == TRIES_PER_NAME + 1


@pytest.mark.parametrize(
    "typed", ["my secret password", "Zoé.staff my secret", "a\nSign-in failed: account 'boss'", "%s"]
)
def test_what_is_no_account_is_not_repeated(colleague, logged, typed):
    fail(TRIES_PER_NAME + 1, name=typed)
    assert set(logged()) == {
        "Sign-in failed: no account has the name that was typed",
        "Sign-in refused after too many failures: no account has the name that was typed",
    }


def test_the_name_of_an_account_adds_no_line_to_the_log(django_user_model, logged):
    name = "two\nlines\u2028"
    django_user_model.objects.create_user(name, password=PASSWORD, is_staff=True)
    sign_in(name)
    assert all(len(line.splitlines()) == 1 for line in logged())
    assert len(logged()) == 1


def test_the_log_of_sign_ins_is_one_of_its_own(settings):
    assert settings.LOGGING["loggers"]["gpi_portal.sign_in"] == {
        "handlers": ["stdout"],
        "level": "INFO",
        "propagate": False,
    }


# --- Where it ends ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "end"),
    [
        (None, "/admin/"),
        ("", "/admin/"),
        ("https://evil.example/", "/admin/"),
        ("//evil.example/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("\\\\evil.example", "/admin/"),
        ("/admin/gallery/", "/admin/gallery/"),
        ("http://testserver/en/", "http://testserver/en/"),
    ],
)
@pytest.mark.parametrize("place", ["query", "body"])
def test_signing_in_ends_where_it_should(colleague, asked, end, place):
    query = f"?next={asked}" if place == "query" and asked is not None else ""
    more = {"next": asked} if place == "body" and asked is not None else {}
    assert sign_in(password=PASSWORD, query=query, **more)["Location"] == end


@pytest.mark.parametrize("asked", ["", "https://evil.example/", "//evil.example/"])
def test_signing_out_ends_where_it_should(client, colleague, asked):
    client.force_login(colleague)
    page = client.post(f"/admin/logout/?next={asked}", follow=True)
    assert page.status_code == 200
    assert all(url.startswith("/admin/") for url, _status in page.redirect_chain)
    assert 'href="/admin/"' in page.content.decode()


def test_no_setting_names_an_address_that_is_not_there(client, settings):
    assert reverse(settings.LOGIN_URL) == LOGIN
    assert reverse(settings.LOGIN_REDIRECT_URL) == "/admin/"
    assert client.get("/accounts/login/").status_code == client.get("/accounts/profile/").status_code == 404
