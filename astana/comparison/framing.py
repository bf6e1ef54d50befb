"""Names used in paragraphs in, what each source calls an actor out."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Use:
    """A name of an actor in a paragraph of an article (a short name) of a source.

    `is_own` tells a text of the source itself from a synopsis that coders wrote.
    """

    actor: int
    name: str
    source: int
    article: str
    published: date
    paragraph: int | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """A name that a source uses: how often, and how often in a text of its own.

    `places` are the day, the article and the paragraph of each use, the oldest first.
    """

    name: str
    language: str
    is_neutral: bool
    number: int
    own: int
    places: tuple[tuple[date, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Called:
    """What one source calls an actor, the name that it uses most first."""

    source: int
    wordings: tuple[Wording, ...]

    @property
    def is_plain(self) -> bool:
        """Whether the source uses the neutral name alone."""
        return all(wording.is_neutral for wording in self.wordings)


def spellings(name: str) -> set[str]:
    """Return a name, with the two names in one such as “Syrian Democratic Forces (SDF)”."""
    both = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name)
    return {name, both[1], both[2]} if both else {name}


def actors_by_name(names: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Return which actors go by each spelling of the names; each name comes with its actor."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, actor in names:
        for spelling in spellings(name):
            found[spelling].add(actor)
    return {name: sorted(actors) for name, actors in found.items()}


def spelled(
    names: Iterable[str], words: str, *, known: Mapping[str, Iterable[int]]
) -> dict[int, str]:
    """Return by actor which of some equal names stands for these words: the same one if it can."""
    found: dict[int, str] = {}
    for name in sorted(names, key=lambda name: name != words):
        for actor in known[name]:
            found.setdefault(actor, name)
    return found


def called_by_source(
    uses: Iterable[Use], *, neutral: str, languages: Mapping[str, str]
) -> list[Called]:
    """Return what each source calls one actor, whose neutral name is given."""
    by_source: dict[int, dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    for use in uses:
        by_source[use.source][use.name].append(use)
    neutral_ones = spellings(neutral)
    return [
        Called(
            source,
            tuple(
                Wording(
                    name=name,
                    language=languages.get(name, ""),
                    is_neutral=name in neutral_ones,
                    number=len(used),
                    own=sum(use.is_own for use in used),
                    places=_places(used),
                )
                for name, used in sorted(names.items(), key=lambda one: (-len(one[1]), one[0]))
            ),
        )
        for source, names in by_source.items()
    ]


def _places(uses: Iterable[Use]) -> tuple[tuple[date, str, int | None], ...]:
    places = {(use.published, use.article, use.paragraph) for use in uses}
    return tuple(sorted(places, key=lambda place: (place[0], place[1], place[2] or 0)))
