from django.db import migrations

from gpi_portal.migrations._one_way_in import normalise_texts

NOUNS = ("program", "focusarea", "fundingstream", "partnerinitiative")
ROWS = ("programpurpose", "supportedactivity", "streamcondition", "call")


def bring_in(apps, schema_editor):
    """More characters are known to draw nothing than when the texts were stored."""
    normalise_texts(apps, "programs", *NOUNS, *ROWS)


class Migration(migrations.Migration):
    dependencies = [("programs", "0008_rights")]

    operations = [migrations.RunPython(bring_in, migrations.RunPython.noop)]
