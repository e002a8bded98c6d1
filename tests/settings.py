"""The portal's settings for tests: those of a loopback start, on a database that is thrown away."""

import os
import tempfile
from pathlib import Path

os.environ["SECRET_KEY"] = "the tests need no secret, only one that is long enough"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["HTTPS"] = "off"
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ["KEPT_PAGES"] = "off"  # a test reads with what a page was made; those of what is kept turn it on

from gpi_portal.settings import *  # noqa: F403
from gpi_portal.settings import DATABASES, STORAGES

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: connections then wait for each other the way they do there.
    file = Path(tempfile.gettempdir()) / f"gpi-portal-test-{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(file)}

# Static files straight from their sources: the manifest knows only what was collected.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
