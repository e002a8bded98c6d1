import datetime
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from gpi_portal.models import ErrorReport


class Command(BaseCommand):
    help = "Delete what reporters wrote, and their addresses, REPORT_DAYS days after the decision; run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        due = timezone.now() - datetime.timedelta(days=settings.REPORT_DAYS)
        self.stdout.write(f"Deleted what was written in {ErrorReport.objects.forget(before=due)} reports.")
