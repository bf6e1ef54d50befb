"""Where known names are in a text. All offsets count code points."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

# Vowel points belong to the letter before.
_WORD = re.compile("[\\w\u064b-\u065f\u0670]+")
# What may stand between the words of a name: "al-Assad", "S. Lavrov".
_BETWEEN = re.compile(r"[\s.’'‑-]{1,3}")
# Arabic writes "and", "so", "by", "for" and "as" as one word with the name.
_PREFIXES = "وفبلك"

# No name has more, and each is compared at each place where it could begin.
_MOST_WORDS = 20

# The words of a name and the actor that goes by it.
_Name = tuple[tuple[str, ...], str | None]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, of an actor, or of nobody where several go by it."""

    start: int
    end: int
    actor: str | None


def mentions_in(text: str, names: Iterable[tuple[str, str]]) -> list[Mention]:
    """Return where names stand, in order, the longest first where several begin at one word.

    `names` are pairs of an actor's slug and a name. Capitals count, as "US" is not "us". The time
    taken does not grow with the number of names.
    """
    by_first = _by_first_word(names)
    words = list(_WORD.finditer(text))
    mentions = []
    at = 0
    while at < len(words):
        length, actor = _name_at(text, words, at, by_first)
        if length:
            mentions.append(Mention(words[at].start(), words[at + length - 1].end(), actor))
        at += max(1, length)
    return mentions


def _by_first_word(names: Iterable[tuple[str, str]]) -> dict[str, list[_Name]]:
    """Return the names by their first word, the longest first."""
    actors: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for actor, name in names:
        words = tuple(_WORD.findall(name))
        if 0 < len(words) <= _MOST_WORDS:
            actors[words].add(actor)
    by_first: dict[str, list[_Name]] = {}
    for words in sorted(actors, key=len, reverse=True):
        owner = actors[words].pop() if len(actors[words]) == 1 else None
        by_first.setdefault(words[0], []).append((words, owner))
    return by_first


def _name_at(
    text: str,
    words: list[re.Match[str]],
    at: int,
    by_first: dict[str, list[_Name]],
) -> tuple[int, str | None]:
    """Return how many words the name is that begins at a word, and whose; 0 if there is none."""
    first = words[at][0]
    bare = first[1:] if first[0] in _PREFIXES else first
    for known in {first: None, bare: None}:
        for name, actor in by_first.get(known, ()):
            if at + len(name) <= len(words) and all(
                words[at + n][0] == name[n]
                and _BETWEEN.fullmatch(text, words[at + n - 1].end(), words[at + n].start())
                for n in range(1, len(name))
            ):
                return len(name), actor
    return 0, None
