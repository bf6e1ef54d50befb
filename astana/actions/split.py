"""Split an actor or an issue in two: some of what names it names a new one instead."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from astana.actions.journal import Journal, Refused, all_or_nothing, both_now, check, label_of
from astana.actions.merge import NAMES_AN_ACTOR
from astana.models import Actor, Affiliation, Issue, Merge, Position, User
from astana.models.short_names import free_among


@all_or_nothing
def split_actor(
    *, actor: Actor, name: str, slug: str, rows: Collection[tuple[str, int, str]], by: User
) -> Merge:
    """Make a new actor of the same kind, and let some of what names the old one name it instead.

    `rows` are (model, primary key, field), such as ("position", 7, "speaker").
    """
    actor, _same = both_now(actor, actor, by=by)
    new = Actor(dossier=actor.dossier, slug=slug, name=name, kind=actor.kind, part_of=actor.part_of)
    new.public, new.proposed = actor.public, actor.proposed
    new.added_under_id = actor.added_under_id
    merge, journal = _split(actor, new, noun="actor", by=by)
    for model, names in NAMES_AN_ACTOR.items():
        for field_name in names:
            asked = [pk for label, pk, at in rows if (label, at) == (label_of(model), field_name)]
            named = model._default_manager.filter(pk__in=asked, **{field_name: actor.pk})
            pks = list(named.values_list("pk", flat=True))
            journal.move(model, pks, **{f"{field_name}_id": new.pk})
    if Affiliation.objects.filter(person=models.F("body")).exists():
        raise Refused(_("Nobody can be affiliated with themselves."))
    if not merge.moved:
        raise Refused(_("Choose what goes to the new actor."))
    merge.save()
    return merge


@all_or_nothing
def split_issue(
    *, issue: Issue, title: str, slug: str, question: str, positions: Collection[int], by: User
) -> Merge:
    """Make a new issue with the same stances, and let some positions be positions on it."""
    issue, _same = both_now(issue, issue, by=by)
    new = Issue(
        dossier=issue.dossier,
        slug=slug,
        title=title,
        question=question,
        kind=issue.kind,
        scale=issue.scale,
        event=issue.event,
        per_event=issue.per_event,
        group=issue.group,
        order=issue.order,
    )
    new.public, new.proposed = issue.public, issue.proposed
    new.added_under_id = issue.added_under_id
    merge, journal = _split(issue, new, noun="issue", by=by)
    for stance in issue.stances.all():
        copy = stance.copied(
            issue=new,
            public=stance.public,
            proposed=stance.proposed,
            added_under_id=stance.added_under_id,
        )
        journal.make(copy)
        chosen = stance.positions.filter(pk__in=positions).values_list("pk", flat=True)
        journal.move(Position, list(chosen), issue_id=new.pk, stance_id=copy.pk)
    if not merge.moved:
        raise Refused(_("Choose the positions that go to the new issue."))
    merge.save()
    return merge


def _split(whole: Any, new: Any, *, noun: str, by: User) -> tuple[Merge, Journal]:
    others = type(whole).objects.of(whole.dossier)
    new.slug = new.slug or free_among(others, str(new), nothing=noun)
    check(new, exclude=[])
    merge = Merge(
        dossier=whole.dossier, kind="split", noun=noun, kept=whole.slug, other=new.slug, by=by
    )
    journal = Journal(merge)
    journal.make(new)
    return merge, journal
