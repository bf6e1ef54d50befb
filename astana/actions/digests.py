"""Mail unread notices together to those who want it, and end it in one click (RFC 8058)."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.actions.notices import SENTENCES
from astana.models import Notice, User

# So many notices are named in a mail; of the others it says how many there are.
MOST_NAMED = 20

# A command that is run at the same hour every day is sometimes a little early.
_AFTER = {
    User.Digest.DAILY: timedelta(hours=23),
    User.Digest.WEEKLY: timedelta(days=6, hours=23),
}
_log = logging.getLogger(__name__)


def send_digests(*, now: datetime, most: int) -> tuple[int, int]:
    """Mail what is due to so many people at most; return how many mails were sent, and failed.

    Whoever has waited longest comes first. Run twice at once, each mail is still sent once.
    """
    sent = failed = 0
    for user in _due(now)[:most]:
        before = user.digest_sent_at
        mine = User.objects.filter(pk=user.pk, digest=user.digest)
        if not mine.filter(digest_sent_at=before).update(digest_sent_at=now):
            continue
        try:
            sent += _send(user, now=now)
        except (OSError, SMTPException):
            _log.exception("A digest could not be sent")
            mine.filter(digest_sent_at=now).update(digest_sent_at=before)
            failed += 1
    return sent, failed


def token_for(user: User) -> str:
    """Return what lets whoever has the mail of a user end its digests, and do nothing else."""
    return _signer().sign(str(user.pk))


def unsubscribe(token: str, *, ends: bool) -> bool:
    """Return whether a token is one of ours, and with `ends` send its user no digest any more."""
    try:
        pk = _signer().unsign(token)
    except BadSignature:
        return False
    if ends:
        User.objects.filter(pk=pk).update(digest=User.Digest.NEVER)
    return True


def _signer() -> Signer:
    return Signer(salt="astana.digest")


def _due(now: datetime) -> QuerySet:
    is_due = Q(pk=None)
    for digest, after in _AFTER.items():
        waited = Q(digest_sent_at=None) | Q(digest_sent_at__lte=now - after)
        is_due |= Q(digest=digest) & waited
    found = User.objects.filter(is_due, is_active=True).exclude(email="")
    return found.order_by("digest_sent_at", "pk")


def _send(user: User, *, now: datetime) -> int:
    """Mail a user what is unread and may be told now; return how many mails that is."""
    new = Notice.objects.visible_to(user).unread().filter(digested_at=None)
    held = list(new.select_related("dossier", "by", "position", "article", "comment", "challenge"))
    if not held:
        return 0
    number = len(held)
    subject = ngettext(
        "Astana: %(number)s unread notice", "Astana: %(number)s unread notices", number
    )
    lines = [_line(notice) for notice in held[:MOST_NAMED]]
    if more := number - len(lines):
        lines.append(
            ngettext("And %(number)s more.", "And %(number)s more.", more) % {"number": more}
        )
    mail = EmailMessage(subject % {"number": number}, to=[user.email])
    lines.append(_way_out(mail, user))
    mail.body = "\n\n".join(lines)
    mail.send()
    Notice.objects.filter(pk__in=[notice.pk for notice in held]).update(digested_at=now)
    return 1


def _line(notice: Notice) -> str:
    """Return a notice in a sentence, without words of the dossier but its title."""
    told = str(SENTENCES[Notice.Kind(notice.kind)]) % {"by": notice.by or _("Somebody")}
    line = f"{' '.join(notice.dossier.title.split())}: {told}"
    address = f"{settings.SITE_URL}{notice.get_absolute_url()}"
    return f"{line}\n{address}" if settings.SITE_URL else line


def _way_out(mail: EmailMessage, user: User) -> str:
    """Return how to get no more, and tell it to mail programs in the heads of the mail."""
    if not settings.SITE_URL:
        return _("You get this mail because you asked for it on your account page.")
    address = f"{settings.SITE_URL}{reverse('notices:unsubscribe', args=[token_for(user)])}"
    mail.extra_headers["List-Unsubscribe"] = f"<{address}>"
    mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Translators: `address` is that of a page with a button.
    return _("To stop these mails:\n%(address)s") % {"address": address}
