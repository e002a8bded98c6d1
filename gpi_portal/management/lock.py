"""Setting up a database is done by one process at a time, whichever folder or machine it was started on."""

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
    """Waits until no other process is in here. A process that dies leaves."""
    enter = on_postgresql if connection.vendor == "postgresql" else on_sqlite
    with enter(connection):
        yield


@contextmanager
def on_postgresql(connection: BaseDatabaseWrapper) -> Iterator[None]:
    # A connection of its own: what goes wrong on the other one cannot keep the lock.
    watch = connection.copy()
    try:
        with watch.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield
    finally:
        watch.close()


@contextmanager
def on_sqlite(connection: BaseDatabaseWrapper) -> Iterator[None]:
    # The folder stands for the file in it, which SQLite locks and unlocks itself and which is not there yet.
    folder = os.open(Path(connection.settings_dict["NAME"]).parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
