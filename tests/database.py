"""The database of the tests, with the real registry in it; on SQLite, a copy of the one that was made last."""

import datetime
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from gpi_portal.models import TORONTO

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "var" / "tests"
#: All that can decide what the database holds: any file of these, and the day of the first publication.
MAKERS = (
    *("gpi_portal/**/*.py", "programs/**/*.py", "projects/**/*.py", "fixtures/*", "locale/**/*.mo"),
    "requirements/run.txt",
)


@contextmanager
def loaded_database(connection: Any) -> Iterator[None]:
    creation, usual = connection.creation, connection.settings_dict["NAME"]
    kept = KEPT / f"{digest()}.sqlite3" if connection.vendor == "sqlite" else None
    if kept and kept.exists():
        shutil.copyfile(kept, creation._get_test_db_name())
    creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=bool(kept and kept.exists()))
    call_command("load_registry", verbosity=0)
    if kept and not kept.exists() and settings.SETTINGS_MODULE == "tests.settings":
        keep(connection, kept)
    yield
    creation.destroy_test_db(usual, verbosity=0)


def digest() -> str:
    found = hashlib.sha256(str(datetime.datetime.now(TORONTO).date()).encode())
    for path in sorted(path for pattern in MAKERS for path in ROOT.glob(pattern)):
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def keep(connection: Any, place: Path) -> None:
    """Writes the database down, whole or not at all, in the place of older ones."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for older in place.parent.glob("*.sqlite3"):
        older.unlink(missing_ok=True)
    draft = place.with_suffix(f".{id(connection)}")
    with closing(sqlite3.connect(draft)) as copy:
        connection.connection.backup(copy)
    draft.replace(place)
