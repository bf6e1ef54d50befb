"""Tell people what concerns them: on the site, and by e-mail to those who want it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Dossier, Membership, Notice, User
from astana.models.notice import FOR_READERS
from astana.models.roles import Act, who_may

Kind = Notice.Kind

# A sentence for each kind. They carry no words of the dossier but its title, and in the address the
# short name of what they are about: mail is read by more eyes than the site.
SENTENCES = {
    Kind.SUBMITTED: gettext_lazy("%(by)s has submitted a position that waits for a decision."),
    Kind.PUBLISHED: gettext_lazy("%(by)s has published a position that you coded."),
    Kind.REJECTED: gettext_lazy("%(by)s has rejected a position that you coded, with a reason."),
    Kind.COMMENTED: gettext_lazy("%(by)s has commented on something that concerns you."),
    Kind.ASSIGNED: gettext_lazy("%(by)s has assigned an article to you."),
    Kind.FINISHED: gettext_lazy("An article is coded; %(by)s finished its last assignment."),
    Kind.SETTLED: gettext_lazy("%(by)s has settled the codings of an article that you coded."),
    Kind.CHALLENGED: gettext_lazy("A reader objects to a position; the objection waits for you."),
    Kind.ANSWERED: gettext_lazy("%(by)s has answered your objection to a position."),
    Kind.ROLE: gettext_lazy("%(by)s has changed your role."),
}


def notify(
    users: Iterable[User], kind: Notice.Kind, *, dossier: Dossier, by: User | None, **about: Any
) -> None:
    """Give each user a notice, but nobody one of their own deeds.

    Whoever no longer works on the dossier gets none about its work. `about` names the position,
    article, comment or challenge. What is still hidden from somebody is told when it no longer is
    (`Notice.objects.visible_to`), and not by mail, which goes out after the transaction.
    """
    told = [user for user in {user.pk: user for user in users}.values() if user != by]
    if told and kind not in FOR_READERS:
        working = set(who_may(Act.CODE, dossier).filter(pk__in=[user.pk for user in told]))
        told = [user for user in told if user in working]
    made = Notice.objects.bulk_create(
        Notice(user=user, dossier=dossier, kind=kind, by=by, **about) for user in told
    )
    mailed = [notice for notice in made if notice.user.wants_email and notice.user.email]
    if mailed:
        transaction.on_commit(lambda: _mail(mailed))


def reviewers_of(dossier: Dossier) -> list[User]:
    """Return those who decide on the codings of a dossier."""
    roles = [Membership.Role.REVIEWER, Membership.Role.OWNER]
    return list(
        User.objects.filter(membership__dossier=dossier, membership__role__in=roles, is_active=True)
    )


def _mail(notices: list[Notice]) -> None:
    """Mail notices of one deed to those whom they are for."""
    first = notices[0]
    subject = _("Astana: a notice for you in “%(dossier)s”") % {
        # A line of its own is all that a title may be in the head of a mail.
        "dossier": " ".join(first.dossier.title.split())
    }
    text = "\n\n".join(
        [str(SENTENCES[Kind(first.kind)]) % {"by": first.by or _("Somebody")}, _way_to(first)]
    )
    for notice in notices:
        if not Notice.objects.visible_to(notice.user).filter(pk=notice.pk).exists():
            continue
        send_mail(
            subject, text, settings.DEFAULT_FROM_EMAIL, [notice.user.email], fail_silently=True
        )


def _way_to(notice: Notice) -> str:
    """Return where to see it; where the settings name no site, no address is made up."""
    if not settings.SITE_URL:
        return _("Sign in and open your notices to see it.")
    address = f"{settings.SITE_URL}{notice.get_absolute_url()}"
    return _("Sign in to see it:\n\n%(address)s") % {"address": address}
