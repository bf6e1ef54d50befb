"""What a coder has typed for a passage and not saved yet, so that it is not lost."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from astana.models.article import Article
from astana.models.dossier import Dossier
from astana.models.of_dossier import OfDossier, OfDossierQuerySet
from astana.models.rendition import Rendition

if TYPE_CHECKING:
    from astana.models.record import Reader

LONGEST_TYPED = 20_000
MOST_OF_ONE_CODER = 100
LONGEST_FORM = 32


class UnfinishedQuerySet(OfDossierQuerySet):
    """What was typed and not saved; nobody sees that of others."""

    def of_user(self, user: "Reader") -> Self:
        """Return what a user has typed in texts that the user may still read."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user, rendition__in=Rendition.objects.visible_to(user))

    def in_article(self, article: Article) -> Self:
        """Return what was typed for passages of an article."""
        return self.filter(rendition__article=article)


class Unfinished(OfDossier):
    """What one form holds for a passage of a text. It is no record, and has no history.

    `form` is a random name of the form, so that two tabs never write over each other; `typed` is
    JSON, the values by the names of the fields.
    """

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="+", verbose_name=_("dossier")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="unfinished",
        verbose_name=_("coder"),
    )
    rendition = models.ForeignKey(
        Rendition, on_delete=models.CASCADE, related_name="+", verbose_name=_("text")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    form = models.CharField(_("form"), max_length=LONGEST_FORM)
    typed = models.TextField(_("what was typed"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    kept_at = models.DateTimeField(_("kept"))

    objects = UnfinishedQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-id"]
        verbose_name = _("unfinished coding")
        verbose_name_plural = _("unfinished codings")
        constraints = [
            models.UniqueConstraint(fields=["user", "form"], name="unfinished_once_for_a_form"),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="unfinished_has_a_passage"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("typed"), LONGEST_TYPED),
                name="unfinished_is_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.start}–{self.end}"
