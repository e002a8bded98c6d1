from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from gpi_portal import search
from gpi_portal.models import IndexedRow, PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.apply import derive, forget_staged
from gpi_portal.staff.searching import read_again

CHUNK = 1000


class Command(BaseCommand):
    help = "Make tags, filterable rows and search terms again from documents and working rows; nothing public changes."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
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
