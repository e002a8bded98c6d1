from django.db import migrations

from gpi_portal.migrations._trace import begin_trace

OWNERS = {
    "cofunding": ("project",),
    "location": ("project",),
    "amendment": ("project",),
    "citation": ("program", "focus_area", "stream", "initiative", "mineral", "recipient", "project"),
}


def begin(apps, schema_editor):
    begin_trace(apps, "projects", OWNERS)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_citation_supports"),
        ("programs", "0007_begin_trace"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
