"""Pages of a long table, which cost as much at its end as at its start."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.core.paginator import EmptyPage, Page, Paginator
from django.db import connection
from django.db.models import Q, QuerySet
from django_tables2.rows import BoundRows

from astana.web.filters import Found

# So many groups are looked through at once, and then always so many times more.
_FIRST_GROUPS, _TIMES_MORE, _MOST_GROUPS = 2, 6, 200


@dataclass(frozen=True)
class Group:
    """Rows that stand together in an order: those with these values.

    `number` says how many they are where that is known. `parts` are the groups inside it.
    """

    values: dict[str, Any]
    number: int | None = None
    parts: Sequence["Group"] = ()

    def turned(self) -> "Group":
        """Return the group in the order from its end."""
        return replace(self, parts=[part.turned() for part in reversed(self.parts)])


@dataclass(frozen=True)
class Groups:
    """An order by something that rows only refer to, such as the name of an actor.

    No index of the rows has that order, and to sort all of them takes long. But there are few such
    things: `all` of them in their order, and within each the rows stand in the order `within`,
    which an index has.
    """

    all: Sequence[Group]
    within: tuple[str, ...] = field(default=())

    def turned(self) -> Self:
        """Return the same order from its end."""
        within = tuple(name[1:] if name[0] == "-" else f"-{name}" for name in self.within)
        return replace(self, all=[one.turned() for one in reversed(self.all)], within=within)


class LongList(Paginator):
    """Pages of a long table.

    The page after another starts at the row that the other ends with, however many rows lie
    before it. A page that is asked for by its number alone is looked up in the index, without its
    rows; where nobody has counted the rows, only so many pages have a number to be asked for.
    `load` fetches what is shown of the rows of one page.

    `anchor` is a row of the list, and whether the page lies before it or after it. `groups` are
    those that the rows stand in, where no index has their order; `ranked` are the primary keys of
    all rows in their order, where that is known.
    """

    def __init__(
        self,
        rows: BoundRows,
        per_page: int,
        *,
        found: Found,
        load: Callable[[QuerySet], Iterable[Any]],
        anchor: tuple[Any, bool] | None = None,
        groups: Groups | None = None,
        ranked: Sequence[int] | None = None,
    ) -> None:
        super().__init__(rows, per_page)
        self.found, self.load, self.anchor = found, load, anchor
        self.groups, self.ranked = groups, ranked
        self.rows: QuerySet = rows.data.data

    @property
    def count(self) -> int:
        """How many rows there are, or of how many it is known."""
        return self.found.number

    def page(self, number: int) -> Page:
        """Return a page by its number; raises EmptyPage if there is none."""
        is_beyond = number > self.num_pages and not (self.found.is_more and self.anchor)
        if number < 1 or is_beyond:
            raise EmptyPage
        pks, has_more = self._beside(*self.anchor) if self.anchor else self._at(number)
        if not pks and number > 1:
            raise EmptyPage
        # They are put in order here, so that the database need not.
        rows = self.rows.model.objects.filter(pk__in=pks).order_by()
        loaded = {row.pk: row for row in self.load(rows)}
        shown = [loaded[pk] for pk in pks if pk in loaded]
        page = Page(BoundRows(shown, self.object_list.table), number, self)
        page.has_next = lambda: has_more
        return page

    def _at(self, number: int) -> tuple[list[int], bool]:
        """Return the primary keys of a page, counted from the nearer end, and if more follow."""
        start = (number - 1) * self.per_page
        if self.ranked is not None:
            pks = list(self.ranked[start : start + self.per_page + 1])
            return pks[: self.per_page], len(pks) > self.per_page
        if self.groups:
            pks = rows_in_groups(self.rows, self.groups, start, self.per_page + 1)
            return pks[: self.per_page], len(pks) > self.per_page
        behind = self.count - start - self.per_page
        if self.found.is_more or start <= behind:
            pks = list(self.rows.values_list("pk", flat=True)[start : start + self.per_page + 1])
            return pks[: self.per_page], len(pks) > self.per_page
        end = max(behind, 0)
        pks = list(self.rows.reverse().values_list("pk", flat=True)[end : self.count - start])
        return pks[::-1], behind > 0

    def _beside(self, row: Any, is_before: bool) -> tuple[list[int], bool]:
        """Return the primary keys of the rows before or after a row, and if more follow."""
        ordered = self.rows.reverse() if is_before else self.rows
        ordering = tuple(self.rows.query.order_by)
        rows = ordered.filter(beyond(row, ordering, is_before=is_before))
        pks = list(rows.values_list("pk", flat=True)[: self.per_page + 1])
        shown = pks[: self.per_page]
        return (shown[::-1], True) if is_before else (shown, len(pks) > self.per_page)


def beyond(row: Any, ordering: tuple[str, ...], *, is_before: bool) -> Q:
    """Return the condition for what comes after a row in an order, or before it.

    The first field is bounded by itself too, so that the database starts there in its index.
    """
    condition, same = Q(), Q()
    for place, name in enumerate(ordering):
        field_name = name.removeprefix("-")
        value = getattr(row, field_name)
        falls = name.startswith("-") != is_before
        if place == 0:
            bound = Q(**{f"{field_name}__{'lte' if falls else 'gte'}": value})
        condition |= same & Q(**{f"{field_name}__{'lt' if falls else 'gt'}": value})
        same &= Q(**{field_name: value})
    return bound & condition


def rows_in_groups(rows: QuerySet, groups: Groups, start: int, number: int) -> list[int]:
    """Return the primary keys of so many rows from a place in the order of the groups on.

    Groups are gone through until there are enough rows, some at a time. What is before the place
    is passed over by numbers: those that are known, or else counted no further than to the place.
    """
    within = rows.order_by(*groups.within)
    left, found = start, []
    kept, left = _past(groups.all, left)
    for some in _ever_more([part for group in kept for part in group.parts or [group]]):
        numbers = _numbers(rows, some, most=left + 1) if left else [0] * len(some)
        wanted = []
        for group, its_number in zip(some, numbers, strict=True):
            if its_number <= left and left:
                left -= its_number
                continue
            wanted.append(within.filter(**group.values)[left : left + number - len(found)])
            left = 0
        found += [pk for _place, pk in _one_after_another(wanted, "id")]
        if len(found) >= number:
            break
    return found[:number]


def _past(groups: Sequence[Group], start: int) -> tuple[Sequence[Group], int]:
    """Return the groups from a place on, and how far into the first of them it is."""
    for at, group in enumerate(groups):
        if group.number is None or start < group.number:
            return groups[at:], start
        start -= group.number
    return [], 0


def _ever_more(groups: Sequence[Group]) -> Iterator[Sequence[Group]]:
    at, size = 0, _FIRST_GROUPS
    while at < len(groups):
        yield groups[at : at + size]
        at, size = at + size, min(size * _TIMES_MORE, _MOST_GROUPS)


def _numbers(rows: QuerySet, groups: Sequence[Group], *, most: int) -> list[int]:
    """Return how many rows each group has, as far as a number; one query."""
    each = [rows.order_by().filter(**group.values)[:most] for group in groups]
    found = dict(_one_after_another(each, "COUNT(*)"))
    return [found.get(place, 0) for place in range(len(groups))]


def _one_after_another(each: Iterable[QuerySet], wanted: str) -> list[tuple[int, int]]:
    """Return what is wanted of each of some queries, with its place, one after the other.

    In SQL, as Django lets no query of several be bounded by itself.
    """
    queries, given = [], []
    for place, rows in enumerate(each):
        try:
            query, parameters = rows.values_list("id").query.sql_with_params()
        except EmptyResultSet:
            continue
        queries.append(f"SELECT {place} AS place, {wanted} FROM ({query}) AS looked")
        given += parameters
    if not queries:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(queries), given)
        return sorted(cursor.fetchall(), key=lambda row: row[0])
