"""Close an account: the person goes, and what was done for all stays under a pseudonym.

The row of the account stays too, as histories and codings name it, with nothing of the person in
it. It has no row in the races of `tests/writes.py`: there would be nobody for the next round.
"""

import json
import re
from pathlib import PurePath
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from astana.models import (
    Assignment,
    Coder,
    Comment,
    Dossier,
    Evidence,
    Invitation,
    Link,
    Membership,
    Position,
    Upload,
    User,
)
from astana.models.dossier import DossierQuerySet
from astana.models.of_people import GOES, dossiers_naming, naming_people


class LastOwner(Exception):
    """Somebody owns dossiers that nobody else owns; the text is for people."""


def only_owned_by(user: User) -> DossierQuerySet:
    """Return the dossiers that would have no owner without this person."""
    owners = Membership.objects.filter(role=Membership.Role.OWNER)
    others = owners.filter(dossier=OuterRef("pk"), user__is_active=True).exclude(user=user.pk)
    mine = owners.filter(user=user.pk).values("dossier")
    return Dossier.objects.filter(~Exists(others), pk__in=mine)


def own_drafts(user: User) -> list[int]:
    """Return the keys of the drafts that nobody else has had a hand in, which go with the account.

    Nobody else wrote to them, said something about them or linked them, they were never reviewed,
    come from no file and are not part of what was finished in a round.
    """

    def others_wrote(model: type, field: str) -> Exists:
        rows = model.history.filter(**{field: OuterRef("pk")})
        return Exists(rows.exclude(history_user=user.pk) | rows.filter(history_user=None))

    drafts = Position.objects.filter(coder=user.pk, status=Position.Status.DRAFT, pseudonym=None)
    alone = drafts.filter(
        ~others_wrote(Position, "id"),
        ~others_wrote(Evidence, "position_id"),
        ~Exists(Comment.objects.filter(position=OuterRef("pk")).exclude(author=user.pk)),
        ~Exists(Link.objects.filter(Q(position=OuterRef("pk")) | Q(to=OuterRef("pk")))),
        Q(assignment=None) | Q(assignment__finished_at=None),
        published_at=None,
        reviewer=None,
    )
    return list(alone.order_by().values_list("pk", flat=True))


@transaction.atomic
def close_account(*, user: User) -> str:
    """Erase a person from all that is stored, and return the pseudonym that stays.

    Raises LastOwner where a dossier would be left without an owner; then nothing is changed.
    """
    dossiers = Dossier.objects.filter(pk__in=dossiers_naming(user))
    dossiers.hold()
    stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if titles := list(only_owned_by(stored).values_list("title", flat=True)):
        raise LastOwner(
            _(
                "Nobody else owns %(dossiers)s. Make another member an owner of each, on its page "
                "“Members”, or have a site admin delete it. Then close the account."
            )
            % {"dossiers": ", ".join(f"“{title}”" for title in titles)}
        )
    pseudonym = _new_pseudonym()
    _take_name_out_of_invitations(stored, pseudonym)
    _take_name_out_of_log(stored, pseudonym)
    _take_name_out_of_uploads(stored, pseudonym)
    for number, pk in enumerate(_own_coders(stored), 1):
        alias = pseudonym if number == 1 else f"{pseudonym}-{number}"
        for rows in (Coder.objects.filter(pk=pk), Coder.history.filter(id=pk)):
            rows.update(name=alias, slug=alias)
    _let_work_go(stored)
    for session in UserSession.objects.filter(user=stored):
        session.end()
    for label, field in GOES.items():
        apps.get_model(label)._default_manager.filter(**{field: stored}).delete()
    _empty(stored, pseudonym)
    dossiers.touch()
    return pseudonym


def _new_pseudonym() -> str:
    while True:
        name = f"closed-{get_random_string(8, 'abcdefghjkmnpqrstuvwxyz23456789')}"
        if not User.objects.filter(username=name).exists():
            return name


def _addresses(user: User) -> set[str]:
    """Return the addresses that are surely a person's own: none that was only claimed."""
    known = EmailAddress.objects.filter(user=user)
    claimed = {one.email.lower() for one in known if not one.verified}
    mine = {one.email.lower() for one in known if one.verified}
    return mine | ({user.email.lower()} - claimed - {""})


def _take_name_out_of_invitations(user: User, pseudonym: str) -> None:
    """Let invitations, and the journal of members, say the pseudonym; open ones are withdrawn."""
    sent = Invitation.objects.annotate(to=Lower("email"))
    found = list(sent.filter(Q(accepted_by=user) | Q(to__in=_addresses(user))).order_by("pk"))
    pks = [one.pk for one in found]
    # Somebody may have been invited into dossiers that nothing else of theirs is in.
    Dossier.objects.filter(pk__in={one.dossier_id for one in found}).touch()
    Invitation.objects.filter(pk__in=pks).update(email=pseudonym)
    Invitation.history.filter(id__in=pks).update(email=pseudonym)
    for one in found:
        if one.is_open:
            one.email, one.withdrawn_at = pseudonym, timezone.now()
            one.save()


def _own_coders(user: User) -> list[int]:
    """Return the keys of the coders of files that a person is said to be.

    Also of those that are gone: not of those that are somebody else, or nobody, by now.
    """
    now = dict(Coder.objects.values_list("pk", "user"))
    once = Coder.history.filter(user=user).values_list("id", flat=True)
    mine = {pk for pk, owner in now.items() if owner == user.pk}
    return sorted(mine | {pk for pk in once if pk not in now})


def _take_name_out_of_uploads(user: User, pseudonym: str) -> None:
    """Let what is told of files say the pseudonym, and not what a person called a file."""
    called = Coder.history.filter(id__in=_own_coders(user)).values_list("name", "slug")
    said = _saying(*_names(user), *(name for pair in called for name in pair))
    mine = Q(user=user) | Q(dossier__coders__user=user)
    for one in Upload.objects.filter(mine).distinct().only("file_name", "told", "problems", "user"):
        name, ending = one.file_name, PurePath(one.file_name).suffix
        told, problems = (_replaced(said, pseudonym, part) for part in (one.told, one.problems))
        # Tables are called as they are.
        told |= {key: value for key, value in one.told.items() if key == "tables"}
        if one.user_id == user.pk:
            # What is wrong with a file is said with its name.
            problems = _replaced(_saying(name), f"{pseudonym}{ending}", problems)
            name = f"{pseudonym}{ending}"
        name = said.sub(pseudonym, name)[:200]
        Upload.objects.filter(pk=one.pk).update(file_name=name, told=told, problems=problems)


def _replaced(said: re.Pattern, pseudonym: str, value: Any) -> Any:
    """Return what JSON says with the pseudonym in all its texts."""
    if isinstance(value, str):
        return said.sub(pseudonym, value)
    if isinstance(value, list):
        return [_replaced(said, pseudonym, one) for one in value]
    if isinstance(value, dict):
        return {name: _replaced(said, pseudonym, one) for name, one in value.items()}
    return value


def _names(user: User) -> list[str]:
    return sorted({user.username, user.email, *_addresses(user)} - {""})


def _saying(*names: str) -> re.Pattern:
    """Return what finds names as whole words, the longest first."""
    known = sorted({*names} - {""}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)", re.IGNORECASE)


def _take_name_out_of_log(user: User, pseudonym: str) -> None:
    """Let the log of the admin say the pseudonym where it says what a record was called."""
    names = _names(user)
    said = _saying(*names)
    kinds = ContentType.objects.get_for_models(User, *(one.model for one in naming_people()))
    keys = {kind.pk for kind in kinds.values()}
    known = Q()
    for name in names:
        known |= Q(object_repr__icontains=name, content_type__in=keys)
        # It is stored as JSON, in which letters beyond ASCII are numbers.
        for written in {name, json.dumps(name)[1:-1]}:
            known |= Q(change_message__icontains=written)
    for entry in LogEntry.objects.filter(known):
        if entry.content_type_id in keys:
            entry.object_repr = said.sub(pseudonym, entry.object_repr)[:200]
        entry.change_message = _without(said, pseudonym, entry.change_message)
        entry.save(update_fields=["object_repr", "change_message"])


def _without(said: re.Pattern, pseudonym: str, message: str) -> str:
    """Return what the admin says of a change, with the pseudonym where it names parts of it."""
    try:
        changes = json.loads(message)
    except json.JSONDecodeError:
        return said.sub(pseudonym, message)
    for change in changes if isinstance(changes, list) else ():
        for part in change.values():
            if "object" in part:
                part["object"] = said.sub(pseudonym, part["object"])
    return json.dumps(changes)


def _let_work_go(user: User) -> None:
    """Delete drafts that are nobody else's, for good, and hold up no round."""
    drafts = own_drafts(user)
    Position.objects.filter(pk__in=drafts).delete()
    Position.history.filter(id__in=drafts).delete()
    for model in (Evidence, Comment):
        model.history.filter(position_id__in=drafts).delete()
    for assignment in Assignment.objects.filter(coder=user, finished_at=None):
        if assignment.positions.exists():
            assignment.finished_at = timezone.now()
            assignment.save()
        else:
            assignment.delete()
    for upload in Upload.objects.filter(user=user):
        upload.remove()


def _empty(user: User, pseudonym: str) -> None:
    """Leave nothing in the row of an account but the pseudonym."""
    blank = User(pk=user.pk, username=pseudonym, is_active=False, wants_suggestions=False)
    blank.set_unusable_password()
    blank.save(force_update=True)
