import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_one_way_in"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="mineral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", django.db.models.functions.text.Lower("code")), ("public_code", "")),
                    ("code", models.F("public_code")),
                    _connector="OR",
                ),
                name="mineral_code_lower_and_fixed",
                violation_error_message="A code is in lower case, and fixed once it has been public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", django.db.models.functions.text.Lower("code")), ("public_code", "")),
                    ("code", models.F("public_code")),
                    _connector="OR",
                ),
                name="project_code_lower_and_fixed",
                violation_error_message="A code is in lower case, and fixed once it has been public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", django.db.models.functions.text.Lower("code")), ("public_code", "")),
                    ("code", models.F("public_code")),
                    _connector="OR",
                ),
                name="recipient_code_lower_and_fixed",
                violation_error_message="A code is in lower case, and fixed once it has been public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", django.db.models.functions.text.Lower("code")), ("public_code", "")),
                    ("code", models.F("public_code")),
                    _connector="OR",
                ),
                name="source_code_lower_and_fixed",
                violation_error_message="A code is in lower case, and fixed once it has been public.",
            ),
        ),
    ]
