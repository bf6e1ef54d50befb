"""Invitations: how a person becomes a member of a dossier."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from astana.models.dossier import Dossier, Membership
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.user import an_account

VALID_FOR = timedelta(days=14)


def _expiry() -> datetime:
    return timezone.now() + VALID_FOR


class InvitationQuerySet(OfDossierQuerySet):
    """Invitations; an open one can still be accepted."""

    def open(self) -> Self:
        """Return the invitations that can still be accepted."""
        now = timezone.now()
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)

    def of(self, dossier: Dossier) -> Self:
        """Return the invitations into a dossier."""
        return self.filter(dossier=dossier)

    def by_token(self, token: str) -> Self:
        """Return the invitation that a link leads to."""
        return self.filter(token_sha256=sha256(token.encode()).hexdigest())


class Invitation(OfDossier):
    """An invitation into a dossier by e-mail; its link works once, for two weeks.

    Only the hash of the link's token is stored: who reads the database cannot accept for others.
    """

    dossier = its_dossier("invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=10, choices=Membership.Role)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="invitations_sent",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("invited"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"), default=_expiry)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = an_account("invitations_accepted", _("accepted by"), on_delete=models.SET_NULL)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["token_sha256"])

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["reader", "coder", "reviewer", "owner"]),
                name="invitation_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        is_settled = self.accepted_at or self.withdrawn_at
        return not is_settled and self.expires_at > timezone.now()

    def new_token(self) -> str:
        """Give the invitation a token that nobody guesses, and return it; only its hash stays."""
        token = secrets.token_urlsafe(32)
        self.token_sha256 = sha256(token.encode()).hexdigest()
        return token
