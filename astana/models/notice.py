"""Notices: what concerns a person, shown on the site and, if wanted, sent by e-mail."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from astana.models.article import Article
from astana.models.challenge import Challenge
from astana.models.comment import Comment
from astana.models.dossier import Dossier
from astana.models.kept_statements import rows_of
from astana.models.of_dossier import OfDossier, OfDossierQuerySet
from astana.models.position import Position
from astana.models.roles import Act, dossiers_where, standing
from astana.models.user import Reader


class NoticeQuerySet(OfDossierQuerySet):
    """Notices; what one may not see any more, or not yet, one is told nothing of."""

    def visible_to(self, user: Reader) -> Self:
        """Return the notices of a user that are about what the user may see now."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user).tellable_to(user)

    def tellable_to(self, user: Reader) -> Self:
        """Return the notices, whosever they are, that are about what a user may see now."""
        positions = Position.objects.at_desk_of(user).order_by().filter(pk=OuterRef("position"))
        comments = Comment.objects.visible_to(user).order_by().filter(pk=OuterRef("comment"))
        return self.at_desks_of(user).filter(
            _ABOUT_NO_POSITION | Exists(positions), _ABOUT_NO_COMMENT | Exists(comments)
        )

    def at_desks_of(self, user: Reader) -> Self:
        """Return the notices of dossiers in which a user may have notices of their kind."""
        desks = Q(dossier__in=dossiers_where(user, Act.CODE).values("pk"))
        if user.is_authenticated:
            seen = Dossier.objects.visible_to(user).values("pk")
            desks |= Q(kind__in=FOR_READERS, dossier__in=seen)
        return self.filter(desks)

    def unread(self) -> Self:
        """Return those that the user has not read."""
        return self.filter(read_at=None)


class NoticeManager(models.Manager.from_queryset(NoticeQuerySet)):
    """Notices, and how many of them wait for a person."""

    def count_unread(self, user: Reader) -> int:
        """Return how many unread notices a user may be told of.

        Every page asks for it, and it is dear to ask what may be seen of positions and comments:
        that is asked only where an unread notice is about one.
        """
        if not user.is_authenticated:
            return 0

        def at_desks() -> NoticeQuerySet:
            plain = Count("pk", filter=Q(_ABOUT_NO_POSITION, _ABOUT_NO_COMMENT))
            found = self.filter(user=user).unread().at_desks_of(user).order_by()
            return found.values("kind").annotate(number=Count("pk"), plain=plain)

        def told() -> NoticeQuerySet:
            found = self.filter(user=user).unread().tellable_to(user).order_by()
            return found.values("kind").annotate(number=Count("pk"))

        who = standing(user)
        counts = rows_of(at_desks, "notices at desks", *who)
        if any(number != plain for _kind, number, plain in counts):
            counts = rows_of(told, "notices told", *who)
        return sum(number for _kind, number, *_plain in counts)


class Notice(OfDossier):
    """That something happened which concerns a person."""

    class Kind(models.TextChoices):
        """What happened."""

        SUBMITTED = "submitted", _("submitted a position")
        PUBLISHED = "published", _("published your position")
        REJECTED = "rejected", _("rejected your position")
        COMMENTED = "commented", _("commented")
        ASSIGNED = "assigned", _("assigned an article to you")
        FINISHED = "finished", _("All coders of an article have finished")
        SETTLED = "settled", _("settled the codings of an article")
        CHALLENGED = "challenged", _("A reader challenges a position")
        ANSWERED = "answered", _("answered your challenge")
        ROLE = "role", _("changed your role")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    position = models.ForeignKey(Position, on_delete=models.CASCADE, null=True, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="+")
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # When it was in a digest; what was still hidden then is in a later one.
    digested_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeManager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["user", "read_at", "-created_at"], name="notice_of_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """Return where one sees what the notice is about; no query where all of it is loaded."""
        dossier, position, article = self.dossier, self.position, self.article
        for record in (position, article, self.comment, self.challenge):
            if record:
                record.dossier = dossier
        match self.kind:
            case self.Kind.SUBMITTED if position:
                return f"{reverse('review:index', args=[dossier.slug])}?position={position.key}"
            case self.Kind.CHALLENGED if self.challenge:
                return reverse("challenges:answer", args=[dossier.slug, self.challenge.pk])
            case _ if self.comment:
                self.comment.position, self.comment.article = position, article
                return self.comment.get_absolute_url()
            case self.Kind.ANSWERED if position:
                return self._page_of_answer()
            case self.Kind.ASSIGNED if article:
                return reverse("codings:article", args=[dossier.slug, article.slug])
            case self.Kind.FINISHED if article:
                return f"{reverse('assignments:index', args=[dossier.slug])}?q={article.slug}"
            case self.Kind.SETTLED if article:
                return reverse("rounds:detail", args=[dossier.slug, article.slug])
        if position and position.status == Position.Status.PUBLISHED:
            return position.get_absolute_url()
        if position:
            return reverse("coding:position", args=[dossier.slug, position.key])
        return dossier.get_absolute_url()

    def _page_of_answer(self) -> str:
        """Return the place of an answer, which a withdrawn position keeps if the answer upholds."""
        position, challenge = self.position, self.challenge
        is_upheld = position.published_at and challenge.status == Challenge.Status.UPHELD
        if position.status != Position.Status.PUBLISHED and not is_upheld:
            return self.dossier.get_absolute_url()
        challenge.position = position
        return challenge.get_absolute_url()


# All other notices are for those who work on the dossier.
FOR_READERS = (Notice.Kind.ANSWERED, Notice.Kind.ROLE)

# An answer is the reader's who asked for it; it says nothing of the position.
_ABOUT_NO_POSITION = Q(position=None) | Q(kind=Notice.Kind.ANSWERED)
_ABOUT_NO_COMMENT = Q(comment=None)
