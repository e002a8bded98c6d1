import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0005_one_way_in"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="focusarea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", django.db.models.functions.text.Lower("code")), ("public_code", "")),
                    ("code", models.F("public_code")),
                    _connector="OR",
                ),
                name="focus_area_code_lower_and_fixed",
                violation_error_message="A code is in lower case, and fixed once it has been public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fundingstream",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", django.db.models.functions.text.Lower("code")), ("public_code", "")),
                    ("code", models.F("public_code")),
                    _connector="OR",
                ),
                name="stream_code_lower_and_fixed",
                violation_error_message="A code is in lower case, and fixed once it has been public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerinitiative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", django.db.models.functions.text.Lower("code")), ("public_code", "")),
                    ("code", models.F("public_code")),
                    _connector="OR",
                ),
                name="initiative_code_lower_and_fixed",
                violation_error_message="A code is in lower case, and fixed once it has been public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="program",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", django.db.models.functions.text.Lower("code")), ("public_code", "")),
                    ("code", models.F("public_code")),
                    _connector="OR",
                ),
                name="program_code_lower_and_fixed",
                violation_error_message="A code is in lower case, and fixed once it has been public.",
            ),
        ),
    ]
