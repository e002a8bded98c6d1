"""Forms that staff sent: known again when they are sent twice, and kept where signing in came between."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = datetime.timedelta(days=1)


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def fresh(self) -> Self:
        """Those of the last day; the others are as good as deleted."""
        return self.filter(sent_at__gt=timezone.now() - KEPT_FOR)

    def delete_old(self) -> int:
        """Delete those that are older than a day; returns how many."""
        return self.filter(sent_at__lte=timezone.now() - KEPT_FOR).delete()[0]

    def begin(self, digest: str, user: Any, address: str) -> "SentForm":
        """Note that a form is being acted on. Raises `IntegrityError` where it is or was already."""
        with transaction.atomic():
            self.delete_old()
            self.filter(digest=digest).exclude(data="").delete()  # kept until now, and given back
            return self.create(digest=digest, user=user, address=address)

    def keep(self, digest: str, user: Any, address: str, data: QueryDict) -> "SentForm":
        """Keep what an account typed until it is signed in again."""
        self.delete_old()
        values = {"user_id": user, "address": address, "data": data.urlencode(), "sent_at": timezone.now()}
        return self.update_or_create(digest=digest, defaults=values)[0]


class SentForm(models.Model):
    """One form that was sent, and the address where it leads. ``data``: what was typed, if it could not be saved."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.TextField()
    data = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        default_permissions = ()

    def __str__(self) -> str:
        return self.address
