"""Names that are most like what was typed, whatever the typing mistake or transcription."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

# Both of 100. The first picks candidates quickly, and lets a word stand for a part of a name; the
# second asks of each word typed how like it is to a word of the name. Tried on the names of the
# demonstration dossier: Jafari, Zareef, Alush and Lavrentjew find theirs, common nouns find nobody.
_CANDIDATE = 60
_ALIKE = 72
_SHORTEST = 3
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an actor (its primary key), as it is written and in the form of `normalise`."""

    actor: int
    name: str
    normalised: str


def close_names(wanted: str, names: Sequence[Name], *, most: int = 5) -> list[Name]:
    """Return the names most like what is wanted (normalised), one of each actor, best first."""
    wanted = wanted[:_LONGEST]
    if len(wanted) < _SHORTEST:
        return []
    candidates = process.extract(
        wanted,
        [name.normalised for name in names],
        scorer=fuzz.WRatio,
        score_cutoff=_CANDIDATE,
        limit=50,
    )
    ranked = sorted(
        (
            (_likeness(wanted, names[place].normalised), score, place)
            for _, score, place in candidates
        ),
        key=lambda found: (-found[0], -found[1], found[2]),
    )
    best: dict[int, Name] = {}
    for likeness, _, place in ranked:
        if likeness >= _ALIKE:
            best.setdefault(names[place].actor, names[place])
    return list(best.values())[:most]


def _likeness(wanted: str, name: str) -> float:
    """Return how like the wanted words are to the most like word of a name each, on average."""
    parts = name.split()
    scores = [max(fuzz.ratio(word, part) for part in parts) for word in wanted.split()]
    return sum(scores) / len(scores)


def names_beginning(wanted: str, names: Sequence[Name], *, most: int = 8) -> list[Name]:
    """Return the names to offer while somebody types (normalised), one of each actor, best first.

    First the names that begin with what is typed, then those with a word that does, then those
    that hold it anywhere; and only if there is none, the names that are most like it.
    """
    wanted = wanted[:_LONGEST]
    if not wanted:
        return []
    ranked = sorted(
        (
            (rank, len(name.normalised), name.normalised, place)
            for place, name in enumerate(names)
            if (rank := _rank(wanted, name.normalised)) is not None
        )
    )
    best: dict[int, Name] = {}
    for _, _, _, place in ranked:
        best.setdefault(names[place].actor, names[place])
        if len(best) == most:
            break
    return list(best.values()) or close_names(wanted, names, most=most)


def _rank(wanted: str, name: str) -> int | None:
    if wanted not in name:
        return None
    if name.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in name else 2
