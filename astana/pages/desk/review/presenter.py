"""The queue of submitted positions, with one of them open."""

from dataclasses import dataclass

from django.db.models import Case, QuerySet, When

from astana.models import Position

# So many are listed before and after the one that is open.
NEIGHBOURS = 12


@dataclass(frozen=True)
class Queue:
    """What waits for a decision, oldest first; `open` is None where nothing waits.

    `is_missing` says that the position asked for is not in the queue.
    """

    number: int
    place: int
    before: list[Position]
    open: Position | None
    after: list[Position]
    is_missing: bool

    @property
    def shown(self) -> list[Position]:
        """The open one among its neighbours."""
        return [*self.before, *([self.open] if self.open else []), *self.after]

    @property
    def earlier(self) -> int:
        """How many are not listed because they come earlier."""
        return max(self.place - 1 - len(self.before), 0)

    @property
    def later(self) -> int:
        """How many are not listed because they come later."""
        return max(self.number - self.place - len(self.after), 0) if self.place else 0

    @property
    def previous(self) -> Position | None:
        """The one before the open one."""
        return self.before[-1] if self.before else None

    @property
    def next(self) -> Position | None:
        """The one after the open one."""
        return self.after[0] if self.after else None


def queue_of(rows: QuerySet, *, key: str = "") -> Queue:
    """Return the queue with the position `key` open, or the first one; five queries."""
    rows = rows.select_related(
        "actor", "issue", "stance__issue", "coder", "attributed_by", "speaker"
    ).order_by("pk")
    number = rows.count()
    asked = rows.filter(key=key[:40]).first() if key else None
    shown = asked or rows.first()
    if shown is None:
        return Queue(0, 0, [], None, [], is_missing=bool(key))
    return Queue(
        number=number,
        place=rows.filter(pk__lt=shown.pk).count() + 1,
        before=list(rows.filter(pk__lt=shown.pk).order_by("-pk")[:NEIGHBOURS])[::-1],
        open=shown,
        after=list(rows.filter(pk__gt=shown.pk)[:NEIGHBOURS]),
        is_missing=bool(key) and asked is None,
    )


def key_after(rows: QuerySet, position: Position) -> str:
    """Return the key of what is next once a position is decided on, or nothing."""
    later_first = Case(When(pk__gt=position.pk, then=0), default=1)
    others = rows.exclude(pk=position.pk).order_by(later_first, "pk")
    return others.values_list("key", flat=True).first() or ""
