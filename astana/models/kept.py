"""Comparisons that somebody has just looked at, kept as of the version of their dossier."""

from collections.abc import Callable
from dataclasses import fields
from hashlib import sha256
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import get_language

from astana.models import Dossier
from astana.models.process_cache import comparisons

Made = TypeVar("Made")
_ARE_KEPT_SECONDS = 3600
# The metadata of a field of a selection that what is drawn does not depend on.
BESIDE = {"is_beside": True}


def kept(
    dossier: Dossier,
    what: str,
    state: tuple[Any, ...],
    make: Callable[[], Made],
    *,
    among: Any = comparisons,
) -> Made:
    """Return what is made of a dossier and of all that `state` names; made once for each version.

    It has to be the same for every reader who may see the dossier. It is kept `among` comparisons,
    of which there are many, unless many pages need it.
    """
    name = sha256(repr((state, get_language())).encode()).hexdigest()
    key = f"{what}:{dossier.pk}:{dossier.version}:{name}"
    made = among.get(key)
    if made is None:
        made = make()
        among.set(key, made, timeout=_ARE_KEPT_SECONDS)
    return made


def state_of(selection: Any) -> tuple[Any, ...]:
    """Return all that is drawn of a selection depends on, beside its dossier.

    It is every field of the dataclass but those that are declared with `BESIDE`, so that a new
    field can never be forgotten.
    """
    return tuple(
        (one.name, _plain(getattr(selection, one.name)))
        for one in fields(selection)
        if "is_beside" not in one.metadata
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        # A body counts for its whole, which is not among its own fields.
        return (value.pk, getattr(value, "whole_slug", None))
    return tuple(_plain(one) for one in value) if isinstance(value, list | tuple) else value
