"""Assign articles to coders, alone or independently; finish, reopen, remove.

Who codes in a round decides nothing about it, or a reviewer could leave it, read the others, and
come back: only of the own assignment one may say that it is finished, or not yet.
"""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.actions.notices import notify, reviewers_of
from astana.actions.workflow import WrongStep
from astana.models import Article, Assignment, Dossier, Notice, Position, User
from astana.models.of_dossier import holding
from astana.models.roles import Act, may, require


@holding
def assign(
    *,
    dossier: Dossier,
    articles: Collection[Article],
    coders: Collection[User],
    is_independent: bool,
    by: User,
) -> list[Assignment]:
    """Assign each article to each coder who has it not yet, and tell the coders.

    All assignments of an article are independent, or none is. Raises WrongStep where an article is
    assigned in the other way, its round is settled, or `by` codes in it, and where a coder may
    have read what others have coded in it; nothing is assigned then.
    """
    require(by, Act.REVIEW, dossier)
    if not all(may(coder, Act.CODE, dossier) for coder in coders):
        raise PermissionDenied(
            _("Articles can only be assigned to people who may code in the dossier.")
        )
    if any(article.dossier_id != dossier.pk for article in articles):
        raise PermissionDenied(_("Assign articles of this dossier."))
    there_are = list(Assignment.objects.filter(article__in=articles).select_related("article"))
    for one in there_are:
        _refuse_unlike(one, is_independent=is_independent)
        _refuse_who_codes(one, by)
    known = {(one.article_id, one.coder_id) for one in there_are}
    made = [
        Assignment(
            dossier=dossier,
            article=article,
            coder=coder,
            is_independent=is_independent,
            assigned_by=by,
        )
        for article in articles
        for coder in coders
        if (article.pk, coder.pk) not in known
    ]
    if is_independent:
        _refuse_who_has_read(made)
    for one in made:
        one.save()
        notify([one.coder], Notice.Kind.ASSIGNED, dossier=dossier, by=by, article=one.article)
    return made


@holding
def finish(*, assignment: Assignment, by: User) -> Assignment:
    """Say that a coder is done with an article; the last of its coders brings in the reviewers."""
    _require_own(assignment, by)
    assignment.refresh_from_db()
    if assignment.coder_id != by.pk:
        _refuse_who_codes(assignment, by)
    if assignment.finished_at:
        return assignment
    assignment.finished_at = timezone.now()
    assignment.save()
    if not Assignment.objects.filter(article=assignment.article).unfinished().exists():
        notify(
            reviewers_of(assignment.dossier),
            Notice.Kind.FINISHED,
            dossier=assignment.dossier,
            by=by,
            article=assignment.article,
        )
    return assignment


def drafts_under(assignment: Assignment) -> int:
    """Return how many of the positions coded under an assignment are still drafts."""
    return assignment.positions.filter(status=Position.Status.DRAFT).count()


@holding
def reopen(*, assignment: Assignment, by: User) -> Assignment:
    """Let a coder go on with an article.

    Once all coders of a round have finished, the curator may have shown them each other's work:
    only a reviewer who has no part in it reopens then, and nobody once one of its codings is
    decided on, as its coders see that, or the round is settled.
    """
    _require_own(assignment, by)
    assignment.refresh_from_db()
    if assignment.settled_at:
        raise WrongStep(_("A curator has settled the codings of this article."))
    together = Assignment.objects.filter(article=assignment.article)
    is_over = assignment.is_independent and not together.unfinished().exists()
    if is_over and not may(by, Act.REVIEW, assignment.dossier):
        raise WrongStep(_("All coders have finished. Ask a reviewer to reopen your assignment."))
    if is_over or assignment.coder_id != by.pk:
        _refuse_who_codes(assignment, by)
    if assignment.is_independent:
        _refuse_what_is_decided(together)
    assignment.finished_at = None
    assignment.save()
    return assignment


@holding
def remove(*, assignment: Assignment, by: User) -> None:
    """Take an assignment back on which nothing has been done."""
    require(by, Act.REVIEW, assignment.dossier)
    assignment.refresh_from_db()
    _refuse_who_codes(assignment, by)
    if assignment.finished_at or assignment.positions.exists():
        raise WrongStep(
            _("The coder has already begun, so the assignment can no longer be removed.")
        )
    Notice.objects.filter(
        user=assignment.coder_id, kind=Notice.Kind.ASSIGNED, article=assignment.article_id
    ).unread().delete()
    assignment.delete()


def _require_own(assignment: Assignment, by: User) -> None:
    require(by, Act.CODE, assignment.dossier)
    if assignment.coder_id != by.pk and not may(by, Act.REVIEW, assignment.dossier):
        raise PermissionDenied(_("Only its coder or a reviewer may do this."))


def _refuse_unlike(assignment: Assignment, *, is_independent: bool) -> None:
    title = assignment.article.title
    if assignment.settled_at:
        raise WrongStep(
            _("The codings of “%(title)s” are settled. It cannot be assigned again.")
            % {"title": title}
        )
    if assignment.is_independent == is_independent:
        return
    if assignment.is_independent:
        raise WrongStep(
            _("“%(title)s” is coded independently. Assign it to others independently too.")
            % {"title": title}
        )
    raise WrongStep(
        _("“%(title)s” is assigned already, and not independently. Assign it in the same way.")
        % {"title": title}
    )


def _refuse_who_codes(assignment: Assignment, by: User) -> None:
    """Refuse to let a person decide about a round in which that person codes."""
    in_round = Assignment.objects.in_rounds_of(by).filter(pk=assignment.pk, settled_at=None)
    if in_round.exists():
        raise WrongStep(
            _("You are coding “%(title)s” independently yourself. Ask another reviewer to do this.")
            % {"title": assignment.article.title}
        )


def _refuse_what_is_decided(together: QuerySet[Assignment]) -> None:
    undecided = [Position.Status.DRAFT, Position.Status.SUBMITTED]
    if Position.objects.filter(assignment__in=together).exclude(status__in=undecided).exists():
        raise WrongStep(
            _(
                "Some codings of this article have been decided on, and coders who continued "
                "would see them. Decide on the others, then settle the round."
            )
        )


def _refuse_who_has_read(made: Collection[Assignment]) -> None:
    """Refuse coders who may have read what others have coded in a round that they would join."""
    reviewers = {one.coder for one in made if may(one.coder, Act.REVIEW, one.dossier)}
    for coder in reviewers:
        articles = [one.article_id for one in made if one.coder == coder]
        rounds = Assignment.objects.filter(article__in=articles, is_independent=True)
        begun = rounds.filter(positions__isnull=False).exclude(coder=coder)
        if one := begun.select_related("article").first():
            raise WrongStep(
                _("As a reviewer, %(coder)s may have read what others coded in “%(title)s”.")
                % {"coder": coder, "title": one.article.title}
            )
