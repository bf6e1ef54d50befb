"""Who asks and for what: tables as the API has them, read for nobody in particular."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property

from astana.models import Dossier
from astana.web.api.asked import cursor_of, place_of
from astana.web.api.offered import TABLES, Refused
from astana.web.named import likely

MOST_ROWS = 50
# So many dossiers are looked through for one that is called like an unknown one.
_MOST_LIKELY = 1_000


@dataclass
class Asker:
    """A call of a tool. `asked` names it with all that it was asked, but for where it begins."""

    request: HttpRequest
    asked: str
    after: str

    @property
    def site(self) -> str:
        """The beginning of each address."""
        return self.request.build_absolute_uri("/")[:-1]

    @cached_property
    def place(self) -> list[Any] | None:
        """Where to begin, None at the beginning; raises Refused for a place of other rows."""
        return place_of(self.after, asked=self.asked) if self.after else None

    def next(self, place: list[Any] | None) -> str | None:
        """Return what to ask for in `after` to go on after a place."""
        return cursor_of(place, asked=self.asked) if place else None

    def dossier(self, slug: str) -> Dossier:
        """Return a public dossier; raises Refused if there is none such."""
        public = Dossier.objects.visible_to(AnonymousUser())
        found = public.filter(slug=slug).first()
        if found is None:
            known = list(public.values_list("slug", flat=True)[:_MOST_LIKELY])
            raise Refused(
                [f"There is no public dossier “{slug}”. Public are: {likely(slug, known)}."]
            )
        return found

    def rows(
        self,
        table: str,
        dossier: Dossier,
        query: Mapping[str, Any],
        written: Callable[..., dict[str, Any]],
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return rows of a table of the API, written in a way, and how to ask for those after."""
        inner = copy(self.request)
        inner.method, inner.user = "GET", AnonymousUser()
        inner.GET = asked = QueryDict(mutable=True)  # type: ignore[misc]
        for name, value in query.items():
            asked.setlist(name, [value] if isinstance(value, str) else list(value or ()))
        found, place = TABLES[table].read(inner, dossier).rows_after(self.place, MOST_ROWS)
        names = [column.name for column in TABLES[table].columns]
        rows = (dict(zip(names, row, strict=True)) for row in found)
        return [written(row, dossier, site=self.site) for row in rows], self.next(place)
