"""Writes down every page of the site as SQLite answers it, for the comparison with the other database.

    python -m tests.pages_on_sqlite MOMENT FILE

The moment is that of the publication over there, as pages show it.
"""

import json
import os
import sys
from pathlib import Path

import django

os.environ.update(DJANGO_SETTINGS_MODULE="tests.settings", DATABASE_URL="sqlite://:memory:")
django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from gpi_portal.models import RegistryVersion  # noqa: E402
from tests.database import loaded_database  # noqa: E402
from tests.site import compared_pages  # noqa: E402

if __name__ == "__main__":
    setup_test_environment()
    with loaded_database(connection):
        RegistryVersion.objects.update(published_at=sys.argv[1])
        Path(sys.argv[2]).write_text(json.dumps(compared_pages()))
