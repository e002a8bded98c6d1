"""What follows from published documents alone, and can be made again: tags, filterable rows and search terms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from gpi_portal import search
from gpi_portal.models import Publishable, PublishedTag, PublishedVersion
from gpi_portal.nouns import nouns
from gpi_portal.publishing.cards import embedded
from gpi_portal.publishing.wording import Document

#: How many small rows are written at a time.
BATCH = 5000
#: How many versions of each noun tell whether what is derived is of this release.
SAMPLE = 20


def derive(model: type[Publishable], documents: Mapping[PublishedVersion, Document]) -> None:
    """Write what follows from the documents of these versions alone; `reindex` calls it again."""
    tags = {
        (version.pk, kind, value)
        for version, document in documents.items()
        for kind, value in (
            (version.noun, version.code),
            *((card["noun"], card["code"]) for card in embedded(document)),
            *model.tags_of(document),
        )
    }
    rows = (PublishedTag(version_id=pk, kind=kind, value=value) for pk, kind, value in tags)
    PublishedTag.objects.bulk_create(rows, batch_size=BATCH)
    model.index_versions(documents)
    search.index((version.pk, model.texts_of(document)) for version, document in documents.items())


def is_outdated() -> bool:
    """Whether an earlier release derived something else from the newest versions of a noun than this one would."""
    with transaction.atomic():
        outdated = any(differs(model) for model in nouns().values())
        transaction.set_rollback(True)
    return outdated


def differs(model: type[Publishable]) -> bool:
    newest = list(PublishedVersion.objects.noun(model.noun).order_by("-pk")[:SAMPLE])
    before = derived_from(model, newest)
    PublishedTag.objects.filter(version__in=newest).delete()
    if model.row_model:
        model.row_model.objects.filter(version__in=newest).delete()
    derive(model, {version: version.last_document for version in newest})
    return derived_from(model, newest) != before


def derived_from(model: type[Publishable], versions: Sequence[PublishedVersion]) -> tuple[Any, ...]:
    """What the tables hold that follows from these versions."""
    tags = PublishedTag.objects.filter(version__in=versions).values_list("version", "kind", "value")
    rows = model.row_model.objects.filter(version__in=versions).values_list() if model.row_model else ()
    return set(tags), set(rows), search.stored([version.pk for version in versions])
