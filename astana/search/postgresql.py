"""The words of the entries in PostgreSQL: a tsvector with a GIN index, beside each entry."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from astana.search.entry import Entry
from astana.search.terms import Term

# How much a word counts: references (D), nothing (C), body (B), title (A).
_WEIGHTS = "{0.2, 0, 0.1, 0.8}"
_QUERY = "to_tsquery('simple', %s)"


def write(entries: Sequence[Entry]) -> None:
    """Store entries, none of which is there, with their words."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO astana_searchentry
              (id, dossier_id, kind, record, audience, source, language, day, words)
            SELECT id, dossier_id, kind, record, audience, source, language, day,
                   setweight(to_tsvector('simple', title), 'A')
                || setweight(to_tsvector('simple', body), 'B')
                || setweight(to_tsvector('simple', refs), 'D')
            FROM unnest(
              %s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::bigint[],
              %s::text[], %s::date[], %s::text[], %s::text[], %s::text[]
            ) AS entry
              (id, dossier_id, kind, record, audience, source, language, day, title, body, refs)
            """,
            [list(column) for column in zip(*entries, strict=True)],
        )


def matching(entries: QuerySet, expression: str) -> QuerySet:
    """Return the entries in which an expression is found."""
    return entries.extra(where=[f"astana_searchentry.words @@ {_QUERY}"], params=[expression])


def best_first(found: QuerySet, expression: str) -> QuerySet:
    """Order matching entries by how well they match."""
    return found.extra(
        select={"rank": f"-ts_rank('{_WEIGHTS}', astana_searchentry.words, {_QUERY}, 1)"},
        select_params=[expression],
        order_by=["rank", "id"],
    )


def last_entered_first(found: QuerySet) -> QuerySet:
    """Order matching entries by their numbers, the highest first."""
    return found.order_by("-id")


def expression(terms: Sequence[Term], references: Sequence[Sequence[str]]) -> str:
    """Return what PostgreSQL looks for: each term, or one of the references standing for it."""
    return " & ".join(
        f"({' | '.join([_words(term, 'AB'), *(f'{name}:D' for name in names)])})"
        for term, names in zip(terms, references, strict=True)
    )


def title_expression(term: Term) -> str:
    """Return what PostgreSQL looks for to find a term in titles alone."""
    return _words(term, "A")


def with_reference(expression: str, *names: str) -> str:
    """Return an expression that asks for one of these references too: faster than in a join."""
    return f"({expression}) & ({' | '.join(f'{name}:D' for name in names)})"


def _words(term: Term, weights: str) -> str:
    # Every word is quoted, and a word has only letters and digits: nothing is an operator.
    begun = "*" if term.is_begun else ""
    *first, last = (f"'{word}':" for word in term.words)
    phrase = " <-> ".join([*(f"{word}{weights}" for word in first), f"{last}{begun}{weights}"])
    return f"({phrase} | '{term.joined}':{begun}{weights})" if term.joined else f"({phrase})"
