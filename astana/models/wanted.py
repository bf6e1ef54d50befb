"""What the database is asked for: the words as typed, as they may be meant, or some of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import IntegerField, QuerySet, Value

from astana.models import SearchEntry, Stance
from astana.models.search import STANCE, answer_words, reference
from astana.search.excerpt import places
from astana.search.index import are_found, backend
from astana.search.terms import Term

_MOST_REFERENCES = 500
_REFERRED_TO = (SearchEntry.Kind.ACTOR, SearchEntry.Kind.ISSUE, SearchEntry.Kind.SOURCE)
# With more words than this, some of them are looked for one by one and not in all ways to choose.
_MOST_CHOSEN_FROM = 4


@dataclass(frozen=True)
class Wanted:
    """Terms, of which `least` have to be found (all where it is None), for the entries `named`.

    A term is also found where a record refers to an actor, issue, source or stance with its words.
    """

    terms: tuple[Term, ...]
    named: QuerySet
    least: int | None = None

    @cached_property
    def expression(self) -> Any:
        """What the database looks for; three queries at most."""
        return backend().expression(self.finished, self._references(), least=self.least)

    @cached_property
    def finished(self) -> tuple[Term, ...]:
        """The terms, each with the words that it may be the beginning of; one query at most."""
        if self.least is not None:
            return self.terms
        return tuple(backend().finished(term) for term in self.terms)

    @cached_property
    def missing(self) -> tuple[Term, ...]:
        """The terms that occur nowhere; one query."""
        each = [
            backend().matching(self.named, backend().expression([term], [[]]))
            for term in self.terms
        ]
        known = zip(self.terms, are_found(each), strict=True)
        return tuple(term for term, is_found in known if not is_found)

    @property
    def misspelt(self) -> "Wanted":
        """The same where one letter of each missing word may be wrong."""
        return self._otherwise(lambda term: term.misspelt)

    @property
    def nearly(self) -> "list[Wanted]":
        """What comes close, the closest first: fewer of the terms, beginnings of missing words."""
        wanted = self._otherwise(lambda term: term.beginning)
        number = len(self.terms)
        fewer = {number - 1} if number <= _MOST_CHOSEN_FROM else set()
        least = {*fewer, 1, *([number] if wanted.terms != self.terms else [])}
        tried = [replace(wanted, least=least) for least in sorted(least, reverse=True) if least]
        return [one for one in tried if one.terms != self.terms or one.least != number]

    def _otherwise(self, change: Callable[[Term], Term]) -> "Wanted":
        missing = set(self.missing)
        return replace(
            self, terms=tuple(change(term) if term in missing else term for term in self.terms)
        )

    def _references(self) -> list[list[str]]:
        """Return for each term the words that stand for what has it as a name or an answer."""
        named = self.named.filter(kind__in=_REFERRED_TO)
        issues = named.filter(kind=SearchEntry.Kind.ISSUE)
        each = list(enumerate(self.finished))
        # By their kind in the words themselves: else all articles and positions that have a common
        # word would be gone through to find the few issues.
        found = [
            (place, _of_kinds(named, backend().title_expression(term), *_REFERRED_TO))
            for place, term in each
        ] + [
            (~place, _of_kinds(issues, backend().expression([term], [[]]), SearchEntry.Kind.ISSUE))
            for place, term in each
        ]
        looks = [
            rows.order_by()
            .annotate(term=Value(place, IntegerField()))
            .values_list("term", "kind", "record")
            for place, rows in found
        ]
        rows = looks[0].union(*looks[1:], all=True)
        references: list[list[str]] = [[] for _ in self.terms]
        asked: list[set[int]] = [set() for _ in self.terms]
        for place, kind, record in rows[: _MOST_REFERENCES * len(looks)]:
            if place < 0:
                asked[~place].add(record)
            elif len(references[place]) < _MOST_REFERENCES:
                references[place].append(reference(kind, record))
        for place, stances in enumerate(self._answers(asked)):
            names = [reference(STANCE, stance) for stance in stances]
            references[place] += names[:_MOST_REFERENCES]
        return references

    def _answers(self, asked: list[set[int]]) -> Iterable[list[int]]:
        """Return for each term the stances that have it, of the issues that do; one query."""
        issues = sorted({issue for found in asked for issue in found})[:_MOST_REFERENCES]
        rows = list(
            Stance.objects.filter(issue__in=issues, public=True).values_list(
                "pk", "issue_id", "slug", "label"
            )
        )
        for term, known in zip(self.terms, asked, strict=True):
            yield [
                pk
                for pk, issue, slug, label in rows
                if issue in known and places(answer_words(slug, label), [term])
            ]


def _of_kinds(entries: QuerySet, expression: Any, *kinds: str) -> QuerySet:
    """Return the entries of these kinds in which an expression is found."""
    return backend().matching(entries, backend().with_reference(expression, *kinds))
