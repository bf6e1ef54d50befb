"""Names of other tools as Astana takes them: on one line, not too long, with a short name."""

import re
import unicodedata

from astana.words.characters import on_one_line, unfit_in_name

SLUG = re.compile("[-a-zA-Z0-9_]{1,80}")
_LONGEST_SLUG = 60
# Pages of Astana have these addresses.
_RESERVED = frozenset({"new", "challenges"})


class ShortNames:
    """Short names for the records of one table, none of them given twice."""

    def __init__(self, nothing: str) -> None:
        """`nothing` begins the names of what has no letters that an address can have."""
        self._nothing = nothing
        self._taken = set(_RESERVED)
        self._next: dict[str, int] = {}

    def take(self, slug: str) -> bool:
        """Return whether a short name was free; it is taken now."""
        is_free = slug.casefold() not in self._taken
        self._taken.add(slug.casefold())
        return is_free

    def of(self, words: str) -> str:
        """Return a free short name made of words, numbered if need be."""
        base = letters_of(words)[:_LONGEST_SLUG].strip("-")
        if base and self.take(base):
            return base
        stem = base or self._nothing
        # What was taken is not tried again: many may be called the same.
        number = self._next.get(stem, 2 if base else 1)
        while not self.take(f"{stem}-{number}"):
            number += 1
        self._next[stem] = number + 1
        return f"{stem}-{number}"


def letters_of(words: str) -> str:
    """Return what of words an address can have."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")


def name_of(text: str, *, most: int = 200) -> str:
    """Return a text as a name: on one line, cut at a word where it is too long."""
    name = on_one_line(text)
    while unfit := unfit_in_name(name):
        name = name.replace(chr(int(unfit.code[2:], 16)), "")
    name = name.strip()
    if len(name) <= most:
        return name
    start = name[: most - 1]
    return f"{(start.rpartition(' ')[0] or start).rstrip()}…"


def number_in(text: str | None, otherwise: int) -> int:
    """Return the number that a text is, if it is one."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text, re.ASCII) else otherwise
