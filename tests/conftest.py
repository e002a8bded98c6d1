import gc
import os
import shutil

import pytest
from django.db import connection
from django.template import Context, RequestContext, Template
from django.test.signals import template_rendered
from django.utils import translation
from hypothesis import settings

from tests.browser import server
from tests.database import loaded_database
from tests.site import UNREAD, SitePages, every_page

# Tests ask what is right; how long that takes is asked in bench/, and a busy machine is no fault.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: Who asks for one of these has a database, as has who is marked `django_db`.
DATABASES = {"db", "transactional_db", "django_db_setup", "scratch_database"}
#: Suite → what it leaves to the other ones of `./portal test`.
LEFT_TO_THE_OTHERS = {
    "first": lambda item: has(item, "compares") or needs_browser(item),
    "second": lambda item: has(item, "on_one_database") or uses(item, "site_pages") or not needs_database(item),
    "browser": lambda item: not needs_browser(item),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--suite", choices=sorted(LEFT_TO_THE_OTHERS), help="leave out what the other suites do")
    parser.addoption("--whole", action="store_true", help="let walks visit every page, not some of each kind")


@pytest.fixture
def whole(request) -> bool:
    """Whether a walk visits every page: `bench/walks` says so."""
    return request.config.getoption("whole")


def find_chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts what needs a browser behind all else: Django refuses the database beside a running browser.

    Where there is no browser it leaves those tests out; `./portal test` says so at its end.
    """
    items.sort(key=needs_browser)
    if not find_chromium():
        leave_out(config, items, needs_browser)
    if suite := config.getoption("suite"):
        leave_out(config, items, LEFT_TO_THE_OTHERS[suite])


def leave_out(config, items, unwanted) -> None:
    config.hook.pytest_deselected(items=[item for item in items if unwanted(item)])
    items[:] = [item for item in items if not unwanted(item)]


def has(item: pytest.Item, mark: str) -> bool:
    return item.get_closest_marker(mark) is not None


def uses(item: pytest.Item, fixture: str) -> bool:
    return fixture in getattr(item, "fixturenames", ())


def needs_browser(item: pytest.Item) -> bool:
    return has(item, "browser")


def needs_database(item: pytest.Item) -> bool:
    return has(item, "django_db") or needs_browser(item) or not DATABASES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The real registry, loaded and published once: every test stands on it and rolls back to it."""
    with django_db_blocker.unblock(), loaded_database(connection):
        # What a test with `serialized_rollback` starts from, as one with real transactions empties the database.
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()
        yield


@pytest.fixture(scope="session")
def site_pages(django_db_setup, django_db_blocker) -> SitePages:
    """Every page of the public site in both languages, as it stands before any test changes something."""
    with django_db_blocker.unblock():
        return {language: every_page(language) for language in ("en", "fr")}


@pytest.fixture
def scratch_database(tmp_path):
    """The address of an empty database, for what a test starts."""
    with server.scratch_database(tmp_path) as url:
        yield url


@pytest.fixture(autouse=True)
def english():
    """A test begins in English, whatever page the one before it asked for last."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_hidden_database(request):
    """What a test starts finds a database only if the test asks for one: else the second suite would leave it out."""
    with pytest.MonkeyPatch.context() as patch:
        if not needs_database(request.node):
            patch.setenv("DATABASE_URL", "this test has asked for no database")
        yield


@pytest.fixture(scope="session", autouse=True)
def whole_pages_are_told(django_test_environment):
    """Keeps for `response.context` what a page is rendered with, but not each field of its forms: half the time.

    A page that is asked for `UNREAD` is not rendered then.
    """

    def render(template: Template, context: Context) -> str:
        if isinstance(context, RequestContext) and context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
            if context.request.headers.items() >= UNREAD.items():
                return ""
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session", autouse=True)
def seldom_collected():
    """Looking for cycles in all that the tests hold takes a seventh of their time at Python's own pace."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    yield
    gc.set_threshold(*usual)
