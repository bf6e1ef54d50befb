"""The words of the entries in PostgreSQL: a tsvector with a GIN index, beside each entry.

A tsvector knows the place of a word up to the 16,383rd, and 255 places of one word. So it finds
which entries have all the words, and a phrase is looked for in the plain words of those.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from django.db import connection
from django.db.models import QuerySet

from astana.search.entry import Entry
from astana.search.terms import Term

# How much a word counts: references (D), nothing (C), body (B), title (A).
_WEIGHTS = "{0.2, 0, 0.1, 0.8}"
# What a tsvector holds of the places of words.
_LAST_PLACE = 16_383
_MOST_PLACES = 255
# So many code points of a word are stored: a tsvector takes words of 2,046 bytes.
_LONGEST_WORD = 500


@dataclass(frozen=True, slots=True)
class Expression:
    """What is looked for: a tsquery, and for each phrase its words, or else another tsquery."""

    query: str
    phrases: tuple[tuple[str, str], ...] = ()


def write(entries: Sequence[Entry]) -> None:
    """Store entries, none of which is there, with their words."""
    rows = [(*entry[:8], _vector(entry), f" {entry.title} \n {entry.body} ") for entry in entries]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO astana_searchentry
              (id, dossier_id, kind, record, audience, source, language, day, words, plain)
            SELECT id, dossier_id, kind, record, audience, source, language, day,
                   words::tsvector, plain
            FROM unnest(
              %s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::bigint[],
              %s::text[], %s::date[], %s::text[], %s::text[]
            ) AS entry
              (id, dossier_id, kind, record, audience, source, language, day, words, plain)
            """,
            [list(column) for column in zip(*rows, strict=True)],
        )


def _vector(entry: Entry) -> str:
    """Return the words with their places and weights, past PostgreSQL's own notion of a word."""
    places: dict[str, list[str]] = defaultdict(list)
    at = 0
    for words, weight in ((entry.title, "A"), (entry.body, "B"), (entry.refs, "D")):
        for word in words.split():
            at = min(at + 1, _LAST_PLACE)
            if len(known := places[word[:_LONGEST_WORD]]) < _MOST_PLACES:
                known.append(f"{at}{weight}")
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def matching(entries: QuerySet, expression: Expression) -> QuerySet:
    """Return the entries in which an expression is found."""
    where, params = ["astana_searchentry.words @@ %s::tsquery"], [expression.query]
    for phrase, otherwise in expression.phrases:
        where.append(
            "(strpos(astana_searchentry.plain, %s) > 0"
            + (" OR astana_searchentry.words @@ %s::tsquery)" if otherwise else ")")
        )
        params += [phrase, otherwise] if otherwise else [phrase]
    return entries.extra(where=where, params=params)


def best_first(found: QuerySet, expression: Expression) -> QuerySet:
    """Order matching entries by how well they match."""
    return found.extra(
        select={"rank": f"-ts_rank('{_WEIGHTS}', astana_searchentry.words, %s::tsquery, 1)"},
        select_params=[expression.query],
        order_by=["rank", "id"],
    )


def last_entered_first(found: QuerySet) -> QuerySet:
    """Order matching entries by their numbers, the highest first."""
    return found.order_by("-id")


def expression(
    terms: Sequence[Term], references: Sequence[Sequence[str]], *, least: int | None = None
) -> Expression:
    """Return what PostgreSQL looks for: each term, or one of the references standing for it.

    With `least` so many of the terms are enough, and the words of a phrase may stand apart.
    """
    query, phrases = [], []
    for term, names in zip(terms, references, strict=True):
        others = [*_others(term, "AB"), *(f"{name}:D" for name in names)]
        query.append(_either([_words(term, " & ", "AB"), *others]))
        if len(term.words) > 1:
            phrases.append((f" {term}" + ("" if term.is_begun else " "), _either(others)))
    if least is None:
        return Expression(" & ".join(query), tuple(phrases))
    groups = [f"({' & '.join(group)})" for group in combinations(query, least)]
    return Expression(_either(groups))


def finished(term: Term) -> Term:
    """Return a term as it is: what is begun is found in the index as what is not."""
    return term


def title_expression(term: Term) -> Expression:
    """Return what PostgreSQL looks for to find a term in titles alone: they are short."""
    return Expression(_either([_words(term, " <-> ", "A"), *_others(term, "A")]))


def with_reference(expression: Expression, *names: str) -> Expression:
    """Return an expression that asks for one of these references too: faster than in a join."""
    references = _either([f"{name}:D" for name in names])
    return replace(expression, query=f"({expression.query}) & {references}")


def _words(term: Term, operator: str, weights: str) -> str:
    # Every word is quoted, and has neither signs nor spaces: nothing is an operator.
    begun = "*" if term.is_begun else ""
    *first, last = (f"'{word}':" for word in term.words)
    return (
        f"({operator.join([*(f'{word}{weights}' for word in first), f'{last}{begun}{weights}'])})"
    )


def _others(term: Term, weights: str) -> list[str]:
    begun = "*" if term.is_begun else ""
    return [f"'{other}':{begun}{weights}" for other in term.others]


def _either(queries: Iterable[str]) -> str:
    return f"({' | '.join(queries)})" if queries else ""
