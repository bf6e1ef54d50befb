"""Code passages: record positions, change what they say and on which passages they rest."""

from collections.abc import Sequence
from dataclasses import fields

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.actions.additions import Added, is_new_in
from astana.actions.coding import Coding
from astana.actions.workflow import (
    WrongStep,
    has_finished,
    next_key,
    require_edit,
    submit,
)
from astana.evidence.anchor import Passage
from astana.evidence.paragraphs import paragraph_at
from astana.models import Article, Assignment, Evidence, Position, Rendition, User
from astana.models.of_dossier import holding
from astana.models.revised import StaleRecord
from astana.models.roles import Act, require
from astana.models.summary import automatic_summary


@holding
def code_position(
    *,
    rendition: Rendition,
    passage: Passage,
    coding: Coding,
    by: User,
    is_submitted: bool = False,
) -> Position:
    """Record a draft that rests on a passage of a text, and hand it in if that is wanted.

    It belongs to the coder's open assignment on the article, if there is one. Raises
    ValidationError for what does not fit together.
    """
    article = rendition.article
    dossier = article.dossier
    require(by, Act.CODE, dossier)
    position = Position(
        dossier=dossier,
        key=next_key(dossier),
        status=Position.Status.DRAFT,
        coder=by,
        coded_at=timezone.now(),
        assignment=assignment_on(article, by=by),
    )
    _write(position, coding, by=by)
    _rest_on(position, rendition, passage, number=1)
    return submit(position=position, by=by) if is_submitted else position


@holding
def code_positions(
    *,
    rendition: Rendition,
    passage: Passage,
    codings: Sequence[Coding],
    by: User,
    is_submitted: bool = False,
) -> list[Position]:
    """Record a position for each of several codings of one passage, all or none.

    Something new that several of them name is added once.
    """
    # Where nothing is new, nobody asks under which assignment.
    is_new = any(map(is_new_in, codings))
    under = assignment_on(rendition.article, by=by) if is_new else None
    added = Added(rendition.article.dossier, by=by, under=under and under.pk)
    shared = {"rendition": rendition, "passage": passage, "by": by}
    return [
        code_position(coding=added.to(coding), is_submitted=is_submitted, **shared)
        for coding in codings
    ]


@holding
def change_position(
    *, position: Position, coding: Coding, by: User, is_submitted: bool = False
) -> Position:
    """Change what a position says, and hand it in if that is wanted.

    Raises PermissionDenied, ValidationError, and StaleRecord if somebody has changed it since it
    was read.
    """
    require_edit(by, position)
    _write(position, coding, by=by)
    return submit(position=position, by=by) if is_submitted else position


@holding
def add_passage(
    *, position: Position, rendition: Rendition, passage: Passage, by: User
) -> Evidence:
    """Let a position rest on one more passage of the article it was coded in."""
    require_edit(by, position)
    known = position.evidence.all()
    same = known.filter(position__revision=position.revision)
    if not same.filter(rendition__article=rendition.article_id).exists():
        _require_unchanged(position)
        raise WrongStep(_("This position rests on a different article."))
    here = Q(rendition=rendition, start=passage.start, end=passage.end)
    there = known.aggregate(last=Max("number"), same=Count("pk", filter=here))
    if there["same"]:
        raise WrongStep(_("The position already rests on this passage."))
    return _rest_on(position, rendition, passage, number=(there["last"] or 0) + 1)


@holding
def remove_passage(*, evidence: Evidence, by: User) -> None:
    """Take a passage from a position, which has to rest on another one."""
    position = evidence.position
    require_edit(by, position)
    _require_unchanged(position)
    if position.evidence.count() < 2:
        raise WrongStep(_("A position rests on at least one passage. Add another one first."))
    evidence.delete()


def _require_unchanged(position: Position) -> None:
    """Refuse to change the passages of what somebody has changed, or decided on, meanwhile."""
    if not Position.objects.filter(pk=position.pk, revision=position.revision).exists():
        raise StaleRecord(position)


def assignment_on(article: Article, *, by: User) -> Assignment | None:
    """Return the coder's open assignment on an article.

    Raises WrongStep where the coder has finished an independent one that is not settled: what came
    now would be seen by nobody who compares.
    """
    found = Assignment.objects.filter(article=article, coder=by).first()
    if found is None or found.settled_at:
        return None
    if found.finished_at and found.is_independent:
        raise WrongStep(has_finished())
    return None if found.finished_at else found


def _write(position: Position, coding: Coding, *, by: User) -> None:
    coding = Added(position.dossier, by=by, under=position.assignment_id).to(coding)
    for field in fields(coding):
        setattr(position, field.name, getattr(coding, field.name))
    position.summary = coding.summary or automatic_summary(
        actor=position.actor, issue=position.issue, stance=position.stance
    )
    position.full_clean(exclude=["dossier", "coder", "reviewer", "assignment", "settled_by"])
    position.save()


def _rest_on(
    position: Position, rendition: Rendition, passage: Passage, *, number: int
) -> Evidence:
    return Evidence.objects.create(
        position=position,
        number=number,
        rendition=rendition,
        start=passage.start,
        end=passage.end,
        exact=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
        paragraph=paragraph_at(rendition.paragraphs, passage.start),
    )
