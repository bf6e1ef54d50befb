"""The queue of submitted positions, with one of them open."""

from typing import Any

from django.db.models import Case, QuerySet, When

from astana.models import Position

# So many are listed before and after the one that is open.
NEIGHBOURS = 12


def queue_of(rows: QuerySet, *, key: str = "") -> dict[str, Any]:
    """Return what waits for a decision, oldest first; five queries.

    The position `key` is open among its neighbours, or the first one; `is_missing` says that it
    does not wait. `earlier` and `later` count those that are not listed.
    """
    rows = rows.select_related(
        "actor", "issue", "stance__issue", "coder", "attributed_by", "speaker"
    ).order_by("pk")
    number = rows.count()
    asked = rows.filter(key=key[:40]).first() if key else None
    shown = asked or rows.first()
    if shown is None:
        return {"number": 0, "open": None, "shown": [], "is_missing": bool(key)}
    place = rows.filter(pk__lt=shown.pk).count() + 1
    before = list(rows.filter(pk__lt=shown.pk).order_by("-pk")[:NEIGHBOURS])[::-1]
    after = list(rows.filter(pk__gt=shown.pk)[:NEIGHBOURS])
    return {
        "number": number,
        "place": place,
        "open": shown,
        "shown": [*before, shown, *after],
        "earlier": place - 1 - len(before),
        "later": max(number - place - len(after), 0),
        "previous": before[-1] if before else None,
        "next": after[0] if after else None,
        "is_missing": bool(key) and asked is None,
    }


def key_after(rows: QuerySet, position: Position) -> str:
    """Return the key of what is next once a position is decided on, or nothing."""
    later_first = Case(When(pk__gt=position.pk, then=0), default=1)
    others = rows.exclude(pk=position.pk).order_by(later_first, "pk")
    return others.values_list("key", flat=True).first() or ""
