from typing import Any

from django.core.management import BaseCommand

from gpi_portal.models import SentForm


class Command(BaseCommand):
    help = "Delete what staff typed before they had to sign in again, a day after; run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Forms older than a day, deleted: {SentForm.objects.delete_old()}.")
