"""Begin a dossier, and change what its owners decide about it."""

from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from astana.models import Dossier, Membership, User
from astana.models.record import StaleRecord
from astana.models.roles import Act, require


@transaction.atomic
def begin(*, title: str, description: str = "", licence: str = "", by: User) -> Dossier:
    """Return a new dossier for its members only; who begins it owns it.

    Its short name ends in random letters: a name that is taken would tell of somebody's dossier.
    """
    slug = f"{slugify(title)[:60].strip('-') or 'dossier'}-{_letters()}"
    dossier = Dossier.objects.create(
        slug=slug, title=title, description=description, licence=licence
    )
    Membership.objects.create(dossier=dossier, user=by, role=Membership.Role.OWNER)
    return dossier


@transaction.atomic
def change(*, dossier: Dossier, values: dict[str, Any], by: User) -> Dossier:
    """Write what the owners decide; raises StaleRecord where another owner was quicker."""
    require(by, Act.RUN, dossier)
    stored = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if stored.revision != dossier.revision:
        raise StaleRecord(dossier)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.revision += 1
    stored.save(update_fields=["revision", *values])
    # What is cached of the dossier hangs on its version.
    Dossier.objects.filter(pk=stored.pk).touch()
    return stored


def _letters() -> str:
    return get_random_string(5, "abcdefghjkmnpqrstuvwxyz23456789")
