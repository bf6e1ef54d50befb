"""Comparisons that somebody has just looked at, kept as of the version of their dossier."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from django.utils.translation import get_language

from astana.models import Dossier
from astana.models.process_cache import comparisons
from astana.pages.agreement.forms import AgreementSelection
from astana.pages.shared.selection import Selection

Made = TypeVar("Made")
_ARE_KEPT_SECONDS = 3600


def kept(dossier: Dossier, what: str, state: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """Return what is made of a dossier and of all that `state` names; made once for each version.

    It has to be the same for every reader who may see the dossier.
    """
    name = sha256(repr((state, get_language())).encode()).hexdigest()
    key = f"{what}:{dossier.pk}:{dossier.version}:{name}"
    made = comparisons.get(key)
    if made is None:
        made = make()
        comparisons.set(key, made, timeout=_ARE_KEPT_SECONDS)
    return made


def compared(selection: Selection) -> tuple[Any, ...]:
    """Return all that the table of a selection hangs on, beside its dossier."""
    return (
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
    )


def agreeing(selection: AgreementSelection) -> tuple[Any, ...]:
    """Return all that the figures of a selection hang on, beside its dossier."""
    return (
        [actor.pk for actor in selection.actors],
        selection.is_chosen,
        [issue.pk for issue in selection.issues],
        selection.as_of,
        selection.since,
        selection.until,
        selection.first_hand,
        selection.least,
        selection.measure,
        selection.duplicates,
        selection.normalisation,
        selection.pair,
        selection.of,
    )
