"""Rows of another tool that the dossier has already, perhaps under another short name."""

from collections.abc import Iterable, Mapping, MutableMapping
from itertools import count
from typing import Any

from astana.exchange.table import Table
from astana.exchange.tables import BY_NAME, TABLES

# By table: the short names of a package that are others in the dossier.
Names = dict[str, dict[str, str]]

FOREIGN = tuple(table for table in TABLES if "foreign_id" in table.names)
_CODERS = BY_NAME["coders"]
# Each file makes new short names of coders, such as coder-1: their names tell who they are.
CALLED = (*FOREIGN, _CODERS)


def names_in_dossier(
    rows: Mapping[str, Iterable[Mapping[str, Any]]], known: Mapping[str, Mapping[str, str]]
) -> Names:
    """Return the short names of a package that have to be others in a dossier.

    `known` has the foreign ids of the dossier's rows by table and short name, and those of coders
    as `foreign_id` has them. A row with a foreign id is the row there that has the same one, and
    never one that has another.
    """
    found = {}
    for table in CALLED:
        names = _names(table, list(rows.get(table.name, ())), known.get(table.name, {}))
        if changed := {name: there for name, there in names.items() if name != there}:
            found[table.name] = changed
    return found


def foreign_id(table: Table, row: Mapping[str, Any]) -> str:
    """Return what tells a row of another tool from others; of coders, what they are called."""
    return row["name"].casefold() if table is _CODERS else row.get("foreign_id", "")


def rename(table: Table, rows: Iterable[MutableMapping[str, Any]], names: Names) -> None:
    """Give rows the short names of the dossier, their own and those of what they name."""
    named = {column: names.get(_named_in(table, column)) for column in table.names}
    changed = {column: known for column, known in named.items() if known}
    for row in rows:
        for column in changed.keys() & row.keys():
            row[column] = changed[column].get(row[column], row[column])


def _names(table: Table, rows: list[Mapping[str, Any]], known: Mapping[str, str]) -> dict[str, str]:
    (key,) = table.key
    by_id = {foreign: name for name, foreign in known.items() if foreign}
    found = {row[key]: by_id[one] for row in rows if (one := foreign_id(table, row)) in by_id}
    taken = {name.casefold() for name in found.values()}
    busy = {name.casefold() for name in (*known, *(row[key] for row in rows))} | taken
    most = table.model._meta.get_field(key).max_length - 5
    for row in rows:
        name = row[key]
        is_another = foreign_id(table, row) and known.get(name)
        if name not in found and (name.casefold() in taken or is_another):
            possible = (f"{name[:most]}-{number}" for number in count(2))
            found[name] = next(one for one in possible if one.casefold() not in busy)
            busy.add(found[name].casefold())
    return found


def _named_in(table: Table, column: str) -> str:
    """Return the table whose rows a column names by their short names, itself included."""
    for reference in table.references:
        if column in reference.columns:
            target = BY_NAME[reference.table]
            return _named_in(target, target.key[reference.columns.index(column)])
    return table.name if table.key == (column,) else ""
