"""A lock on setting up a database: one process at a time, from any folder or machine."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

#: A number that nothing else locks in this database.
LOCK = 0x677069


@contextmanager
def alone_on(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait until no other process is inside this block. A process that dies releases the lock."""
    enter = on_postgresql if connection.vendor == "postgresql" else on_sqlite
    with enter(connection):
        yield


@contextmanager
def on_postgresql(connection: BaseDatabaseWrapper) -> Iterator[None]:
    # A separate connection: an error on the other one cannot leave the lock held.
    watch = connection.copy()
    try:
        with watch.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield
    finally:
        watch.close()


@contextmanager
def on_sqlite(connection: BaseDatabaseWrapper) -> Iterator[None]:
    # Lock the folder, not the database file: SQLite locks that itself, and it may not exist yet.
    folder = os.open(Path(connection.settings_dict["NAME"]).parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
