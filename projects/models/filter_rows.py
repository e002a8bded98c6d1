import datetime
from decimal import Decimal
from typing import Any, Self

from django.db import models

from gpi_portal.i18n.figures import fiscal_year_of
from gpi_portal.models import PublishedVersion
from gpi_portal.publishing.moments import Moment


class RowQuerySet(models.QuerySet[Any]):
    def standing(self, moment: Moment) -> Self:
        """The rows that are public at a moment."""
        return self.filter(moment.versions("version__"), version__withdrawn=False)


class RegistryRow(models.Model):
    """The filterable columns of one published version of a project, derived from its document only.

    A tombstone has the columns of the record that it replaces: it is not part of the registry, but a change.
    Empty text and null mean "not stated". ``date`` is the agreement's start, else its announcement.
    """

    version = models.OneToOneField(PublishedVersion, models.CASCADE, primary_key=True, related_name="registry_row")
    code = models.CharField(max_length=120)
    recipient = models.CharField(max_length=120, db_index=True)
    recipient_type = models.CharField(max_length=1, blank=True)
    country = models.CharField(max_length=2, blank=True)
    province = models.CharField(max_length=2, blank=True)
    program = models.CharField(max_length=120, db_index=True)
    stream = models.CharField(max_length=120, blank=True, db_index=True)
    agreement_type = models.CharField(max_length=1, blank=True)
    status = models.CharField(max_length=24, blank=True)
    #: The amount in cents of its currency: integers add up exactly on every database.
    cents = models.BigIntegerField(null=True, db_index=True)
    currency = models.CharField(max_length=3)
    amount_qualifier = models.CharField(max_length=10)
    amount_rounded_to = models.PositiveIntegerField()
    date = models.DateField(null=True, db_index=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True, db_index=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.code

    @classmethod
    def of(cls, version: PublishedVersion, document: dict[str, Any]) -> Self:
        recipient = document["recipient"]
        date = document["start_date"] or document["announced_on"]
        day = datetime.date.fromisoformat(date) if date else None
        same = ("code", "agreement_type", "status", "currency", "amount_qualifier", "amount_rounded_to")
        return cls(
            version=version,
            recipient=recipient["code"],
            recipient_type=recipient["recipient_type"],
            country=recipient["country"],
            province=recipient["province"],
            program=document["program"]["code"],
            stream=document["stream"]["code"] if document["stream"] else "",
            cents=int(Decimal(document["amount"]) * 100) if document["amount"] is not None else None,
            date=day,
            fiscal_year=fiscal_year_of(day) if day else None,
            **{field: document[field] for field in same},
        )


class RecipientRow(models.Model):
    """The filterable columns of one published version of a recipient."""

    version = models.OneToOneField(PublishedVersion, models.CASCADE, primary_key=True, related_name="recipient_row")
    code = models.CharField(max_length=120)
    recipient_type = models.CharField(max_length=1, blank=True)
    country = models.CharField(max_length=2, blank=True)
    province = models.CharField(max_length=2, blank=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.code

    @classmethod
    def of(cls, version: PublishedVersion, document: dict[str, Any]) -> Self:
        fields = ("code", "recipient_type", "country", "province")
        return cls(version=version, **{field: document[field] for field in fields})
