"""Evidence in words that are not stored here, and the licence of a dossier's own words."""

from importlib import import_module

from django.db import migrations, models

guards = import_module("astana.migrations.0002_guards")


class Migration(migrations.Migration):
    """Add the two fields; SQLite rebuilds the tables, so the guards are installed again."""

    dependencies = [("astana", "0002_guards")]
    operations = [
        migrations.RunPython(guards.remove, guards.install),
        migrations.AddField(
            model_name="dossier",
            name="licence",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of the dossier's own words, such as CC-BY-4.0. Empty: none is given.",
                max_length=40,
                verbose_name="licence",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="evidence",
            name="sha256",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=64,
                verbose_name="hash of the words",
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="evidence", name="evidence_has_words"),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=~models.Q(exact="") | ~models.Q(sha256=""), name="evidence_has_words"
            ),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
