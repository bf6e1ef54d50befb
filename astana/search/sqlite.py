"""The words of the entries in SQLite: an FTS5 table, kept in `astana_search_words`.

A trigger takes the words away with their entry (`astana/migrations/_search_words.py`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from astana.search.entry import Entry
from astana.search.terms import Term

# How much a word counts in the title, in the body and in a name that is referred to.
_WEIGHTS = "8.0, 1.0, 2.0"
# The words that occur; a connection makes it for itself.
_VOCABULARY = """
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.astana_search_vocabulary
    USING fts5vocab(main, astana_search_words, row)
"""
_MOST_ENDINGS, _LAST_LETTER = 60, "\U0010ffff"


def fold_every_script(*, connection: Any, **_signal: Any) -> None:
    """Have `LIKE` disregard case in every script on a new connection, as PostgreSQL does.

    SQLite's own knows the Latin letters of English alone. All that Django asks without regard to
    case comes here: the words of lists, the search boxes of data entry, addresses of people.
    """
    if connection.vendor == "sqlite":
        create = connection.connection.create_function
        create("like", 2, _is_like, deterministic=True)
        create("like", 3, _is_like, deterministic=True)


def _is_like(pattern: str | None, text: Any, escape: str = "") -> bool | None:
    if pattern is None or text is None:
        return None
    return _like(pattern, escape)(str(text).casefold()) is not None


@lru_cache(maxsize=256)
def _like(pattern: str, escape: str) -> Callable[[str], re.Match[str] | None]:
    """Return what looks whether a folded text is like a pattern."""
    wildcards = {"%": ".*", "_": "."}
    parts = re.findall(f"{re.escape(escape)}(.)|(.)" if escape else "()(.)", pattern, re.DOTALL)
    signs = [
        wildcards[sign] if sign in wildcards else re.escape((escaped or sign).casefold())
        for escaped, sign in parts
    ]
    # What stands between two wildcards is looked for as it is: no text is gone through twice.
    if len(signs) > 1 and signs[0] == signs[-1] == ".*" and not {".*", "."} & {*signs[1:-1]}:
        return re.compile("".join(signs[1:-1]), re.DOTALL).search
    return re.compile("".join(signs), re.DOTALL).fullmatch


def write(entries: Sequence[Entry]) -> None:
    """Store entries, none of which is there, with their words."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO astana_searchentry"
            " (id, dossier_id, kind, record, audience, source, language, day)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [entry[:8] for entry in entries],
        )
        cursor.executemany(
            "INSERT INTO astana_search_words (rowid, title, body, refs) VALUES (%s, %s, %s, %s)",
            [(entry.id, *entry[8:]) for entry in entries],
        )


def matching(entries: QuerySet, expression: str) -> QuerySet:
    """Return the entries in which an expression is found."""
    return entries.extra(
        tables=["astana_search_words"],
        where=[
            "astana_search_words.rowid = astana_searchentry.id",
            "astana_search_words MATCH %s",
        ],
        params=[expression],
    )


def best_first(found: QuerySet, expression: str) -> QuerySet:
    """Order matching entries by how well they match (Okapi BM25)."""
    return found.extra(
        select={"rank": f"bm25(astana_search_words, {_WEIGHTS})"}, order_by=["rank", "id"]
    )


def last_entered_first(found: QuerySet) -> QuerySet:
    """Order matching entries by their numbers, the highest first, as FTS5 itself goes through them.

    The number of the entry is the same, but ordered by it SQLite would read all of them first.
    """
    return found.extra(order_by=["-astana_search_words.rowid"])


def expression(
    terms: Sequence[Term], references: Sequence[Sequence[str]], *, least: int | None = None
) -> str:
    """Return what FTS5 looks for: each term, or one of the references that stand for it.

    With `least` so many of the terms are enough.
    """
    each = [
        _either(_words(term, "title body"), f"refs : ({' OR '.join(names)})" if names else "")
        for term, names in zip(terms, references, strict=True)
    ]
    groups = combinations(each, len(each) if least is None else least)
    return " OR ".join(f"({' AND '.join(group)})" for group in groups)


def finished(term: Term) -> Term:
    """Return a term that is begun with all words that it can become, where these are few.

    For what is begun FTS5 puts together all places of all such words before it finds the first,
    each time that it is asked. Words that it knows it finds as it goes.
    """
    if not term.is_begun or len(term.words) > 1:
        return term
    begun = [*term.words, *term.others]
    with connection.cursor() as cursor:
        connection.connection.execute(_VOCABULARY)
        cursor.execute(
            "SELECT term FROM temp.astana_search_vocabulary WHERE "
            + " OR ".join(["term BETWEEN %s AND %s"] * len(begun))
            + f" LIMIT {_MOST_ENDINGS + 1}",
            [end for word in begun for end in (word, word + _LAST_LETTER)],
        )
        known = [word for (word,) in cursor.fetchall()]
    if len(known) > _MOST_ENDINGS:
        return term
    return replace(term, is_begun=False, others=tuple(dict.fromkeys([*term.others, *known])))


def title_expression(term: Term) -> str:
    """Return what FTS5 looks for to find a term in titles alone."""
    return _words(term, "title")


def with_reference(expression: str, *names: str) -> str:
    """Return an expression that asks for one of these references too: faster than in a join."""
    return f"({expression}) AND refs : ({' OR '.join(names)})"


def _words(term: Term, columns: str) -> str:
    # Every word is quoted, and a word has only letters and digits: nothing is an operator.
    begun = " *" if term.is_begun else ""
    forms = " OR ".join(f'"{words}"{begun}' for words in (term, *term.others))
    return f"{{{columns}}} : ({forms})"


def _either(one: str, other: str) -> str:
    return f"({one} OR {other})" if other else one
