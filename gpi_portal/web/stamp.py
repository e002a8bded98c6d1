"""Which registry version stands, asked at the price of one small query."""

import functools
import threading
from typing import Any

from django.db import DatabaseError, connection

from gpi_portal.models import RegistryVersion

#: The number and the moment of a registry version, as the database writes them; a number is used again after a backup
#: is restored.
Stamp = tuple[Any, ...]
NONE_YET: Stamp = (0, "")


@functools.cache
def statement() -> str:
    """The query, put into SQL once; it has no parameters."""
    newest = RegistryVersion.objects.order_by("-number").values_list("number", "published_at")[:1]
    return str(newest.query)


def stamp(asked: Any = connection) -> Stamp:
    """The stamp of the newest registry version, as a connection sees it."""
    with asked.cursor() as cursor:
        cursor.execute(statement())
        return cursor.fetchone() or NONE_YET


class Own(threading.local):
    """A connection of each thread that lasts: Django's own is opened anew for each request, which costs more."""

    connection: Any = None


OWN = Own()


def standing() -> Stamp | None:
    """The stamp by the thread's own connection; None where the database does not answer.

    The connection to a file is opened anew each second, as the file may have been put in the place of another one.
    """
    if OWN.connection is None:
        OWN.connection = connection.copy()
        OWN.connection.settings_dict["CONN_MAX_AGE"] = OWN.connection.settings_dict["CONN_MAX_AGE"] or 1
    own = OWN.connection
    try:
        own.close_if_unusable_or_obsolete()
        own.ensure_connection()
        with own.wrap_database_errors:  # past Django's cursor, which takes longer than the query
            return own.connection.execute(statement()).fetchone() or NONE_YET
    except DatabaseError:
        own.close()
        return None
