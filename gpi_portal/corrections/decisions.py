"""From a report to a correction: the fields of a record, what they said before and say now, and the decision."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from gpi_portal.i18n.languages import LANGUAGES, sort_key
from gpi_portal.models import ErrorReport, PublishedVersion, RegistryVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.moments import Moment
from gpi_portal.publishing.plan import NotAsShown, fingerprint
from gpi_portal.publishing.wording import field_name, in_words, without_language, without_suffix

#: Parts of a document that a reader does not see as fields.
NO_FIELDS = {"noun", "code", "citations", "position", "name_translation", "text_translation"}
STILL_PUBLIC = gettext_lazy("The public still sees the version that was reported. Correct and publish it first.")


def fields_of(version: PublishedVersion) -> dict[str, str]:
    """The public fields of a record and their words, by name; both languages of a text are one field."""
    keys = {key for key in version.last_document if key not in NO_FIELDS and not key.endswith("_rounded_to")}
    plain = {without_suffix(key) for key in keys}
    words = {key: field_words(version.noun, key) for key in plain}
    return dict(sorted(words.items(), key=lambda item: sort_key(item[1])))


def field_words(noun: str, field: str) -> str:
    """What a field is called; without a field, the record as a whole."""
    return without_language(field_name(nouns()[noun], field)) if field else _("The record as a whole")


def values_of(version: PublishedVersion, field: str) -> dict[str, str]:
    """What a field says in each language, in words; empty where it is not stated."""
    found: dict[str, str] = {}
    document = version.document
    for language in LANGUAGES:
        with override(language):
            key = field if field in document else f"{field}_{language}"
            found[language] = in_words(nouns()[version.noun], key, document)
    return found


def reported_version(report: ErrorReport) -> PublishedVersion:
    """The record as the reporter saw it."""
    return report.versions().at(Moment(report.reported_on_id)).get()


def correcting_version(report: ErrorReport, field: str) -> PublishedVersion | None:
    """The first version after the reported one in which the field says what it says now; None while there is none."""
    later = list(report.versions().filter(valid_from__gt=report.reported_on_id))
    if not (later and field):
        return later[-1] if later else None
    now = values_of(later[-1], field)
    return next(version for version in later if values_of(version, field) == now)


def proposed_values(report: ErrorReport) -> dict[str, str]:
    """Before and after in both languages as the published versions have them, for staff to look over."""
    current = report.versions().current().get()
    pairs = {"before": reported_version(report), "after": current}
    return {
        f"{name}_{language}": value
        for name, version in pairs.items()
        for language, value in (values_of(version, report.field) if report.field else {}).items()
    }


def still_says(report: ErrorReport, field: str) -> bool:
    """Whether the public still reads in a field what it said when it was reported, in both languages."""
    current = report.versions().current().get()
    return not current.withdrawn and values_of(current, field) == values_of(reported_version(report), field)


def obstacles(report: ErrorReport, field: str) -> list[str]:
    """Why a report cannot be accepted now as a correction of this field, in words; empty when it can."""
    if not report.is_waiting:
        words = _("%(receipt)s is decided already: %(state)s.")
        return [words % {"receipt": report.receipt, "state": report.get_state_display()}]
    if not correcting_version(report, ""):
        return [str(STILL_PUBLIC)]
    return [not_corrected(report, field)] if field and still_says(report, field) else []


def not_corrected(report: ErrorReport, field: str) -> str:
    words = _(
        "The public still reads in “%(field)s” what was reported. "
        "Correct and publish it first, or choose the field that was corrected."
    )
    return words % {"field": field_words(report.noun, field)}


@transaction.atomic
def accept(report: ErrorReport, *, by: Any, field: str, confirmed: str | None = None, **texts: str) -> None:
    """Accept a report whose error the public no longer sees; ``texts`` are before, after and reason in both languages.

    Raises `ValidationError` while the public still sees what was reported, or when somebody has decided already, and
    `NotAsShown` where ``confirmed`` is not the fingerprint of what staff decide on. Nobody publishes meanwhile.
    """
    RegistryVersion.objects.wait_for_turn()
    version = correcting_version(report, field)
    if version is None:
        raise ValidationError(STILL_PUBLIC)
    if field and still_says(report, field):
        raise ValidationError(not_corrected(report, field))
    values: dict[str, Any] = {**texts, "field": field, "corrected_in": version.valid_from}
    _decide([report.pk], confirmed, by=by, state=ErrorReport.State.ACCEPTED, **values)


def decline(reports: Iterable[int], *, by: Any, reason_en: str, reason_fr: str, confirmed: str | None = None) -> None:
    """Decline these reports, all or none. Raises as `accept` does."""
    reasons = {"reason_en": reason_en, "reason_fr": reason_fr}
    _decide(reports, confirmed, by=by, state=ErrorReport.State.DECLINED, **reasons)


def decided_on(reports: Iterable[ErrorReport]) -> str:
    """The fingerprint of what somebody sees who decides: the reports and what the public reads of their records."""
    return fingerprint(sorted((report.pk, report.versions().current().get().pk) for report in reports))


@transaction.atomic
def _decide(reports: Iterable[int], confirmed: str | None, *, by: Any, **values: Any) -> None:
    """Two people who decide at once wait for each other; the second is told what the first decided."""
    locked = list(ErrorReport.objects.select_for_update().filter(pk__in=reports).order_by("pk"))
    decided = [decided_already(report) for report in locked if not report.is_waiting]
    if decided:
        raise ValidationError(decided)
    if confirmed not in (None, decided_on(locked)):
        raise NotAsShown
    for report in locked:
        for name, value in values.items():
            setattr(report, name, value)
        report.decided_by, report.decided_at = by, timezone.now()
        report.save()


def decided_already(report: ErrorReport) -> str:
    words = _("%(receipt)s was decided meanwhile by %(name)s: %(state)s. What you wrote is below and was not saved.")
    name = report.decided_by or _("somebody else")
    return words % {"receipt": report.receipt, "name": name, "state": report.get_state_display()}
