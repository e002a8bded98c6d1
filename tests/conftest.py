import os
import shutil

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from hypothesis import settings

# Tests ask what is right; how long that takes is asked in bench/, and a busy machine is no fault.
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts what needs a browser behind all else: Django refuses the database beside a running browser.

    Where there is no browser it leaves those tests out; `./portal test` says so at its end.
    """
    items.sort(key=needs_browser)
    if not find_chromium():
        config.hook.pytest_deselected(items=[item for item in items if needs_browser(item)])
        items[:] = [item for item in items if not needs_browser(item)]


def needs_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The real registry, loaded and published once: every test stands on it and rolls back to it."""
    with django_db_blocker.unblock():
        call_command("load_registry", verbosity=0)
        # What a test with real transactions starts from: see `registry_restored`.
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.fixture(autouse=True)
def english():
    """A test begins in English, whatever page the one before it asked for last."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def registry_restored(django_db_serialized_rollback):
    """A test with real transactions empties the database; the next of its kind finds it loaded."""
