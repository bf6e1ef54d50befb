"""What the records of a dossier were: every change that was kept, for those who work on it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import CASCADE, Exists, Model, OuterRef, Q, QuerySet, Subquery

from astana.models.actor import Actor, ActorName
from astana.models.affiliation import Affiliation
from astana.models.article import Article
from astana.models.assignment import Assignment
from astana.models.challenge import Challenge
from astana.models.comment import Comment
from astana.models.document import Document, Signature
from astana.models.dossier import Dossier
from astana.models.event import Event, Participation
from astana.models.evidence import Anchor, Evidence
from astana.models.in_passing import InPassing
from astana.models.issue import Issue, Stance
from astana.models.link import Link
from astana.models.looked_for import Examined, LookedFor
from astana.models.position import Position
from astana.models.record import Reader, Record
from astana.models.rendition import Rendition
from astana.models.roles import Act, may
from astana.models.source import Source

# What has a past that is shown, by its name in addresses, in the order in which it is offered:
# every kind of record, and what people say about records.
NOUNS: dict[str, type[Any]] = {
    model._meta.model_name: model
    for model in (
        Position,
        Evidence,
        Anchor,
        Link,
        Actor,
        ActorName,
        Affiliation,
        Issue,
        Stance,
        Article,
        Rendition,
        LookedFor,
        Source,
        Event,
        Participation,
        Document,
        Signature,
        Examined,
        Comment,
        Challenge,
    )
}

# Whole texts are not read with the changes: they are long, and they never change.
_LONG = {Rendition: ("text", "paragraphs")}


def number_of(record: Any) -> str:
    """Return the number of a record, or of a row of its history, as addresses have it.

    A key or a short name can look like a number, and never begins with this sign.
    """
    return f"~{getattr(record, 'id', record.pk)}"


def parts_of(model: type[Any]) -> list[tuple[type[Any], str]]:
    """Return the nouns that are deleted with one of this kind, and by which field."""
    return [
        (relation.related_model, relation.field.name)
        for relation in model._meta.related_objects
        if relation.on_delete is CASCADE and relation.related_model in NOUNS.values()
    ]


def past_of(model: type[Any], *, dossier: Dossier) -> QuerySet:
    """Return what the records of a kind were in a dossier, those that are gone included."""
    rows = model.history.all()
    name, *deeper = model.DOSSIER.split("__")
    if not deeper:
        return rows.filter(dossier=dossier)
    owners = past_of(model._meta.get_field(name).related_model, dossier=dossier)
    return rows.filter(**{f"{name}__in": owners.order_by().values("id")})


def readable_past(model: type[Any], *, user: Reader, dossier: Dossier) -> QuerySet:
    """Return what the records of a kind were, as far as a user may know.

    Coders and up read the past of what they see at the desk, and of what is public; of a position
    that is gone, the past is for its coder and for reviewers, unless it was published. Nobody
    reads there what an independent round still hides. The past of a comment is for those who may
    read the comment, that of a challenge for reviewers, as it names who wrote it; of one that is
    gone it is kept but not shown, as it may have been what must not stay.
    """
    rows = past_of(model, dossier=dossier)
    if not may(user, Act.CODE, dossier):
        return rows.none()
    if model is Position:
        return rows.filter(_is_known(user, dossier))
    if model is Comment:
        comments = Comment.objects.visible_to(user, dossier=dossier)
        return rows.filter(id__in=comments.order_by().values("pk"))
    if model is Challenge:
        there = Exists(Challenge.objects.filter(pk=OuterRef("id")))
        return rows.filter(there) if may(user, Act.REVIEW, dossier) else rows.none()
    if issubclass(model, InPassing):
        return rows.filter(_is_known_addition(model, user, dossier))
    if model is Link:
        # Who reads the past of one of the two positions alone is not told of the other.
        known = readable_past(Position, user=user, dossier=dossier).order_by().values("id")
        return rows.filter(position__in=known, to__in=known)
    if model in (Evidence, Anchor, ActorName):
        name = model.DOSSIER.split("__")[0]
        owner = model._meta.get_field(name).related_model
        owners = readable_past(owner, user=user, dossier=dossier).order_by().values("id")
        return rows.filter(**{f"{name}__in": owners})
    return rows


def _is_known(user: Reader, dossier: Dossier) -> Q:
    """Return the condition under which a user may know what a position was."""
    at_desk = Position.objects.at_desk_of(user, dossier=dossier).order_by().values("pk")
    is_gone = ~Exists(Position.objects.filter(pk=OuterRef("id")))
    was_public = Position.history.filter(id=OuterRef("id"), history_type="-", status="published")
    mine = Q(coder=user) | Exists(was_public)
    if may(user, Act.REVIEW, dossier):
        hidden = Assignment.objects.hidden_pks(user)
        mine |= Q(assignment=None) | ~Q(assignment__in=hidden)
    return Q(id__in=at_desk) | (Q(is_gone) & mine)


def _is_known_addition(model: type[InPassing], user: Reader, dossier: Dossier) -> Q:
    """Return the condition under which a user may know what an actor, issue and so on was."""
    at_desk = model.objects.at_desk_of(user, dossier=dossier).order_by().values("pk")
    is_gone = ~Exists(model.objects.filter(pk=OuterRef("id")))
    hidden = Assignment.objects.hidden_pks(user)
    known = Q(public=True) | Q(added_under=None) | ~Q(added_under__in=hidden)
    return Q(id__in=at_desk) | (Q(is_gone) & known)


def newest(
    sets: Iterable[QuerySet], *, most: int, before: datetime | None = None
) -> tuple[list[Model], bool]:
    """Return the newest changes of several kinds of record, and whether there are older ones.

    The newest come first. Each has `previous_id`, the change of the same record before it. Those
    of one moment stay together, so that there may be a few more than `most`. One query for each
    set.
    """
    found: list[Model] = []
    for rows in sets:
        earlier = rows.model._default_manager.filter(
            id=OuterRef("id"), history_id__lt=OuterRef("history_id")
        ).order_by("-history_id")
        rows = rows.defer(*_LONG.get(rows.model.instance_type, ()))
        if before:
            rows = rows.filter(history_date__lt=before)
        rows = rows.annotate(previous_id=Subquery(earlier.values("history_id")[:1]))
        rows = rows.select_related("history_user")
        found += rows.order_by("-history_date", "-history_id")[: most + 1]
    found.sort(key=lambda row: (row.history_date, row.history_id), reverse=True)
    while most < len(found) and found[most - 1].history_date == found[most].history_date:
        most += 1
    return found[:most], len(found) > most


def before_each(
    rows: Iterable[Model], *, kinds: Iterable[type[Any]]
) -> dict[tuple[type[Any], int], Model]:
    """Return what came before each change, by kind of record and number of the change.

    One query for each of the kinds that there can be, whether or not it has changes here.
    """
    wanted: dict[type[Any], list[int]] = {model: [] for model in kinds}
    for row in rows:
        wanted[row.instance_type].append(row.previous_id or 0)
    found = {}
    for model, numbers in wanted.items():
        # Never an empty list: Django would not ask, and pages are to ask the same each time.
        earlier = model.history.filter(history_id__in=[*numbers, 0])
        for row in earlier.defer(*_LONG.get(model, ())):
            found[model, row.history_id] = row
    return found


def last_of(model: type[Any], *, pk: int) -> Model | None:
    """Return the newest that is kept of a record, None if there never was one."""
    return model.history.filter(id=pk).order_by("-history_id").first()


# What follows from other fields by itself; it is neither shown nor reverted.
COMPUTED = {
    *("id", "dossier", "revision", "sort_name", "earliest", "latest", "first_hand", "public"),
    *("added_under", "published_at", "edited_at", "text", "paragraphs", "created_at", "pseudonym"),
}

# The work flow has its own steps and is never reverted, only what a record says.
WORK_FLOW = {
    *("status", "proposed", "reason", "coder", "coded_at", "reviewer", "reviewed_at"),
    *("assignment", "settled_by", "foreign_id", "suggested_by", "suggestion"),
}

# A text keeps its words, its number and its article for good.
_FOR_GOOD = {Rendition: {"version", "characters", "sha256", "article", "kind", "language"}}

# What has a meaning only together goes back together.
TOGETHER = (
    {"issue", "stance"},
    {"voice", "attributed_by", "authority"},
    {"event", "per_event"},
    {"rendition", "start", "end", "exact", "prefix", "suffix", "paragraph", "sha256", "health"},
)


def values_of(row: Model) -> dict[str, object]:
    """Return what a record says, or a change made it say, by the names of its fields."""
    model = getattr(row, "instance_type", type(row))
    names = [field.name for field in model._meta.concrete_fields]
    shown = [name for name in names if name not in COMPUTED]
    return {name: getattr(row, model._meta.get_field(name).attname) for name in shown}


def changed_fields(before: Model, after: Model) -> list[str]:
    """Return the names of the fields that a change gave another value."""
    old, new = values_of(before), values_of(after)
    return [name for name, value in new.items() if old[name] != value]


def revertible_fields(before: Model, after: Model) -> list[str]:
    """Return the names of the fields that go back when a change is reverted; of records alone.

    Fields that have a meaning only together come together, as soon as one of them has changed.
    """
    model = after.instance_type
    if not issubclass(model, Record):
        return []
    fixed = WORK_FLOW | _FOR_GOOD.get(model, set())
    changed = set(changed_fields(before, after)) - fixed
    for group in TOGETHER:
        if changed & group:
            changed |= group
    return [name for name in values_of(after) if name in changed and name not in fixed]
