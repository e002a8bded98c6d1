import re
from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations

from gpi_portal.i18n.text import BLANK_SIGNS, UNDRAWN, VARIATION, character_class
from gpi_portal.migrations._one_way_in import normalise_texts
from projects.models.cited_value import bare

NOUNS = ("mineral", "recipient", "project", "source")
ROWS = ("cofunding", "amendment", "location", "citation")
HOLDERS = ("program", "focus_area", "stream", "initiative", "mineral", "recipient", "project")
#: What a digest of a value was made of before, and is not any more.
UNSEEN = re.compile(f"[{character_class(UNDRAWN)}{VARIATION}{BLANK_SIGNS}]")


def bring_in(apps, schema_editor):
    """More characters are known to draw nothing than when the texts were stored."""
    normalise_texts(apps, "projects", *NOUNS, *ROWS)
    settle_again(apps)


def settle_again(apps: Apps) -> None:
    """Let the next publication tell anew for which value each citation stands that the public reads beside such a text.

    It tells the value that the public read when it first saw that citation, and so the same one.
    """
    versions, rows = apps.get_model("gpi_portal", "PublishedVersion"), apps.get_model("projects", "Citation").objects
    current = versions.objects.filter(noun__in=HOLDERS, valid_to=None, withdrawn=False)
    for noun, code, document in current.values_list("noun", "code", "document").iterator():
        if any(map(UNSEEN.search, texts_in(document))):
            public = list(map(bare, document["citations"]))
            cited = rows.filter(**{f"{noun}__code": code}).exclude(supports="").select_related("source")
            again = [row.pk for row in cited if bare(as_published(row)) in public]
            rows.filter(pk__in=again).update(supports="")


def texts_in(document: Any) -> Iterator[str]:
    if isinstance(document, dict | list):
        for value in document.values() if isinstance(document, dict) else document:
            yield from texts_in(value)
    elif isinstance(document, str):
        yield document


def as_published(row: Any) -> dict[str, Any]:
    fields = ("field", "certainty", "heading", "value", "note_en", "note_fr")
    source = {"noun": "source", "code": row.source.code} if row.source else None
    return {"source": source, **{field: getattr(row, field) for field in fields}}


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0009_rights"),
        ("programs", "0009_undrawn_text"),
        ("gpi_portal", "0011_staged_versions"),
    ]

    operations = [migrations.RunPython(bring_in, migrations.RunPython.noop)]
