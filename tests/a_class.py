"""A class that reads a comparison of a dossier blind."""

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from astana.models import Class, Dossier, User
from astana.pages.shared.selection import CompareForm, token_of


def a_token(dossier: Dossier, query: str = "", *, user: User | None = None) -> str:
    """Return the token of the blind reading of a comparison."""
    form = CompareForm(QueryDict(query), dossier=dossier, user=user or AnonymousUser())
    assert form.is_valid(), form.errors
    return token_of(form.selection())


def a_class(dossier: Dossier, *, user: User, query: str = "", **fields: object) -> Class:
    """Return an open class of a teacher."""
    token = a_token(dossier, query, user=user)
    return Class.objects.create(dossier=dossier, user=user, blind=token, **fields)
