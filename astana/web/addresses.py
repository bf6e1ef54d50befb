"""Addresses with a query: of the page itself with changes, and of pages that others lead to."""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from urllib.parse import quote_plus, urlencode

from django import forms
from django.urls import reverse

from astana.comparison.said import UNKNOWN_START
from astana.models import Dossier
from astana.web.fields import SlugsField

# What addresses of this site say, beside what others may add to them (such as `utm_source`).
OURS = frozenset(
    (
        *("actor", "issue", "side", "group", "event", "document", "source", "position", "article"),
        *("as_of", "since", "until", "from", "to", "recorded_as_of", "first_hand", "bodies"),
        *("stance", "voice", "show", "differences", "silent", "transpose", "with", "beside"),
        *("measure", "least", "nominal", "pair", "open", "choose", "unfold", "row", "changed"),
        *("by", "alone", "compared", "counting"),
    )
)


def query_of(given: Iterable[tuple[str, str]], **changes: str | list[str] | None) -> str:
    """Return a query string of these parameters with changes; None takes a parameter out."""
    pairs = [_pair(name, value) for name, value in given if name not in changes]
    for name, value in changes.items():
        values = [] if value is None else [value] if isinstance(value, str) else value
        pairs += [_pair(name, one) for one in values]
    return "?" + "&".join(pairs)


def given_of(form: forms.Form, *, without: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a form's address, each once; the last one where it cannot repeat."""
    return tuple(
        dict.fromkeys(
            (name, value)
            for name, field in form.fields.items()
            if name not in without
            for value in form.data.getlist(name)[0 if isinstance(field, SlugsField) else -1 :]
            if value
        )
    )


def moment_words(moment: datetime) -> str:
    """Return a moment as it is written in an address."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


@lru_cache(maxsize=4096)
def _pair(name: str, value: str) -> str:
    """Return a parameter of a query string; a page of links says each many times."""
    return urlencode([(name, value)])


def around_href(dossier: Dossier, start: date, end: date, **selection: str) -> str:
    """Return the address of compare before and after; empty where no day is before it.

    Of a start that is not known the last day is all that there is.
    """
    first = end if start == UNKNOWN_START else start
    if first == date.min:
        return ""
    days = {"since": first - timedelta(days=1), "as_of": end}
    return reverse("compare:matrix", args=[dossier.slug], query=selection | days)


def by_source_href(dossier: Dossier, *, actor: str, issue: str, as_of: date) -> str:
    """Return the address of the view by source of one cell."""
    return by_source_hrefs(dossier, as_of=as_of)(actor, issue)


def by_source_hrefs(dossier: Dossier, *, as_of: date) -> Callable[[str, str], str]:
    """Return what makes the addresses of the view by source of cells, of which there are many."""
    root, day = reverse("sources:index", args=[dossier.slug]), as_of.isoformat()
    quoted = cache(quote_plus)
    return lambda actor, issue: f"{root}?actor={quoted(actor)}&issue={quoted(issue)}&as_of={day}"


def source_href(dossier: Dossier, source: str, **query: str) -> str:
    """Return the address of the page of a source; what is asked of it begins at its list."""
    return source_hrefs(dossier, source)(**query)


def source_hrefs(dossier: Dossier, source: str, **state: str) -> Callable[..., str]:
    """Return what makes addresses of the page of a source, which has many to itself."""
    root, quoted = reverse("sources:detail", args=[dossier.slug, source]), cache(quote_plus)
    given = [urlencode(state)] if state else []

    def href(**asked: str) -> str:
        query = "&".join([*given, *(f"{name}={quoted(value)}" for name, value in asked.items())])
        address = f"{root}?{query}" if query else root
        return f"{address}#reported" if {"actor", "issue", "alone"} & asked.keys() else address

    return href
