"""Comparisons that somebody has just looked at, kept as of the version of their dossier."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.utils.translation import get_language

from astana.forms.compare import Selection
from astana.models.process_cache import comparisons

Made = TypeVar("Made")
_ARE_KEPT_SECONDS = 3600


def kept(selection: Selection, what: str, make: Callable[[], Made]) -> Made:
    """Return what is made of a selection; made once for each version of its dossier.

    It has to be the same for every reader who may see the dossier.
    """
    state = (
        [actor.pk for actor in selection.actors],
        [issue.pk for issue in selection.issues],
        [(body.pk, body.whole_slug) for body in selection.bodies],
        selection.as_of,
        selection.recorded_as_of,
        selection.first_hand,
        selection.differences,
        selection.silent,
        selection.bodies_count,
        selection.transpose,
        selection.open,
        get_language(),
    )
    dossier = selection.dossier
    name = sha256(repr(state).encode()).hexdigest()
    key = f"{what}:{dossier.pk}:{dossier.version}:{name}"
    made = comparisons.get(key)
    if made is None:
        made = make()
        comparisons.set(key, made, timeout=_ARE_KEPT_SECONDS)
    return made
