"""What two versions of a record differ in, field by field, in words that a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from astana.comparison.said import parse_said
from astana.models.said_words import day_words, said_words
from astana.words.differences import Run, word_differences

# What records are called, by their kind and primary key.
Known = dict[tuple[type, int], str]


@dataclass(frozen=True)
class Difference:
    """One field of a record, before and after; `words` where a text was changed in part."""

    label: str
    before: str
    after: str
    words: Sequence[Run] = ()


def difference_of(
    name: str, before: models.Model | None, after: models.Model, *, known: Known
) -> Difference:
    """Return one field of a record, or of a row of its history, before and after."""
    model = getattr(after, "instance_type", type(after))
    field = model._meta.get_field(name)
    old = _words(field, getattr(before, field.attname), known) if before else nothing()
    new = _words(field, getattr(after, field.attname), known)
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    is_partly_new = is_text and name != "said" and nothing() not in (old, new)
    runs = word_differences(old, new) if is_partly_new else []
    return Difference(capfirst(field.verbose_name), old, new, runs)


def nothing() -> str:
    """Return what stands for an empty field."""
    return _("nothing")


def _words(field: models.Field, value: Any, known: Known) -> str:
    if value in (None, ""):
        return nothing()
    if field.is_relation:
        unknown = f"{field.related_model._meta.verbose_name} {value}"
        return known.get((field.related_model, value), unknown)
    if field.name == "said":
        days = parse_said(value)
        return said_words(days.earliest, days.latest, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return date_format(localtime(value), "j M Y, H:i")
    if isinstance(value, date):
        return day_words(value)
    return str(value)
