"""The one door to the public: publish and withdraw. Each makes a plan and does it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gpi_portal.i18n.text import normalised
from gpi_portal.models import Publishable, PublishedVersion, RegistryVersion
from gpi_portal.publishing.apply import Act
from gpi_portal.publishing.plan import NotAsShown, Plan, plan, plan_withdrawal


def publish(
    records: Iterable[Publishable],
    *,
    by: Any = None,
    reason: str = "",
    correction: bool = False,
    at: datetime.datetime | None = None,
    confirmed: str | None = None,
) -> RegistryVersion | None:
    """Publish working rows, all of them or none; those that a query gives are read while nobody else publishes.

    Returns the new registry version, or None when the public already sees exactly this. Raises `ValidationError`
    with every reason when a record may not be published, and `NotAsShown` where ``confirmed``, the fingerprint of
    the plan that somebody confirms, is not that of what would be published. ``at`` is the moment, now unless given.
    """
    kind = RegistryVersion.Kind.CORRECTED if correction else RegistryVersion.Kind.PUBLISHED
    chosen = records if isinstance(records, QuerySet) else list(records)
    size = chosen.count() if isinstance(chosen, QuerySet) else len(chosen)
    while True:
        try:
            version = Act(kind, by, reason, at).do(lambda: plan(chosen), confirmed, size=size)
        except NotAsShown:
            if confirmed is not None:
                raise
            # Somebody else published something while a large act was prepared, and nobody was shown anything.
        else:
            for record in () if isinstance(chosen, QuerySet) else chosen:
                record.state, record.public_code = Publishable.State.PUBLISHED, record.code
            return version


def withdraw(
    record: Publishable,
    *,
    reason_en: str,
    reason_fr: str,
    by: Any = None,
    at: datetime.datetime | None = None,
    confirmed: int | None = None,
) -> RegistryVersion:
    """Take a record off the public site: its address stays and says when and why.

    Raises `ValidationError` when the record is not public, when a language of the reason is missing, or while
    other public records refer to it, and `NotAsShown` where ``confirmed``, the key of the version that somebody
    withdraws, is not that of the public one.
    """
    reason_en, reason_fr = (normalised(reason, lines=True) for reason in (reason_en, reason_fr))
    if not (reason_en and reason_fr):
        raise ValidationError(_("Give the reason in both languages: it is public."))

    def make() -> Plan:
        version = to_withdraw(record)
        if confirmed not in (None, version.pk):
            raise NotAsShown
        texts = (f"{record.name_text}_en", f"{record.name_text}_fr")
        kept = {key: version.document[key] for key in ("noun", "code", *texts)}
        return plan_withdrawal(version, record, {**kept, "reason_en": reason_en, "reason_fr": reason_fr})

    version: Any = Act(RegistryVersion.Kind.WITHDRAWN, by, reason_en, at).do(make)
    return version  # type: ignore[no-any-return]  # there is one, as there was something to withdraw


def to_withdraw(record: Publishable) -> PublishedVersion:
    """The record's public version; raises `ValidationError` where it has none or other public records refer to it."""
    version = PublishedVersion.objects.public().filter(noun=record.noun, code=record.code).first()
    if version is None:
        raise ValidationError(_("“%(name)s” is not public.") % {"name": record})
    holders = PublishedVersion.objects.public().referring_to(record.noun, record.code)[:5]
    if holders:
        names = ", ".join(holder.title for holder in holders)
        raise ValidationError(
            _("Other public records refer to “%(name)s”. Publish them without it first: %(holders)s")
            % {"name": record, "holders": names}
        )
    return version
