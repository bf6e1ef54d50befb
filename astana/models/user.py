"""The account of a person."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in; our own from the first migration, so that it can grow."""

    wants_suggestions = models.BooleanField(
        _("suggest passages"),
        default=True,
        help_text=_("Underline passages that look like statements while coding."),
    )
    wants_email = models.BooleanField(
        _("send notices by e-mail"),
        default=False,
        help_text=_("Notices are always shown on the site."),
    )

    class Digest(models.TextChoices):
        """How often unread notices are mailed together."""

        NEVER = "", _("never")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")

    digest = models.CharField(
        _("send unread notices together by e-mail"),
        max_length=6,
        choices=Digest,
        default=Digest.NEVER,
        blank=True,
        help_text=_("Sent only if there are any. Each mail has a link to stop them."),
    )
    digest_sent_at = models.DateTimeField(_("last digest"), null=True, blank=True, editable=False)


# Who reads: signed in, or nobody in particular.
Reader = User | AnonymousUser


def an_account(
    related_name: str,
    verbose_name: Any,
    *,
    on_delete: Callable[..., None] = models.PROTECT,
    is_needed: bool = False,
) -> models.ForeignKey:
    """Return a field that names an account, or may name one."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete,
        null=not is_needed,
        blank=not is_needed,
        related_name=related_name,
        verbose_name=verbose_name,
    )
