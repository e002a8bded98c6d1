from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from gpi_portal.management.lock import alone_on
from gpi_portal.publishing.derived import is_outdated

NEEDED = (
    "An earlier release made what the search and the filters read, so they may miss something. "
    "Run ./portal manage reindex, which changes nothing public."
)


class Command(migrate.Command):
    """Django's command, run by one process at a time."""

    def handle(self, *args: Any, **options: Any) -> None:
        with alone_on(connections[options["database"]]):
            super().handle(*args, **options)
            # A part of the tables says nothing.
            is_whole = not (options["app_label"] or options["plan"] or options["check_unapplied"])
            if is_whole and is_outdated():
                self.stderr.write(NEEDED)
