"""What a class guessed, as a picture: for each letter, how many guessed whom."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from astana.models import Actor
from astana.pages.shared.blind import BlindSet


def results(
    blind: BlindSet,
    guesses: Iterable[dict[str, str]],
    *,
    candidates: Iterable[Actor],
    with_names: bool,
) -> list[dict[str, Any]]:
    """Return the guesses of a class, letter by letter; who guessed nothing is counted as such.

    Of each letter the most frequent guess comes first, with the `width` of its bar in percent.
    """
    sent = list(guesses)
    names = {actor.slug: actor.name for actor in candidates}
    found = []
    for letter, actor in blind.letters.items():
        numbers = Counter(one.get(letter, "") for one in sent)
        ordered = sorted(numbers, key=lambda slug: (not slug, -numbers[slug], names.get(slug, "")))
        bars = [
            {
                "name": names.get(slug, slug) or _("No guess"),
                "number": numbers[slug],
                "width": round(100 * numbers[slug] / len(sent)),
                "is_right": with_names and slug == actor.slug,
                "is_none": not slug,
            }
            for slug in ordered
        ]
        told = {"name": actor.name, "right": numbers[actor.slug]} if with_names else {}
        found.append({"letter": letter, "bars": bars} | told)
    return found
