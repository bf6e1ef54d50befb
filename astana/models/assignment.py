"""Assignments: who is to code which article, alone or independently of others."""

from functools import lru_cache
from typing import Self

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from astana.models.article import Article
from astana.models.coder import CodedBySomebody
from astana.models.dossier import Dossier
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.roles import Act, may
from astana.models.user import Reader, an_account


class AssignmentQuerySet(OfDossierQuerySet):
    """Assignments; coders see their own, reviewers all."""

    def visible_to(self, user: Reader, *, dossier: Dossier) -> Self:
        """Return the assignments of a dossier that a user may know of."""
        found = self.filter(dossier=dossier)
        if may(user, Act.REVIEW, dossier):
            return found
        return found.filter(coder=user) if may(user, Act.CODE, dossier) else found.none()

    def hidden_from(self, user: Reader) -> Self:
        """Return the assignments of others under which work is hidden from a user.

        Whoever takes part in a round sees nothing of what the others do in it until all have
        finished: neither their codings nor the traces of these.
        """
        return self.in_rounds_of(user).running().exclude(coder=user.pk)

    def hidden_pks(self, user: Reader) -> models.QuerySet:
        """Return the primary keys of all those, as a condition of other queries.

        Put together once for each user, as a page of the desk needs it several times; what it finds
        is looked for again with each query that it is part of.
        """
        return _hidden_pks(user.pk).all()

    def unfinished(self) -> Self:
        """Return those that are still being worked on."""
        return self.filter(finished_at=None)

    def in_rounds_of(self, user: Reader) -> Self:
        """Return the assignments of the rounds in which a user codes, the user's own included."""
        rounds = self.model.objects.filter(is_independent=True, coder=user.pk)
        return self.filter(is_independent=True, article__in=rounds.values("article"))

    def with_progress(self) -> Self:
        """Return them with how many positions were coded, and how many are still drafts."""
        drafts = Count("positions", filter=Q(positions__status="draft"))
        found = self.select_related("article__source", "coder", "pseudonym")
        return found.annotate(coded=Count("positions"), drafts=drafts)

    def running(self) -> Self:
        """Return those of rounds in which somebody has not finished."""
        rounds = self.model.objects.filter(is_independent=True).unfinished()
        return self.filter(is_independent=True, article__in=rounds.values("article"))


@lru_cache(maxsize=1_000)
def _hidden_pks(user: int | None) -> models.QuerySet:
    """Return the query for `hidden_pks`, which nobody may evaluate: it would keep what it found."""
    return Assignment.objects.hidden_from(get_user_model()(pk=user)).order_by().values("pk")


class Assignment(CodedBySomebody, OfDossier):
    """An article that a coder is to code, or a pseudonym has coded in a file.

    The independent assignments of an article make a round: its coders do not see each other's work
    until all of them have finished; then a curator settles the round.
    """

    dossier = its_dossier("assignments")
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("article")
    )
    coder = an_account("assignments", _("coder"))
    is_independent = models.BooleanField(
        _("independent"),
        default=False,
        help_text=_("The coder sees no other coder's work on the article until all have finished."),
    )
    assigned_by = an_account("assignments_given", _("assigned by"))
    created_at = models.DateTimeField(_("assigned"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = an_account("rounds_settled", _("settled by"))

    objects = AssignmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["article", "coder"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "coder"],
                name="assignment_once",
                violation_error_message=_("This article is already assigned to this coder."),
            ),
            models.UniqueConstraint(
                fields=["article", "pseudonym"], name="assignment_of_pseudonym_once"
            ),
            models.CheckConstraint(
                condition=Q(coder__isnull=False) | Q(pseudonym__isnull=False),
                name="assignment_of_somebody",
                violation_error_message=_("Choose who will code it."),
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(
                    is_independent=True,
                    finished_at__isnull=False,
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                ),
                name="assignment_settled_after_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article.slug}: {self.coded_by}"
