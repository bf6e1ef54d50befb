"""An index for feeds: what was published, coded or reviewed last."""

import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("astana", "0007_positions_by_speaker_and_voice"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                models.F("dossier"),
                models.F("public"),
                models.OrderBy(
                    django.db.models.functions.comparison.Greatest(
                        models.F("published_at"),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("coded_at"), models.F("published_at")
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("reviewed_at"), models.F("published_at")
                        ),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("id"), descending=True),
                name="position_changed",
            ),
        ),
    ]
