from django.db import migrations

from gpi_portal.migrations._one_way_in import normalise_texts, settle_call_codes, settle_codes, tell_days

NOUNS = {"program": "program", "focusarea": "focus_area", "fundingstream": "stream", "partnerinitiative": "initiative"}
ROWS = ("programpurpose", "supportedactivity", "streamcondition", "call")


def bring_in(apps, schema_editor):
    normalise_texts(apps, "programs", *NOUNS, *ROWS)
    settle_codes(apps, "programs", **NOUNS)
    tell_days(apps, "programs", *NOUNS, *ROWS)
    streams = apps.get_model("gpi_portal", "PublishedVersion").objects.filter(noun="stream")
    documents = streams.values_list("document", flat=True)
    settle_call_codes(
        apps, "programs", "call", {call["code"] for document in documents for call in document.get("calls", [])}
    )


class Migration(migrations.Migration):
    dependencies = [("programs", "0004_public_code"), ("gpi_portal", "0005_code_in_any_case")]

    operations = [migrations.RunPython(bring_in, migrations.RunPython.noop)]
