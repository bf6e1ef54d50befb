"""What a field offers to choose from: the first of perhaps more, which it then says."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet


class Offered(list[Any]):
    """Things to choose from; `is_cut` says that there are more, `most` how many are offered."""

    def __init__(self, rows: Iterable[Any], *, is_cut: bool = False) -> None:
        super().__init__(rows)
        self.is_cut, self.most = is_cut, len(self)


def first_of(rows: QuerySet | list[Any], most: int, *, chosen: Iterable[Any] = ()) -> Offered:
    """Return the first rows, at most so many, and what is chosen beyond them, before these.

    One query, which asks for one row more.
    """
    found = list(rows[: most + 1])
    offered = Offered(found[:most], is_cut=len(found) > most)
    offered[:0] = [one for one in chosen if one not in offered]
    return offered
