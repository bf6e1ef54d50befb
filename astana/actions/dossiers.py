"""Begin a dossier, and change what its owners decide about it."""

from typing import Any

from django.conf import settings
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import ngettext

from astana.models import Dossier, Membership, User
from astana.models.of_dossier import holding
from astana.models.revised import StaleRecord
from astana.models.roles import Act, require


class TooMany(Exception):
    """Somebody owns as many dossiers as one person may; the text is for people."""


@holding
def begin(*, title: str, description: str = "", licence: str = "", by: User) -> Dossier:
    """Return a new dossier for its members only; who begins it owns it.

    Its short name ends in random letters: a name that is taken would tell of somebody's dossier.
    Raises TooMany for who owns as many as one person may; site admins own any number.
    """
    _require_room(by)
    slug = f"{slugify(title)[:60].strip('-') or 'dossier'}-{_letters()}"
    dossier = Dossier.objects.create(
        slug=slug, title=title, description=description, licence=licence
    )
    Membership.objects.create(dossier=dossier, user=by, role=Membership.Role.OWNER)
    return dossier


@holding
def change(*, dossier: Dossier, values: dict[str, Any], by: User) -> Dossier:
    """Write what the owners decide; raises StaleRecord where another owner was quicker."""
    require(by, Act.RUN, dossier)
    stored = Dossier.objects.get(pk=dossier.pk)
    if stored.revision != dossier.revision:
        raise StaleRecord(dossier)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.save(update_fields=[*values])
    return stored


def _require_room(user: User) -> None:
    if user.is_superuser:
        return
    # The row of the person is held, so that two dossiers begun at one moment count each other.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    most = settings.DOSSIERS_PER_PERSON
    if Membership.objects.filter(user=user, role=Membership.Role.OWNER).count() >= most:
        message = ngettext(
            "You already own %(most)s dossier, and one person may own no more. Hand it over "
            "first, on its page “Members”, or ask a site admin.",
            "You already own %(most)s dossiers, and one person may own no more. Hand one over "
            "first, on its page “Members”, or ask a site admin.",
            most,
        )
        raise TooMany(message % {"most": most})


def _letters() -> str:
    return get_random_string(5, "abcdefghjkmnpqrstuvwxyz23456789")
