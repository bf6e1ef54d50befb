"""How a browser comes into a class: by a code, with limits on tries, and with a random number."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.accounts import client_of
from astana.actions.limits import is_used_up, is_within_limit
from astana.models import Class, Dossier
from astana.models.reading_class import plain_code
from astana.pages.shared.blind import BlindSet, blind_set
from astana.pages.shared.selection import numbers_of

# So many wrong codes an hour come from one network, a whole school perhaps.
MOST_WRONG_CODES = 60
_COOKIE = "class_token"
# A class sees what is public, whoever looks.
PUPIL = AnonymousUser()


@dataclass(frozen=True)
class Found:
    """What a code leads to: a class with its reading, or what is wrong and its status."""

    group: Class | None = None
    blind: BlindSet | None = None
    problem: str = ""
    status: int = 200


def found_by(request: HttpRequest, code: str) -> Found:
    """Return the class of a code; wrong ones are counted, as who tries them all would find one."""
    client = client_of(request)
    if is_used_up("class-code", client=client, most=MOST_WRONG_CODES):
        problem = _("Too many wrong codes came from your network. Try again in an hour.")
        return Found(problem=problem, status=429)
    code = plain_code(code)
    group = Class.objects.filter(code=code).select_related("dossier").first()
    if group is None:
        is_within_limit("class-code", client=client, most=MOST_WRONG_CODES)
        problem = _(
            "There is no class with this code. Check the code with your teacher: it has eight "
            "letters, and stops working when the class ends."
        )
        return Found(problem=problem, status=404)
    if not Class.objects.open().filter(pk=group.pk).exists():
        problem = _("The code of this class has expired. Ask your teacher for a new one.")
        return Found(problem=problem, status=410)
    blind = set_of(group.blind, user=PUPIL)
    if blind is None:
        problem = _(
            "What this class was reading no longer exists. Ask your teacher to open another class."
        )
        return Found(problem=problem, status=410)
    return Found(group, blind)


def set_of(token: str, *, user: Any) -> BlindSet | None:
    """Return what a token of a blind reading stands for, for this user; None where it is gone."""
    numbers = numbers_of(token)
    visible = Dossier.objects.visible_to(user)
    dossier = visible.filter(pk=numbers["d"]).first() if numbers else None
    return blind_set(token, dossier=dossier, user=user) if dossier else None


def token_of_browser(request: HttpRequest, group: Class) -> str:
    """Return the random number of this browser in a class, or a new one."""
    kept = request.get_signed_cookie(_COOKIE, default="", salt=f"astana.class.{group.pk}")
    return kept or secrets.token_hex(16)


def keep_token(response: HttpResponse, token: str, group: Class) -> HttpResponse:
    """Let the browser keep its number for as long as the class lasts, for its pages alone."""
    response.set_signed_cookie(
        _COOKIE,
        token,
        salt=f"astana.class.{group.pk}",
        max_age=max(1, int((group.expires_at - timezone.now()).total_seconds())),
        path=f"/class/{group.code}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
