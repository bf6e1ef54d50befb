"""What a class guessed, as a picture: for each letter, how many guessed whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from astana.models import Actor
from astana.pages.shared.blind import BlindSet


@dataclass(frozen=True, slots=True)
class Bar:
    """How many pupils guessed one actor; `width` is of 100, `is_right` unless that is hidden, and
    `is_none` of those who guessed nobody."""

    name: str
    number: int
    width: int
    is_right: bool
    is_none: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """What was guessed for one letter, the most frequent guess first; `name` if it is shown."""

    letter: str
    name: str
    right: int
    bars: tuple[Bar, ...]


def results(
    blind: BlindSet,
    guesses: Iterable[dict[str, str]],
    *,
    candidates: Iterable[Actor],
    with_names: bool,
) -> list[Letter]:
    """Return the guesses of a class, letter by letter; who guessed nothing is counted as such."""
    sent = list(guesses)
    names = {actor.slug: actor.name for actor in candidates}
    found = []
    for letter, actor in blind.letters.items():
        numbers = Counter(one.get(letter, "") for one in sent)
        ordered = sorted(numbers, key=lambda slug: (not slug, -numbers[slug], names.get(slug, "")))
        bars = tuple(
            Bar(
                name=names.get(slug, slug) or _("No guess"),
                number=numbers[slug],
                width=round(100 * numbers[slug] / len(sent)),
                is_right=with_names and slug == actor.slug,
                is_none=not slug,
            )
            for slug in ordered
        )
        name = actor.name if with_names else ""
        found.append(Letter(letter, name, numbers[actor.slug] if with_names else 0, bars))
    return found
