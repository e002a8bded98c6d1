from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gpi_portal import search
from gpi_portal.models import IndexedRow, PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.apply import forget_staged
from gpi_portal.publishing.derived import derive, is_outdated
from gpi_portal.staff.searching import read_again

CHUNK = 1000


class Command(BaseCommand):
    help = "Make tags, filterable rows and search terms again from documents and working rows; nothing public changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is needed; exit 1 if it is")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.make_again()
        elif is_outdated():
            raise CommandError("Needed: an earlier release made what the search and the filters read.")
        else:
            self.stdout.write("Not needed: the search and the filters read what this release makes.")

    @transaction.atomic
    def make_again(self) -> None:
        RegistryVersion.objects.wait_for_turn()
        forget_staged()  # an act that is under way is planned again: what follows from its versions goes now
        search.clear()
        search.clear(search.WORKING)
        PublishedTag.objects.all().delete()
        IndexedRow.objects.all().delete()
        for noun, model in nouns().items():
            model.clear_index()
            pks = list(PublishedVersion.objects.noun(noun).order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(pks), CHUNK):
                versions = PublishedVersion.objects.filter(pk__in=pks[start : start + CHUNK])
                derive(model, {version: version.last_document for version in versions})
                self.stdout.write(f"{noun}: {min(start + CHUNK, len(pks))} of {len(pks)} versions")
            read_again(model)
