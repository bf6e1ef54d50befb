"""Tell people what concerns them: on the site, and by e-mail to those who want it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from astana.models import Dossier, Membership, Notice, User


def notify(
    users: Iterable[User], kind: Notice.Kind, *, dossier: Dossier, by: User | None, **about: Any
) -> None:
    """Give each user a notice, but nobody one of their own deeds.

    `about` names the position, article, comment or challenge. Mails go out after the transaction.
    """
    told = [user for user in {user.pk: user for user in users}.values() if user != by]
    Notice.objects.bulk_create(
        Notice(user=user, dossier=dossier, kind=kind, by=by, **about) for user in told
    )
    addresses = [user.email for user in told if user.wants_email and user.email]
    if addresses:
        transaction.on_commit(lambda: _mail(addresses, kind, dossier=dossier, by=by))


def reviewers_of(dossier: Dossier) -> list[User]:
    """Return those who decide on the codings of a dossier."""
    roles = [Membership.Role.REVIEWER, Membership.Role.OWNER]
    return list(
        User.objects.filter(membership__dossier=dossier, membership__role__in=roles, is_active=True)
    )


def _mail(addresses: list[str], kind: Notice.Kind, *, dossier: Dossier, by: User | None) -> None:
    # No words of the dossier: mail is read by more eyes than the site.
    subject = _("Astana: a notice for you in “%(dossier)s”") % {"dossier": dossier.title}
    what = f"{by} {kind.label}" if by else str(kind.label)
    text = _("%(what)s. Sign in and open your notices to see it.") % {"what": what}
    for address in addresses:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address], fail_silently=True)
