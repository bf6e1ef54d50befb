"""A comparison that a user keeps, with a title and a note, in private or by link."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from astana.models.dossier import Dossier
from astana.models.name_field import NameField
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.user import Reader, an_account

MOST_OF_ONE_USER = 200


def new_token() -> str:
    """Return a token that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


class SavedComparisonQuerySet(OfDossierQuerySet):
    """Saved comparisons; of a dossier that one may not see, one sees none."""

    def visible_to(self, user: Reader) -> Self:
        """Return those that this user may open: their own, and those by link."""
        by_link = Q(visibility=SavedComparison.Visibility.LINK)
        mine = Q(user=user) if user.is_authenticated else Q()
        return self.filter(by_link | mine if mine else by_link).filter(
            dossier__in=Dossier.objects.visible_to(user)
        )

    def of_user(self, user: Reader) -> Self:
        """Return a user's own, of dossiers that the user may still see."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user, dossier__in=Dossier.objects.visible_to(user))


class SavedComparison(OfDossier):
    """A selection of the compare page that a user keeps.

    `query` is the query string of the compare page without the question mark. It is no record of
    the dossier: saving one leaves the dossier's version as it is.
    """

    class Visibility(models.TextChoices):
        """Who may open it."""

        PRIVATE = "private", _("for me alone")
        LINK = "link", _("for whoever has the link")

    dossier = its_dossier("saved_comparisons")
    user = an_account("saved_comparisons", _("user"), on_delete=models.CASCADE, is_needed=True)
    title = NameField(_("title"), max_length=120)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    query = models.TextField(_("selection"), max_length=16_000)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SavedComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        verbose_name = _("saved comparison")
        verbose_name_plural = _("saved comparisons")
        indexes = [models.Index(fields=["user", "-updated_at"], name="saved_comparison_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=["private", "link"]),
                name="saved_comparison_visibility_known",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("comparisons:detail", args=[self.token])

    @property
    def compare_url(self) -> str:
        """The address of the comparison itself."""
        return f"{reverse('compare:matrix', args=[self.dossier.slug])}?{self.query}"
