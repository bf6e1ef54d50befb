"""A class that reads one comparison blind: a join code, and what its pupils guessed."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from astana.models.dossier import Dossier
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.user import Reader, an_account

LASTS = timedelta(hours=8)
MOST_PUPILS = 200
MOST_OF_ONE_TEACHER = 10
# Without vowels no code is a word, and none of these looks like another one or like a digit.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def new_code() -> str:
    """Return a code that nobody guesses in the hours it lasts: one of 25 thousand million."""
    return "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))


def plain_code(typed: str) -> str:
    """Return a code as it is stored, from however somebody typed it."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())[: CODE_LENGTH + 1]


def _expiry() -> datetime:
    return timezone.now() + LASTS


class ClassQuerySet(OfDossierQuerySet):
    """Classes; one that has expired is as good as deleted."""

    def open(self) -> Self:
        """Return the classes that have not expired, of dossiers that are public still."""
        public = Dossier.objects.visible_to(AnonymousUser())
        return self.filter(expires_at__gt=timezone.now(), dossier__in=public)

    def expired(self) -> Self:
        """Return the classes whose time is over."""
        return self.filter(expires_at__lte=timezone.now())

    def of_user(self, user: Reader) -> Self:
        """Return the classes that a user opened."""
        return self.filter(user=user.pk)


class Class(OfDossier):
    """A blind reading that a teacher opened to whoever has its code, for some hours.

    `blind` is the token of what is read. It is no record: it goes with all that was guessed.
    """

    dossier = its_dossier("classes")
    user = an_account("classes", _("teacher"), on_delete=models.CASCADE, is_needed=True)
    code = models.CharField(
        _("join code"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False
    )
    blind = models.TextField(_("blind reading"), max_length=8000)
    created_at = models.DateTimeField(_("opened"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), default=_expiry)

    objects = ClassQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("class")
        verbose_name_plural = _("classes")

    def __str__(self) -> str:
        return self.written_code

    def get_absolute_url(self) -> str:
        return reverse("classes:detail", args=[self.code])

    @property
    def written_code(self) -> str:
        """The code as it is easy to read out: in two groups."""
        return f"{self.code[:4]}-{self.code[4:]}"


class Pupil(OfDossier):
    """A browser in a class, by a random number and nothing else, and what was guessed in it.

    `guesses` has the short name of an actor for each letter that one was guessed for.
    """

    DOSSIER = "group__dossier"

    group = models.ForeignKey(
        Class, on_delete=models.CASCADE, related_name="pupils", verbose_name=_("class")
    )
    token = models.CharField(_("random number"), max_length=32, editable=False)
    guesses = models.JSONField(_("guesses"), default=dict)

    objects = OfDossierQuerySet.as_manager()

    class Meta:
        ordering = ["group", "id"]
        verbose_name = _("pupil")
        verbose_name_plural = _("pupils")
        constraints = [
            models.UniqueConstraint(fields=["group", "token"], name="pupil_once_in_a_class")
        ]

    def __str__(self) -> str:
        return self.token
