"""Words of the search as Astana made them, in any script, and phrases wherever they stand.

PostgreSQL keeps the place of a word up to the 16,383rd, and of one word 255 places: phrases are
looked for in the plain words. SQLite took signs that are letters (Hindi vowels) for gaps.
Afterwards `manage.py rebuild_search` has to be run once.
"""

from django.db import migrations

COLUMNS = "(title, body, refs, tokenize = "
OLD = f"{COLUMNS}'unicode61 remove_diacritics 0')"
NEW = f"""{COLUMNS}"unicode61 remove_diacritics 0 categories 'L* N* Co M*'")"""
TRIGGER = (
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON astana_searchentry"
    " BEGIN DELETE FROM astana_search_words WHERE rowid = OLD.id; END"
)


def _change(schema_editor, *, sqlite, postgresql):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgresql)
        return
    for statement in (
        "DROP TRIGGER search_entry_gone",
        f"CREATE VIRTUAL TABLE astana_search_new USING fts5{sqlite}",
        "INSERT INTO astana_search_new (rowid, title, body, refs)"
        " SELECT rowid, title, body, refs FROM astana_search_words",
        "DROP TABLE astana_search_words",
        "ALTER TABLE astana_search_new RENAME TO astana_search_words",
        TRIGGER,
    ):
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    column = "ALTER TABLE astana_searchentry ADD COLUMN plain text NOT NULL DEFAULT ''"
    _change(schema_editor, sqlite=NEW, postgresql=column)


def backwards(apps, schema_editor):
    column = "ALTER TABLE astana_searchentry DROP COLUMN plain"
    _change(schema_editor, sqlite=OLD, postgresql=column)


class Migration(migrations.Migration):
    dependencies = [("astana", "0009_history_of_comments_and_challenges")]
    operations = [migrations.RunPython(forwards, backwards)]
