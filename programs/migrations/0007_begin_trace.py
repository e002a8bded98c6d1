from django.db import migrations

from gpi_portal.migrations._trace import begin_trace

OWNERS = {
    "programpurpose": ("program",),
    "supportedactivity": ("focus_area",),
    "call": ("stream",),
    "streamcondition": ("stream",),
}


def begin(apps, schema_editor):
    begin_trace(apps, "programs", OWNERS)


class Migration(migrations.Migration):
    dependencies = [("programs", "0006_code_rule")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
