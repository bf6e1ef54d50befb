"""The tables that migrations make are those of the models, however they were rendered meanwhile."""

from django.apps import apps
from django.db import connection

# PostgreSQL has the words of the search in two columns of which Django knows nothing.
UNKNOWN = {"astana_searchentry": {"words", "plain"}}


def _names(model: type) -> set[str]:
    return {one.name for one in (*model._meta.constraints, *model._meta.indexes)}


def _as_the_models_say(model: type) -> dict[str, object]:
    fields = model._meta.local_concrete_fields
    return {
        # What is computed, Django makes nullable, and calls not null.
        "columns": {(field.column, field.null or field.generated) for field in fields},
        "keys of others": {
            (field.column, field.related_model._meta.db_table)
            for field in fields
            if field.remote_field and field.db_constraint
        },
        "one of a kind": {field.column for field in fields if field.unique},
        "names": _names(model),
    }


def _as_made(model: type) -> dict[str, object]:
    table, named = model._meta.db_table, _names(model)
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
        found = connection.introspection.get_constraints(cursor, table)
    return {
        "columns": {
            (column.name, bool(column.null_ok))
            for column in columns
            if column.name not in UNKNOWN.get(table, ())
        },
        "keys of others": {
            (one["columns"][0], one["foreign_key"][0])
            for one in found.values()
            if one["foreign_key"]
        },
        "one of a kind": {
            one["columns"][0]
            for name, one in found.items()
            if (one["unique"] or one["primary_key"]) and len(one["columns"]) == 1
            if name not in named
        },
        "names": named & {*found},
    }


def test_the_tables_are_those_of_the_models(db):
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        said, made = _as_the_models_say(model), _as_made(model)
        wrong += [
            f"{model._meta.label}, {what}: {said[what] ^ made[what]}"
            for what in said
            if said[what] != made[what]
        ]
    assert not wrong, "\n".join(wrong)
