from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import transaction

from gpi_portal.models import RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing import publish
from gpi_portal.staff.searching import read_again

FIXTURES = ("sources", "catalogue", "minerals", "recipients", "projects")


class Command(BaseCommand):
    help = "Load the catalogue and the funded projects as working rows and publish them, unless something is public."

    def handle(self, *args: Any, **options: Any) -> None:
        if RegistryVersion.objects.exists():
            self.stdout.write("The registry is already published: nothing loaded.")
        else:
            self.load()
        # What an older portal holds, or what was just loaded, is read here rather than by the first one who searches.
        for model in nouns().values():
            read_again(model)

    def load(self) -> None:
        with transaction.atomic():
            call_command("loaddata", *FIXTURES, verbosity=0)
            records = [record for model in nouns().values() for record in model.objects.all()]
            version = publish(records, reason="First publication of the registry.")
        self.stdout.write(f"Loaded and published {len(records)} records as data version {version}.")
