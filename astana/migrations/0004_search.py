"""The entries of the search, and the full text index of the database that holds their words.

Django knows the entries alone. Their words are an FTS5 table in SQLite and a column with a GIN
index in PostgreSQL. `manage.py rebuild_search` fills them for dossiers that are there already.
"""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # The words come normalised (astana/words/normalise.py): nothing is folded a second time.
    "CREATE VIRTUAL TABLE astana_search_words USING fts5"
    "(title, body, refs, tokenize = 'unicode61 remove_diacritics 0')",
    # SQLite rebuilds a table that a migration changes, and drops its triggers: a migration that
    # changes the entries has to create this one again.
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON astana_searchentry"
    " BEGIN DELETE FROM astana_search_words WHERE rowid = OLD.id; END",
]
POSTGRESQL = [
    "ALTER TABLE astana_searchentry ADD COLUMN words tsvector",
    "CREATE INDEX search_entry_words ON astana_searchentry USING gin (words)",
]


def create_words(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    # In PostgreSQL the column goes with the table.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER search_entry_gone")
        schema_editor.execute("DROP TABLE astana_search_words")


class Migration(migrations.Migration):
    dependencies = [("astana", "0003_words_known_by_hash")]
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("actor", "actors"),
                            ("issue", "issues"),
                            ("article", "articles"),
                            ("position", "positions"),
                            ("source", "sources"),
                        ],
                        max_length=10,
                    ),
                ),
                ("record", models.BigIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("all", "everybody and members alike"),
                            ("everybody", "everybody but members"),
                            ("members", "members of the dossier"),
                        ],
                        default="all",
                        max_length=10,
                    ),
                ),
                ("source", models.BigIntegerField(null=True)),
                ("language", models.CharField(blank=True, max_length=12)),
                ("day", models.DateField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="astana.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the search",
                "verbose_name_plural": "entries of the search",
            },
        ),
        migrations.RunPython(create_words, drop_words),
    ]
