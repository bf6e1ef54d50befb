"""Comparisons that users keep, with a title and a note."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import astana.models.comparison


class Migration(migrations.Migration):
    """A table of its own, which no other refers to."""

    dependencies = [
        ("astana", "0004_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedComparison",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("query", models.TextField(max_length=16000, verbose_name="selection")),
                (
                    "visibility",
                    models.CharField(
                        choices=[("private", "for me alone"), ("link", "for whoever has the link")],
                        default="private",
                        max_length=10,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=astana.models.comparison.new_token,
                        editable=False,
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_comparisons",
                        to="astana.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_comparisons",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved comparison",
                "verbose_name_plural": "saved comparisons",
                "ordering": ["-updated_at", "-id"],
                "indexes": [
                    models.Index(fields=["user", "-updated_at"], name="saved_comparison_of_user")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["private", "link"])),
                        name="saved_comparison_visibility_known",
                    )
                ],
            },
        ),
    ]
