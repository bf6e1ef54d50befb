"""`datapackage.json`: the dossier itself, and its tables as a Data Package (version 1) has them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from astana.exchange.cells import LONGEST_CELL, PATTERNS
from astana.exchange.files import DESCRIPTOR
from astana.exchange.problems import BrokenPackage, Problem
from astana.exchange.table import Column, Table
from astana.exchange.tables import BY_NAME
from astana.models import Dossier
from astana.models.name_field import unfit_name
from astana.models.short_names import refusal

# Rises with every table and column that packages get; those of the formats before are read too.
FORMAT = 2

LICENCES = {
    "CC-BY-4.0": (
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution Share-Alike 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "CC0-1.0": ("Creative Commons CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}

_TYPES = {
    "integer": "integer",
    "count": "integer",
    "decimal": "number",
    "date": "date",
    "flag": "boolean",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a package says about its dossier; the names are those of the model's fields."""

    slug: str
    title: str
    description: str
    visibility: str
    licence: str


def write_descriptor(about: About, tables: Iterable[Table]) -> bytes:
    """Return `datapackage.json` of a dossier with these tables."""
    descriptor: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": about.slug,
        "title": about.title,
        "description": about.description,
        "astana": {"format": FORMAT, "visibility": about.visibility},
        "resources": [_resource(table) for table in tables],
    }
    if about.licence:
        licence = {"name": about.licence}
        if known := LICENCES.get(about.licence):
            licence |= {"title": known[0], "path": known[1]}
        descriptor["licenses"] = [licence]
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode()


def read_descriptor(content: bytes) -> tuple[About, int]:
    """Return what a `datapackage.json` says about the dossier, and the format of the package.

    Raises BrokenPackage, with all the problems, where it does not say it.
    """
    try:
        descriptor = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BrokenPackage([Problem(DESCRIPTOR, "This is not UTF-8. Save it as UTF-8.")]) from None
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg}. Correct it."
        raise BrokenPackage([Problem(DESCRIPTOR, message, error.lineno)]) from None
    except (RecursionError, ValueError):
        raise BrokenPackage(
            [
                Problem(
                    DESCRIPTOR,
                    "It is nested too deeply, or a number in it is too long. Correct it.",
                )
            ]
        ) from None
    problems: list[Problem] = []

    def problem(name: str, message: str) -> None:
        problems.append(Problem(DESCRIPTOR, message, 0, name))

    if not isinstance(descriptor, dict):
        raise BrokenPackage([Problem(DESCRIPTOR, "It is not a JSON object. Begin it with {.")])
    own = descriptor.get("astana")
    if not isinstance(own, dict) or own.get("format") not in range(1, FORMAT + 1):
        message = (
            f"It is not a number from 1 to {FORMAT}. Only packages of these formats can be read."
        )
        problem("astana.format", message)
        own = {}
    licences = descriptor.get("licenses", [])
    licence = ""
    if licences:
        first = licences[0] if isinstance(licences, list) else None
        licence = first.get("name") if isinstance(first, dict) else None
        if not isinstance(licence, str) or len(licences) > 1:
            problem("licenses", "Give one licence with a name, such as CC-BY-4.0, or none.")
            licence = ""
    values = {
        "slug": descriptor.get("name"),
        "title": descriptor.get("title"),
        "description": descriptor.get("description", ""),
        "visibility": own.get("visibility"),
        "licence": licence,
    }
    names = {"slug": "name", "visibility": "astana.visibility", "licence": "licenses"}
    for field, value in values.items():
        name = names.get(field, field)
        limit = Dossier._meta.get_field(field).max_length or LONGEST_CELL
        if not isinstance(value, str) or (field in ("slug", "title") and not value.strip()):
            problem(name, "There is no text. Fill it in.")
        elif len(value) > limit:
            problem(name, f"It has {len(value)} characters. Shorten it to {limit}.")
        elif not _is_storable(value):
            problem(name, "It contains an invalid character. Delete it.")
        elif field == "title" and (why := unfit_name(value)):
            problem(name, why)
        elif field == "slug" and not re.fullmatch(PATTERNS["slug"], value, re.ASCII):
            problem(name, "Use letters without accents, digits, hyphens and underscores.")
        elif field == "slug" and (why := refusal("dossier", value)):
            problem(name, why)
        elif field == "visibility" and value not in Dossier.Visibility.values:
            problem(name, f"Write one of: {', '.join(Dossier.Visibility.values)}.")
    if problems:
        raise BrokenPackage(problems)
    return About(**values), own["format"]


def _is_storable(value: str) -> bool:
    return "\0" not in value and not re.search("[\ud800-\udfff]", value)


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(reference.columns),
                "reference": {
                    "resource": "" if reference.table == table.name else reference.table,
                    "fields": list(_key_of(reference.table)),
                },
            }
            for reference in table.references
        ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _key_of(name: str) -> tuple[str, ...]:
    return BY_NAME[name].key


def _field(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.is_required:
        constraints["required"] = True
    if limit := table.limit(column):
        constraints["maxLength"] = limit
    if choices := table.choices(column):
        constraints["enum"] = list(choices)
    if column.kind == "decimal":
        constraints |= {"minimum": -1, "maximum": 1}
    if column.kind in ("integer", "count"):
        constraints["minimum"] = int(column.kind == "count")
    field = {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        "description": column.description,
    }
    if column.kind == "url":
        field["format"] = "uri"
    if column.kind == "flag":
        field |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if column.kind not in _TYPES and column.kind in PATTERNS:
        constraints["pattern"] = PATTERNS[column.kind]
    if constraints:
        field["constraints"] = constraints
    return field
