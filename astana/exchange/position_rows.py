"""Positions as rows of a file, with what each rests on; any number in bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from astana.comparison.said import UNKNOWN_START
from astana.models import Actor, Dossier, Evidence, Issue, Rendition, Source, Stance, User
from astana.models.elsewhere import suggested_for_readers

COLUMNS = (
    *("key", "actor", "actor_name", "issue", "issue_title", "stance", "stance_label", "value"),
    *("summary", "condition", "said", "earliest", "latest", "held", "voice", "first_hand"),
    *("certainty", "attributed_by", "authority", "speaker", "event", "document", "note"),
    *("suggested_by", "suggestion", "disputed", "status"),
    *("coder", "coded_at", "reviewer", "reviewed_at", "published_at"),
    *("sources", "articles", "paragraphs", "roles", "words", "url"),
)
# What is asked of a position, in the order in which `_row` takes it.
_FIELDS = (
    *("id", "key", "actor_id", "issue_id", "stance_id", "summary", "condition", "said"),
    *("earliest", "latest", "held", "voice", "first_hand", "certainty", "attributed_by_id"),
    *("authority", "speaker_id", "event_id", "document_id", "note", "suggested_by", "suggestion"),
    *("status", "coder_id", "coded_at", "reviewer_id", "reviewed_at", "published_at"),
)
_PEOPLE = (_FIELDS.index("coder_id"), _FIELDS.index("reviewer_id"))
_PASSAGES = """
    SELECT evidence.position_id, article.source_id, article.slug, evidence.paragraph,
           evidence.role, evidence.exact, rendition.id
    FROM astana_evidence AS evidence
    JOIN astana_rendition AS rendition ON rendition.id = evidence.rendition_id
    JOIN astana_article AS article ON article.id = rendition.article_id
    WHERE evidence.position_id IN ({})
    ORDER BY evidence.position_id, evidence.number
"""
_DISPUTES = Evidence.Role.DISPUTES.value
_AT_ONCE = 500
_CACHE_KIB = 2_000
_NOTHING = ((), (), (), (), ())


@dataclass(frozen=True)
class Names:
    """What the positions of a dossier refer to, by primary key.

    An actor and a stance are (short name, name) and (short name, label, value).
    """

    actors: dict[int, tuple[str, str]]
    issues: dict[int, tuple[str, str]]
    stances: dict[int, tuple[str, str, float | None]]
    events: dict[int, str]
    documents: dict[int, str]
    sources: dict[int, str]
    people: dict[int, str] = field(default_factory=dict)


def position_rows(
    positions: QuerySet, *, dossier: Dossier, user: Any, site: str
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of positions of a dossier, newest first, as `COLUMNS` names their values.

    The words of a passage are there for those who may read them; `site` is the beginning of each
    address. The rows come straight from a cursor, some hundred at a time: the models
    between would cost several times as much.
    """
    names = _names(dossier)
    readable = Rendition.objects.visible_to(user).filter(article__dossier=dossier)
    hides = Rendition.objects.of(dossier).exclude(pk__in=readable).exists()
    home = f"{site}{dossier.get_absolute_url()}positions/"
    rows = _raw(positions.newest_first().values_list(*_FIELDS))
    while some := list(islice(rows, _AT_ONCE)):
        _meet({row[column] for row in some for column in _PEOPLE}, names)
        passages = _passages([row[0] for row in some], names, only=readable if hides else None)
        for row in some:
            yield _row(row, names, passages.get(row[0], ()), home)


def _names(dossier: Dossier) -> Names:
    def of(model: Any, *fields: str) -> dict[int, Any]:
        rows = model.objects.of(dossier).order_by().values_list("pk", *fields)
        return {pk: values[0] if len(values) == 1 else tuple(values) for pk, *values in rows}

    stances = of(Stance, "slug", "label", "value")
    return Names(
        actors=of(Actor, "slug", "name"),
        issues=of(Issue, "slug", "title"),
        stances={
            pk: (slug, label, None if value is None else float(value))
            for pk, (slug, label, value) in stances.items()
        },
        events=dict(dossier.events.order_by().values_list("pk", "slug")),
        documents=dict(dossier.documents.order_by().values_list("pk", "slug")),
        sources=of(Source, "name"),
    )


def _meet(people: set[int | None], names: Names) -> None:
    """Look up the coders and reviewers who were not met before."""
    if new := people - names.people.keys() - {None}:
        names.people.update(User.objects.filter(pk__in=new).values_list("pk", "username"))


def _raw(rows: QuerySet) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query as the database gives them, without holding them."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.chunked_cursor() as cursor:
        if connection.vendor == "sqlite":
            # Each page of the file is read about once: keeping more of them costs memory alone.
            cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        cursor.execute(sql, values)
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some


def _passages(
    positions: list[int], names: Names, *, only: QuerySet | None
) -> dict[int, list[tuple[Any, ...]]]:
    """Return the passages of positions: source, article, paragraph, role and words of each.

    Words that are not in the renditions `only` are left out; None: all may be read.
    """
    read = None
    if only is not None:
        cited = only.filter(evidence__position__in=positions)
        read = set(cited.values_list("pk", flat=True))
    found: dict[int, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PASSAGES.format(", ".join(["%s"] * len(positions))), positions)
        for position, source, article, paragraph, role, words, rendition in cursor:
            if read is not None and rendition not in read:
                words = None
            passage = (names.sources[source], article, paragraph, role, words)
            if position in found:
                found[position].append(passage)
            else:
                found[position] = [passage]
    return found


def _row(
    row: tuple[Any, ...], names: Names, passages: tuple[Any, ...], home: str
) -> tuple[Any, ...]:
    (
        _pk, key, actor, issue, stance, summary, condition, said, earliest, latest, held,
        voice, first_hand, certainty, attributed_by, authority, speaker, event, document, note,
        suggested_by, suggestion, status, coder, coded_at, reviewer, reviewed_at, published_at,
    ) = row  # fmt: skip
    sources, articles, paragraphs, roles, words = (
        zip(*passages, strict=True) if passages else _NOTHING
    )
    return (
        key,
        *names.actors[actor],
        *names.issues[issue],
        *names.stances[stance],
        summary,
        condition,
        said,
        None if earliest == UNKNOWN_START else earliest,
        latest,
        held,
        voice,
        bool(first_hand),
        certainty,
        names.actors[attributed_by][0] if attributed_by else None,
        authority,
        names.actors[speaker][0] if speaker else None,
        names.events[event] if event else None,
        names.documents[document] if document else None,
        note,
        suggested_for_readers(suggested_by),
        suggestion,
        _DISPUTES in roles,
        status,
        names.people[coder] if coder else None,
        coded_at and _moment(coded_at),
        names.people[reviewer] if reviewer else None,
        reviewed_at and _moment(reviewed_at),
        published_at and _moment(published_at),
        sources,
        articles,
        paragraphs,
        roles,
        words,
        f"{home}{key}/",
    )


def _moment(value: datetime) -> datetime:
    """Return a moment with its zone, as SQLite keeps moments in UTC without saying so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
