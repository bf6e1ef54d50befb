"""Servers of the Astana before go on while a database is upgraded: migrations only add."""

from collections.abc import Iterator

from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, ManyToManyField

# Up to here servers are stopped for the upgrade, as the changes say. A migration that cannot but
# ask for that again says why in `stop_servers_because`, and the changes say so.
FIRST = "0002_since_0_1_0"
TAKES_AWAY = (
    *(migrations.RemoveField, migrations.RenameField, migrations.DeleteModel),
    *(migrations.RenameModel, migrations.AlterModelTable, migrations.RunSQL),
)


def _fills_itself(field: Field) -> bool:
    """Return whether a row can be written by who knows nothing of the column."""
    return field.null or field.has_db_default() or isinstance(field, ManyToManyField)


def _breaks(operation: object, before: dict, model: str) -> Iterator[str]:
    """Yield what the Astana before could no longer do."""
    if isinstance(operation, TAKES_AWAY):
        yield f"{type(operation).__name__} takes away what it reads"
    if isinstance(operation, migrations.AddField) and not _fills_itself(operation.field):
        yield f"it writes no {operation.name}: give it a db_default"
    if isinstance(operation, migrations.AlterField):
        old, new = before[model].fields[operation.name], operation.field
        if old.null and not _fills_itself(new):
            yield f"it writes empty {operation.name}"
        if type(old) is not type(new) or (old.max_length or 0) > (new.max_length or 1e9):
            yield f"it writes other {operation.name}"


def _found(loader: MigrationLoader, name: str) -> list[str]:
    migration = loader.graph.nodes["astana", name]
    state = loader.project_state(("astana", name), at_end=False)
    found = []
    for operation in migration.operations:
        model = ("astana", getattr(operation, "model_name_lower", ""))
        found += [f"{name}: {why}" for why in _breaks(operation, state.models, model)]
        operation.state_forwards("astana", state)
    return found


def test_a_migration_lets_the_astana_before_go_on_or_says_why_not():
    loader = MigrationLoader(None)
    ours = [name for app, name in loader.graph.nodes if app == "astana"]
    before = {name for _app, name in loader.graph.forwards_plan(("astana", FIRST))}
    found = []
    for name in ours:
        if name not in before and not hasattr(
            loader.graph.nodes["astana", name], "stop_servers_because"
        ):
            found += _found(loader, name)
    assert found == []
    # It sees what it looks for.
    assert [one for name in before & {*ours} - {"0001_initial"} for one in _found(loader, name)]
