"""Invite people into a dossier, change what they may do there, and let them go.

Each action holds the dossier's row, so that two owners cannot both step down at one moment. The
histories of memberships and invitations keep who did what, and when.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.actions.notices import notify
from astana.models import Dossier, Invitation, Membership, Notice, User
from astana.models.invitation import VALID_FOR
from astana.models.of_dossier import holding
from astana.models.roles import ROLES_IN_ORDER, Act, require

Role = Membership.Role


class Refused(Exception):
    """What cannot be done to the members of a dossier; the text is for people."""


@holding
def invite(*, dossier: Dossier, email: str, role: str, by: User) -> tuple[Invitation, str]:
    """Return an invitation and its token, which is stored nowhere; an older one is withdrawn."""
    require(by, Act.RUN, dossier)
    if Membership.objects.filter(dossier=dossier, user__email__iexact=email).exists():
        raise Refused(_("This person is already a member. Change the role below."))
    for older in Invitation.objects.open().filter(dossier=dossier, email__iexact=email):
        older.withdrawn_at = timezone.now()
        older.save()
    invitation = Invitation(dossier=dossier, email=email, role=role, invited_by=by)
    token = invitation.new_token()
    invitation.save()
    return invitation, token


def send(*, invitation: Invitation, address: str) -> bool:
    """Mail the link of an invitation, and return whether the mail was taken."""
    title = " ".join(invitation.dossier.title.split())
    subject = _("Astana: an invitation to “%(dossier)s”") % {"dossier": title}
    text = _(
        "%(by)s invites you to the dossier “%(dossier)s” as %(role)s.\n\n%(address)s\n\nThe link "
        "works once, within %(days)s days. Anyone who has it can use it: keep it to yourself."
    ) % {
        "by": invitation.invited_by,
        "dossier": title,
        "role": invitation.get_role_display(),
        "address": address,
        "days": VALID_FOR.days,
    }
    return bool(
        send_mail(
            subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email], fail_silently=True
        )
    )


@holding
def accept(*, invitation: Invitation, by: User) -> Membership:
    """Make a person a member; whoever is one already gets the higher of both roles."""
    stored = Invitation.objects.open().filter(pk=invitation.pk).first()
    if stored is None:
        raise Refused(_("This invitation can no longer be accepted."))
    membership, is_new = Membership.objects.get_or_create(
        dossier=stored.dossier, user=by, defaults={"role": stored.role}
    )
    if not is_new and _rank(stored.role) > _rank(membership.role):
        membership.role = stored.role
        membership.save()
    stored.accepted_at, stored.accepted_by = timezone.now(), by
    stored.save()
    return membership


@holding
def withdraw(*, invitation: Invitation, by: User) -> None:
    """Let the link of an invitation lead nowhere."""
    require(by, Act.RUN, invitation.dossier)
    stored = Invitation.objects.open().filter(pk=invitation.pk).first()
    if stored is None:
        raise Refused(_("This invitation has been accepted, has been withdrawn or has expired."))
    stored.withdrawn_at = timezone.now()
    stored.save()


@holding
def change_role(*, membership: Membership, role: str, by: User) -> None:
    """Give a member another role, and tell the member."""
    require(by, Act.RUN, membership.dossier)
    stored = _stored(membership)
    if stored.role == role:
        return
    if stored.role == Role.OWNER:
        _require_another_owner(stored)
    stored.role = role
    stored.save()
    notify([stored.user], Notice.Kind.ROLE, dossier=stored.dossier, by=by)


@holding
def remove(*, membership: Membership, by: User) -> None:
    """Take a person out of a dossier: an owner anybody, a member oneself."""
    if membership.user_id != by.pk:
        require(by, Act.RUN, membership.dossier)
    stored = _stored(membership)
    if stored.role == Role.OWNER:
        _require_another_owner(stored)
    stored.delete()


@holding
def hand_over(*, membership: Membership, by: User) -> None:
    """Make a member the owner in one's own place; one stays on as a reviewer."""
    require(by, Act.RUN, membership.dossier)
    stored = _stored(membership)
    own = Membership.objects.filter(dossier=stored.dossier, user=by, role=Role.OWNER).first()
    if own is None or own.pk == stored.pk:
        raise PermissionDenied("Only an owner can hand a dossier over, to somebody else.")
    stored.role, own.role = Role.OWNER, Role.REVIEWER
    stored.save()
    own.save()
    notify([stored.user], Notice.Kind.ROLE, dossier=stored.dossier, by=by)


def _stored(membership: Membership) -> Membership:
    stored = Membership.objects.filter(pk=membership.pk).select_related("user", "dossier").first()
    if stored is None:
        raise Refused(_("This person is no longer a member."))
    return stored


def _require_another_owner(membership: Membership) -> None:
    owners = Membership.objects.filter(
        dossier=membership.dossier, role=Role.OWNER, user__is_active=True
    )
    if not owners.exclude(pk=membership.pk).exists():
        raise Refused(
            _("A dossier needs an owner: make somebody else one first, or hand the dossier over.")
        )


def _rank(role: str) -> int:
    return ROLES_IN_ORDER.index(Role(role))
