"""Triggers for the impossible states that a check constraint cannot see, as they span tables.

A later migration that makes SQLite rebuild one of these tables drops its triggers: it has to call
`install` again. tests/models/test_guards.py fails until it does.
"""

# (name, table, event, condition under which the row is impossible, message)
GUARDS = [
    (
        "guard_position_stance",
        "astana_position",
        ("INSERT", "UPDATE"),
        "NOT EXISTS (SELECT 1 FROM astana_stance s"
        " WHERE s.id = NEW.stance_id AND s.issue_id = NEW.issue_id)",
        "The stance answers another issue.",
    ),
    (
        "guard_position_dossier",
        "astana_position",
        ("INSERT", "UPDATE"),
        "NOT EXISTS (SELECT 1 FROM astana_actor a, astana_issue i"
        " WHERE a.id = NEW.actor_id AND i.id = NEW.issue_id"
        " AND a.dossier_id = NEW.dossier_id AND i.dossier_id = NEW.dossier_id)",
        "The actor and the issue must be of the position''s dossier.",
    ),
    (
        "guard_evidence_in_text",
        "astana_evidence",
        ("INSERT", "UPDATE"),
        'NEW."end" > (SELECT r.characters FROM astana_rendition r WHERE r.id = NEW.rendition_id)',
        "The passage lies outside the text.",
    ),
    (
        "guard_anchor_in_text",
        "astana_anchor",
        ("INSERT", "UPDATE"),
        'NEW."end" > (SELECT r.characters FROM astana_rendition r WHERE r.id = NEW.rendition_id)',
        "The passage lies outside the text.",
    ),
    (
        "guard_stance_keeps_issue",
        "astana_stance",
        ("UPDATE",),
        "NEW.issue_id <> OLD.issue_id"
        " AND EXISTS (SELECT 1 FROM astana_position p WHERE p.stance_id = OLD.id)",
        "A stance that positions take cannot move to another issue.",
    ),
    (
        "guard_rendition_keeps_words",
        "astana_rendition",
        ("UPDATE",),
        "NEW.sha256 <> OLD.sha256 OR NEW.characters <> OLD.characters",
        "A changed text is a new version, never an overwrite.",
    ),
]


def install(apps, schema_editor):
    """Create the triggers, replacing those that are there."""
    remove(apps, schema_editor)
    vendor = schema_editor.connection.vendor
    for name, table, events, condition, message in GUARDS:
        if vendor == "sqlite":
            for event in events:
                schema_editor.execute(
                    f"CREATE TRIGGER {name}_{event.lower()} BEFORE {event} ON {table}"
                    f" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
        elif vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF {condition} THEN RAISE EXCEPTION '{message}'"
                f" USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                f" RETURN NEW; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {' OR '.join(events)} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def remove(apps, schema_editor):
    """Drop the triggers where they exist."""
    vendor = schema_editor.connection.vendor
    for name, table, events, _condition, _message in GUARDS:
        if vendor == "sqlite":
            for event in events:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_{event.lower()}")
        elif vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
