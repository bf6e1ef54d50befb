"""Indexes for who spoke for whom, and for positions in one voice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("astana", "0006_coding_desk"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["speaker", "public", "-latest", "-earliest", "-id"],
                name="position_of_speaker",
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["dossier", "public", "voice", "-latest", "-earliest", "-id"],
                name="position_of_voice",
            ),
        ),
    ]
