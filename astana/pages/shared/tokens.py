"""A comparison to be read blind, as a token: numbers and no names, signed against tampering."""

import secrets
from typing import Any

from django.core import signing

from astana.pages.shared.selection import Selection, moment_words

_SALT = "astana.blind"


def token_of(selection: Selection) -> str:
    """Return a token of a selection; each has a seed of its own for the order of the letters."""
    recorded = selection.recorded_as_of
    switches = (
        *(selection.first_hand, selection.differences),
        *(selection.silent, selection.bodies_count),
    )
    numbers = {
        "d": selection.dossier.pk,
        "a": [actor.pk for actor in selection.actors],
        "i": [issue.pk for issue in selection.issues],
        "t": selection.as_of.isoformat(),
        "r": moment_words(recorded) if recorded else "",
        "f": [int(is_on) for is_on in switches],
        "s": secrets.randbelow(2**32),
    }
    return signing.dumps(numbers, salt=_SALT, compress=True)


def numbers_of(token: str) -> dict[str, Any] | None:
    """Return the numbers in a token; None where it is none, or somebody has changed it."""
    try:
        return signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
