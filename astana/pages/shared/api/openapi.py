"""The description of the API in OpenAPI 3.1, made of what each table declares."""

from collections.abc import Iterator
from typing import Any

from astana.exchange.table import Column
from astana.pages.shared.api.answers import PROBLEM, STREAMED
from astana.pages.shared.api.offered import ApiTable, Parameter, in_order
from astana.pages.shared.api.parameters import EXTRA, PAGING, SLUG

VERSION = "1"
ABOUT = (
    "Who is reported to hold what, according to whom, on which passage. Read only, without a key. "
    "Where nothing was found there is a silence, which is never a neutral position."
)
_TEXT: dict[str, Any] = {"type": "string"}
_TYPES: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "count": {"type": "integer"},
    "decimal": {"type": "number", "minimum": -1, "maximum": 1},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
}
_LISTS = {"texts": "string", "counts": "integer", "decimals": "number"}
_ANY = {"type": "object"}


def schema_of(column: Column) -> dict[str, Any]:
    """Return what a column holds as JSON Schema; each may be null."""
    if column.kind in _LISTS:
        items = {"type": [_LISTS[column.kind], "null"]}
        found: dict[str, Any] = {"type": "array", "items": items}
    else:
        found = _TYPES.get(column.kind, _TEXT)
    found = found | {"type": [found["type"], "null"], "description": column.description}
    return found | ({"enum": [*column.choices, None]} if column.choices else {})


def openapi(site: str) -> dict[str, Any]:
    """Return the description; `site` begins each address."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Astana", "version": VERSION, "description": ABOUT},
        "servers": [{"url": site}],
        "paths": dict(_paths()),
        "components": {
            "schemas": {
                **{table.name: _row(table) for table in in_order()},
                "problem": {
                    "type": "object",
                    "required": ["ok", "error", "status", "title"],
                    "properties": {
                        "ok": {"const": False},
                        "error": _TEXT,
                        "status": {"type": "integer"},
                        "title": _TEXT,
                    },
                },
            }
        },
    }


def _paths() -> Iterator[tuple[str, Any]]:
    yield "/api/", _path("index", "What there is.", _body({"ok": {"const": True}}))
    yield "/api/openapi.json", _path("openapi", "This description.", {"schema": _ANY})
    listed = {"ok": {"const": True}, "dossiers": {"type": "array", "items": _ANY}}
    yield "/api/dossiers/", _path("dossiers", "The public dossiers.", _body(listed))
    of_one = {"ok": {"const": True}, "dossier": _ANY, "tables": {"type": "array", "items": _ANY}}
    named = [_dossier()]
    yield "/api/dossiers/{dossier}/", _path("dossier", "One dossier.", _body(of_one), named)
    for table in in_order():
        yield from _of_table(table)


def _of_table(table: ApiTable) -> Iterator[tuple[str, Any]]:
    address = f"/api/dossiers/{{dossier}}/{table.name}"
    filters = [_dossier(), *map(_parameter, table.parameters)]
    rows = [*filters, *map(_parameter, PAGING)]
    page = {
        "ok": {"const": True},
        "rows": {"type": "array", "items": {"$ref": f"#/components/schemas/{table.name}"}},
        "next": {"type": ["string", "null"]},
        "next_url": {"type": ["string", "null"]},
    }
    whole = [*rows, _parameter(EXTRA)]
    yield address, _path(table.name, table.description, _body(page), whole)
    for suffix, (_write, content_type) in STREAMED.items():
        name = f"{table.name}{suffix}"
        yield (
            f"{address}{suffix}",
            _path(name, table.description, {"schema": _TEXT}, rows, content_type=content_type),
        )
    described = dict.fromkeys(("dossier", "licence", "citation", "clocks", "count"), True)
    described |= {"ok": {"const": True}, "columns": {"type": "array", "items": _ANY}}
    name = f"{table.name}.metadata"
    about = f"What the columns of {table.name} mean, licence, citation, clocks, number of rows."
    yield f"{address}.metadata.json", _path(name, about, _body(described), filters)


def _path(
    name: str,
    about: str,
    content: dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    *,
    content_type: str = "application/json",
) -> dict[str, Any]:
    wrong = {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}}
    words = {
        "400": "What is asked for cannot be understood.",
        "404": "There is no such dossier or table, or none that the reader may see.",
        "414": "The address is too long.",
        "429": "Too many requests; wait as long as Retry-After says.",
    }
    found = {
        "200": {"description": about, "content": {content_type: content}},
        "302": {"description": "An actor or issue has another short name now."},
        "304": {"description": "Nothing has changed since the answer with this ETag."},
        **{code: {"description": each, "content": wrong} for code, each in words.items()},
    }
    return {
        "get": {
            "operationId": name,
            "summary": about,
            "parameters": parameters or [],
            "responses": found,
        }
    }


def _body(properties: dict[str, Any]) -> dict[str, Any]:
    return {"schema": {"type": "object", "required": list(properties), "properties": properties}}


def _row(table: ApiTable) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.description,
        "properties": {column.name: schema_of(column) for column in table.all_columns},
        "additionalProperties": False,
    }


def _dossier() -> dict[str, Any]:
    return {
        "name": "dossier",
        "in": "path",
        "required": True,
        "description": "The short name of the dossier.",
        "schema": SLUG,
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": "query",
        "description": one.description,
        "schema": one.schema,
    }
