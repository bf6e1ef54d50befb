"""Filters of lists and fields of forms as the parameters of the API."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms

from astana.web.api.offered import Parameter
from astana.web.facets import Facet
from astana.web.fields import DayField, FlagField, MomentField, OneOfField, SlugsField
from astana.web.filters import TEXT_MAX_CHARACTERS, DayFilter, FlagFilter, ListFilter

MOST_SIZE = 1000
SIZE = 100
MOST_KEYS = 100
DAY = {"type": "string", "format": "date"}
FLAG = {"type": "string", "enum": ["0", "1"]}
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,80}$"}
EXTRAS = {
    "count": "how many rows there are",
    "columns": "the columns with kind and meaning",
    "citation": "how the dossier is cited",
    "licence": "the licence",
    "facets": "how many rows each value of a filter would show",
    "extras": "what can be asked for here",
}
# What each table is asked for beside its filters.
PAGING = (
    Parameter("after", "The value of “next” on the previous page.", {"type": "string"}),
    Parameter(
        "size",
        "How many rows. By default, JSON gives 100, CSV and NDJSON all.",
        {"type": "integer", "minimum": 1, "maximum": MOST_SIZE},
    ),
)
EXTRA = Parameter(
    "extra",
    f"Names separated by commas: {', '.join(EXTRAS)}.",
    {"type": "array", "items": {"enum": list(EXTRAS)}},
)
COLUMNS = Parameter("columns", "Names of columns, separated by commas.", {"type": "array"})


def many(schema: dict[str, Any], *, most: int | None = None) -> dict[str, Any]:
    """Return the schema of a parameter that can be given several times."""
    bound = {"maxItems": most} if most else {}
    return {"type": "array", "items": schema, **bound}


def keys(noun: str) -> Parameter:
    """Return the parameter that asks for rows by their keys."""
    return Parameter("key", f"The key of a row ({noun}).", many(SLUG, most=MOST_KEYS))


def of_filters(filters: type[ListFilter]) -> tuple[Parameter, ...]:
    """Return the filters of a list."""
    return tuple(
        Parameter(name, str(part.label), _of_filter(part))
        for name, part in filters.base_filters.items()
    )


def _of_filter(part: django_filters.Filter) -> dict[str, Any]:
    if isinstance(part, Facet):
        known = {"enum": list(part.options_of.values)} if isinstance(part.options_of, type) else {}
        return many({"type": "string", **known})
    if isinstance(part, DayFilter):
        return DAY
    if isinstance(part, FlagFilter):
        return FLAG
    return {"type": "string", "maxLength": TEXT_MAX_CHARACTERS}


def of_fields(
    fields: Mapping[str, forms.Field], *, without: tuple[str, ...]
) -> tuple[Parameter, ...]:
    """Return the fields of a form but for some, which change nothing in the rows."""
    return tuple(
        Parameter(name, str(field.label), _of_field(field))
        for name, field in fields.items()
        if name not in without
    )


def _of_field(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, SlugsField):
        # A group is named in words.
        is_slug = type(field) is SlugsField
        return many(SLUG if is_slug else {"type": "string"}, most=field.most)
    if isinstance(field, DayField):
        return DAY
    if isinstance(field, FlagField):
        return FLAG
    if isinstance(field, OneOfField):
        return {"type": "string", "enum": list(field.words)}
    if isinstance(field, MomentField):
        return {
            "type": "string",
            "description": "A moment in UTC such as 2017-01-24T15:30:00Z, or a day: its end.",
        }
    return {"type": "integer", "minimum": 1}
