"""Every address of the staff's site × everybody × GET and POST: who gets what."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from gpi_portal.nouns import nouns
from projects.models import Citation
from tests.site import UNREAD
from tests.staff import ROLES, STAFF, admin_addresses, admin_urls, client_of, patterns

pytestmark = [pytest.mark.django_db, pytest.mark.walks, pytest.mark.on_one_database]

SUPERUSER = {"superuser"}
NOBODY: set[str] = set()
SEE = {*ROLES, "superuser"}
EDIT = {"translator", "editor", "reviewer", "superuser"}
ADD = DELETE = {"editor", "superuser"}
PUBLISH = {"publisher", "superuser"}
SEE_REPORTS = {"editor", "reviewer", "publisher", "auditor", "superuser"}
DECIDE = {"publisher", "superuser"}
SEE_ACCOUNTS = {"auditor", "superuser"}

#: Page → who is served when they open it, and when they send its form.
OF_RECORDS = {
    "changelist": (SEE, SEE),
    "add": (ADD, ADD),
    "change": (SEE, EDIT),
    "delete": (DELETE, DELETE),
    "history": (SEE, SEE),
    "simple_history": (SEE, EDIT),
    "publish": (PUBLISH, PUBLISH),
    "withdraw": (PUBLISH, PUBLISH),
}
OF_CITATIONS = {"citations_add": (EDIT, EDIT), "citations_change": (EDIT, EDIT)}
OF_REPORTS = {
    "changelist": (SEE_REPORTS, SEE_REPORTS),
    "add": (NOBODY, NOBODY),
    "change": (SEE_REPORTS, NOBODY),
    "delete": (NOBODY, NOBODY),
    "history": (SEE_REPORTS, SEE_REPORTS),
    "simple_history": (SEE_REPORTS, NOBODY),
    "accept": (DECIDE, DECIDE),
    "decline": (DECIDE, DECIDE),
}
OF_ACCOUNTS = {
    "changelist": (SEE_ACCOUNTS, SEE_ACCOUNTS),
    "add": (SUPERUSER, SUPERUSER),
    "change": (SEE_ACCOUNTS, SUPERUSER),
    "delete": (SUPERUSER, SUPERUSER),
    "history": (SEE_ACCOUNTS, SEE_ACCOUNTS),
}
OF_THE_SITE = {
    "index": (STAFF, STAFF),
    "password_change": (STAFF, STAFF),
    "password_change_done": (STAFF, NOBODY),
    "app_list": (SEE, SEE),
    "autocomplete": (SEE, NOBODY),
    "jsi18n": (STAFF, NOBODY),
    "gallery": (STAFF, NOBODY),
    "set_language": (STAFF, STAFF),
    "login": (STAFF, STAFF),
    "logout": (NOBODY, STAFF),
    "admin/(?P<url>.*)$": (NOBODY, NOBODY),
}
#: What those who are not served get, where that is not a refusal: no such page, or no such way to ask for it.
OTHERWISE = {
    ("app_list", "GET"): 404,
    ("app_list", "POST"): 404,
    ("autocomplete", "POST"): 405,
    ("jsi18n", "POST"): 405,
    ("gallery", "POST"): 405,
    ("logout", "GET"): 405,
    ("password_change_done", "POST"): 405,
    ("admin/(?P<url>.*)$", "GET"): 404,
    ("admin/(?P<url>.*)$", "POST"): 404,
}
#: What those who are not on the staff get, where that is not the page to sign in.
OUTSIDE = {
    ("set_language", "GET"): "served",
    ("set_language", "POST"): "served",
    ("login", "GET"): "served",
    ("login", "POST"): "served",
    ("logout", "GET"): "served",
    ("logout", "POST"): "served",
    ("gallery", "POST"): 405,
}


def table():
    """Name or route of every address → who is served by GET and by POST."""
    found = dict(OF_THE_SITE)
    kinds = [(model._meta.label_lower, OF_RECORDS) for model in nouns().values()]
    kinds += [(model._meta.label_lower, OF_CITATIONS) for model in nouns().values() if model.noun in Citation.HOLDERS]
    kinds += [("gpi_portal.errorreport", OF_REPORTS), ("auth.user", OF_ACCOUNTS), ("auth.group", OF_ACCOUNTS)]
    for label, pages in kinds:
        app, model = label.split(".")
        found |= {f"{app}_{model}_{page}": served for page, served in pages.items()}
        found[f"admin/{app}/{model}/<path:object_id>/"] = (STAFF, STAFF)
    return {**found, "auth_user_password_change": (SUPERUSER, SUPERUSER)}


def answer(response):
    if response.status_code < 400:
        return "sign in" if response.get("Location", "").startswith(reverse("admin:login")) else "served"
    return response.status_code


def expected(name, method, actor):
    if actor not in STAFF:
        return OUTSIDE.get((name, method), "sign in")
    served = table()[name][method == "POST"]
    return "served" if actor in served else OTHERWISE.get((name, method), 403)


def asked(client, method, url):
    """The answer to a request whose effects are taken back."""
    with transaction.atomic():
        session = client.cookies.copy()
        # Every page is read, by everybody, in test_buttons.py.
        response = client.get(url, headers=UNREAD) if method == "GET" else client.post(url, {"post": "yes"})
        client.cookies = session
        transaction.set_rollback(True)
    return answer(response)


def test_the_table_knows_every_address():
    assert admin_addresses() == set(table())
    assert set(admin_urls()) == set(table())


@pytest.mark.parametrize("actor", ["nobody", "no staff", *sorted(STAFF)])
def test_everybody_gets_what_they_may(actor):
    client, urls = client_of(actor), admin_urls()
    requests = [(name, method) for name in urls for method in ("GET", "POST")]
    found = {(name, method): asked(client, method, urls[name]) for name, method in requests}
    assert found == {request: expected(*request, actor) for request in requests}


@pytest.mark.parametrize("word", ["x", "-1", "9" * 30, "9" * 5000])
def test_an_address_of_a_row_that_cannot_be_is_answered(word):
    client = client_of("superuser")
    client.raise_request_exception = False
    routes = [
        re.sub(r"<[^>]+>|\(\[\^/\]\+\)", word, route) for _name, route in patterns() if route.startswith("admin/")
    ]
    urls = [f"/{route}".replace("^", "").replace("$", "") for route in routes if word in route and "(" not in route]
    assert len(urls) > 60
    assert [url for url in urls if client.get(url).status_code >= 500] == []
