import datetime
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import timezone

from gpi_portal.models import ErrorReport


class Command(BaseCommand):
    help = (
        "Delete what reporters wrote, and their addresses, REPORT_DAYS days after the decision, and the reports that "
        "nobody has decided REPORT_WAIT_DAYS days after they came; run it every day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        forgotten = ErrorReport.objects.forget(before=now - datetime.timedelta(days=settings.REPORT_DAYS))
        dropped = ErrorReport.objects.drop_undecided(before=now - datetime.timedelta(days=settings.REPORT_WAIT_DAYS))
        self.stdout.write(f"Decided long ago, without their words now: {forgotten}. Never decided, deleted: {dropped}.")
