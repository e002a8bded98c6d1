from typing import Any

from django.apps import apps
from django.core.management import BaseCommand, call_command
from django.db import connection, transaction
from django.utils.translation import gettext_noop

from gpi_portal.management.lock import alone_on
from gpi_portal.models import OwnedRow, RegistryVersion
from gpi_portal.models.trace import begin_trace, one_act
from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import publish
from gpi_portal.staff.searching import read_again

#: The staff read it in the language of their page.
FIRST_REASON = gettext_noop("First publication of the registry.")
FIXTURES = ("sources", "catalogue", "minerals", "recipients", "projects")


class Command(BaseCommand):
    help = "Load the catalogue and the funded projects as working rows and publish them, unless something is public."

    def handle(self, *args: Any, **options: Any) -> None:
        with alone_on(connection):
            if RegistryVersion.objects.exists():
                self.stdout.write("The registry is already published: nothing loaded.")
            else:
                self.load()
        # So that the first search of the staff has nothing to read, on a portal from before this index either.
        for model in nouns().values():
            read_again(model)

    def load(self) -> None:
        with transaction.atomic():
            with one_act() as moment:
                call_command("loaddata", *FIXTURES, verbosity=0)
                begin_trace(*nouns().values(), moment=moment)
            records = [record for model in nouns().values() for record in model.objects.all()]
            version = publish(records, reason=FIRST_REASON)
            # Publishing tells what the citations stand for: their trace begins with that.
            rows: list[Any] = [model for model in apps.get_models() if issubclass(model, OwnedRow)]
            begin_trace(*rows, moment=moment)
        self.stdout.write(f"Loaded and published {len(records)} records as data version {version}.")
