from django.db import migrations

from gpi_portal.migrations._one_way_in import normalise_texts, settle_codes, tell_days

NOUNS = {"mineral": "mineral", "recipient": "recipient", "project": "project", "source": "source"}
ROWS = ("cofunding", "amendment", "location", "citation")


def bring_in(apps, schema_editor):
    normalise_texts(apps, "projects", *NOUNS, *ROWS)
    settle_codes(apps, "projects", **NOUNS)
    tell_days(apps, "projects", *NOUNS, *ROWS)


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_public_code"), ("gpi_portal", "0005_code_in_any_case")]

    operations = [migrations.RunPython(bring_in, migrations.RunPython.noop)]
