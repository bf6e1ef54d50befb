"""Who may do what in a dossier: the one place where it is decided."""

from enum import Enum
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models

from astana.models.dossier import Dossier, DossierQuerySet, Membership, roles_of
from astana.models.user import Reader

Role = Membership.Role

ROLES_IN_ORDER = [Role.READER, Role.CODER, Role.REVIEWER, Role.OWNER]


class Act(Enum):
    """What people do in a dossier; the value is the least role that may do it."""

    READ_TEXTS = Role.READER  # Texts whose rights are the members'.
    CODE = Role.CODER  # Add articles, code positions, comment.
    REVIEW = Role.REVIEWER  # Decide on codings, edit what is published, assign, merge, mend.
    RUN = Role.OWNER  # Invite, change roles, open and close the dossier.


def role_in(dossier: Dossier, *, user: Reader) -> Role | None:
    """Return a user's role in a dossier, None for none; the site's admins count as owners."""
    if not user.is_authenticated or not user.is_active:
        return None
    if user.is_superuser:
        return Role.OWNER
    role = roles_of(user).get(dossier.pk)
    return Role(role) if role else None


def standing(user: Reader) -> tuple[Any, ...]:
    """Return all of a person that decides which rows are theirs to see and to work on."""
    roles = frozenset() if user.is_superuser else frozenset(roles_of(user).items())
    return user.pk, user.is_active, user.is_superuser, roles


def may(user: Reader, act: Act, dossier: Dossier) -> bool:
    """Return whether a user may do this in a dossier."""
    role = role_in(dossier, user=user)
    return role is not None and ROLES_IN_ORDER.index(role) >= ROLES_IN_ORDER.index(act.value)


def dossiers_where(user: Reader, act: Act) -> DossierQuerySet:
    """Return the dossiers in which a user may do this."""
    if not user.is_authenticated or not user.is_active:
        return Dossier.objects.none()
    if user.is_superuser:
        return Dossier.objects.all()
    roles = ROLES_IN_ORDER[ROLES_IN_ORDER.index(act.value) :]
    mine = [dossier for dossier, role in roles_of(user).items() if role in roles]
    return Dossier.objects.filter(pk__in=mine)


def may_somewhere(user: Reader, act: Act) -> bool:
    """Return whether there is a dossier in which a user may do this."""
    if not user.is_authenticated or not user.is_active:
        return False
    least = ROLES_IN_ORDER.index(act.value)
    return user.is_superuser or any(
        ROLES_IN_ORDER.index(role) >= least for role in roles_of(user).values()
    )


def who_may(act: Act, dossier: Dossier) -> models.QuerySet:
    """Return the people who may do this in a dossier."""
    roles = ROLES_IN_ORDER[ROLES_IN_ORDER.index(act.value) :]
    members = Membership.objects.filter(dossier=dossier.pk, role__in=roles)
    chosen = models.Q(is_superuser=True) | models.Q(pk__in=members.values("user"))
    return get_user_model().objects.filter(chosen, is_active=True)


def require(user: Reader, act: Act, dossier: Dossier) -> None:
    """Raise PermissionDenied unless the user may do this in the dossier."""
    if not may(user, act, dossier):
        raise PermissionDenied(f"This needs the role “{act.value.label}” in the dossier.")
