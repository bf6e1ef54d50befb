"""What the members of a dossier have done among themselves: who, when, what."""

from datetime import datetime
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import Lag
from django.utils.html import format_html
from django.utils.translation import gettext as _

from astana.models import Assignment, Coder, Dossier, Invitation, Membership

MOST_DEEDS = 200


def deeds_of(dossier: Dossier) -> list[tuple[datetime, str, str]]:
    """Return the newest acts on members, invitations, assignments and settings; a query each.

    Of each: when, by whom, and a sentence that begins after the name of who did it. One more than
    `MOST_DEEDS` says that there are more.
    """
    found = []
    for model, tell in _TOLD.items():
        kept = model.history.select_related("history_user", *_PEOPLE.get(model, ()))
        if model is Dossier:
            kept = kept.annotate(visible_before=_BEFORE)
        of_dossier = {"id": dossier.pk} if model is Dossier else {"dossier_id": dossier.pk}
        found += [
            (row.history_date, str(row.history_user or ""), tell(row))
            for row in kept.filter(**of_dossier).order_by("-history_date", "-history_id")[
                : MOST_DEEDS + 1
            ]
        ]
    return sorted(found, key=lambda deed: deed[0], reverse=True)[: MOST_DEEDS + 1]


# What it was before, of each state of a dossier.
_BEFORE = Window(Lag("visibility"), order_by=F("history_id").asc())

_PEOPLE = {
    Membership: ("user",),
    Invitation: ("accepted_by",),
    Assignment: ("coder", "article", "pseudonym"),
    Coder: ("user",),
}


def _membership(row: Any) -> str:
    name, role = _name(row, "user"), row.get_role_display()
    is_own = row.history_user_id == row.user_id
    if row.history_type == "+":
        return (
            format_html(_("became {}"), role)
            if is_own
            else format_html(_("made <bdi>{name}</bdi> {role}"), name=name, role=role)
        )
    if row.history_type == "-":
        return _("left") if is_own else format_html(_("removed <bdi>{}</bdi>"), name)
    return format_html(_("changed the role of <bdi>{name}</bdi> to {role}"), name=name, role=role)


def _invitation(row: Any) -> str:
    if row.history_type == "+":
        role = row.get_role_display()
        return format_html(_("invited <bdi>{email}</bdi> as {role}"), email=row.email, role=role)
    if row.accepted_at:
        return format_html(_("accepted the invitation sent to <bdi>{}</bdi>"), row.email)
    if row.withdrawn_at:
        return format_html(_("withdrew the invitation of <bdi>{}</bdi>"), row.email)
    return format_html(_("changed the invitation of <bdi>{}</bdi>"), row.email)


def _assignment(row: Any) -> str:
    article = getattr(row, "article", None)
    name = str(row.pseudonym) if row.pseudonym_id else _name(row, "coder")
    title = article.title if article else _("a deleted article")
    if row.history_type == "+":
        said = _("assigned “{title}” to <bdi>{name}</bdi>")
        if row.is_independent:
            said = _("assigned “{title}” independently to <bdi>{name}</bdi>")
    elif row.history_type == "-":
        said = _("removed the assignment of “{title}” to <bdi>{name}</bdi>")
    elif row.settled_at:
        said = _("settled the codings of “{title}” by <bdi>{name}</bdi>")
    elif row.finished_at:
        said = _("finished the assignment of “{title}” to <bdi>{name}</bdi>")
    else:
        said = _("reopened the assignment of “{title}” to <bdi>{name}</bdi>")
    return format_html(said, title=title, name=name)


def _coder(row: Any) -> str:
    if row.history_type == "+":
        return format_html(_("brought in the coder <bdi>{}</bdi> of a file"), row.name)
    if row.user_id is None:
        return format_html(_("said that the coder <bdi>{}</bdi> has no account"), row.name)
    said = _("said that the coder <bdi>{name}</bdi> is <bdi>{user}</bdi>")
    return format_html(said, name=row.name, user=_name(row, "user"))


def _dossier(row: Any) -> str:
    if row.history_type == "+":
        return _("created the dossier")
    if row.visibility == row.visible_before:
        return _("changed the settings")
    return format_html(_("changed the settings; visibility: {}"), row.get_visibility_display())


def _name(row: Any, field: str) -> str:
    """Return the name of a person in a history, who may have been deleted since."""
    found = getattr(row, field, None) if getattr(row, f"{field}_id") else None
    return str(found) if found else _("somebody whose account was deleted")


_TOLD = {
    Membership: _membership,
    Invitation: _invitation,
    Assignment: _assignment,
    Coder: _coder,
    Dossier: _dossier,
}
