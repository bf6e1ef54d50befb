"""The description of the API in OpenAPI 3.1, made of what each table declares."""

from collections.abc import Iterable, Iterator
from typing import Any

from astana.exchange.table import Column
from astana.web.api.answers import PROBLEM, STREAMED
from astana.web.api.offered import ApiTable, Parameter, in_order
from astana.web.api.parameters import EXTRA, PAGING, SLUG

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
_PROBLEM = {
    "type": "object",
    "required": ["ok", "error", "status", "title"],
    "properties": {
        "ok": {"const": False},
        "error": _TEXT,
        "status": {"type": "integer"},
        "title": _TEXT,
    },
}
_WRONG = {
    "400": "The request cannot be understood.",
    "404": "There is no such dossier or table, or none that the reader may see.",
    "405": "This can only be read.",
    "414": "The address is too long.",
    "429": "Too many requests; wait as long as Retry-After says.",
}
_OTHERWISE = {
    "302": {"description": "An actor or issue has another short name now."},
    "304": {"description": "Nothing has changed since the answer with this ETag."},
    **{
        code: {
            "description": words,
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}},
        }
        for code, words in _WRONG.items()
    },
}


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
    parameters = {one.name: _parameter(one) for one in (*PAGING, EXTRA)}
    parameters["dossier"] = {
        "name": "dossier",
        "in": "path",
        "required": True,
        "description": "The short name of the dossier.",
        "schema": SLUG,
    }
    for table in in_order():
        own = (*table.parameters, _some_of("columns", "Some of the columns.", table.names))
        parameters |= {f"{table.name}.{one.name}": _parameter(one) for one in own}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Astana", "version": VERSION, "description": ABOUT},
        "servers": [{"url": site}],
        "paths": dict(_paths()),
        "components": {
            "schemas": {**{table.name: _row(table) for table in in_order()}, "problem": _PROBLEM},
            "parameters": parameters,
            "responses": _OTHERWISE,
        },
    }


def _paths() -> Iterator[tuple[str, Any]]:
    yield "/api/", _path("index", "What there is.", _body({}))
    yield "/api/openapi.json", _path("openapi", "This description.", {"schema": _ANY})
    listed = {"dossiers": {"type": "array", "items": _ANY}}
    yield "/api/dossiers/", _path("dossiers", "The public dossiers.", _body(listed))
    of_one = {"dossier": _ANY, "tables": {"type": "array", "items": _ANY}}
    yield "/api/dossiers/{dossier}/", _path("dossier", "One dossier.", _body(of_one), ["dossier"])
    for table in in_order():
        yield from _of_table(table)


def _of_table(table: ApiTable) -> Iterator[tuple[str, Any]]:
    address = f"/api/dossiers/{{dossier}}/{table.name}"
    filters = ["dossier", *(f"{table.name}.{one.name}" for one in table.parameters)]
    rows = [*filters, *(one.name for one in PAGING), f"{table.name}.columns"]
    page = {
        "rows": {"type": "array", "items": {"$ref": f"#/components/schemas/{table.name}"}},
        "next": {"type": ["string", "null"]},
        "next_url": {"type": ["string", "null"]},
    }
    about = table.description
    yield address, _path(table.name, about, _body(page), [*rows, EXTRA.name])
    for suffix, (_write, kind) in STREAMED.items():
        content = {"schema": _TEXT}
        named = f"{table.name}{suffix}"
        yield f"{address}{suffix}", _path(named, about, content, rows, content_type=kind)
    described = dict.fromkeys(("dossier", "licence", "citation", "clocks", "count"), True)
    described["columns"] = {"type": "array", "items": _ANY}
    about = f"What the columns of {table.name} mean, licence, citation, clocks, number of rows."
    named = f"{table.name}.metadata"
    yield f"{address}.metadata.json", _path(named, about, _body(described), filters)


def _path(
    name: str,
    about: str,
    content: dict[str, Any],
    parameters: Iterable[str] = (),
    *,
    content_type: str = "application/json",
) -> dict[str, Any]:
    found = {"200": {"description": about, "content": {content_type: content}}}
    found |= {code: {"$ref": f"#/components/responses/{code}"} for code in _OTHERWISE}
    return {
        "get": {
            "operationId": name,
            "summary": about,
            "parameters": [{"$ref": f"#/components/parameters/{one}"} for one in parameters],
            "responses": found,
        }
    }


def _body(properties: dict[str, Any]) -> dict[str, Any]:
    properties = {"ok": {"const": True}} | properties
    return {"schema": {"type": "object", "required": list(properties), "properties": properties}}


def _row(table: ApiTable) -> dict[str, Any]:
    return {
        "type": "object",
        "description": table.description,
        "properties": {column.name: schema_of(column) for column in table.all_columns},
        "additionalProperties": False,
    }


def _some_of(name: str, about: str, known: Iterable[str]) -> Parameter:
    return Parameter(name, about, {"type": "array", "items": {"enum": list(known)}})


def _parameter(one: Parameter) -> dict[str, Any]:
    # What has commas between is one parameter; all other lists repeat theirs.
    commas = {"style": "form", "explode": False} if one.name in ("columns", EXTRA.name) else {}
    return {
        "name": one.name,
        "in": "query",
        "description": one.description,
        "schema": one.schema,
        **commas,
    }
