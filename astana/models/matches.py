"""What a search finds, by kind and place: all of it up to a bound, beyond it what was entered last.

Up to `MOST_COUNTED` matches are counted as they are. Of more, each kind is looked at alone, from
the record entered last backwards, in the order in which the index of the words gives them: so the
cost depends on the bound and not on the matches. The bound counts what the reader may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from astana.models import SearchEntry, Source
from astana.models.search import reference
from astana.models.wanted import Wanted
from astana.search.index import backend, counted, newest

# The kinds of record that are results, in their order; a source leads to its articles.
KINDS = [kind for kind in SearchEntry.Kind if kind != SearchEntry.Kind.SOURCE]
# Where to look.
PLACES = ("dossier", "source", "language")
# So many matches are counted at most; of more, those that were entered last.
MOST_COUNTED = 2_000
_COLUMNS = ("kind", "dossier_id", "source", "language")
_MOST_REFERENCES = 500


@dataclass(frozen=True)
class Asked:
    """What is looked for: which kinds, in which dossiers, sources and languages; empty is all.

    `dossiers` are the short names of those that the user may see, by primary key.
    """

    dossiers: dict[int, str]
    kind: list[str]
    dossier: list[str]
    source: list[str]
    language: list[str]

    def chosen(self, name: str) -> list[str]:
        """Return the values chosen in `kind` or one of the `PLACES`."""
        return getattr(self, name)


@dataclass(frozen=True)
class Row:
    """How many entries with the same values match."""

    kind: str
    dossier: str
    source: str
    language: str
    number: int

    def is_in(self, places: dict[str, set[str]]) -> bool:
        """Return whether it is in one of the chosen places of each sort."""
        return all(getattr(self, name) in chosen for name, chosen in places.items())


@dataclass(frozen=True)
class Look:
    """The matches of one kind that were looked at, and whether there are more."""

    rows: list[Row]
    is_more: bool = False

    @property
    def number(self) -> int:
        """How many were looked at."""
        return sum(row.number for row in self.rows)


class Matches:
    """What is found of what is asked for among the entries that a user may see."""

    def __init__(self, asked: Asked, *, entries: QuerySet, wanted: Wanted, user: Any) -> None:
        self.asked, self.entries, self.user = asked, entries, user
        self.terms, self.expression = wanted.terms, wanted.expression
        # The sources that occur, and those chosen: short name and name.
        self.sources: dict[int, tuple[str, str]] = {}
        found = backend().matching(entries.filter(kind__in=KINDS), self.expression)
        first = self._looked_at(found.order_by())
        self.is_bounded = first.is_more
        self._looks: dict[tuple[str, ...], Look] = {}
        if self.is_bounded:
            self._learn((), slugs=asked.source)
        else:
            for kind in KINDS:
                self._looks[kind,] = Look([row for row in first.rows if row.kind == kind])

    @property
    def number(self) -> int:
        """How many matches of the chosen kinds and places were looked at."""
        return sum(self.look(kind).number for kind in self.asked.kind or KINDS)

    def everything(self, kind: str) -> Look:
        """Return what is found of a kind in all places."""
        return self._look(kind, ())

    def look(self, kind: str, *, but: str = "") -> Look:
        """Return what is found of a kind in the chosen places, whatever is chosen in `but`."""
        names = [name for name in PLACES if name != but and self.asked.chosen(name)]
        places = {name: set(self.asked.chosen(name)) for name in names}
        everything = self.everything(kind)
        kept = [row for row in everything.rows if row.is_in(places)]
        if not everything.is_more:
            return Look(kept)
        # Where all that was looked at is in these places, there is nothing else to look at.
        return everything if kept == everything.rows else self._look(kind, tuple(names))

    def best(self, kind: str, shown: slice) -> list[int]:
        """Return records of a kind, the best first; of too many the newest of those looked at."""
        if self.look(kind).is_more:
            return newest(self._last_entered(kind), most=MOST_COUNTED, shown=shown)
        ranked = backend().best_first(*self.of_kind(kind))
        return list(ranked.values_list("record", flat=True)[shown])

    def of_kind(self, kind: str, names: Iterable[str] = PLACES) -> tuple[QuerySet, str]:
        """Return the entries of a kind that match in the chosen places, and what was looked for."""
        entries, asked = self.entries.filter(kind=kind), self.asked
        expression = backend().with_reference(self.expression, kind)
        if "dossier" in names and asked.dossier:
            pks = [pk for pk, slug in asked.dossiers.items() if slug in asked.dossier]
            entries = entries.filter(dossier__in=pks)
        if "source" in names and (slugs := asked.source):
            pks = [pk for pk, (slug, _) in self.sources.items() if slug in slugs]
            entries = entries.filter(source__in=pks)
            if self.is_bounded and 0 < len(pks) <= _MOST_REFERENCES:
                references = [reference(SearchEntry.Kind.SOURCE, pk) for pk in pks]
                expression = backend().with_reference(expression, *references)
        if "language" in names and (languages := asked.language):
            entries = entries.filter(language__in=languages)
        return backend().matching(entries, expression), expression

    def _look(self, kind: str, names: tuple[str, ...]) -> Look:
        key = (kind, *names)
        if key not in self._looks:
            is_elsewhere = kind != SearchEntry.Kind.ARTICLE and {"source", "language"} & {*names}
            last = None if is_elsewhere else self._last_entered(kind, names)
            self._looks[key] = Look([]) if last is None else self._looked_at(last)
        return self._looks[key]

    def _last_entered(self, kind: str, names: Iterable[str] = PLACES) -> QuerySet:
        return backend().last_entered_first(self.of_kind(kind, names)[0])

    def _looked_at(self, found: QuerySet) -> Look:
        """Count the first matches; where there is one too many, the largest number is one less."""
        counts = sorted(counted(found, *_COLUMNS, most=MOST_COUNTED + 1), key=lambda row: -row[-1])
        self._learn({source for _, _, source, _, _ in counts if source})
        is_more = sum(number for *_, number in counts) > MOST_COUNTED
        rows = [
            Row(
                kind,
                self.asked.dossiers.get(dossier, ""),
                self.sources.get(source, ("",))[0],
                language,
                number - (is_more and place == 0),
            )
            for place, (kind, dossier, source, language, number) in enumerate(counts)
        ]
        return Look(rows, is_more)

    def _learn(self, pks: Iterable[int], *, slugs: Iterable[str] = ()) -> None:
        """Get to know the sources of these numbers and short names, if they are not known yet."""
        unknown, slugs = {*pks} - self.sources.keys(), {*slugs}
        if unknown or slugs:
            rows = Source.objects.visible_to(self.user).filter(
                Q(pk__in=unknown) | Q(slug__in=slugs)
            )
            found = rows.values_list("pk", "slug", "name")
            self.sources |= {pk: (slug, name) for pk, slug, name in found}
