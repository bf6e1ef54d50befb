"""Merge two actors, issues and so on into one: everything that names one names the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from astana.actions.journal import Journal, Refused, all_or_nothing, both_now, refuse_dangling
from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Examined,
    Issue,
    LookedFor,
    Merge,
    Participation,
    Position,
    SavedComparison,
    Signature,
    Stance,
    User,
)
from astana.models.in_passing import InPassing
from astana.models.merge import with_names
from astana.models.record import still_proposed
from astana.models.summary import typed_in

# By which fields something names an actor; a test holds that there are no others.
NAMES_AN_ACTOR: dict[type[models.Model], tuple[str, ...]] = {
    Position: ("actor", "attributed_by", "speaker"),
    ActorName: ("actor",),
    Affiliation: ("person", "body"),
    Participation: ("actor",),
    Signature: ("actor",),
    Actor: ("part_of",),
}

# What the database lets be there once.
_ONCE: dict[type[models.Model], tuple[str, ...]] = {
    ActorName: ("actor_id", "name", "language"),
    Affiliation: ("person_id", "body_id", "role", "start"),
    Participation: ("event_id", "actor_id", "role"),
    Signature: ("document_id", "actor_id"),
}

# A name whose language nobody has said (ISO 639-2).
UNDETERMINED = "und"


@dataclass
class Preview:
    """What a merge would do: counts of what follows by kind, what is dropped, what forbids it.

    `typed` are key and summary of the positions that follow and whose summary does not.
    """

    moves: list[tuple[str, int]] = field(default_factory=list)
    drops: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    typed: list[tuple[str, str]] = field(default_factory=list)


def preview_actors(*, kept: Actor, other: Actor, by: User) -> Preview:
    """Return what merging one actor into another would do.

    Of positions it counts and names those that a person may see; a merge moves all.
    """
    found = Preview(problems=_problems(kept, other))
    if found.problems:
        return found
    if other.pk in _chain(kept) or kept.pk in _chain(other):
        found.problems.append(
            _("One is part of the other. If they are the same, empty “part of” first.")
        )
    pair = [kept.pk, other.pk]
    both = Position.objects.filter(actor__in=pair, attributed_by__in=pair)
    seen = Position.objects.at_desk_of(by, dossier=kept.dossier)
    if keys := list((both & seen).order_by("key").values_list("key", flat=True)[:10]):
        found.problems.append(
            _("One attributes positions to the other: %(keys)s. Correct or reject these first.")
            % {"keys": ", ".join(keys)}
        )
    elif both.exists():
        found.problems.append(_("A round is running. Try again when it is settled."))
    for model, names in NAMES_AN_ACTOR.items():
        moves, drops = _sorted_out(model, names, kept=kept, other=other)
        if model is Position:
            moves = seen.filter(_naming(names, other))
        if number := len(moves):
            found.moves.append((str(model._meta.verbose_name_plural), number))
        found.drops += [f"{model._meta.verbose_name}: {row}" for row in drops]
    found.typed = typed_in(seen.filter(actor=other))
    return found


def preview_issues(*, kept: Issue, other: Issue, by: User) -> Preview:
    """Return what merging one issue into another would do, as `preview_actors` does."""
    found = Preview(problems=_problems(kept, other))
    if not found.problems and kept.kind != other.kind:
        found.problems.append(_("One asks what should be, and the other is a disputed fact."))
    if not found.problems and _asks(kept) != _asks(other):
        found.problems.append(
            _(
                "They ask in different ways: about different events, or on different scales. Make "
                "them the same first."
            )
        )
    follow = Position.objects.at_desk_of(by, dossier=kept.dossier).filter(issue=other)
    if number := follow.count():
        found.moves = [(str(Position._meta.verbose_name_plural), number)]
        found.typed = typed_in(follow)
    return found


@all_or_nothing
def merge_actors(*, kept: Actor, other: Actor, by: User) -> Merge:
    """Let all that names one actor name the other instead, and keep its name as a further name.

    Raises Refused, with nothing done, where the two cannot be one.
    """
    kept, other = both_now(kept, other, by=by)
    _refuse(preview_actors(kept=kept, other=other, by=by))
    merge = Merge(
        dossier=kept.dossier, kind="merge", noun="actor", kept=kept.slug, other=other.slug, by=by
    )
    journal = Journal(merge)
    for model, names in NAMES_AN_ACTOR.items():
        moves, drops = _sorted_out(model, names, kept=kept, other=other)
        for row in drops:
            journal.drop(row)
        for name in names:
            named = [row.pk for row in moves if getattr(row, f"{name}_id") == other.pk]
            journal.move(model, named, **{f"{name}_id": kept.pk})
    if other.public:
        # Its old addresses lead to the one that stays.
        Actor.objects.filter(pk=kept.pk).show()
    refuse_dangling(other)
    journal.drop(other)
    known = {kept.name, *kept.names.values_list("name", flat=True)}
    if other.name not in known:
        journal.make(ActorName(actor=kept, name=other.name, language=UNDETERMINED))
    _rename_in_comparisons(journal, noun="actor", old=other.slug, new=kept.slug)
    merge.save()
    return merge


@all_or_nothing
def merge_named(*, kept: InPassing, other: InPassing, by: User) -> Merge:
    """Let all that names one event, document or stance of an issue name another one instead.

    Raises Refused, with nothing done, where the two cannot be one.
    """
    kept, other = both_now(kept, other, by=by)
    if problems := _problems(kept, other):
        raise Refused(" ".join(problems))
    names = {"noun": other._meta.model_name, "kept": kept.slug, "other": other.slug}
    merge = Merge(dossier=kept.belongs_to(), kind="merge", by=by, **names)
    journal = Journal(merge)
    for relation in other._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        pks = list(model._default_manager.filter(**{name: other}).values_list("pk", flat=True))
        journal.move(model, pks, **{f"{name}_id": kept.pk})
    journal.drop(other)
    merge.save()
    return merge


@all_or_nothing
def merge_issues(
    *, kept: Issue, other: Issue, stances: Mapping[int, int | None], by: User
) -> Merge:
    """Let all positions on one issue be positions on the other.

    `stances` maps each stance of the issue that goes to one of the issue that stays; None adds it
    there. Raises Refused, with nothing done, where the two cannot be one.
    """
    kept, other = both_now(kept, other, by=by)
    _refuse(preview_issues(kept=kept, other=other, by=by))
    known = {stance.pk: stance for stance in kept.stances.all()}
    leaving = list(other.stances.all())
    if any(stance.pk not in stances for stance in leaving) or not {
        pk for pk in stances.values() if pk is not None
    } <= set(known):
        raise Refused(_("For each stance, choose the stance of the other issue that it becomes."))
    merge = Merge(
        dossier=kept.dossier, kind="merge", noun="issue", kept=kept.slug, other=other.slug, by=by
    )
    journal = Journal(merge)
    for stance in leaving:
        target = known.get(stances[stance.pk]) or _add_stance(journal, stance, to=kept)
        positions = list(stance.positions.values_list("pk", flat=True))
        journal.move(Position, positions, issue_id=kept.pk, stance_id=target.pk)
        refuse_dangling(stance)
        journal.drop(stance)
    for model in (LookedFor, Examined):
        _keep_where_both(journal, model, kept=kept, other=other)
    refuse_dangling(other)
    journal.drop(other)
    _rename_in_comparisons(journal, noun="issue", old=other.slug, new=kept.slug)
    merge.save()
    return merge


def _asks(issue: Issue) -> tuple[str, int | None, bool]:
    return issue.scale, issue.event_id, issue.per_event


def _keep_where_both(
    journal: Journal, model: type[models.Model], *, kept: Issue, other: Issue
) -> None:
    """Let an article, or a document, count as searched only where it was for both issues."""
    owner = "article_id" if model is LookedFor else "document_id"
    rows = list(model._default_manager.filter(issue__in=[kept, other]))
    both = {getattr(row, owner) for row in rows if row.issue_id == other.pk}
    for row in rows:
        if row.issue_id == other.pk or getattr(row, owner) not in both:
            journal.drop(row)


def _problems(kept: InPassing, other: InPassing) -> list[str]:
    if kept.pk == other.pk:
        return [_("Choose two different ones.")]
    if kept.dossier_pk() != other.dossier_pk():
        return [_("They belong to different dossiers.")]
    if isinstance(kept, Stance) and kept.issue_id != other.issue_id:
        return [_("They are stances on different issues.")]
    if kept.proposed and other.public:
        return [still_proposed([kept])]
    return []


def _refuse(preview: Preview) -> None:
    if preview.problems:
        raise Refused(" ".join(preview.problems))


def _chain(actor: Actor) -> set[int]:
    """Return the wholes that an actor is part of."""
    found: set[int] = set()
    whole = actor.part_of
    while whole and whole.pk not in found:
        found.add(whole.pk)
        whole = whole.part_of
    return found


def _sorted_out(
    model: type[models.Model], names: tuple[str, ...], *, kept: Actor, other: Actor
) -> tuple[list[Any], list[Any]]:
    """Return the rows that follow into a merge, and those that would be there twice."""
    rows = model._default_manager.order_by("pk")

    if model not in _ONCE:
        return list(rows.filter(_naming(names, other))), []
    taken = {
        tuple(getattr(row, name) for name in _ONCE[model])
        for row in rows.filter(_naming(names, kept))
    }
    moves, drops = [], []
    for row in rows.filter(_naming(names, other)):
        here = tuple(
            kept.pk if value == other.pk and name.removesuffix("_id") in names else value
            for name, value in ((name, getattr(row, name)) for name in _ONCE[model])
        )
        is_of_itself = model is Affiliation and here[0] == here[1]
        (drops if here in taken or is_of_itself else moves).append(row)
        taken.add(here)
    return moves, drops


def _naming(fields: tuple[str, ...], actor: Actor) -> Q:
    """Return the condition that one of the fields names an actor."""
    condition = Q()
    for name in fields:
        condition |= Q(**{name: actor.pk})
    return condition


def _add_stance(journal: Journal, stance: Stance, *, to: Issue) -> Stance:
    """Add a stance of one issue to another, and return it."""
    taken = set(to.stances.values_list("slug", flat=True))
    names = (stance.slug, *(f"{stance.slug[:76]}-{number}" for number in range(2, len(taken) + 3)))
    last = max(to.stances.values_list("order", flat=True), default=0)
    added = stance.copied(
        issue=to,
        slug=next(name for name in names if name not in taken),
        value=None if to.is_nominal else stance.value,
        order=last + 1,
        # What comes with a proposal is one.
        public=stance.public and stance.issue.public,
        proposed=stance.proposed or stance.issue.proposed,
        added_under_id=stance.added_under_id or stance.issue.added_under_id,
    )
    journal.make(added)
    return added


def _rename_in_comparisons(journal: Journal, *, noun: str, old: str, new: str) -> None:
    """Let saved comparisons name what stays."""
    saved = SavedComparison.objects.filter(dossier=journal.merge.dossier_id, query__contains=old)
    for pk, query in saved.values_list("pk", "query"):
        renamed = with_names(query, {(noun, old): new})
        if renamed != with_names(query, {}):
            journal.move(SavedComparison, [pk], query=renamed)
