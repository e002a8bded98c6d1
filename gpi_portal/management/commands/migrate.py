from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from gpi_portal.management.lock import alone_on


class Command(migrate.Command):
    """Django's command, run by one process at a time."""

    def handle(self, *args: Any, **options: Any) -> None:
        with alone_on(connections[options["database"]]):
            super().handle(*args, **options)
