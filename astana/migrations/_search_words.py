"""The full text index of the search, which Django does not know.

The words of the entries are an FTS5 table in SQLite, and two columns with a GIN index in
PostgreSQL: phrases are looked for in the plain words, as PostgreSQL keeps the place of a word up to
the 16,383rd only. The words come normalised (astana/words/normalise.py), so that nothing is
folded a second time, and signs that are letters (Hindi vowels) are no gaps.
"""

SQLITE = [
    "CREATE VIRTUAL TABLE astana_search_words USING fts5(title, body, refs, tokenize = "
    """"unicode61 remove_diacritics 0 categories 'L* N* Co M*'")""",
    # SQLite rebuilds a table that a migration changes, and drops its triggers: a migration that
    # changes the entries has to create this one again.
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON astana_searchentry"
    " BEGIN DELETE FROM astana_search_words WHERE rowid = OLD.id; END",
]
POSTGRESQL = [
    "ALTER TABLE astana_searchentry ADD COLUMN words tsvector",
    "CREATE INDEX search_entry_words ON astana_searchentry USING gin (words)",
    "ALTER TABLE astana_searchentry ADD COLUMN plain text NOT NULL DEFAULT ''",
]


def create(apps, schema_editor):
    """Create the index beside the table of the entries."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Drop it; in PostgreSQL the columns go with the table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER search_entry_gone")
        schema_editor.execute("DROP TABLE astana_search_words")
