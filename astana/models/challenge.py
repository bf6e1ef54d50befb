"""Challenges: a reader says that a passage does not say what a position makes of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from astana.models.history import History
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.position import Position
from astana.models.user import Reader, an_account


class ChallengeQuerySet(OfDossierQuerySet):
    """Challenges of published positions."""

    def visible_to(self, user: Reader) -> Self:
        """Return the challenges of the positions that a user may read.

        An open one is known to readers as such; its words are for reviewers until it is answered.
        """
        return self.filter(position__in=Position.objects.visible_to(user).order_by().values("pk"))

    def open(self) -> Self:
        """Return those that nobody has answered."""
        return self.filter(status=Challenge.Status.OPEN)

    def waiting(self) -> Self:
        """Return those that nobody has answered, the oldest first."""
        return self.open().order_by("created_at", "pk")

    def answered(self) -> Self:
        """Return those that were answered, the last one first."""
        answered_last = F("answered_at").desc(nulls_last=True)
        return self.exclude(status=Challenge.Status.OPEN).order_by(answered_last, "-pk")


class Challenge(OfDossier):
    """A reader's objection to a published position, with its public answer.

    No personal data is asked for; `reader` is set for those who are signed in.
    """

    class Kind(models.TextChoices):
        """What the reader says."""

        MISREAD = "misread", _("The passage does not say that")
        SOURCE_ERROR = "source-error", _("The source itself is in error")

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DECLINED = "declined", _("declined")

    dossier = its_dossier("challenges")
    position = models.ForeignKey(
        Position, on_delete=models.CASCADE, related_name="challenges", verbose_name=_("position")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.MISREAD)
    text = models.TextField(_("objection"), max_length=2000)
    reader = an_account("challenges", _("reader"), on_delete=models.SET_NULL)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = an_account("challenges_answered", _("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = ChallengeQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        indexes = [models.Index(fields=["dossier", "status"], name="challenge_of_dossier")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(status="open", answer="")
                    & Q(answered_at__isnull=True, answered_by__isnull=True)
                )
                | (
                    Q(status__in=["upheld", "declined"], answered_at__isnull=False)
                    & Q(answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="challenge_answered_or_open",
                violation_error_message=_("Write an answer: readers will see it."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["misread", "source-error"]), name="challenge_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position.key}: {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return f"{self.position.get_absolute_url()}#challenge-{self.pk}"
