"""A real browser on a real portal (`server.py`), which nothing beyond this machine can reach.

A window costs more than all that is done in it, so tests share theirs: each begins by going to its own address.
"""

import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import Portal, running_portal
from tests.browser.tour import NARROW, WIDE, Tour, travel
from tests.conftest import find_chromium

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
LONGEST_WAIT = 20_000  # milliseconds, on a machine that is busy with other things
STAFF = {"username": "staff", "password": "only for these tests"}
WITHDRAWN_RECORD = """
from gpi_portal.corrections.decisions import accept
from gpi_portal.models import ErrorReport
from gpi_portal.publishing.publish import publish, withdraw
from projects.models import Recipient
record = Recipient.objects.create(code="entered-twice", name_en="Entered twice", name_fr="Saisi deux fois")
reported_on = publish([record])
titles = {"title_en": record.name_en, "title_fr": record.name_fr, "language": "en"}
report = {"noun": "recipient", "code": record.code, **titles, "reported_on": reported_on, "text": "Twice there."}
accepted, _waiting = (ErrorReport.objects.create(**report) for _number in range(2))
withdraw(record, reason_en="This record was entered twice.", reason_fr="Cette fiche a été saisie deux fois.")
texts = {"before_en": "Two records", "before_fr": "Deux fiches", "after_en": "One record", "after_fr": "Une fiche"}
reasons = {"reason_en": "It was entered twice.", "reason_fr": "Elle a été saisie deux fois."}
accept(accepted, by=None, field="", **texts, **reasons)
"""


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with the real registry, one withdrawn record, reports on it and one account of the staff."""
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("terminated", 143))
    with running_portal(tmp_path_factory.mktemp("portal")) as portal:
        portal.manage("shell", "-c", WITHDRAWN_RECORD)
        account = {"DJANGO_SUPERUSER_USERNAME": STAFF["username"], "DJANGO_SUPERUSER_PASSWORD": STAFF["password"]}
        portal.manage("createsuperuser", "--noinput", **account, DJANGO_SUPERUSER_EMAIL="staff@example.org")
        yield portal
        assert "Traceback" not in portal.log.read_text()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": find_chromium(), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(portal: Portal) -> dict[str, Any]:
    return {"base_url": portal.url, "locale": "en-CA", "viewport": WIDE}


@pytest.fixture(scope="session")
def open_window(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    """Opens a window of its own, with its own cookies and cache, that stays until the end."""
    expect.set_options(timeout=LONGEST_WAIT)
    contexts = []

    def open_window(**options: Any) -> Page:
        contexts.append(browser.new_context(**{**browser_context_args, **options}))
        return contexts[-1].new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def tour(open_window: Callable[..., Page]) -> Tour:
    return travel(open_window(viewport=NARROW))


@pytest.fixture(scope="session")
def window_of_visitor(open_window: Callable[..., Page]) -> Page:
    return open_window()


@pytest.fixture(scope="session")
def window_of_staff(open_window: Callable[..., Page]) -> Page:
    page = open_window()
    page.goto("/admin/")
    page.get_by_label("Username").fill(STAFF["username"])
    page.get_by_label("Password").fill(STAFF["password"])
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text(STAFF["username"])
    return page


def as_new(window: Page) -> Page:
    window.set_viewport_size(WIDE)
    window.emulate_media(color_scheme="light")
    return window


@pytest.fixture
def visitor(window_of_visitor: Page) -> Page:
    """The window of somebody who has not signed in."""
    return as_new(window_of_visitor)


@pytest.fixture
def desk(window_of_staff: Page) -> Page:
    """The window of a member of the staff who has signed in."""
    return as_new(window_of_staff)
