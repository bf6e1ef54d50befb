"""What a coder has typed for a passage or a position and not saved yet, so that it is not lost."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from astana.models.article import Article
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.position import Position
from astana.models.rendition import Rendition
from astana.models.user import Reader, an_account

LONGEST_TYPED = 20_000
MOST_OF_ONE_CODER = 100
LONGEST_FORM = 32


class UnfinishedQuerySet(OfDossierQuerySet):
    """What was typed and not saved; nobody sees that of others."""

    def of_user(self, user: Reader) -> Self:
        """Return what a user has typed; of texts, only what is for those they may still read.

        Whoever asks for what was typed for a position knows that the user may change it.
        """
        if not user.is_authenticated:
            return self.none()
        readable = Q(rendition__in=Rendition.objects.visible_to(user))
        return self.filter(readable | Q(position__isnull=False), user=user)

    def in_article(self, article: Article) -> Self:
        """Return what was typed for passages of an article."""
        return self.filter(rendition__article=article)

    def of_position(self, position: Position) -> Self:
        """Return what was typed to change a position."""
        return self.filter(position=position)


class Unfinished(OfDossier):
    """What one form holds for a passage of a text, or for a position that is changed.

    It is no record, and has no history.

    `form` is a random name of the form, so that two tabs never write over each other; `typed` is
    JSON, the values by the names of the fields.
    """

    dossier = its_dossier("+")
    user = an_account("unfinished", _("coder"), on_delete=models.CASCADE, is_needed=True)
    rendition = models.ForeignKey(
        Rendition, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("text")
    )
    start = models.PositiveIntegerField(_("start"), null=True)
    end = models.PositiveIntegerField(_("end"), null=True)
    position = models.ForeignKey(
        Position, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("position")
    )
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
                condition=Q(rendition__isnull=False, position=None, start__lt=F("end"))
                | Q(position__isnull=False, rendition=None, start=None, end=None),
                name="unfinished_is_for_one_thing",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("typed"), LONGEST_TYPED),
                name="unfinished_is_bounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.position or f'{self.start}–{self.end}'}"
