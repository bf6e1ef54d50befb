"""Comments of those who work on a dossier, on its positions and articles."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from astana.models.article import Article
from astana.models.assignment import Assignment
from astana.models.dossier import Dossier
from astana.models.history import History
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.position import Position
from astana.models.roles import Act, dossiers_where, may
from astana.models.user import Reader, an_account


class CommentQuerySet(OfDossierQuerySet):
    """Comments; readers see none."""

    def visible_to(self, user: Reader, *, dossier: Dossier | None = None) -> Self:
        """Return the comments of a dossier, or of all, on what the user may see at the desk.

        Who codes an article independently does not read what the other coders say about it, or
        about a position that rests on it, until all have finished.
        """
        if dossier is None:
            found = self.filter(dossier__in=dossiers_where(user, Act.CODE).values("pk"))
        elif may(user, Act.CODE, dossier):
            found = self.filter(dossier=dossier)
        else:
            return self.none()
        positions = Position.objects.at_desk_of(user, dossier=dossier).order_by()
        about = Q(article=OuterRef("article"))
        about |= Q(article__renditions__evidence__position=OuterRef("position"))
        hidden = Assignment.objects.hidden_from(user).filter(about, coder=OuterRef("author"))
        at_desk = Q(position=None) | Exists(positions.filter(pk=OuterRef("position")))
        return found.filter(at_desk, ~Exists(hidden))


class Comment(OfDossier):
    """What a member says about a position or an article, open until somebody resolves it."""

    dossier = its_dossier("comments")
    position = models.ForeignKey(
        Position,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("position"),
    )
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("article"),
    )
    author = an_account("comments", _("author"), is_needed=True)
    text = models.TextField(_("comment"), max_length=4000)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = an_account("comments_resolved", _("resolved by"))

    objects = CommentQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(position__isnull=True, article__isnull=False)
                | Q(position__isnull=False, article__isnull=True),
                name="comment_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return f"{self._page()}#comment-{self.pk}"

    def _page(self) -> str:
        # What is not published has its page at the desk alone.
        if self.article:
            return self.article.get_absolute_url()
        if self.position.status == Position.Status.PUBLISHED:
            return self.position.get_absolute_url()
        return reverse("coding:position", args=[self.dossier.slug, self.position.key])
